//! Answers as people read them.

use formsmith_api::answer::{
    Role, columns, columns_of_values, count, is_bytes, items, joined, lists, rank, singular,
    subject, told_in_cell, told_of_union, value_at,
};
use formsmith_api::model::{Model, Operation};
use serde_json::{Map, Value, json};

/// Machines in groups, as EC2 has its instances in reservations.
fn fleet() -> Model {
    let text = json!({"type": "string"});
    let structure = |members: Value| json!({"type": "structure", "members": members});
    let of = |shape: &str| json!({"target": format!("f#{shape}")});
    let list = |shape: &str| json!({"type": "list", "member": of(shape)});
    let document = json!({"smithy": "2.0", "shapes": {
        "f#Fleet": {"type": "service", "version": "1", "operations": [of("ListMachines")],
            "traits": {"aws.api#service": {"sdkId": "Fleet", "endpointPrefix": "fleet"},
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "fleet"}}},
        "f#ListMachines": {"type": "operation", "output": of("Output"), "traits": {
            "smithy.api#readonly": {},
            "smithy.api#paginated": {"inputToken": "Token", "outputToken": "Token", "items": "Groups"}},
            "input": of("Input")},
        "f#Input": structure(json!({"Token": of("Text")})),
        "f#Output": structure(json!({"Groups": of("Groups"), "Token": of("Text"), "Count": of("Number")})),
        "f#Groups": list("Group"),
        "f#Group": structure(json!({"GroupId": of("Text"), "Machines": of("Machines")})),
        "f#Machines": list("Machine"),
        "f#Machine": structure(json!({
            "Image": of("Text"), "MachineId": of("Text"), "LaunchTime": of("Time"),
            "State": of("State"), "MachineType": of("Text"), "DiskBytes": of("Number"),
            "Disks": of("Groups"), "Tags": of("Tags"), "Note": of("Text"), "Host": of("Text"),
        })),
        "f#State": structure(json!({"Code": of("Number"), "Name": of("StateName")})),
        "f#StateName": {"type": "enum", "members": {"ON": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "on"}}}},
        "f#Tags": list("Tag"),
        "f#Tag": structure(json!({"Key": of("Text"), "Value": of("Text")})),
        "f#Text": text,
        "f#Time": {"type": "timestamp"},
        "f#Number": {"type": "long"},
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

fn operation(model: &Model) -> &Operation {
    model.services()[0].operation("ListMachines").unwrap()
}

fn page(machines: &[&str], token: Option<&str>) -> Map<String, Value> {
    let machines = machines.iter().map(|id| {
        json!({"MachineId": id, "Tags": [{"Key": "Name", "Value": format!("the {id}")}], "Note": ""})
    });
    let machines: Vec<Value> = machines.collect();
    let mut page = json!({"Groups": [{"GroupId": "g", "Machines": machines}], "Count": 1});
    if let Some(token) = token {
        page["Token"] = token.into();
    }
    page.as_object().unwrap().clone()
}

#[test]
fn an_answer_is_about_what_its_list_wraps() {
    let model = fleet();
    let lists = lists(&model, operation(&model));
    let paths: Vec<&str> = lists.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["Groups[]", "Groups[].Machines[]"]);
    let answer = page(&["m-1", "m-2"], None);
    let about = &lists[subject(operation(&model), &lists, &answer).unwrap()];
    assert_eq!(about.path, "Groups[].Machines[]");
    assert_eq!(
        (about.title.as_str(), about.item_title.as_str()),
        ("Machines", "Machine")
    );
    assert_eq!(count(&about.path, &answer), 2);
    assert_eq!(items(&about.path, &answer)[1]["MachineId"], "m-2");
}

#[test]
fn identifier_and_name_come_first_and_a_handful_is_seen() {
    let model = fleet();
    let lists = lists(&model, operation(&model));
    let answer = page(&["m-1"], None);
    let items = items("Groups[].Machines[]", &answer);
    let all = columns(&model, &lists[1], &items);
    let keys: Vec<&str> = all.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys[..2], ["MachineId", "Tags[Name]"]);
    assert!(keys.contains(&"State.Name"), "{keys:?}");
    assert_eq!(value_at(items[0], "Tags[Name]"), Some(&json!("the m-1")));
    let first = all
        .iter()
        .filter(|it| it.is_first)
        .map(|it| it.key.as_str());
    assert_eq!(
        first.collect::<Vec<_>>(),
        ["MachineId", "Tags[Name]", "Tags"],
        "what is empty in all of them is not seen at first"
    );
    let seen = columns(&model, &lists[1], &[]);
    assert_eq!(seen.iter().filter(|it| it.is_first).count(), 6);
    let bytes = all.iter().find(|it| it.key == "DiskBytes").unwrap();
    assert!(is_bytes("DiskBytes", bytes.place.unwrap()));
    assert!(!is_bytes("Code", bytes.place.unwrap()));
}

#[test]
fn pages_join_into_one_answer_with_the_token_of_the_last() {
    let model = fleet();
    let pages = [page(&["m-1"], Some("t")), page(&["m-2", "m-3"], None)];
    let all = joined(operation(&model), &pages.iter().collect::<Vec<_>>());
    assert_eq!(count("Groups[].Machines[]", &all), 3);
    assert_eq!(all.get("Token"), None);
    assert_eq!(all["Count"], 1);
}

#[test]
fn items_of_no_model_have_the_members_that_any_of_them_has() {
    let items = [json!({"a": 1}), json!({"b": 2, "a": 3})];
    let all = columns_of_values(&items.iter().collect::<Vec<_>>(), "Value");
    let keys: Vec<&str> = all.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["a", "b"]);
    let texts = [json!("x")];
    assert_eq!(
        columns_of_values(&texts.iter().collect::<Vec<_>>(), "Value")[0].key,
        "@"
    );
}

/// Certificates, as ACM lists them: the list is called after the summaries that it has.
fn certificates() -> Model {
    let of = |shape: &str| json!({"target": format!("c#{shape}")});
    let structure = |members: Value| json!({"type": "structure", "members": members});
    let document = json!({"smithy": "2.0", "shapes": {
        "c#Certs": {"type": "service", "version": "1", "operations": [of("List")],
            "traits": {"aws.api#service": {"sdkId": "Certs", "endpointPrefix": "certs"},
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "certs"}}},
        "c#List": {"type": "operation", "input": of("Input"), "output": of("Output")},
        "c#Input": structure(json!({})),
        "c#Output": structure(json!({"CertificateSummaryList": of("Summaries"), "AllowList": of("Texts")})),
        "c#Summaries": {"type": "list", "member": of("CertificateSummary")},
        "c#CertificateSummary": structure(json!({
            "CertificateArn": of("Text"), "DomainName": of("Text"), "Issued": of("Time"),
            "Status": of("Text"), "Begins": of("Time"), "Ends": of("Time"), "Made": of("Time"), "Renewed": of("Time"),
        })),
        "c#Texts": {"type": "list", "member": of("Text")},
        "c#Text": {"type": "string"},
        "c#Time": {"type": "timestamp"},
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

#[test]
fn what_is_listed_as_summaries_goes_by_what_they_are_of() {
    let model = certificates();
    let lists = lists(&model, model.services()[0].operation("List").unwrap());
    let titles: Vec<&str> = lists.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(titles, ["Certificates", "Allow list"]);
    assert_eq!(lists[0].item_title, "Certificate");
    let all = columns(&model, &lists[0], &[]);
    let first: Vec<&str> = all
        .iter()
        .filter(|it| it.is_first)
        .map(|it| it.key.as_str())
        .collect();
    assert_eq!(first[..2], ["CertificateArn", "DomainName"]);
}

/// Rows of a person's own, as DynamoDB has its items: maps from names to unions.
fn records() -> Model {
    let of = |shape: &str| json!({"target": format!("r#{shape}")});
    let document = json!({"smithy": "2.0", "shapes": {
        "r#Records": {"type": "service", "version": "1", "operations": [of("Scan")],
            "traits": {"aws.api#service": {"sdkId": "Records", "endpointPrefix": "records"},
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "records"}}},
        "r#Scan": {"type": "operation", "output": of("Output"), "traits": {"smithy.api#readonly": {}}},
        "r#Output": {"type": "structure", "members": {"Items": of("Items")}},
        "r#Items": {"type": "list", "member": of("Item")},
        "r#Item": {"type": "map", "key": of("Text"), "value": of("Field")},
        "r#Field": {"type": "union", "members": {"S": of("Text"), "L": of("Fields"), "NULL": of("Flag")}},
        "r#Fields": {"type": "list", "member": of("Field")},
        "r#Flag": {"type": "boolean"},
        "r#Text": {"type": "string"},
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

#[test]
fn maps_have_their_keys_for_columns_and_unions_read_as_what_they_hold() {
    let model = records();
    let lists = lists(&model, model.services()[0].operation("Scan").unwrap());
    let items = [
        json!({"note": {"S": "x"}, "id": {"S": "1"}}),
        json!({"id": {"S": "2"}, "a.b": {"NULL": true}}),
    ];
    let seen: Vec<&Value> = items.iter().collect();
    let all = columns(&model, &lists[0], &seen);
    let keys: Vec<&str> = all.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(keys, ["id", "note", "a.b"], "what most have comes first");
    let told = |item: usize, column: usize| {
        let value = value_at(&items[item], &all[column].key)?;
        Some(told_of_union(&model, all[column].place, value).1.clone())
    };
    assert_eq!(told(0, 0), Some(json!("1")));
    assert_eq!(told(1, 2), Some(Value::Null), "nothing is there");
    assert_eq!(told(1, 1), None);
    assert_eq!(
        columns(&model, &lists[0], &[])[0].key,
        "@",
        "of none, nothing is known"
    );
}

/// Berths, whose model begins with what matters least.
fn berths() -> Model {
    let of = |shape: &str| json!({"target": format!("b#{shape}")});
    let structure = |members: Value| json!({"type": "structure", "members": members});
    let document = json!({"smithy": "2.0", "shapes": {
        "b#Berths": {"type": "service", "version": "1", "operations": [of("List")],
            "traits": {"aws.api#service": {"sdkId": "Berths", "endpointPrefix": "berths"},
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "berths"}}},
        "b#List": {"type": "operation", "output": of("Output")},
        "b#Output": structure(json!({"Berths": of("Berths_")})),
        "b#Berths_": {"type": "list", "member": of("Berth")},
        "b#Berth": structure(json!({
            "Architecture": of("Text"), "BerthArn": of("Text"), "Tags": of("Tags"), "Begun": of("Time"),
            "BerthName": of("Text"), "State": of("Text"), "BerthId": of("Text"), "Watch": of("Watch"),
        })),
        "b#Watch": structure(json!({"Mode": of("Text"), "Note": of("Text")})),
        "b#Tags": {"type": "list", "member": of("Tag")},
        "b#Tag": structure(json!({"Key": of("Text"), "Value": of("Text")})),
        "b#Text": {"type": "string"},
        "b#Time": {"type": "timestamp"},
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

#[test]
fn an_item_is_told_from_others_before_all_else_is_said() {
    let model = berths();
    let lists = lists(&model, model.services()[0].operation("List").unwrap());
    let shape = lists[0].item.shape;
    let mut members: Vec<_> = shape.members().iter().collect();
    members.sort_by_key(|it| rank(&model, shape, it, model.place(it).unwrap()));
    let names: Vec<&str> = members.iter().map(|it| it.name.as_str()).collect();
    let order = ["BerthId", "BerthName", "State", "Begun", "Tags"];
    assert_eq!(names[..5], order);
    assert_eq!(names[5..], ["Architecture", "BerthArn", "Watch"]);
}

#[test]
fn an_arn_that_repeats_the_identifier_is_not_seen_first() {
    let model = berths();
    let lists = lists(&model, model.services()[0].operation("List").unwrap());
    let is_first = |arn: &str| {
        let item = json!({"BerthId": "b-1", "BerthArn": arn, "Architecture": "x"});
        let all = columns(&model, &lists[0], &[&item]);
        all.iter().any(|it| it.key == "BerthArn" && it.is_first)
    };
    assert!(!is_first("arn:aws:berths:x:1:berth/b-1"));
    assert!(is_first("arn:aws:berths:x:1:berth/other"));
}

#[test]
fn a_cell_has_the_only_value_of_a_structure() {
    let model = berths();
    let lists = lists(&model, model.services()[0].operation("List").unwrap());
    let all = columns(&model, &lists[0], &[]);
    let watch = all.iter().find(|it| it.key == "Watch").unwrap();
    let told = |value: &Value| told_in_cell(&model, watch.place, value).1.clone();
    assert_eq!(told(&json!({"Mode": "off"})), json!("off"));
    let both = json!({"Mode": "off", "Note": "x"});
    assert_eq!(told(&both), both);
    let unknown = json!({"New": "x"});
    assert_eq!(told(&unknown), unknown);
}

#[test]
fn one_of_many_has_a_name() {
    let cases = [
        ("Subnets", "Subnet"),
        ("Policies", "Policy"),
        ("Addresses", "Address"),
        ("Service action summaries", "Service action summary"),
        ("TagSet", "Tag"),
        ("Status", "Status"),
    ];
    for (many, one) in cases {
        assert_eq!(singular(many), one);
    }
}

/// People and rules, which the operations know by name and by ARN, although both have an ID.
fn directory() -> Model {
    let text = json!({"type": "string"});
    let structure = |names: &[&str]| {
        let members = names.iter().map(|name| {
            let shape = match *name {
                "Users" | "Policies" => name,
                _ => "Text",
            };
            ((*name).to_owned(), json!({"target": format!("d#{shape}")}))
        });
        json!({"type": "structure", "members": Value::Object(members.collect())})
    };
    let list = |shape: &str| json!({"type": "list", "member": {"target": format!("d#{shape}")}});
    let mut shapes = json!({
        "d#Directory": {"type": "service", "version": "1", "operations": [],
            "traits": {"aws.api#service": {"sdkId": "Directory", "endpointPrefix": "directory"},
                "aws.protocols#awsJson1_1": {}, "aws.auth#sigv4": {"name": "directory"}}},
        "d#ListUsersOutput": structure(&["Users"]),
        "d#Users": list("User"),
        "d#User": structure(&["Path", "UserName", "UserId", "Arn"]),
        "d#ListPoliciesOutput": structure(&["Policies"]),
        "d#Policies": list("Policy"),
        "d#Policy": structure(&["PolicyName", "PolicyId", "Arn"]),
        "d#Text": text,
    });
    for (operation, members) in [
        ("ListUsers", vec![]),
        ("ListPolicies", vec![]),
        ("DeleteUser", vec!["UserName"]),
        ("CreatePolicy", vec!["PolicyName"]),
        ("AttachUserPolicy", vec!["UserName", "PolicyArn"]),
        ("DeletePolicy", vec!["PolicyArn"]),
    ] {
        let output = format!("d#{operation}Output");
        shapes[format!("d#{operation}Input")] = structure(&members);
        shapes[format!("d#{operation}")] =
            json!({"type": "operation", "input": {"target": format!("d#{operation}Input")}});
        if shapes.get(&output).is_some() {
            shapes[format!("d#{operation}")]["output"] = json!({"target": output});
        }
        let operations = shapes["d#Directory"]["operations"].as_array_mut().unwrap();
        operations.push(json!({"target": format!("d#{operation}")}));
    }
    Model::load(&[&json!({"smithy": "2.0", "shapes": shapes}).to_string()]).unwrap()
}

#[test]
fn what_operations_take_identifies_an_item() {
    let model = directory();
    for (operation, identifier) in [("ListUsers", "UserName"), ("ListPolicies", "Arn")] {
        let operation = model.services()[0].operation(operation).unwrap();
        let lists = lists(&model, operation);
        let columns = columns(&model, &lists[0], &[]);
        let first = columns.iter().find(|it| it.role == Role::Identifier);
        assert_eq!(first.map(|it| it.key.as_str()), Some(identifier));
    }
}
