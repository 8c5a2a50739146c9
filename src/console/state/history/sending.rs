//! What a form has to do with the history when it sends.

use super::kept_run::tone_word;
use super::{History, HistoryTrouble, KeptRun, store};
use crate::browser::{clock, focus, task};
use crate::later::later;
use crate::state::{Form, NOTICE_ID, Notice, Request, Run};
use crate::text::Verdict;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

impl Form {
    /// Before an attempt is sent. False where the run can't be kept: then nothing may be sent,
    /// unless the person has said that it may.
    pub(in crate::state) async fn keep_begun(self, run: &Run, request: &Request) -> bool {
        let history = self.console.history;
        let rows = request.rows.as_deref().unwrap_or_default();
        let kept = KeptRun::of(self, run, Some((clock::now_ms(), rows)));
        match store::write(&kept).await {
            Err(why) if !history.goes_without.get_value() => {
                let of = (!run.attempts.is_empty()).then(|| Arc::new(run.clone()));
                let of = of.or_else(|| request.of.clone());
                self.hold_back(
                    Request {
                        of,
                        ..request.clone()
                    },
                    why,
                );
                return false;
            }
            Err(_) => {}
            Ok(()) => {
                let id = run.id.clone();
                history.waited_for.update(|ids| ids.push(id));
                history.changed();
            }
        }
        true
    }

    /// Nothing was sent: says why, and offers to do without the history.
    fn hold_back(self, request: Request, why: HistoryTrouble) {
        self.held_back.set_value(Some(request));
        self.notice.set(Some(Notice::NotInHistory(why)));
        focus::soon(NOTICE_ID);
    }

    /// Sends what is not kept, now and as long as the page lives.
    pub fn send_without_history(self) {
        task::spawn(async move {
            // It was held back by the part that now sends it.
            let _ = send_without(self).await;
        });
    }

    fn send_without(self) {
        self.console.history.goes_without.set_value(true);
        self.notice.set(None);
        let request = self.held_back.try_update_value(Option::take).flatten();
        match request {
            Some(request) if request.of.is_some() => self.send_or_review(request),
            // What is in the form now is what is sent.
            _ => self.submit(false),
        }
    }

    /// After an attempt that another follows by itself.
    pub(in crate::state) async fn keep_answer(self, run: &Run) {
        // Whether it can be kept shows before the next attempt.
        let history = self.console.history;
        let _ = write_ended(history, KeptRun::of(self, run, None)).await;
        history.changed();
    }

    /// An attempt was stopped before it was sent: the run is what it was before.
    pub(in crate::state) fn keep_stopped(self, run: &Run) {
        if !run.attempts.is_empty() {
            return self.keep_ended(run);
        }
        let id = run.id.clone();
        task::spawn(async move {
            let history = self.console.history;
            // What can't be deleted says that no answer was kept, which is so.
            let _ = store::delete(&id).await;
            history.waited_for.update(|ids| ids.retain(|it| *it != id));
            history.changed();
        });
    }

    /// After the last attempt.
    pub(in crate::state) fn keep_ended(self, run: &Run) {
        let kept = KeptRun::of(self, run, None);
        task::spawn(async move {
            let history = self.console.history;
            let written = write_ended(history, kept.clone()).await;
            history
                .waited_for
                .update(|ids| ids.retain(|id| id != kept.id()));
            history.changed();
            if let Err(why) = written
                && !history.goes_without.get_value()
            {
                self.notice.set(Some(Notice::AnswerNotInHistory(why)));
            }
        });
    }

    /// After an answer that nobody waited for any more; false if the run has gone on since.
    pub(in crate::state) async fn keep_late(self, run: &Run) -> bool {
        let history = self.console.history;
        let kept = KeptRun::of(self, run, None);
        let written = store::write_late(&kept).await;
        history.complete_deleted(kept.id(), |deleted| {
            if deleted.attempts().len() == kept.attempts().len() {
                deleted.become_as(&kept);
            }
        });
        history.changed();
        if let Err(why) = written
            && !history.goes_without.get_value()
        {
            self.notice.set(Some(Notice::AnswerNotInHistory(why)));
        }
        written.unwrap_or(true)
    }

    /// What a run started has come to its end.
    pub(in crate::state) fn keep_followed(self, run: &str, verdict: &Verdict) {
        let (id, verdict) = (run.to_owned(), verdict.clone());
        let history = self.console.history;
        task::spawn(async move {
            let complete = |kept: &mut KeptRun| {
                kept.0["tone"] = tone_word(verdict.tone).into();
                kept.0["verdict"] = verdict.title.as_str().into();
                kept.0["detail"] = verdict.detail.as_str().into();
            };
            // Without a history there is nothing to complete.
            if let Ok(Some(mut kept)) = store::get(&id).await {
                complete(&mut kept);
                if store::write_ended(&kept).await.is_ok() {
                    history.changed();
                }
            }
            history.complete_deleted(&id, complete);
        });
    }
}

later! { fn send_without(form: Form) = form.send_without(); }

async fn write_ended(history: History, mut run: KeptRun) -> Result<(), HistoryTrouble> {
    let mut written = store::write_ended(&run).await;
    history.complete_deleted(run.id(), |deleted| deleted.become_as(&run));
    if written.is_err() && !run.0["answer"].is_null() {
        // How it ended matters more than the answer's words.
        run.0["answer"]["body"] = Value::from("");
        run.0["answer"]["isCut"] = true.into();
        written = store::write_ended(&run).await;
    }
    written
}
