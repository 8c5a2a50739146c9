//! The folder of all models: the built-in services where it is at hand, and which operation of all
//! files of a service an address is that of. It needs what `make models` builds, so that only
//! `make test SUITE=models` runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod labels;

use formsmith_api::model::{Model, Operation, Protocol, Service};
use formsmith_api::protocol::Codec;
use formsmith_proxy::http::{HeaderMap, HeaderValue, Method};
use formsmith_proxy::models::Models;
use formsmith_proxy::outline::Service as Outline;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::prop_assert_eq;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn index() -> Value {
    let index = folder().join("index.json");
    let text = std::fs::read_to_string(&index)
        .unwrap_or_else(|why| panic!("{}: {why}: run make models", index.display()));
    serde_json::from_str(&text).unwrap()
}

/// All operations of a service, as the page lists them.
fn listed(service: &str) -> Vec<String> {
    let index = index();
    let files = index["services"][service]["operations"].as_array().unwrap();
    let names = files.iter().flat_map(|file| file.as_array().unwrap());
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// Method, path and headers by which a request asks for an operation.
fn asked(service: &Service, operation: &Operation) -> (Method, String, HeaderMap) {
    let mut headers = HeaderMap::new();
    match service.protocol {
        Protocol::RestJson1 => {
            let http = operation.traits.http.as_ref().unwrap();
            (http.method.parse().unwrap(), http.uri.clone(), headers)
        }
        _ => {
            let target = service.target(operation).unwrap();
            headers.insert("x-amz-target", HeaderValue::from_str(&target).unwrap());
            (Method::POST, "/".into(), headers)
        }
    }
}

#[test]
fn all_operations_of_the_built_in_services_are_there_and_the_built_in_ones_as_ever() {
    let built_in = Model::embedded().unwrap();
    let models = Models::new(&built_in, Some(&folder())).unwrap();
    for service in built_in.services() {
        let names = listed(&service.name);
        for operation in &service.operations {
            let name = operation.name();
            assert!(names.iter().any(|it| it == name), "{name} is not listed");
        }
        let botocores =
            Model::load_botocore(&service.name, &document(&service.name, 0), Codec::of).unwrap();
        let botocores = botocores.service(&service.name).unwrap();
        let mut others = 0;
        for name in &names {
            let (method, path, headers) = asked(botocores, botocores.operation(name).unwrap());
            let found = models
                .find(&service.name, &method, &path, &headers)
                .unwrap();
            let operation = found
                .operation
                .unwrap_or_else(|| panic!("{name} is not found"));
            assert_eq!(*operation.name, **name);
            let is_curated = service.operation(name).is_some();
            assert_eq!(found.service.is_built_in, is_curated, "{name}");
            others += usize::from(!is_curated);
        }
        assert!(
            others > 0,
            "{} has no operations but those built in",
            service.name
        );
    }
    assert_eq!(listed("servicecatalog").len(), 90);
}

/// One file of a service's model.
fn document(service: &str, file: usize) -> String {
    let folder = folder().join("services").join(service);
    std::fs::read_to_string(folder.join(format!("{file}.json"))).unwrap()
}

/// An operation of a REST service by its address.
struct Addressed {
    name: String,
    method: String,
    /// Path and query.
    template: String,
    /// The file that has it.
    file: usize,
}

impl Addressed {
    fn path(&self) -> impl Iterator<Item = &str> + Clone {
        self.template.split('?').next().unwrap().split('/')
    }
}

/// The REST services, each with all operations of all its files at once.
fn rest_services() -> Vec<(String, Vec<Addressed>)> {
    let index = index();
    let services = index["services"].as_object().unwrap().iter();
    let rest = services.filter(|(_, it)| it["protocol"].as_str().unwrap().starts_with("rest-"));
    let addressed = rest.map(|(service, listed)| {
        let files = 0..listed["operations"].as_array().unwrap().len();
        let operations = files.flat_map(|file| {
            let model: Value = serde_json::from_str(&document(service, file)).unwrap();
            let operations = model["operations"].as_object().unwrap().clone();
            operations.into_iter().map(move |it| (file, it))
        });
        let operations = operations.map(|(file, (name, operation))| {
            let http = |member: &str| operation["http"][member].as_str().unwrap().to_owned();
            let (method, template) = (http("method"), http("requestUri"));
            Addressed {
                name,
                method,
                template,
                file,
            }
        });
        (service.clone(), operations.collect())
    });
    addressed.collect()
}

/// How many parameters and segments of a template are literal, if it fits.
fn literals(template: &str, path: &str) -> Option<(usize, usize)> {
    let parts = |text: &'_ str| {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        (path.to_owned(), query.to_owned())
    };
    let ((template, wanted), (path, query)) = (parts(template), parts(path));
    let wanted: Vec<_> = wanted.split('&').filter(|it| !it.is_empty()).collect();
    let has = |parameter: &&str| query.split('&').any(|it| it == *parameter);
    let segments = |path: &'_ str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let same = same(&segments(&template), &segments(&path))?;
    wanted.iter().all(has).then_some((wanted.len(), same))
}

fn same(template: &[String], path: &[String]) -> Option<usize> {
    let Some((first, template)) = template.split_first() else {
        return path.is_empty().then_some(0);
    };
    if first.ends_with("+}") {
        return (1..=path.len()).find_map(|taken| same(template, &path[taken..]));
    }
    let (segment, path) = path.split_first()?;
    let rest = same(template, path)?;
    match first.starts_with('{') {
        true => Some(rest),
        false => (first == segment).then_some(rest + 1),
    }
}

/// The operation that an address is that of, by a look at every one there is.
fn most_specific<'a>(
    all: &'a [Addressed],
    method: &str,
    path: &str,
    claimed: Option<&str>,
) -> Option<&'a Addressed> {
    let own = all.iter().filter(|it| it.method == method);
    let fitting = own.filter_map(|it| Some((literals(&it.template, path)?, it)));
    let fitting: Vec<_> = fitting.collect();
    let most = fitting.iter().map(|(literals, _)| *literals).max()?;
    let mut best = fitting.iter().filter(|(literals, _)| *literals == most);
    let found = match claimed {
        Some(claimed) => best.find(|(_, it)| it.name == claimed),
        None if best.clone().count() == 1 => best.next(),
        None => None,
    };
    found.map(|(_, it)| *it)
}

/// Can a path fit both, one of them more than the other?
fn overlap(one: &Addressed, other: &Addressed) -> bool {
    let is_label = |segment: &str| segment.starts_with('{');
    let same_count = one.path().count() == other.path().count();
    let mut both = one.path().zip(other.path());
    let differ = both.clone().any(|(a, b)| is_label(a) != is_label(b));
    let meet = both.all(|(a, b)| a == b || is_label(a) || is_label(b));
    one.method == other.method && same_count && differ && meet
}

/// A path that fits the template of one. Labels take words, or what another has in their place.
fn filled(one: &Addressed, other: &Addressed, draws: &[Index]) -> String {
    let mut draws = draws.iter().cycle();
    let mut drawn = |at: usize| {
        let there = other.path().nth(at);
        let literal = there.filter(|it| !it.is_empty() && !it.contains('{'));
        let words = literal.into_iter().cycle().take(4).chain(["name", "a.b"]);
        let words: Vec<_> = words.collect();
        (*draws.next().unwrap().get(&words)).to_owned()
    };
    let mut segments: Vec<String> = Vec::new();
    for segment in one.path() {
        let at = segments.len();
        if segment.ends_with("+}") {
            let count = 1 + drawn(at).len() % 3;
            segments.extend((at..at + count).map(&mut drawn));
        } else if segment.starts_with('{') {
            segments.push(drawn(at));
        } else {
            segments.push(segment.to_owned());
        }
    }
    let query = one.template.split_once('?');
    let query = query.map(|(_, query)| format!("?{query}"));
    segments.join("/") + &query.unwrap_or_default()
}

/// Asks for addresses of a service and compares what is found with a look at all its operations at
/// once. Says how often an operation of another file won than the one whose address was drawn.
fn compare(models: &Models, service: &str, all: &[Addressed], cases: u32) -> usize {
    let won_from_elsewhere = Cell::new(0);
    let near = |one| all.iter().map(move |other| (one, other));
    let pairs = all.iter().flat_map(near);
    let pairs: Vec<_> = pairs.filter(|(one, other)| overlap(one, other)).collect();
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let draws = (
        any::<Index>(),
        any::<Index>(),
        vec(any::<Index>(), 12),
        any::<Option<bool>>(),
        any::<bool>(),
    );
    let ran = runner.run(&draws, |(one, other, draws, claims, overlap)| {
        let (one, other) = match overlap && !pairs.is_empty() {
            true => *one.get(&pairs),
            false => (one.get(all), other.get(all)),
        };
        let path = filled(one, other, &draws);
        let claimed = claims.map(|own| if own { &*one.name } else { &*other.name });
        let mut headers = HeaderMap::new();
        if let Some(claimed) = claimed {
            headers.insert("x-formsmith-operation", claimed.parse().unwrap());
        }
        let method = one.method.parse().unwrap();
        let found = models.find(service, &method, &path, &headers).unwrap();
        let found = found.operation.map(|it| &*it.name);
        let expected = most_specific(all, &one.method, &path, claimed);
        let name = expected.map(|it| it.name.as_str());
        prop_assert_eq!(found, name, "{} {} {:?}", service, path, claimed);
        if expected.is_some_and(|winner| winner.file != one.file) {
            won_from_elsewhere.set(won_from_elsewhere.get() + 1);
        }
        Ok(())
    });
    ran.unwrap_or_else(|why| panic!("{why}"));
    won_from_elsewhere.get()
}

#[test]
fn an_address_is_that_of_the_same_operation_as_by_a_look_at_all() {
    let models = Models::new(&Model::embedded().unwrap(), Some(&folder())).unwrap();
    for (service, all) in rest_services() {
        let is_cut = all.iter().any(|it| it.file > 0);
        compare(&models, &service, &all, if is_cut { 1_000 } else { 50 });
    }
}

/// As they are cut, no two files have addresses that overlap. So the services that have any are cut
/// anew, without heed of that.
#[test]
fn the_most_specific_address_of_all_files_wins_as_if_there_were_one_file() {
    const FILES: usize = 3;
    let cut = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models-cut");
    let mut services = rest_services();
    services.retain(|(_, all)| all.iter().any(|one| all.iter().any(|it| overlap(one, it))));
    let mut index = json!({ "services": {} });
    for (service, all) in &mut services {
        let folder = cut.join("services").join(&*service);
        std::fs::create_dir_all(&folder).unwrap();
        let mut names = vec![Vec::new(); FILES];
        let mut whole: Value = serde_json::from_str(&document(service, 0)).unwrap();
        for file in 1..=all.iter().map(|it| it.file).max().unwrap() {
            let more: Value = serde_json::from_str(&document(service, file)).unwrap();
            for part in ["operations", "shapes"] {
                let more = more[part].as_object().unwrap().clone();
                whole[part].as_object_mut().unwrap().extend(more);
            }
        }
        for (at, operation) in all.iter_mut().enumerate() {
            operation.file = at % FILES;
            names[operation.file].push(&operation.name);
        }
        for (file, names) in names.iter().enumerate() {
            let mut part = whole.clone();
            let operations = part["operations"].as_object_mut().unwrap();
            operations.retain(|name, _| names.contains(&name));
            std::fs::write(folder.join(format!("{file}.json")), part.to_string()).unwrap();
        }
        index["services"][&*service] = json!({ "title": service, "operations": names });
    }
    std::fs::write(cut.join("index.json"), index.to_string()).unwrap();
    let models = Models::new(&Model::default(), Some(&cut)).unwrap();
    let services = services.iter();
    let won = services.map(|(service, all)| compare(&models, service, all, 200));
    let won: usize = won.sum();
    assert!(won > 20, "{won} addresses are won by another file");
}

#[test]
fn what_is_kept_of_a_model_is_the_same_without_its_bodies() {
    let index = index();
    let models = Models::new(&Model::embedded().unwrap(), Some(&folder())).unwrap();
    for (name, listed) in index["services"].as_object().unwrap() {
        let rules = models.rules(name).unwrap().map(|rules| &**rules);
        for file in 0..listed["operations"].as_array().unwrap().len() {
            let text = document(name, file);
            let whole = Model::load_botocore(name, &text, Codec::of).unwrap();
            let asked = |member: &str| rules.is_some_and(|rules| rules.ask_for(member));
            let heads = Model::load_botocore_heads(name, &text, &asked, Codec::of).unwrap();
            let kept = |model: &Model| {
                let services = model.services().iter();
                let kept = services.map(|it| Outline::of(model, it, rules, false));
                format!("{:?}", kept.collect::<Vec<_>>())
            };
            assert_eq!(kept(&whole), kept(&heads), "{name} {file}");
        }
    }
}
