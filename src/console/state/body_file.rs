//! The file that goes up as the body of a form's request: chosen, and hashed before it is reviewed.

use super::{Form, Notice};
use crate::browser::chosen;
use crate::browser::file_digest::{self, NoDigests};
use crate::lazy::lazy;
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::file::FileRef;
use formsmith_api::protocol;
use formsmith_run::Refusal;
use formsmith_words as words;
use serde_json::Value;
use std::pin::Pin;
use web_sys::{AbortController, Blob};

impl Form {
    /// Puts a file at a node whose blob is the body.
    pub fn choose_file(self, node: NodeId, file: &FileRef, bytes: Blob) {
        chosen::hold(file, bytes);
        self.apply(Edit::SetText(node, file.as_str().to_owned()));
    }

    /// Is a file in the place of the body?
    pub(super) fn file(self, input: &Value) -> Option<FileRef> {
        let member = protocol::file_member(self.model, self.service, self.operation)?;
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
        let member = protocol::file_member(self.model, self.service, self.operation)?;
        let chosen = self.file(&input)?;
        let refuse = |why: String| {
            self.refuse(why);
            None
        };
        let most = formsmith_wire::FILE_BYTES;
        if chosen.size() > most {
            return refuse(words::file_too_large(&chosen, most));
        }
        let Some(bytes) = chosen::held(&chosen) else {
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
            let node = draft.member(draft.root(), &member.name)?;
            (draft.text(node) == chosen.as_str()).then_some(node)
        });
        if let Some(node) = node {
            self.apply(Edit::SetText(node, read.as_str().to_owned()));
        }
        input[&member.name] = read.as_str().into();
        Some(input)
    }
}

type Hashing = Pin<Box<dyn Future<Output = Option<Value>>>>;

lazy! {
    in all_services: fn hash(form: Form, input: Value, press: u32) -> Hashing =
        Box::pin(form.hash(input, press));
}
