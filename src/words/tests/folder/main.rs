//! The secrets of ten services of AWS's, each through all ways out. It needs what `make models`
//! builds, so that only `make test SUITE=models` runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../secrets/values.rs"]
mod values;
#[path = "../secrets/ways.rs"]
mod ways;

use formsmith_api::class::Class;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_api::secret::{Secret, may_hold_secret};
use formsmith_run::OperationRef;
use std::path::Path;
use values::{Maker, response};
use ways::{Ways, of_form, of_output, of_run};

const SERVICES: [&str; 10] = [
    "cognito-idp",
    "connect",
    "ds",
    "iam",
    "lambda",
    "rds",
    "redshift",
    "secretsmanager",
    "ssm",
    "sts",
];

#[test]
fn no_way_out_has_a_secret_of_ten_services() {
    let mut secrets = 0;
    for service in SERVICES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/services");
        let mut files = 0;
        for number in 0.. {
            let file = folder.join(service).join(format!("{number}.json"));
            let Ok(document) = std::fs::read_to_string(&file) else {
                assert!(files > 0, "{}: run make models", file.display());
                break;
            };
            files += 1;
            let mut model = Model::load_botocore(service, &document, Codec::of).unwrap();
            model.infer_outcomes();
            model.classify(|operation| Some(Class::of(service, operation)));
            secrets += ways_of(service, Box::leak(Box::new(model)));
        }
    }
    // So that a reader that no longer finds what is marked is seen.
    assert!(secrets > 500, "{secrets}");
}

fn ways_of(service: &str, model: &'static Model) -> usize {
    let mut secrets = 0;
    for operation in &model.services()[0].operations {
        let op = OperationRef::find(model, service, operation.name()).unwrap();
        let what = format!("{service} {}", operation.name());
        let mut maker = Maker::new(model, "in");
        let place = model.input(operation).unwrap();
        let input = maker.value(place, false);
        let mut ways = Ways::default();
        of_form(op, &input, &mut ways);
        let is_whole = op.secret_of_answer() == Secret::Whole;
        let mut answers = vec![empty()];
        let mut told = Maker::new(model, "out");
        if let Some(place) = operation.output.as_ref().and_then(|id| model.root(id))
            && (is_whole || may_hold_secret(model, place))
        {
            let output = told.value(place, is_whole);
            let answer = response(model, op.service, place.shape, operation.name(), &output);
            of_output(op, &output, &mut ways);
            answers.push(answer);
        }
        if op.request(&input).is_ok() {
            for answer in answers {
                of_run(op, &input, answer, &mut ways);
            }
        }
        let markers = [maker.markers, told.markers].concat();
        ways.assert_without(&markers, &what);
        secrets += markers.len();
    }
    secrets
}

fn empty() -> HttpResponse {
    HttpResponse {
        status: 200,
        headers: Vec::new(),
        body: Vec::new(),
        file: None,
    }
}
