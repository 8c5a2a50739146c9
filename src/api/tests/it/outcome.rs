//! What an answer really says: every entry that was sent is accounted for.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::outcome::{
    Arrival, BatchOutcome, EntryResult, Outcome, Rows, can_mean_done, outcome,
};
use formsmith_api::protocol::{NotUnderstood, ServiceError};
use serde_json::{Value, json};

const ARN: &str = "arn:aws:billingconductor::123456789012:billinggroup/";

fn read(service: &str, operation: &str, input: &Value, status: u16, body: &str) -> Outcome {
    let model = Model::embedded().unwrap();
    let (service, operation) = crate::operation(&model, service, operation);
    let response = HttpResponse {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
        file: None,
    };
    outcome(&model, service, operation, input, &response)
}

fn billing(arns: &[&str], body: &Value) -> BatchOutcome {
    let operation = "BatchDisassociateResourcesFromCustomLineItem";
    let input = json!({"TargetArn": "abcde12345", "ResourceArns": arns});
    match read(
        "billingconductor",
        operation,
        &input,
        200,
        &body.to_string(),
    ) {
        Outcome::Batch(batch) => batch,
        other => panic!("{other:?}"),
    }
}

fn catalog(rows: &[(&str, &str)], body: &str) -> Outcome {
    let rows: Vec<Value> = rows
        .iter()
        .map(|(action, product)| {
            json!({"ServiceActionId": action, "ProductId": product, "ProvisioningArtifactId": "pa-1"})
        })
        .collect();
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let input = json!({"ServiceActionAssociations": rows});
    read("servicecatalog", operation, &input, 200, body)
}

fn failed(action: &str, product: &str, code: &str) -> Value {
    json!({
        "ServiceActionId": action, "ProductId": product, "ProvisioningArtifactId": "pa-1",
        "ErrorCode": code, "ErrorMessage": "why"
    })
}

#[test]
fn successes_the_service_does_not_list_are_inferred() {
    let body =
        json!({"FailedServiceActionAssociations": [failed("act-2", "prod-2", "THROTTLING")]});
    let outcome = catalog(
        &[("act-1", "prod-1"), ("act-2", "prod-2")],
        &body.to_string(),
    );
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(!batch.successes_are_listed);
    let done: Vec<_> = batch.succeeded().map(|entry| entry.key.join(" ")).collect();
    assert_eq!(done, ["act-1 prod-1 pa-1"]);
    let failed: Vec<_> = batch.failed().collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].code.as_deref(), Some("THROTTLING"));
    assert!(failed[0].is_retryable);
    assert!(
        failed[0].meaning.is_some(),
        "the model says what the code means"
    );
}

#[test]
fn http_200_with_every_entry_failed_is_no_success() {
    let body = json!({"FailedServiceActionAssociations": [
        failed("act-1", "prod-1", "RESOURCE_NOT_FOUND"), failed("act-2", "prod-2", "A_NEW_CODE"),
    ]});
    let outcome = catalog(
        &[("act-1", "prod-1"), ("act-2", "prod-2")],
        &body.to_string(),
    );
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(batch.succeeded().count(), 0);
    assert!(batch.failed().all(|entry| !entry.is_retryable));
    assert_eq!(
        batch.failed().nth(1).unwrap().meaning,
        None,
        "a code no model knows"
    );
}

#[test]
fn equal_entries_are_told_apart_by_their_number() {
    let body = json!({"FailedServiceActionAssociations": [failed("act-1", "prod-1", "DUPLICATE_RESOURCE")]});
    let outcome = catalog(
        &[("act-1", "prod-1"), ("act-1", "prod-1")],
        &body.to_string(),
    );
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(batch.entries[0].result, EntryResult::Succeeded);
    assert!(matches!(batch.entries[1].result, EntryResult::Failed(_)));
}

#[test]
fn equal_entries_keep_the_order_of_their_failures() {
    let body = json!({"FailedServiceActionAssociations": [
        failed("act-1", "prod-1", "THROTTLING"), failed("act-1", "prod-1", "DUPLICATE_RESOURCE"),
    ]});
    let outcome = catalog(
        &[("act-1", "prod-1"), ("act-1", "prod-1")],
        &body.to_string(),
    );
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    let codes: Vec<_> = batch
        .failed()
        .map(|entry| entry.code.as_deref().unwrap())
        .collect();
    assert_eq!(codes, ["THROTTLING", "DUPLICATE_RESOURCE"]);
}

#[test]
fn an_entry_that_is_listed_twice_as_failed_failed_once() {
    const ONE: &[(&str, &str)] = &[("act-1", "prod-1")];
    const TWO: &[(&str, &str)] = &[("act-1", "prod-1"), ("act-1", "prod-1")];
    let (slow, gone, broken) = ("THROTTLING", "RESOURCE_NOT_FOUND", "INTERNAL_FAILURE");
    let cases: [(_, &[&str], &[_]); 5] = [
        (
            ONE,
            &[slow, gone],
            &[("THROTTLING, RESOURCE_NOT_FOUND", false)],
        ),
        (
            ONE,
            &[gone, slow],
            &[("RESOURCE_NOT_FOUND, THROTTLING", false)],
        ),
        (
            ONE,
            &[slow, broken],
            &[("THROTTLING, INTERNAL_FAILURE", true)],
        ),
        (ONE, &[slow, slow], &[("THROTTLING", true)]),
        (
            TWO,
            &[slow, broken, gone],
            &[("THROTTLING, INTERNAL_FAILURE", true), (gone, false)],
        ),
    ];
    for (sent, codes, expected) in cases {
        let answered = codes.iter().map(|code| failed("act-1", "prod-1", code));
        let body = json!({"FailedServiceActionAssociations": answered.collect::<Vec<_>>()});
        let outcome = catalog(sent, &body.to_string());
        let Outcome::Batch(batch) = outcome else {
            panic!("{outcome:?}")
        };
        let told = batch
            .failed()
            .map(|entry| (entry.code.as_deref().unwrap(), entry.is_retryable));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{codes:?}");
        assert_eq!(batch.unmatched, [], "{codes:?}");
    }
    let both = [
        failed("act-1", "prod-1", slow),
        failed("act-1", "prod-1", gone),
    ];
    let mut body = json!({"FailedServiceActionAssociations": both});
    body["FailedServiceActionAssociations"][1]["ErrorMessage"] = "It is gone.".into();
    let outcome = catalog(ONE, &body.to_string());
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(
        batch.failed().next().unwrap().message.as_deref(),
        Some("why It is gone.")
    );
}

#[test]
fn a_failure_nobody_sent_that_comes_with_each_attempt_is_one() {
    let model = Model::embedded().unwrap();
    let name = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let (service, operation) = crate::operation(&model, "servicecatalog", name);
    let entry = failed("act-1", "prod-1", "-");
    let input = json!({"ServiceActionAssociations": [entry]});
    let mut rows = Rows::new(operation, &input).unwrap();
    for (attempt, code) in ["THROTTLING", "THROTTLING", "RESOURCE_NOT_FOUND"]
        .iter()
        .enumerate()
    {
        let body = json!({"FailedServiceActionAssociations": [failed("act-9", "prod-9", code)]});
        let (status, headers, body) = (200, Vec::new(), body.to_string().into_bytes());
        let response = HttpResponse {
            status,
            headers,
            body,
            file: None,
        };
        let outcome = &outcome(&model, service, operation, &input, &response);
        let arrival = Arrival::Answered {
            response: &response,
            outcome,
        };
        rows.take(&model, operation, &[0], &arrival, attempt + 1);
    }
    let codes = rows
        .unmatched
        .iter()
        .filter_map(|entry| entry.code.as_deref());
    assert_eq!(
        codes.collect::<Vec<_>>(),
        ["THROTTLING", "RESOURCE_NOT_FOUND"]
    );
}

#[test]
fn an_entry_listed_by_its_id_and_its_arn_failed_once() {
    let arn = format!("{ARN}abcdefghij");
    let failure = |arn: &str, reason: &str| json!({"Arn": arn, "Error": {"Reason": reason, "Message": "odd"}});
    let body = json!({
        "SuccessfullyDisassociatedResources": [],
        "FailedDisassociatedResources": [failure("abcdefghij", "INVALID_ARN"), failure(&arn, "INTERNAL_SERVER_EXCEPTION")],
    });
    let batch = billing(&["abcdefghij"], &body);
    let codes: Vec<_> = batch
        .failed()
        .map(|entry| entry.code.as_deref().unwrap())
        .collect();
    assert_eq!(codes, ["INTERNAL_SERVER_EXCEPTION, INVALID_ARN"]);
}

#[test]
fn failed_entries_nobody_sent_keep_their_order() {
    let body = json!({"FailedServiceActionAssociations": [
        failed("act-8", "prod-8", "THROTTLING"), failed("act-9", "prod-9", "THROTTLING"),
    ]});
    let outcome = catalog(&[("act-1", "prod-1")], &body.to_string());
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    let actions: Vec<_> = batch
        .unmatched
        .iter()
        .map(|entry| entry.key[0].as_str())
        .collect();
    assert_eq!(actions, ["act-8", "act-9"]);
}

#[test]
fn an_error_answered_with_http_200_is_an_error() {
    let body = r#"{"__type": "com.amazonaws.servicecatalog#InvalidParametersException", "Message": "why"}"#;
    let outcome = catalog(&[("act-1", "prod-1")], body);
    let Outcome::Error(error) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(error.name.as_deref(), Some("InvalidParametersException"));
    assert_eq!((error.message.as_deref(), error.status), (Some("why"), 200));
    // A type that is none of the operation's errors is a member like any other.
    let body = r#"{"__type": "com.amazonaws.servicecatalog#Output"}"#;
    assert!(matches!(
        catalog(&[("act-1", "prod-1")], body),
        Outcome::Batch(_)
    ));
}

#[test]
fn a_failed_entry_nobody_sent_is_not_lost() {
    let body =
        json!({"FailedServiceActionAssociations": [failed("act-9", "prod-9", "THROTTLING")]});
    let outcome = catalog(&[("act-1", "prod-1")], &body.to_string());
    let Outcome::Batch(batch) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(batch.succeeded().count(), 1);
    assert_eq!(batch.unmatched.len(), 1);
    assert_eq!(batch.failed().count(), 1);
}

#[test]
fn an_entry_the_service_does_not_mention_is_unreported() {
    let body = json!({
        "SuccessfullyDisassociatedResources": [{"Arn": format!("{ARN}210987654321")}],
        "FailedDisassociatedResources": []
    });
    let batch = billing(&["210987654321", "abcdefghij"], &body);
    assert!(batch.successes_are_listed);
    assert_eq!(
        batch.succeeded().count(),
        1,
        "a bare id is answered with its ARN"
    );
    let unreported: Vec<_> = batch
        .unreported()
        .map(|entry| entry.key[0].clone())
        .collect();
    assert_eq!(unreported, ["abcdefghij"]);
}

#[test]
fn listed_as_done_with_an_error_is_not_done() {
    let body = json!({"SuccessfullyDisassociatedResources": [
        {"Arn": "abcdefghij", "Error": {"Reason": "INVALID_ARN", "Message": "odd"}}
    ]});
    let batch = billing(&["abcdefghij"], &body);
    assert_eq!(batch.succeeded().count(), 0);
    assert_eq!(
        batch.failed().next().unwrap().code.as_deref(),
        Some("INVALID_ARN")
    );
}

#[test]
fn members_no_model_knows_are_kept() {
    let body = json!({"FailedDisassociatedResources": [], "Newer": {"x": 1}});
    let batch = billing(&["abcdefghij"], &body);
    assert_eq!(Value::Object(batch.rest), json!({"Newer": {"x": 1}}));
}

#[test]
fn what_is_no_answer_is_never_taken_for_success() {
    use NotUnderstood as N;
    let cases = [
        (200, "<html>", N::NotJson { line: 1, column: 1 }),
        (200, "{\"FailedServiceActionAssociations\": [", N::CutOff),
        (200, "[]", N::NotAnObject),
        (
            200,
            "{\"FailedServiceActionAssociations\": {}}",
            N::WrongType {
                member: "FailedServiceActionAssociations".into(),
                expected: "array",
            },
        ),
        (302, "{}", N::Redirect { status: 302 }),
        (500, "{}", N::NoErrorName { status: 500 }),
        (503, "", N::NoErrorName { status: 503 }),
    ];
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let input = json!({"ServiceActionAssociations": []});
    for (status, body, expected) in cases {
        let outcome = read("servicecatalog", operation, &input, status, body);
        assert_eq!(outcome, Outcome::NotUnderstood(expected), "{status} {body}");
    }
}

#[test]
fn an_empty_answer_means_done() {
    let input = json!({"Catalog": "AWS"});
    for body in ["", "{}", " \n"] {
        let outcome = read(
            "partnercentral-selling",
            "DisassociateOpportunity",
            &input,
            200,
            body,
        );
        assert_eq!(outcome, Outcome::Empty, "{body:?}");
    }
}

#[test]
fn an_error_that_can_mean_done_is_told_by_its_name_or_a_code_it_carries() {
    let model = Model::embedded().unwrap();
    let can = |name: &str, error: &str, code: &str| {
        let (_, operation) = crate::operation(&model, "partnercentral-selling", name);
        let members =
            json!({ "Reason": "BUSINESS_VALIDATION_FAILED", "ErrorList": [{ "Code": code }] });
        let error = ServiceError {
            name: Some(error.into()),
            message: None,
            status: 400,
            members: members.as_object().unwrap().clone(),
            is_modeled: true,
        };
        can_mean_done(operation, &error)
    };
    let (back, there) = ("DisassociateOpportunity", "AssociateOpportunity");
    assert!(can(back, "ResourceNotFoundException", "-"));
    assert!(!can(there, "ResourceNotFoundException", "-"));
    assert!(can(there, "ValidationException", "DUPLICATE_KEY_VALUE"));
    assert!(!can(there, "ValidationException", "TOO_MANY_VALUES"));
}
