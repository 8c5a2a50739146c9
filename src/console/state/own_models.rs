//! Models of a person's own: read from their files, and kept in this browser.
//!
//! Keys: `own/{service}` with what the list shows, and `own-text/{service}` with the model. All of it
//! is in the part of the page that reads models of any origin.

use super::all_services::with_codec;
use super::history::store::failure;
use super::{Console, ModelState, Route};
use crate::browser::database::{Transaction, Trouble};
use crate::browser::file::{Chosen, Unreadable};
use crate::browser::{focus, task};
use crate::lazy::{NotLoaded, lazy};
use crate::watch::watch;
use formsmith_api::json;
use formsmith_api::model::{Model, NotOwn, OWN};
use formsmith_api::protocol::Codec;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::json;
use std::cell::Cell;

const HEAD: &str = "own/";
const TEXT: &str = "own-text/";

/// What the keys of all that is kept of them begin with.
pub(super) const KEYS: [&str; 2] = [HEAD, TEXT];

/// A longer file is not read, in bytes, once it is unpacked. AWS's longest has about 10 MB.
const MAX_FILE: usize = 32 << 20;

thread_local! {
    static OWN_MODELS: Cell<Option<OwnModels>> = const { Cell::new(None) };
}

#[derive(Clone, Copy)]
struct OwnModels {
    /// Counts changes.
    changes: RwSignal<u32>,
    /// Those that would take the place of others.
    waiting: RwSignal<Vec<Waiting>>,
    read: StoredValue<Vec<(String, &'static Model)>>,
}

/// What the list shows of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnModel {
    /// The name of its service, which begins as no name of AWS's does.
    pub name: String,
    pub title: String,
    pub file: String,
    pub operations: usize,
    /// Their names. Models that were added when none were kept have none.
    pub names: Vec<String>,
}

/// A model whose name another has that is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub model: OwnModel,
    /// The file that the other came from.
    pub before: String,
    text: String,
}

/// The models that are here; nothing until they are known, and none if they can't be read.
pub type OwnList = ReadSignal<Option<Option<Vec<OwnModel>>>>;

impl OwnModel {
    fn of(model: &Model, file: String) -> Option<Self> {
        let service = model.services().first()?;
        Some(Self {
            name: service.name.clone(),
            title: service.title.clone(),
            file,
            operations: service.operations.len(),
            names: (service.operations.iter())
                .map(|operation| operation.name().to_owned())
                .collect(),
        })
    }

    fn read(name: &str, head: &str) -> Option<Self> {
        let head = json::parse(head.as_bytes()).ok()?;
        Some(Self {
            name: name.to_owned(),
            title: head["title"].as_str()?.to_owned(),
            file: head["file"].as_str()?.to_owned(),
            operations: head["operations"].as_u64()? as usize,
            names: (head["names"].as_array().into_iter().flatten())
                .filter_map(|name| Some(name.as_str()?.to_owned()))
                .collect(),
        })
    }

    fn text(&self) -> String {
        json::compact(&json!({
            "title": self.title,
            "file": self.file,
            "operations": self.operations,
            "names": self.names,
        }))
    }
}

/// A key of a service, whose name always begins the same.
fn key(of: &str, service: &str) -> String {
    [of, service.strip_prefix(OWN).unwrap_or(service)].concat()
}

impl Console {
    fn own(self) -> OwnModels {
        OWN_MODELS.with(Cell::get).unwrap_or_else(|| {
            let own = self.permanent(|| OwnModels {
                changes: RwSignal::new(0),
                waiting: RwSignal::new(Vec::new()),
                read: StoredValue::new(Vec::new()),
            });
            OWN_MODELS.with(|cell| cell.set(Some(own)));
            own
        })
    }

    pub fn own_models(self) -> OwnList {
        let list = RwSignal::new(None);
        watch(move || {
            self.own().changes.track();
            task::spawn(async move {
                let models = all().await.ok();
                // What has not changed is not drawn anew. The page may be gone.
                let is_other = list.try_with_untracked(|known| known.as_ref() != Some(&models));
                if is_other == Some(true) {
                    list.try_set(Some(models));
                }
            });
        });
        list.read_only()
    }

    /// The model of a service of one's own; nothing until it is known.
    pub fn own_model(self, service: String) -> ReadSignal<Option<ModelState>> {
        let shown = RwSignal::new(None);
        watch(move || {
            self.own().changes.track();
            let service = service.clone();
            task::spawn(async move {
                let state = self.read_own(&service).await;
                shown.try_set(Some(state));
            });
        });
        shown.read_only()
    }

    /// The models that wait for the person's word.
    pub fn waiting_models(self) -> Vec<Waiting> {
        self.own().waiting.get()
    }

    pub(super) async fn load_own(self, service: &str, operation: &str) -> ModelState {
        let state = self.read_own(service).await;
        let ModelState::There(model) = state else {
            return state;
        };
        let service = model.service(service);
        match service.and_then(|service| service.operation(operation)) {
            Some(_) => state,
            None => ModelState::Unknown,
        }
    }

    async fn read_own(self, service: &str) -> ModelState {
        let read = self.own().read;
        let known = read.with_value(|read| read.iter().find(|(of, _)| of == service).cloned());
        if let Some((_, model)) = known {
            return ModelState::There(model);
        }
        match stored(service).await {
            Err(trouble) => ModelState::Failed(words::own_unreadable(failure(trouble)).into()),
            Ok(None) => ModelState::Unknown,
            Ok(Some((head, text))) => match Model::load_own(&head.file, &text, Codec::json) {
                Err(why) => ModelState::Failed(why.to_string()),
                Ok(model) => match with_codec(model).await {
                    Err(NotLoaded) => ModelState::Failed(String::new()),
                    Ok(model) => {
                        read.update_value(|read| read.push((service.to_owned(), model)));
                        ModelState::There(model)
                    }
                },
            },
        }
    }

    /// Reads files and keeps what is in them. What is told is one text, however many they are.
    pub fn add_own_models(self, files: Vec<Chosen>) {
        self.announce(words::importing());
        task::spawn(async move {
            let (mut told, mut is_refused, mut waits) = (Vec::new(), false, false);
            for file in files {
                match self.add_own_model(&file).await {
                    Ok(Some(done)) => told.push(done),
                    Ok(None) => waits = true,
                    Err(why) => {
                        is_refused = true;
                        told.push(why);
                    }
                }
            }
            let told = words::paragraph(&told);
            match (told.is_empty(), is_refused) {
                (true, _) => self.announce(""),
                (false, true) => self.tell(Err(told.clone())),
                (false, false) => self.tell(Ok(told.clone())),
            }
            if waits {
                self.ask_about_waiting(&told);
            }
        });
    }

    /// Shows the questions, where they are asked.
    fn ask_about_waiting(self, told: &str) {
        let toast = untrack(move || self.toast());
        if untrack(move || self.route()) != Route::Services {
            self.go_to(Route::SERVICES);
            // What else the files came to is still to be read there.
            toast.into_iter().for_each(|toast| self.show_toast(toast));
        }
        let waiting = self.own().waiting.get_untracked();
        let titles = waiting
            .iter()
            .map(|it| words::own_there(&it.model.title))
            .collect::<Vec<_>>();
        self.announce(words::spoken(told, &words::paragraph(&titles)));
    }

    /// What it came to, which is nothing while the person has to decide; or why it is not added.
    async fn add_own_model(self, file: &Chosen) -> Result<Option<String>, String> {
        let name = file.name();
        let unreadable = |why: Unreadable| match why {
            Unreadable::Gone => words::own_gone(&name),
            Unreadable::Packed => words::own_packed(&name),
            Unreadable::TooLarge => words::own_too_large(&name, &(MAX_FILE >> 20).to_string()),
        };
        let bytes = file.unpacked(MAX_FILE).await.map_err(unreadable)?;
        let text = String::from_utf8(bytes).map_err(|_| words::own_no_text(&name))?;
        let model =
            Model::load_own(&name, &text, Codec::json).map_err(|why| refused(&name, &why))?;
        let model = OwnModel::of(&model, name.clone()).ok_or_else(|| words::own_gone(&name))?;
        match keep(&model, &text, false).await {
            Err(trouble) => Err(words::own_not_kept(&name, failure(trouble))),
            Ok(Some(other)) => {
                let before = other.file;
                self.own().waiting.update(|waiting| {
                    waiting.retain(|it| it.model.name != model.name);
                    waiting.push(Waiting {
                        model,
                        before,
                        text,
                    });
                });
                Ok(None)
            }
            Ok(None) => {
                self.own_changed(&model.name);
                Ok(Some(words::own_added(&model.title, model.operations)))
            }
        }
    }

    /// Puts a model that waits in the place of the one with its name.
    pub fn replace_own_model(self, waiting: Waiting) {
        self.keep_own_model(&waiting);
        task::spawn(async move {
            let Waiting { model, text, .. } = waiting;
            let done = keep(&model, &text, true).await;
            self.own_changed(&model.name);
            self.tell(match done {
                Ok(_) => Ok(words::own_replaced(&model.title, &model.file)),
                Err(trouble) => Err(words::own_not_kept(&model.file, failure(trouble))),
            });
        });
    }

    /// Forgets a model that waits: the one with its name stays.
    pub fn keep_own_model(self, waiting: &Waiting) {
        let is_other = |it: &Waiting| it.model.name != waiting.model.name;
        self.own().waiting.update(|all| all.retain(is_other));
        // The question goes with its press.
        focus::soon_on_heading();
    }

    pub fn remove_own_model(self, model: OwnModel) {
        focus::soon_on_heading();
        task::spawn(async move {
            let done = remove(&model.name).await;
            self.own_changed(&model.name);
            self.tell(match done {
                Ok(()) => Ok(words::own_removed(&model.title)),
                Err(trouble) => Err(words::own_unreadable(failure(trouble)).into()),
            });
        });
    }

    /// Whatever is known of a service is read anew.
    fn own_changed(self, name: &str) {
        let own = self.own();
        own.read
            .update_value(|read| read.retain(|(of, _)| of != name));
        own.changes.update(|count| *count += 1);
        self.forget_models_of(name);
        self.need_model();
    }
}

fn refused(file: &str, why: &NotOwn) -> String {
    match why {
        NotOwn::NoJson(why) => words::own_no_json(file, why),
        NotOwn::Idl => words::own_idl(file),
        NotOwn::NoModel => words::own_no_model(file),
        NotOwn::Services(count) => words::own_services(file, *count),
        NotOwn::Empty => words::own_empty(file),
        NotOwn::Broken(why) => words::own_broken(file, &words::capitalised(&why.to_string())),
    }
}

/// Those that are kept, as the list shows them.
pub async fn all() -> Result<Vec<OwnModel>, Trouble> {
    let transaction = Transaction::begin(false).await?;
    let mut models = Vec::new();
    let take = |name: &str, head: &str| {
        models.extend(OwnModel::read(&[OWN, name].concat(), head));
    };
    transaction.each(HEAD, take).await?;
    Ok(models)
}

async fn stored(service: &str) -> Result<Option<(OwnModel, String)>, Trouble> {
    let transaction = Transaction::begin(false).await?;
    let head = transaction.get(&key(HEAD, service)).await?;
    let text = transaction.get(&key(TEXT, service)).await?;
    let head = head.and_then(|head| OwnModel::read(service, &head));
    Ok(head.zip(text))
}

/// Keeps a model; where one of its name is here already, that is given, and stays unless it is to be
/// replaced.
async fn keep(model: &OwnModel, text: &str, replaces: bool) -> Result<Option<OwnModel>, Trouble> {
    let transaction = Transaction::begin(true).await?;
    let at = key(HEAD, &model.name);
    let other = transaction.get(&at).await?;
    let other = other.and_then(|head| OwnModel::read(&model.name, &head));
    if other.is_none() || replaces {
        transaction.put(&at, &model.text());
        transaction.put(&key(TEXT, &model.name), text);
    }
    transaction.end().await?;
    Ok(other)
}

async fn remove(service: &str) -> Result<(), Trouble> {
    let transaction = Transaction::begin(true).await?;
    for of in KEYS {
        transaction.delete(&key(of, service));
    }
    transaction.end().await
}

lazy! {
    in all_services: pub(super) fn take_dropped(console: Console, files: js_sys::Array) =
        console.add_own_models(Chosen::all(&files));
}
