//! All services of AWS: the index that `make models` builds (docs/models.md), and the models that it
//! names. All of it is in a part of the page of its own.

use super::search::COUNTS_KEY;
use super::{Console, ModelState};
use crate::browser::{storage, task};
use crate::lazy::{NotLoaded, lazy};
use crate::transport::document;
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::model::{Model, Protocol, is_own};
use formsmith_api::protocol::Codec;
use formsmith_api::title;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::cell::Cell;
use std::iter::repeat;
use std::pin::Pin;

/// Where the folder of models is, from the page.
pub(super) const FOLDER: &str = "models/aws";

thread_local! {
    static INDEX: Cell<Option<Index>> = const { Cell::new(None) };
}

/// What is known of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    Underway,
    /// There is none, or it can't be had.
    Missing,
    /// It lives as long as the page.
    There(&'static [IndexedService]),
}

#[derive(Debug, PartialEq, Eq)]
pub struct IndexedService {
    /// Its folder in botocore, such as `sesv2`.
    pub name: String,
    pub title: String,
    /// What its model calls it, which may be what people know.
    pub names: Vec<String>,
    /// The operations in each file of its model.
    files: Vec<Vec<IndexedOperation>>,
    /// Which files there are beside those.
    others: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct IndexedOperation {
    pub name: String,
    pub class: Class,
}

impl IndexedService {
    /// Is there a file of this name beside its model, such as `waiters`?
    pub(super) fn has_file(&self, name: &str) -> bool {
        self.others.iter().any(|other| other == name)
    }

    /// How many files its model has.
    pub(super) fn files(&self) -> usize {
        self.files.len()
    }

    pub fn operations(&self) -> impl Iterator<Item = &IndexedOperation> {
        self.files.iter().flatten()
    }
}

#[derive(Clone, Copy)]
struct Index {
    listing: RwSignal<Listing>,
    /// Has a page asked for the listing? A form reads the index for itself.
    is_asked: StoredValue<bool>,
    /// The files that were read: service, number, model.
    files: StoredValue<Vec<(&'static str, usize, &'static Model)>>,
}

impl Console {
    /// Does the page have a form for an operation? None until it is known.
    pub fn has_form(self, service: &str, operation: &str) -> Signal<Option<bool>> {
        let is_here = self.is_built_in(service, operation) || is_own(service);
        let has_form = RwSignal::new(is_here.then_some(true));
        if !is_here {
            let (service, operation) = (service.to_owned(), operation.to_owned());
            task::spawn(async move {
                let operations = operations_of(self, &service).await.unwrap_or_default();
                // The page may be gone by now.
                has_form.try_set(Some(operations.contains(&operation)));
            });
        }
        has_form.into()
    }

    fn index(self) -> Index {
        INDEX.with(Cell::get).unwrap_or_else(|| {
            let index = self.permanent(|| Index {
                listing: RwSignal::new(Listing::Underway),
                is_asked: StoredValue::new(false),
                files: StoredValue::new(Vec::new()),
            });
            INDEX.with(|cell| cell.set(Some(index)));
            index
        })
    }

    /// All services, as far as they are known.
    pub fn all_services(self) -> Listing {
        let index = self.index();
        let listing = index.listing.get();
        if listing == Listing::Underway && !index.is_asked.get_value() {
            self.load_index();
        }
        listing
    }

    /// Asks for the index, again if it could not be had.
    pub fn load_index(self) {
        let index = self.index();
        index.is_asked.set_value(true);
        index.listing.set(Listing::Underway);
        task::spawn(async move {
            index.listing.set(read_index().await);
        });
    }

    async fn load_any(self, service: String, operation: String) -> ModelState {
        match is_own(&service) {
            true => self.load_own(&service, &operation).await,
            false => self.load_indexed(service, operation).await,
        }
    }

    /// The file of AWS's models that has an operation: its service and its number.
    pub(super) async fn indexed(
        self,
        service: &str,
        operation: &str,
    ) -> Result<(&'static IndexedService, usize), ModelState> {
        let Listing::There(services) = listing(self).await else {
            return Err(ModelState::NotInstalled);
        };
        let Some(service) = services.iter().find(|it| it.name == service) else {
            return Err(ModelState::Unknown);
        };
        let has_it = |file: &Vec<IndexedOperation>| file.iter().any(|it| it.name == operation);
        let number = service.files.iter().position(has_it);
        Ok((service, number.ok_or(ModelState::Unknown)?))
    }

    async fn load_indexed(self, service: String, operation: String) -> ModelState {
        let index = self.index();
        let (service, number) = match self.indexed(&service, &operation).await {
            Ok(file) => file,
            Err(why) => return why,
        };
        let of_service = service.name.as_str();
        let known = |files: &Vec<(&str, usize, &'static Model)>| {
            let mut files = files.iter();
            let file = files.find(|(of, at, _)| (*of, *at) == (of_service, number));
            file.map(|(_, _, model)| *model)
        };
        if let Some(model) = index.files.with_value(known) {
            return ModelState::There(model);
        }
        let address = format!("{FOLDER}/services/{of_service}/{number}.json");
        let Some(text) = document(&address).await else {
            return ModelState::Failed(String::new());
        };
        match Model::load_botocore(of_service, &text, Codec::json) {
            Err(error) => ModelState::Failed(error.to_string()),
            Ok(mut model) => {
                model.classify(|name| {
                    let mut operations = service.files[number].iter();
                    let known = operations.find(|operation| operation.name == name)?;
                    Some(known.class)
                });
                match with_codec(model).await {
                    Err(NotLoaded) => ModelState::Failed(String::new()),
                    Ok(model) => {
                        (index.files).update_value(|files| files.push((of_service, number, model)));
                        ModelState::There(model)
                    }
                }
            }
        }
    }
}

/// A model, for as long as the page lives, with the code for its protocol, and with what can be
/// told of its outcomes: the code for XML, that for CBOR, and what infers are parts of the page of
/// their own.
pub(super) async fn with_codec(mut model: Model) -> Result<&'static Model, NotLoaded> {
    let protocols = model.services().iter().map(|service| service.protocol);
    for protocol in protocols.filter(|it| !it.is_json()).collect::<Vec<_>>() {
        let codec = match protocol {
            Protocol::RpcV2Cbor => cbor_codec(protocol).await?,
            _ => xml_codec(protocol).await?,
        };
        if let Some(codec) = codec {
            model.add_codec(protocol, codec);
        }
    }
    let model = with_outcomes(model).await?;
    Ok(Box::leak(Box::new(model)))
}

lazy! { in xml: fn xml_codec(protocol: Protocol) -> Option<Codec> = Codec::xml(protocol); }
lazy! { in cbor: fn cbor_codec(protocol: Protocol) -> Option<Codec> = Codec::cbor(protocol); }

lazy! { in outcomes: fn with_outcomes(model: Model) -> Model = inferred(model); }

fn inferred(mut model: Model) -> Model {
    model.infer_outcomes();
    model
}

async fn read_index() -> Listing {
    let text = document(&format!("{FOLDER}/index.json")).await;
    let index = text.and_then(|text| json::parse(text.as_bytes()).ok());
    let services = index
        .as_ref()
        .and_then(|index| index["services"].as_object());
    let Some(services) = services else {
        return Listing::Missing;
    };
    let services = services.iter().map(|(name, service)| {
        let names = ["title", "fullName", "sdkId"].map(|it| service[it].as_str());
        IndexedService {
            name: name.clone(),
            title: title::of_service(name, &names.map(Option::unwrap_or_default)),
            names: names.into_iter().flatten().map(str::to_owned).collect(),
            files: files(service),
            others: {
                let others = service["others"].as_array().into_iter().flatten();
                others
                    .filter_map(|it| Some(it.as_str()?.to_owned()))
                    .collect()
            },
        }
    });
    match services.collect::<Vec<_>>() {
        // So says the index of a page without them.
        none if none.is_empty() => Listing::Missing,
        services => {
            let operations: usize = services.iter().map(|it| it.operations().count()).sum();
            let counts = [operations, services.len()].map(words::grouped).join(" ");
            storage::write(COUNTS_KEY, &counts);
            Listing::There(services.leak())
        }
    }
}

/// The listing, read if it isn't there.
pub(super) async fn listing(console: Console) -> Listing {
    let listing = console.index().listing;
    let known = listing.get_untracked();
    // Set again, it would wake all that show it.
    if matches!(known, Listing::There(_)) {
        return known;
    }
    let read = read_index().await;
    if matches!(read, Listing::There(_)) {
        listing.set(read);
    }
    read
}

/// What the index has of a service.
pub(super) async fn indexed_service(
    console: Console,
    name: &str,
) -> Option<&'static IndexedService> {
    let Listing::There(services) = listing(console).await else {
        return None;
    };
    services.iter().find(|it| it.name == name)
}

/// A file beside a service's model, such as `inverses`; none where the index lists none, or it can't
/// be had.
pub(super) async fn other_file(console: Console, service: &str, name: &str) -> Option<Value> {
    let listed = indexed_service(console, service).await;
    listed.filter(|it| it.has_file(name))?;
    let text = document(&format!("{FOLDER}/services/{service}/{name}.json")).await?;
    json::parse(text.as_bytes()).ok()
}

/// What the index has of a service's files.
fn files(service: &Value) -> Vec<Vec<IndexedOperation>> {
    let files = service["operations"].as_array().into_iter().flatten();
    let operations = |(at, file): (usize, &Value)| {
        let letters = service["classes"][at].as_str().unwrap_or_default().bytes();
        let classes = letters.map(|letter| Class::from_letter(letter).unwrap_or(Class::Write));
        // An index of before has none.
        let classes = classes.chain(repeat(Class::Write));
        let names = file.as_array().into_iter().flatten();
        let listed = names.zip(classes).filter_map(|(name, class)| {
            let name = name.as_str()?.to_owned();
            Some(IndexedOperation { name, class })
        });
        listed.collect()
    };
    files.enumerate().map(operations).collect()
}

/// The model that has an operation of any service.
pub(super) async fn load(console: Console, service: &str, operation: &str) -> ModelState {
    match load_later(console, service.to_owned(), operation.to_owned()).await {
        Ok(loading) => loading.await,
        Err(_) => ModelState::Failed(String::new()),
    }
}

type Loading = Pin<Box<dyn Future<Output = ModelState>>>;

/// The model of one of AWS's operations as it came, for code that reads it by itself; none where it
/// can't be had.
pub(super) async fn document_of(
    console: Console,
    service: &str,
    operation: &str,
) -> Option<String> {
    let later = document_later(console, service.to_owned(), operation.to_owned());
    later.await.ok()?.await
}

/// The names of all operations of one of AWS's services; none where it is unknown.
pub(super) async fn operations_of(console: Console, service: &str) -> Option<Vec<String>> {
    let later = operations_later(console, service.to_owned());
    later.await.ok()?.await
}

type Reading<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

lazy! {
    in all_services: fn document_later(console: Console, service: String, operation: String) -> Reading<String> =
        Box::pin(async move {
            let (service, number) = console.indexed(&service, &operation).await.ok()?;
            document(&format!("{FOLDER}/services/{}/{number}.json", service.name)).await
        });
}

lazy! {
    in all_services: fn operations_later(console: Console, service: String) -> Reading<Vec<String>> =
        Box::pin(async move {
            let service = indexed_service(console, &service).await?;
            Some(service.operations().map(|it| it.name.clone()).collect())
        });
}

lazy! {
    in all_services: fn load_later(console: Console, service: String, operation: String) -> Loading =
        Box::pin(console.load_any(service, operation));
}
