//! Complaints about members, brought home to the field.

mod named;
mod value;

use crate::library;
use formsmith_api::model::{Model, Operation};
use formsmith_api::outcome::{MemberError, member_errors};
use formsmith_api::protocol::ServiceError;
use formsmith_api::validate::{Path, PathSegment};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::{Value, json};
use std::sync::LazyLock;

fn error(name: &str, message: &str, members: Value) -> ServiceError {
    ServiceError {
        name: Some(name.into()),
        message: Some(message.into()),
        status: 400,
        members: members.as_object().unwrap().clone(),
        is_modeled: true,
    }
}

fn told(model: &Model, operation: &Operation, error: &ServiceError) -> Vec<(String, String)> {
    let errors = member_errors(model, operation, error).into_iter();
    errors.map(|it| (it.path.to_string(), it.message)).collect()
}

/// The places that a message names, for an operation of Service Catalog.
fn places(operation: &str, message: &str) -> Vec<(String, String)> {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().unwrap());
    let (_, operation) = crate::operation(&MODEL, "servicecatalog", operation);
    told(
        &MODEL,
        operation,
        &error("ValidationException", message, json!({})),
    )
}

const BATCH: &str = "BatchDisassociateServiceActionFromProvisioningArtifact";
const RUN: &str = "ExecuteProvisionedProductServiceAction";

#[test]
fn sentences_of_the_front_end_find_their_members() {
    let message = "2 validation errors detected: Value '' at \
        'serviceActionAssociations.1.member.productId' failed to satisfy constraint: Member must \
        have length greater than or equal to 1; Value null at 'acceptLanguage' failed to satisfy \
        constraint: Member must satisfy constraint: [Member must not be null, Member must be odd]";
    let own = |path: &str, message: &str| (path.to_owned(), message.to_owned());
    let expected = [
        own(
            "ServiceActionAssociations[0].ProductId",
            "Member must have length greater than or equal to 1",
        ),
        own(
            "AcceptLanguage",
            "Member must satisfy constraint: [Member must not be null, Member must be odd]",
        ),
    ];
    assert_eq!(places(BATCH, message), expected);
}

#[test]
fn places_are_read_in_every_way_services_write_them() {
    let place = |operation: &str, name: &str| {
        let message = format!("Value at '{name}' failed to satisfy constraint: Member must be.");
        let mut found = places(operation, &message);
        assert!(found.len() < 2);
        found.pop().map(|(path, _)| path)
    };
    let found = [
        (
            BATCH,
            "ServiceActionAssociations",
            "ServiceActionAssociations",
        ),
        (
            BATCH,
            "serviceActionAssociations.12.member",
            "ServiceActionAssociations[11]",
        ),
        (
            BATCH,
            "serviceActionAssociations.member.3.productId",
            "ServiceActionAssociations[2].ProductId",
        ),
        (
            BATCH,
            "serviceActionAssociations[3].productId",
            "ServiceActionAssociations[3].ProductId",
        ),
        (
            BATCH,
            "/ServiceActionAssociations/0/ProductId",
            "ServiceActionAssociations[0].ProductId",
        ),
        // From 0 or from 1? Rather the list than the wrong item.
        (
            BATCH,
            "serviceActionAssociations.1.productId",
            "ServiceActionAssociations",
        ),
        (RUN, "provisionedproductid", "ProvisionedProductId"),
        (RUN, "parameters.TARGET.2.member", "Parameters.TARGET[1]"),
        (RUN, "Parameters.TARGET.member.2", "Parameters.TARGET[1]"),
        (RUN, "Parameters.TARGET[2]", "Parameters.TARGET[2]"),
    ];
    for (operation, name, path) in found {
        assert_eq!(place(operation, name).as_deref(), Some(path), "{name}");
    }
    let nowhere = [
        "",
        ".",
        "productId",
        "serviceActionAssociations.0.member",
        "serviceActionAssociations.1.member.colour",
        "serviceActionAssociations.x",
        "serviceActionAssociations.99999999999999999999.member",
        "serviceActionAssociations.1.member.productId.more",
    ];
    for name in nowhere {
        assert_eq!(place(BATCH, name), None, "{name}");
    }
}

#[test]
fn what_the_person_wrote_is_not_taken_for_a_sentence() {
    let forged = "x' at 'serviceActionId' failed to satisfy constraint: Member must go; Value 'y";
    let message = format!(
        "1 validation error detected: Value '{forged}' at 'provisionedProductId' failed to \
         satisfy constraint: Member must have length less than or equal to 100"
    );
    let expected = "Member must have length less than or equal to 100";
    let expected = [("ProvisionedProductId".to_owned(), expected.to_owned())];
    assert_eq!(places(RUN, &message), expected);
}

#[test]
fn lists_of_fields_are_read_where_the_model_marks_them() {
    let model = library::model();
    let (_, lend) = library::named(&model, "Lend");
    let problems = json!({ "Problems": [
        { "Where": "books[1].isbn", "What": "is too short" },
        { "Where": "Reader" },
        { "Where": "Weather", "What": "is bad" },
        { "What": "is nowhere" },
        "not an object"
    ] });
    let expected = [
        ("Books[1].Isbn", "is too short"),
        ("Reader", "Two problems."),
    ];
    let expected = expected.map(|(path, message)| (path.to_owned(), message.to_owned()));
    let error_of = |name: &str| error(name, "Two problems.", problems.clone());
    assert_eq!(told(&model, lend, &error_of("Wrong")), expected);
    // Another error has no such list.
    assert_eq!(told(&model, lend, &error_of("Broken")), []);
}

#[test]
fn ten_thousand_sentences_are_read_in_a_moment() {
    let sentence = |at: usize| {
        format!(
            "Value '' at 'serviceActionAssociations.{at}.member.productId' failed to satisfy \
             constraint: Member must be; "
        )
    };
    let message: String = (1..=10_000).map(sentence).collect();
    let found = places(BATCH, &message);
    assert_eq!(found.len(), 10_000);
    assert_eq!(found[9_999].0, "ServiceActionAssociations[9999].ProductId");
}

fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("' failed to satisfy constraint: ".to_owned()),
        Just("; Value ".to_owned()),
        Just(" at '".to_owned()),
        Just("1 validation error detected: ".to_owned()),
        Just("serviceActionAssociations.1.member".to_owned()),
        Just("[".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(scrap, 0..12).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn no_message_breaks_the_reader(message in scraps(), place in scraps()) {
        places(BATCH, &message);
        let model = library::model();
        let (_, print) = library::named(&model, "PrintCard");
        let problems = json!({ "Problems": [{ "Where": place, "What": message }] });
        told(&model, print, &error("Wrong", &message, problems));
    }
}

#[test]
fn rows_that_were_sent_alone_keep_their_number_in_the_whole_input() {
    let told = |list: &str, at: usize| {
        let member = |name: &str| PathSegment::Member(name.into());
        let path = Path(vec![
            member(list),
            PathSegment::Item(at),
            member("ProductId"),
        ]);
        let message = String::new();
        let error = MemberError { path, message };
        error.of_rows("Associations", &[4, 7]).path.to_string()
    };
    assert_eq!(told("Associations", 1), "Associations[7].ProductId");
    assert_eq!(told("Associations", 2), "Associations");
    assert_eq!(told("Others", 1), "Others[1].ProductId");
}
