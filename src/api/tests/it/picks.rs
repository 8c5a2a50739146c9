//! Which lists fill a member, what they are asked, and what stands in their answers.

mod fitting;

use crate::library;
use formsmith_api::draft::{Draft, Edit, NodeId};
use formsmith_api::json;
use formsmith_api::model::Model;
use formsmith_api::picks::{self, Item, Picks};
use serde_json::{Value, json};

fn picks_of(service: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/curated/picks");
    let text = std::fs::read_to_string(format!("{folder}/{service}.json")).unwrap();
    json::parse(text.as_bytes()).unwrap()
}

fn draft(model: &Model, service: &str, operation: &str, input: &Value) -> Draft {
    let (_, operation) = crate::operation(model, service, operation);
    Draft::from_text(model, operation, &input.to_string())
        .unwrap()
        .unwrap()
}

/// The node at a path, lists by their last item.
fn at(draft: &Draft, names: &[&str]) -> NodeId {
    names.iter().fold(draft.root(), |node, name| match *name {
        "[]" => *draft.children(node).last().unwrap(),
        name => draft.member(node, name).unwrap(),
    })
}

#[test]
fn what_a_list_depends_on_is_taken_from_the_same_row() {
    let model = Model::embedded().unwrap();
    let document = picks_of("servicecatalog");
    let picks = Picks(&document);
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let mut draft = draft(
        &model,
        "servicecatalog",
        operation,
        &json!({ "ServiceActionAssociations": [
            { "ServiceActionId": "", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1" },
            { "ServiceActionId": "", "ProductId": "prod-2", "ProvisioningArtifactId": "" },
        ] }),
    );
    let node = |draft: &Draft, member| at(draft, &["ServiceActionAssociations", "[]", member]);
    let action = node(&draft, "ServiceActionId");
    let path = picks::path(&draft, action).unwrap();
    assert_eq!(path, "ServiceActionAssociations[].ServiceActionId");
    let sources = picks.sources(operation, &path);
    let [list] = sources.as_slice() else {
        panic!("{sources:?}")
    };
    let version = node(&draft, "ProvisioningArtifactId");
    assert_eq!(
        picks::input(list, &model, &draft, action),
        Err(Some(version)),
        "the version of this row is missing, whatever another row has"
    );
    draft.apply(&model, Edit::SetText(version, "pa-2".into()));
    assert_eq!(
        picks::input(list, &model, &draft, action),
        Ok(json!({ "ProductId": "prod-2", "ProvisioningArtifactId": "pa-2" }))
    );
}

#[test]
fn which_list_fits_may_depend_on_a_choice() {
    let model = Model::embedded().unwrap();
    let document = picks_of("partnercentral-selling");
    let picks = Picks(&document);
    let fitting = |kind: &str| {
        let input = json!({
            "Catalog": "Sandbox", "OpportunityIdentifier": "O1234567",
            "RelatedEntityType": kind, "RelatedEntityIdentifier": "",
        });
        let draft = draft(
            &model,
            "partnercentral-selling",
            "DisassociateOpportunity",
            &input,
        );
        let node = at(&draft, &["RelatedEntityIdentifier"]);
        let sources = picks.sources("DisassociateOpportunity", "RelatedEntityIdentifier");
        let fitting = sources
            .into_iter()
            .filter(|list| picks::fits(list, &draft, node));
        let items = fitting.map(|list| list.items.clone());
        items.collect::<Vec<_>>()
    };
    assert_eq!(
        fitting("AwsProducts"),
        ["RelatedEntityIdentifiers.AwsProducts[]"]
    );
    assert_eq!(fitting(""), [""; 0]);
}

/// As `make models` writes it.
fn harbour() -> Value {
    json!({
        "lists": [
            { "operation": "ListShips", "items": "Fleets[].Ships[]", "value": "Id",
              "name": "Tags[?Key=='Name'].Value | [0]", "about": ["State.Name", "Masts"],
              "with": { "Owners": ["self"] }, "narrow": { "PierId": "Pier" },
              "filters": { "harbour-id": "HarbourId" } },
            { "operation": "ListFlags", "items": "Flags[]", "value": "@" },
            { "service": "piers", "operation": "ListShips", "items": "Fleets[].Ships[]", "value": "Id" },
        ],
        "fills": {
            "Sail": { "ShipId": [0], "Flags[]": [1] },
            "Moor": { "Ships{}": [0, 2], "Escort.ShipId": [2] },
        },
    })
}

#[test]
fn items_are_read_with_their_names_wherever_they_stand() {
    let document = harbour();
    let picks = Picks(&document);
    let list = &picks.sources("Sail", "ShipId")[0];
    let output = json!({ "Fleets": [
        { "Ships": [{ "Id": "s-1", "State": { "Name": "afloat" }, "Masts": 3,
                      "Tags": [{ "Key": "Of", "Value": "x" }, { "Key": "Name", "Value": "Gull" }] }] },
        { "Ships": [{ "Id": "s-2", "Tags": [] }, { "Id": "" }, {}] },
        {},
    ] });
    let item = |value: &str, name: Option<&str>, about: &[&str]| Item {
        value: value.into(),
        name: name.map(str::to_owned),
        about: about.iter().map(|it| (*it).to_owned()).collect(),
        fits: Vec::new(),
    };
    let beside = Vec::new();
    assert_eq!(
        picks::items(list, output.as_object().unwrap(), &beside),
        [
            item("s-1", Some("Gull"), &["afloat", "3"]),
            item("s-2", None, &[])
        ]
    );
    let flags = &picks.sources("Sail", "Flags[]")[0];
    let output = json!({ "Flags": ["blue", "red"] });
    let values = picks::items(flags, output.as_object().unwrap(), &beside);
    assert_eq!(values, [item("blue", None, &[]), item("red", None, &[])]);
}

#[test]
fn what_narrows_a_list_is_sent_where_it_is_filled_in() {
    let document = harbour();
    let picks = Picks(&document);
    let list = &picks.sources("Sail", "ShipId")[0];
    let model = library::model();
    let (_, operation) = library::named(&model, "ListLoans");
    let draft = Draft::from_text(&model, operation, "{}").unwrap().unwrap();
    let root = draft.root();
    assert_eq!(
        picks::input(list, &model, &draft, root),
        Ok(json!({ "Owners": ["self"] }))
    );
}

#[test]
fn an_item_fits_that_says_what_the_form_says_beside_it() {
    let model = Model::embedded().unwrap();
    let document = picks_of("servicecatalog");
    let operation = "AssociateServiceActionWithProvisioningArtifact";
    let input = json!({
        "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1", "ServiceActionId": "act-1",
    });
    let draft = draft(&model, "servicecatalog", operation, &input);
    let action = at(&draft, &["ServiceActionId"]);
    let list = &Picks(&document).sources(operation, "ServiceActionId")[0];
    let picks_of_it = Picks(&document);
    let mut beside = picks_of_it.beside(operation, list, &draft, action);
    beside.sort();
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let both = [
        pair("ProductId", "prod-1"),
        pair("ProvisioningArtifactId", "pa-1"),
    ];
    assert_eq!(beside, both, "given, and not the member itself");
    let output = json!({ "ServiceActionSummaries": [
        { "Id": "both", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1" },
        { "Id": "one", "ProductId": "prod-1" },
        { "Id": "half", "ProductId": "prod-1", "ProvisioningArtifactId": "pa-2" },
        { "Id": "other", "ProductId": "prod-2" },
        { "Id": "silent" },
    ] });
    let items = picks::items(list, output.as_object().unwrap(), &beside);
    let fits: Vec<(&str, usize)> = items
        .iter()
        .map(|it| (it.value.as_str(), it.fits.len()))
        .collect();
    assert_eq!(
        fits,
        [
            ("both", 2),
            ("one", 1),
            ("half", 0),
            ("other", 0),
            ("silent", 0)
        ]
    );
    let versions = &Picks(&document).sources(operation, "ProvisioningArtifactId")[0];
    let version = at(&draft, &["ProvisioningArtifactId"]);
    assert_eq!(
        picks_of_it.beside(operation, versions, &draft, version),
        [pair("ServiceActionId", "act-1")],
        "with the product it is asked anyway"
    );
}

#[test]
fn a_list_may_be_asked_with_what_another_list_has() {
    let model = Model::embedded().unwrap();
    let document = picks_of("servicecatalog");
    let operation = "ExecuteProvisionedProductServiceAction";
    let sources = Picks(&document).sources(operation, "ServiceActionId");
    let list = &sources[0];
    let input = |product: &str| {
        let input = json!({ "ProvisionedProductId": product, "ServiceActionId": "" });
        let draft = draft(&model, "servicecatalog", operation, &input);
        let action = at(&draft, &["ServiceActionId"]);
        picks::input(list, &model, &draft, action).map_err(|missing| missing.is_some())
    };
    assert_eq!(
        input("pp-1"),
        Ok(json!({ "Filters": { "SearchQuery": ["id:pp-1"] } }))
    );
    assert_eq!(input(""), Err(true), "the product is filled in first");
    let output = json!({ "ProvisionedProducts": [
        { "ProductId": "prod-1" },
        { "ProductId": "prod-2", "ProvisioningArtifactId": "pa-2" },
    ] });
    let found = picks::input_via(list, output.as_object().unwrap());
    let wanted = json!({ "ProductId": "prod-2", "ProvisioningArtifactId": "pa-2" });
    assert_eq!(found, Some(wanted), "the first that has both");
    let nothing = json!({ "ProvisionedProducts": [] });
    assert_eq!(picks::input_via(list, nothing.as_object().unwrap()), None);
}

#[test]
fn the_takers_of_a_list_are_what_it_fills() {
    let document = harbour();
    // Another service's list of the same name is another list.
    let found = [("Sail", "ShipId", "Id"), ("Moor", "Ships{}", "Id")];
    assert_eq!(
        takers(&document, "ListShips", "Fleets[].Ships[]", "Id"),
        found
    );
    // What a table tells its rows by may be something else: a secret's ARN, where its name is taken.
    assert_eq!(
        takers(&document, "ListShips", "Fleets[].Ships[]", "Arn"),
        found
    );
    let document = picks_of("servicecatalog");
    let found = takers(
        &document,
        "ListServiceActions",
        "ServiceActionSummaries[]",
        "Id",
    );
    assert!(found.contains(&(
        "ExecuteProvisionedProductServiceAction",
        "ServiceActionId",
        "Id"
    )));
}

#[test]
fn what_another_answer_has_is_taken_where_its_name_says_what_it_is_of() {
    let list = |operation: &str, value: &str| json!({ "operation": operation, "items": "Ships[]", "value": value });
    let document = json!({
        "lists": [list("ListShips", "ShipId"), list("ListCrews", "Id")],
        "fills": { "Sail": { "Ship": [0] }, "Hire": { "Crew": [1] } },
    });
    // `BuildShips` answers with ships, and no member is filled from it.
    assert_eq!(
        takers(&document, "BuildShips", "Built[]", "ShipId"),
        [("Sail", "Ship", "ShipId")]
    );
    assert_eq!(takers(&document, "BuildShips", "Built[]", "Id"), []);
}

/// Operation, path and value of what takes an item of a list.
fn takers<'a>(
    document: &'a Value,
    operation: &str,
    items: &str,
    identifier: &str,
) -> Vec<(&'a str, &'a str, &'a str)> {
    let found = Picks(document)
        .takers(operation, items, identifier)
        .into_iter();
    found.map(|it| (it.operation, it.path, it.value)).collect()
}

/// Every list only reads, and every path leads somewhere; the required identifiers are all filled.
#[test]
fn the_built_in_operations_are_filled_from_their_own_lists() {
    let model = Model::embedded().unwrap();
    for service in model.services() {
        let document = picks_of(&service.name);
        let picks = Picks(&document);
        for operation in &service.operations {
            let Some(place) = model.input(operation) else {
                continue;
            };
            for path in identifiers(&model, place.shape, "") {
                let sources = picks.sources(operation.name(), &path);
                assert!(!sources.is_empty(), "{}: {path}", operation.name());
                for list in sources {
                    let via = list.via.as_deref();
                    for operation in [Some(&list), via].into_iter().flatten() {
                        let of = service.operation(&operation.operation);
                        assert!(of.is_some(), "{} is no operation", operation.operation);
                    }
                }
            }
        }
    }
}

/// The paths of required identifiers, by their names.
fn identifiers(model: &Model, shape: &formsmith_api::model::Shape, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for member in shape.members().iter().filter(|it| it.traits.required) {
        let path = match before {
            "" => member.name.clone(),
            _ => format!("{before}.{}", member.name),
        };
        let inner = model.shape(&member.target).unwrap();
        match &inner.kind {
            formsmith_api::model::ShapeKind::List(item) => {
                let of = model.shape(&item.target).unwrap();
                match of.members() {
                    [] if member.name.ends_with("Arns") => found.push(format!("{path}[]")),
                    [] => {}
                    _ => found.extend(identifiers(model, of, &format!("{path}[]"))),
                }
            }
            formsmith_api::model::ShapeKind::String => {
                let is_identifier = ["Id", "Arn", "Identifier"]
                    .iter()
                    .any(|end| member.name.ends_with(end));
                if is_identifier {
                    found.push(path);
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn a_document_that_says_nothing_fills_nothing() {
    for document in [json!({}), Value::Null] {
        let picks = Picks(&document);
        assert!(!picks.fills("Sail", "ShipId"));
        assert_eq!(picks.sources("Sail", "ShipId"), []);
        assert!(picks.takers("ListShips", "Ships[]", "Id").is_empty());
    }
}

#[test]
fn what_takes_an_identifier_takes_as_many_as_its_path_has_room_for() {
    let values = |ids: &[&str]| ids.iter().map(|&id| json!(id)).collect::<Vec<_>>();
    let filled = |path: &str, ids: &[&str]| picks::filled(path, &values(ids));
    assert_eq!(filled("Id", &["a"]), Some(json!({ "Id": "a" })));
    assert_eq!(filled("Id", &["a", "b"]), None);
    assert_eq!(
        filled("Ids[]", &["a", "b"]),
        Some(json!({ "Ids": ["a", "b"] }))
    );
    let rows = json!({ "Rows": [{ "Id": "a" }, { "Id": "b" }] });
    assert_eq!(filled("Rows[].Id", &["a", "b"]), Some(rows));
    let within = json!({ "Target": { "Ids": ["a", "b"] } });
    assert_eq!(filled("Target.Ids[]", &["a", "b"]), Some(within));
    assert_eq!(filled("Tags{}", &["a"]), None);
    assert_eq!(filled("Tags{}.Id", &["a"]), None);
}
