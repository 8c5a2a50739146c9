//! The file that goes up as the body of a form's request, and the one that its answer goes into.

use super::{ANSWER_FILE_ID, Console, Form, Notice};
use crate::browser::chosen;
use crate::browser::file::{self, Chosen};
use crate::browser::file_digest::{self, NoDigests};
use crate::browser::save_target::{self, SaveTarget};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use formsmith_api::draft::{Edit, NodeId, Role};
use formsmith_api::file::FileRef;
use formsmith_api::protocol;
use formsmith_run::Refusal;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::pin::Pin;
use web_sys::{AbortController, Blob};

#[derive(Clone, Copy)]
pub(super) struct FormFiles {
    /// Where the body of the next answer goes; without one it is shown.
    target: RwSignal<Option<SaveTarget>>,
    /// How many bytes of it have arrived, of how many.
    received: RwSignal<Option<(u64, Option<u64>)>>,
    /// Is a file on its way up?
    is_sent: RwSignal<bool>,
}

impl FormFiles {
    pub fn new() -> Self {
        Self {
            target: RwSignal::new(None),
            received: RwSignal::new(None),
            is_sent: RwSignal::new(false),
        }
    }

    pub fn received(self) -> Option<(u64, Option<u64>)> {
        self.received.get()
    }

    /// A form may be gone while an answer comes.
    pub fn receive(self, received: Option<(u64, Option<u64>)>) {
        self.received.try_set(received);
    }

    pub fn is_sent(self) -> bool {
        self.is_sent.get()
    }

    pub fn send(self, is_sent: bool) {
        self.is_sent.try_set(is_sent);
    }

    /// The place is for one answer: what comes next must not take the place of what is there.
    pub fn take_target(self) -> Option<SaveTarget> {
        let target = self.target.get_untracked();
        if target.is_some() {
            self.target.set(None);
        }
        target
    }
}

impl Form {
    /// Puts a file at a node whose blob is the body.
    pub fn choose_file(self, node: NodeId, chosen: &Chosen) {
        let file = chosen.file_ref();
        chosen::hold(file.as_str(), chosen.blob());
        self.apply(Edit::SetText(node, file.as_str().to_owned()));
    }

    /// Where the body of the next answer goes.
    pub fn answer_target(self) -> Option<SaveTarget> {
        self.files.target.get()
    }

    /// Lets the person choose a file for the body of the next answer, where the browser can write
    /// to one; elsewhere the browser holds it.
    pub fn save_answer(self) {
        let name = self.suggested_file();
        if !save_target::has_disk() {
            self.files.target.set(Some(SaveTarget::memory(&name)));
            return focus::soon(ANSWER_FILE_ID);
        }
        task::spawn(async move {
            if let Some(target) = SaveTarget::disk(&name).await {
                self.files.target.try_set(Some(target));
                focus::soon(ANSWER_FILE_ID);
            }
        });
    }

    pub fn show_answer(self) {
        self.files.target.set(None);
        focus::soon(ANSWER_FILE_ID);
    }

    /// The last part of the path that would be asked for: of S3, of the key.
    fn suggested_file(self) -> String {
        let input = untrack(move || self.input());
        let request = protocol::write(self.model, self.service, self.operation, &input);
        let path = request.map(|request| request.path).unwrap_or_default();
        file_name(&path).unwrap_or_else(|| self.operation.name().to_owned())
    }

    /// Is a file in the place of the body?
    pub(super) fn file(self, input: &Value) -> Option<FileRef> {
        let member = protocol::file_member(self.model, self.operation)?;
        FileRef::parse(input.get(&member.name)?.as_str()?)
    }

    /// The input with the digests that the request needs of its file, which the draft then has,
    /// too. `None` if the person no longer waits, or where it is said why there are none.
    pub(super) async fn with_digests(self, input: Value, press: u32) -> Option<Value> {
        match hash(self, input, press).await {
            Ok(hashing) => hashing.await,
            Err(_) => {
                self.set_notice(Some(Notice::NotLoaded));
                None
            }
        }
    }

    async fn hash(self, mut input: Value, press: u32) -> Option<Value> {
        let member = protocol::file_member(self.model, self.operation)?;
        let chosen = self.file(&input)?;
        let known = chosen.without_digests();
        let refuse = |why: String| {
            self.refuse(why);
            None
        };
        let most = formsmith_wire::FILE_BYTES;
        if chosen.size() > most {
            return refuse(words::file_too_large(&chosen, most));
        }
        let Some(bytes) = chosen::held(known.as_str()) else {
            return refuse(words::file_not_at_hand(&chosen));
        };
        let needed = protocol::file_digests(self.model, self.service, self.operation, &input);
        let needed = match needed {
            Ok(needed) => needed,
            Err(why) => return refuse(words::refusal(&Refusal::NotSendable(why.what))),
        };
        let is_unknown = |algorithm: &String| chosen.digest(algorithm).is_none();
        let needed: Vec<String> = needed.into_iter().filter(is_unknown).collect();
        if needed.is_empty() {
            return Some(input);
        }
        let stop = AbortController::new().ok()?;
        let (size, aborted) = (bytes.size(), stop.clone());
        let told = move |done: f64| match self.press.is(press) {
            true => self.press.read(100.0 * done / size),
            false => aborted.abort(),
        };
        let digests = file_digest::digests(&bytes, &needed, told, &stop.signal()).await;
        if !self.press.is(press) {
            return None;
        }
        let digests = match digests {
            Ok(digests) => digests,
            Err(NoDigests::Unreadable) => return refuse(words::file_not_at_hand(&chosen)),
            Err(NoDigests::NotLoaded) => {
                self.set_notice(Some(Notice::NotLoaded));
                return None;
            }
        };
        let digests = needed.iter().zip(&digests);
        let read = digests.fold(chosen.clone(), |file, (algorithm, digest)| {
            file.with_digest(algorithm, digest)
        });
        let node = self.peek(|draft| {
            let is_it = |&node: &NodeId| {
                let role = draft.node(node).map(|node| &node.role);
                matches!(role, Some(Role::Member(name)) if *name == member.name)
            };
            let node = draft.children(draft.root()).into_iter().find(is_it)?;
            (draft.text(node) == chosen.as_str()).then_some(node)
        });
        if let Some(node) = node {
            self.apply(Edit::SetText(node, read.as_str().to_owned()));
        }
        input[&member.name] = read.as_str().into();
        Some(input)
    }
}

impl Console {
    /// Hands bytes to the browser to save.
    pub fn save_file(self, name: &str, bytes: Option<&Blob>) {
        if !bytes.is_some_and(|bytes| file::save_blob(name, bytes)) {
            self.tell(Err(words::not_saved_here().to_owned()));
        }
    }
}

/// What the last part of a path names a file, as it is typed.
pub fn file_name(path: &str) -> Option<String> {
    let path = path.split('?').next()?;
    let last = path.rsplit('/').next().filter(|last| !last.is_empty())?;
    js_sys::decode_uri_component(last).ok().map(String::from)
}

type Hashing = Pin<Box<dyn Future<Output = Option<Value>>>>;

lazy! {
    in all_services: fn hash(form: Form, input: Value, press: u32) -> Hashing =
        Box::pin(form.hash(input, press));
}
