//! A service nobody has written code for: books are lent and taken back, cards are printed.

use formsmith_api::model::{Model, Operation, Service};
use serde_json::{Value, json};

fn structure(members: Value) -> Value {
    let mut members = members;
    for (_, member) in members.as_object_mut().unwrap() {
        // A target by itself is a member without traits.
        if let Some(target) = member.as_str() {
            *member = json!({ "target": target });
        }
    }
    json!({ "type": "structure", "members": members })
}

fn list(target: &str) -> Value {
    json!({ "type": "list", "member": { "target": target } })
}

fn operation(name: &str, traits: Value) -> Value {
    json!({
        "type": "operation",
        "input": { "target": format!("lib#{name}Input") },
        "output": { "target": format!("lib#{name}Output") },
        "errors": [{ "target": "lib#Busy" }, { "target": "lib#Broken" }, { "target": "lib#Wrong" }],
        "traits": traits
    })
}

fn batch(done: &str) -> Value {
    json!({
        "entries": "Books", "failed": "NotDone", "entryKey": ["Isbn"],
        "code": "Code", "message": "Message", "retryable": [], "done": done
    })
}

fn operations() -> Value {
    json!({
        "lib#Lend": operation("Lend", json!({
            "formsmith#batch": batch("lent"),
            "formsmith#inverse": { "operation": "TakeBack" },
            "formsmith#readBack": {
                "operation": "ListLoans",
                "input": {
                    "Shelf": "$Shelf",
                    "Filter": { "By": "reader", "Values": ["$Reader"] },
                    "Season": "$Season.From",
                    "Limit": 2
                },
                "found": "Loans.Book.Isbn", "key": "Isbn", "done": "present"
            },
            "formsmith#alreadyDone": ["LENT_ALREADY", "Broken"]
        })),
        "lib#TakeBack": operation("TakeBack", json!({ "formsmith#batch": batch("taken back") })),
        "lib#ListLoans": operation("ListLoans", json!({
            "smithy.api#readonly": {}, "smithy.api#paginated": { "items": "Loans" }
        })),
        "lib#PrintCard": operation("PrintCard", json!({
            "formsmith#follow": { "operation": "ShowJob", "input": { "Id": "Job.Id" } },
            "formsmith#readBack": { "operation": "ListJobs", "input": {}, "found": "Jobs" }
        })),
        "lib#ShowJob": operation("ShowJob", json!({ "smithy.api#readonly": {} })),
        "lib#ListJobs": operation("ListJobs", json!({ "smithy.api#readonly": {} }))
    })
}

fn service(operations: &Value) -> Value {
    let names = operations.as_object().unwrap().keys();
    json!({
        "type": "service", "version": "1",
        "operations": names.map(|id| json!({ "target": id })).collect::<Vec<_>>(),
        "traits": {
            "aws.api#service": { "sdkId": "Library", "endpointPrefix": "library-api" },
            "aws.auth#sigv4": { "name": "library" },
            "aws.protocols#awsJson1_1": {},
            "smithy.api#paginated": {
                "inputToken": "After", "outputToken": "Page.Next", "pageSize": "Limit"
            }
        }
    })
}

fn inputs() -> Value {
    let text = "smithy.api#String";
    let token = json!({ "target": text, "traits": { "smithy.api#idempotencyToken": {} } });
    let required = json!({ "target": text, "traits": { "smithy.api#required": {} } });
    json!({
        "lib#LendInput": structure(json!({
            "Books": "lib#Books", "Reader": text, "Season": "lib#Season", "Request": token,
            "Note": text
        })),
        "lib#TakeBackInput": structure(json!({
            "Books": "lib#Returns", "Reader": text, "Request": token
        })),
        "lib#Books": list("lib#Book"),
        "lib#Book": structure(json!({ "Isbn": text, "Shelf": text, "Days": "smithy.api#Integer" })),
        "lib#Returns": list("lib#Return"),
        "lib#Return": structure(json!({ "Isbn": text, "Shelf": text })),
        "lib#Season": structure(json!({ "From": text, "Until": text })),
        "lib#ListLoansInput": structure(json!({
            "Shelf": required, "Filter": "lib#Filter", "Season": text,
            "After": text, "Limit": "smithy.api#Integer"
        })),
        "lib#Filter": structure(json!({ "By": text, "Values": "lib#Texts" })),
        "lib#Texts": list(text),
        "lib#PrintCardInput": structure(json!({
            "Reader": text, "Options": "lib#Options", "Layout": "smithy.api#Document"
        })),
        "lib#Options": {
            "type": "map", "key": { "target": text }, "value": { "target": "lib#Option" }
        },
        "lib#Option": structure(json!({ "Value": text, "Colours": "lib#Texts" })),
        "lib#ShowJobInput": structure(json!({ "Id": required })),
        "lib#ListJobsInput": structure(json!({}))
    })
}

fn outputs() -> Value {
    let text = "smithy.api#String";
    let not_done = structure(json!({ "NotDone": "lib#NotDoneList" }));
    let state = |state: &str| json!({ "target": "smithy.api#Unit", "traits": { "formsmith#state": state } });
    json!({
        "lib#LendOutput": not_done, "lib#TakeBackOutput": not_done,
        "lib#NotDoneList": list("lib#NotDone"),
        "lib#NotDone": structure(json!({ "Isbn": text, "Code": text, "Message": text })),
        "lib#ListLoansOutput": structure(json!({ "Loans": "lib#Loans", "Page": "lib#Page" })),
        "lib#Loans": list("lib#Loan"),
        "lib#Loan": structure(json!({ "Book": "lib#Return" })),
        "lib#Page": structure(json!({ "Next": text })),
        "lib#PrintCardOutput": structure(json!({ "Job": "lib#Job" })),
        "lib#ShowJobOutput": structure(json!({ "Job": "lib#Job" })),
        "lib#ListJobsOutput": structure(json!({ "Jobs": "lib#Jobs" })),
        "lib#Jobs": list("lib#Job"),
        "lib#Job": structure(json!({ "Id": text, "Status": "lib#Status" })),
        "lib#Status": {
            "type": "enum",
            "members": { "RUNNING": state("running"), "DONE": state("succeeded") }
        }
    })
}

fn errors() -> Value {
    let text = "smithy.api#String";
    let error = |mut shape: Value, mut traits: Value| {
        traits["smithy.api#error"] = "client".into();
        shape["traits"] = traits;
        shape
    };
    let message = || structure(json!({ "Message": text }));
    let problems = json!({
        "target": "lib#Problems",
        "traits": { "formsmith#fieldErrors": { "name": "Where", "message": "What" } }
    });
    let wrong = structure(json!({ "Message": text, "Problems": problems }));
    json!({
        "lib#Busy": error(message(), json!({ "smithy.api#retryable": { "throttling": true } })),
        "lib#Broken": error(message(), json!({ "smithy.api#retryable": {} })),
        "lib#Wrong": error(wrong, json!({})),
        "lib#Problems": list("lib#Problem"),
        "lib#Problem": structure(json!({ "Where": text, "What": text }))
    })
}

pub fn ast() -> Value {
    let operations = operations();
    let mut shapes = json!({ "lib#Library": service(&operations) });
    for part in [operations, inputs(), outputs(), errors()] {
        let all = shapes.as_object_mut().unwrap();
        all.extend(part.as_object().unwrap().clone());
    }
    json!({ "smithy": "2.0", "shapes": shapes })
}

pub fn model() -> Model {
    Model::load(&[&ast().to_string()]).unwrap()
}

pub fn named<'a>(model: &'a Model, operation: &str) -> (&'a Service, &'a Operation) {
    crate::operation(model, "library", operation)
}
