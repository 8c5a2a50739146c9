//! The built-in models beside botocore's models of the same services, and the curated partitions.
//!
//! `cargo run -p formsmith-api --example built_in -- FOLDER [NAME]`, where `FOLDER` is what
//! `make models` builds and `NAME` stands in the names of the services to compare. Every shape that
//! a built-in operation reaches is compared with botocore's in all that clients check or send.
//! Differences that are meant stand in `differences.txt` beside this file, under their reason; one
//! that is there no more is a failure, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod facts;
mod partitions;
mod patterns;
mod walk;

use facts::Facts;
use formsmith_api::model::{Model, Service};
use formsmith_api::protocol::Codec;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

/// Lines with `#` are the reason of those that follow, each as this program prints it.
const MEANT: &str = include_str!("differences.txt");

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: built_in FOLDER [NAME]");
        return ExitCode::FAILURE;
    };
    let wanted = arguments.next().unwrap_or_default();
    let folder = Path::new(&folder);
    let model = Model::embedded().unwrap();
    let mut compared = vec![("partitions", partitions::compare(folder))];
    for service in model.services() {
        let botocores = Botocore::read(folder, &service.name);
        compared.push((&service.name, botocores.compare(&model, service)));
    }
    let mut meant = meant();
    let (mut same, mut failed) = (0, 0);
    for (of, [ours, theirs]) in compared {
        if !of.contains(&wanted) {
            meant.retain(|line| !line.starts_with(&format!("{of} ")));
            continue;
        }
        let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        for name in names {
            let [our, their] = [&ours, &theirs].map(|facts| facts.get(name));
            if our == their {
                same += 1;
                continue;
            }
            let [our, their] = [our, their].map(|it| it.map_or("none", String::as_str));
            let line = format!("{of} {name}: {our}, botocore {their}");
            if !meant.remove(&line) {
                failed += 1;
                println!("{line}");
            }
        }
    }
    for line in &meant {
        println!("stands among the differences that are meant, and is none: {line}");
    }
    failed += meant.len();
    println!(
        "{same} passed, {failed} failed: facts of the built-in models, and of partitions, beside botocore's"
    );
    match failed == 0 && same > 0 {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn meant() -> BTreeSet<String> {
    let mut meant = BTreeSet::new();
    let mut has_reason = false;
    for line in MEANT.lines() {
        match line {
            "" => has_reason = false,
            reason if reason.starts_with('#') => has_reason = true,
            line => {
                assert!(has_reason, "no reason stands above {line}");
                assert!(meant.insert(line.to_owned()), "twice: {line}");
            }
        }
    }
    meant
}

/// botocore's model of a service, in as many files as it has.
struct Botocore {
    models: Vec<Model>,
}

impl Botocore {
    fn read(folder: &Path, service: &str) -> Self {
        let folder = folder.join("services").join(service);
        let read = |name: &str| std::fs::read_to_string(folder.join(name));
        let files = (0..).map_while(|at| read(&format!("{at}.json")).ok());
        let models: Vec<_> = files
            .map(|text| Model::load_botocore(service, &text, Codec::of).unwrap())
            .collect();
        assert!(
            !models.is_empty(),
            "no model in {}: run make models",
            folder.display()
        );
        Self { models }
    }

    /// What the models say of a service and its built-in operations: ours and botocore's.
    fn compare(&self, model: &Model, service: &Service) -> [Facts; 2] {
        let theirs = |model: &Model| model.service(&service.name).is_some();
        assert!(self.models.iter().all(theirs));
        let mut walk = walk::Walk::default();
        walk.service(service, self.models[0].service(&service.name).unwrap());
        for operation in &service.operations {
            let found = self.models.iter().find_map(|model| {
                let service = model.service(&service.name)?;
                Some((model, service.operation(operation.name())?))
            });
            walk.operation((model, operation), found, service.protocol);
        }
        walk.facts
    }
}
