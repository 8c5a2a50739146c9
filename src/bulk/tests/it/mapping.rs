//! Columns that become members, and rows that lack something.

use crate::world::cases::model;
use formsmith_api::validate::Violation;
use formsmith_bulk::check::{Checker, Problem, What, problem_rows};
use formsmith_bulk::mapping::{By, Mapping, TargetKind, targets};
use formsmith_bulk::sheet::{ReadSettings, Reader, Sheet};
use formsmith_run::OperationRef;
use serde_json::{Value, json};

fn op(service: &str, operation: &str) -> OperationRef {
    // Models live as long as the program.
    let model: &'static _ = Box::leak(Box::new(model()));
    OperationRef::find(model, service, operation).unwrap()
}

fn remove_resources() -> OperationRef {
    op(
        "billingconductor",
        "BatchDisassociateResourcesFromCustomLineItem",
    )
}

fn sheet(text: &str) -> Sheet {
    let mut reader = Reader::new(ReadSettings {
        has_header: Some(true),
        ..ReadSettings::default()
    });
    reader.push(text.as_bytes()).unwrap();
    reader.finish().unwrap().0
}

const LINE_ITEM: &str = "arn:aws:billingconductor::123456789012:customlineitem/abcde12345";

#[test]
fn columns_find_members_that_are_called_like_them() {
    let op = op("servicecatalog", "ExecuteProvisionedProductServiceAction");
    let sheet =
        sheet("provisioned product id,Service_Action_ID,TARGET,Remarks\npp-a,act-b,i-1,x\n");
    let mut mapping = Mapping::by_name(op, &sheet, Value::Null);
    let path = |mapping: &Mapping, column: &str| mapping.rule(column).map(|it| it.path.join("."));
    assert_eq!(
        path(&mapping, "provisioned product id").as_deref(),
        Some("ProvisionedProductId")
    );
    assert_eq!(
        path(&mapping, "Service_Action_ID").as_deref(),
        Some("ServiceActionId")
    );
    assert_eq!(path(&mapping, "TARGET"), None);
    assert_eq!(path(&mapping, "Remarks"), None);
    assert_eq!(mapping.rules[0].by, By::Name);
    // By hand, and instead of the other column.
    let all = targets(op);
    let member = all
        .iter()
        .find(|it| it.path == ["ServiceActionId"])
        .unwrap();
    assert!(member.is_required && member.kind == TargetKind::Value);
    mapping.choose("Remarks", member);
    assert_eq!(
        path(&mapping, "Remarks").as_deref(),
        Some("ServiceActionId")
    );
    assert_eq!(path(&mapping, "Service_Action_ID"), None);
    assert_eq!(
        Mapping::from_json(&mapping.to_json()),
        Some(mapping.clone())
    );
    assert_eq!(Mapping::from_json(&json!({"version": 2})), None);
}

#[test]
fn an_entry_of_a_batch_is_filled_from_its_row_and_the_rest_from_the_form() {
    let op = remove_resources();
    let sheet = sheet(
        "Resource ARN,Remarks\narn:aws:billingconductor::123456789012:billinggroup/210987654321,x\n",
    );
    let base = json!({"TargetArn": LINE_ITEM});
    let mapping = Mapping::by_name(op, &sheet, base);
    let checker = Checker::new(op, &sheet, &mapping);
    let input = checker.check(&sheet, 0);
    let wanted = json!({
        "TargetArn": LINE_ITEM,
        "ResourceArns": ["arn:aws:billingconductor::123456789012:billinggroup/210987654321"],
    });
    assert_eq!(input, Ok(wanted));
    // Members of an entry, too.
    let op = self::op(
        "servicecatalog",
        "BatchDisassociateServiceActionFromProvisioningArtifact",
    );
    let sheet = self::sheet(
        "service action id;product id;provisioning artifact id\nact-fs7abcd89wxyz;prod-abcdzk7xy33qa;pa-4abcdjnxjj6ne\n",
    );
    let mapping = Mapping::by_name(op, &sheet, Value::Null);
    let input = Checker::new(op, &sheet, &mapping).check(&sheet, 0);
    let wanted = json!({"ServiceActionAssociations": [{
        "ServiceActionId": "act-fs7abcd89wxyz", "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-4abcdjnxjj6ne",
    }]});
    assert_eq!(input, Ok(wanted));
}

#[test]
fn maps_and_lists_are_filled_from_columns_of_their_keys_and_from_one_cell() {
    let op = op("servicecatalog", "ExecuteProvisionedProductServiceAction");
    let sheet = sheet(
        "ProvisionedProductId,ServiceActionId,Parameters\npp-abcdefgh12345,act-fs7abcd89wxyz,\"{\"\"TARGET\"\":[\"\"i-0123456789abcdef0\"\"]}\"\n",
    );
    let mapping = Mapping::by_name(op, &sheet, Value::Null);
    let input = Checker::new(op, &sheet, &mapping).check(&sheet, 0);
    assert_eq!(
        input.unwrap()["Parameters"],
        json!({"TARGET": ["i-0123456789abcdef0"]})
    );

    let op = own();
    let sheet = self::sheet(
        "name,accounts,Tags.owner,labels: Team ,nested size,on,percent\na,210987654321; 310987654322,m.ferreira,blue,3,true,\"2,5\"\n",
    );
    let mut mapping = Mapping::by_name(op, &sheet, Value::Null);
    mapping.has_decimal_commas = true;
    let input = Checker::new(op, &sheet, &mapping).check(&sheet, 0);
    let wanted = json!({
        "Name": "a", "Accounts": ["210987654321", "310987654322"],
        "Tags": [{"Key": "owner", "Value": "m.ferreira"}], "Labels": {"Team": "blue"},
        "Nested": {"Size": 3}, "On": true, "Percent": 2.5,
    });
    assert_eq!(input, Ok(wanted));
}

/// An operation with members of every kind.
fn own() -> OperationRef {
    let text = json!({"type": "string"});
    let structure = |members: Value| json!({"type": "structure", "members": members});
    let of = |shape: &str| json!({"shape": shape});
    let document = json!({
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "rows", "serviceId": "Rows",
            "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Rows"
        },
        "operations": {"MakeThing": {
            "name": "MakeThing", "http": {"method": "POST", "requestUri": "/"},
            "input": of("In"), "output": of("Out"),
        }},
        "shapes": {
            "In": {"type": "structure", "required": ["Name"], "members": {
                "Name": of("Text"), "Accounts": of("Accounts"), "Tags": of("Tags"),
                "Labels": of("Labels"), "Nested": of("Nested"), "On": of("Bool"),
                "Percent": of("Double"), "Kind": of("Kind"),
            }},
            "Out": structure(json!({})),
            "Text": text, "Bool": {"type": "boolean"}, "Double": {"type": "double"},
            "Int": {"type": "integer", "min": 1},
            "Account": {"type": "string", "pattern": "[0-9]{12}"},
            "Accounts": {"type": "list", "member": of("Account")},
            "Tag": structure(json!({"Key": of("Text"), "Value": of("Text")})),
            "Tags": {"type": "list", "member": of("Tag")},
            "Labels": {"type": "map", "key": of("Text"), "value": of("Text")},
            "Nested": structure(json!({"Size": of("Int")})),
            "Kind": {"type": "string", "enum": ["FLAT", "PERCENTAGE"]},
        },
    });
    let model = formsmith_api::model::Model::load_botocore(
        "rows",
        &document.to_string(),
        formsmith_api::protocol::Codec::of,
    )
    .unwrap();
    OperationRef::find(Box::leak(Box::new(model)), "rows", "MakeThing").unwrap()
}

fn problems(op: OperationRef, sheet: &Sheet, mapping: &Mapping) -> Vec<Problem> {
    let checker = Checker::new(op, sheet, mapping);
    let all = (0..sheet.rows()).filter_map(|row| checker.check(sheet, row).err());
    all.flatten().collect()
}

#[test]
fn what_is_wrong_has_its_row_and_column_and_what_was_meant() {
    let op = own();
    let sheet = sheet(
        "name,accounts,nested size,on,percent,kind\n\
         a,98765432101,1,true,1,FLAT\n\
         b,2.10988E+11,1,true,1,FLAT\n\
         ,210987654321,1,true,1,FLAT\n\
         d,210987654321; 31098765432,x,yes,\"1,5\",flat\n\
         e,210987654321,0,true,\"1,500\",FLAT\n\
         f ,210987654321.0,1,TRUE,1,FLAT,more\n",
    );
    let mapping = Mapping::by_name(op, &sheet, Value::Null);
    let found = problems(op, &sheet, &mapping);
    let names: Vec<(u32, &str, &str, Option<&str>)> = found
        .iter()
        .map(|it| {
            let column = it.column.map_or("-", |at| &sheet.columns()[at as usize]);
            (it.row + 1, column, it.what.key(), it.suggestion.as_deref())
        })
        .collect();
    assert_eq!(
        names,
        [
            (1, "accounts", "unfinished", Some("098765432101")),
            (2, "accounts", "scientific-notation", None),
            (3, "name", "missing", None),
            (
                4,
                "accounts",
                "unfinished",
                Some("210987654321; 031098765432")
            ),
            (4, "nested size", "not-a-number", None),
            (4, "on", "not-a-boolean", Some("true")),
            (4, "percent", "not-a-number", Some("1.5")),
            (5, "nested size", "below-minimum", None),
            (5, "percent", "not-a-number", None),
            (6, "name", "space-around", Some("f")),
            (6, "accounts", "character", Some("210987654321")),
        ]
    );
}

#[test]
fn a_row_that_is_put_right_passes() {
    let op = remove_resources();
    let mut sheet = sheet("ResourceArns\nnothing\n");
    let mapping = Mapping::by_name(op, &sheet, json!({"TargetArn": LINE_ITEM}));
    let checker = Checker::new(op, &sheet, &mapping);
    let found = checker.check(&sheet, 0).unwrap_err();
    assert!(matches!(found[0].what, What::Violation(_)));
    sheet.edit(
        0,
        0,
        "arn:aws:billingconductor::123456789012:billinggroup/210987654321",
    );
    assert!(checker.check(&sheet, 0).is_ok());
}

#[test]
fn a_token_is_no_column_that_is_missing() {
    let op = op("servicecatalog", "ExecuteProvisionedProductServiceAction");
    let sheet = sheet("ProvisionedProductId,Remarks\npp-abcdefgh12345,x\n");
    let mapping = Mapping::by_name(op, &sheet, Value::Null);
    let found = problems(op, &sheet, &mapping);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].path.to_string(), "ServiceActionId");
    assert_eq!(
        (found[0].column, &found[0].what),
        (None, &What::Violation(Violation::Required))
    );
}

#[test]
fn rows_with_problems_are_exported_with_all_their_cells_and_the_reasons() {
    let op = own();
    let sheet = sheet("name,accounts,remarks\na,98765432101,=1\nb,210987654321,\n,2.1E+11,x\n");
    let mapping = Mapping::by_name(op, &sheet, Value::Null);
    let found = problems(op, &sheet, &mapping);
    let text = problem_rows(&sheet, &found, |problem| problem.what.key().to_owned());
    assert_eq!(
        text,
        "\u{feff}row,name,accounts,remarks,problem column,problem,suggestion\r\n\
         1,a,98765432101,'=1,accounts,unfinished,098765432101\r\n\
         3,,2.1E+11,x,\"accounts\nname\",\"scientific-notation\nmissing\",\r\n"
    );
}
