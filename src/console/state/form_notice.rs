//! What happened to a form as a whole.

use super::draft_storage::StoredDraft;
use super::prefill::{FromLink, LinkProblem, LinkRegion};
use super::{Form, NOTICE_ID, NotKept};
use crate::browser::focus;
use formsmith_run::StoreFailure;
use leptos::prelude::*;

/// Something that happened to the whole form and that the person should know.
#[derive(Debug, Clone)]
pub enum Notice {
    Pasted {
        rows: usize,
    },
    /// The form was emptied or filled from elsewhere; this is what was there before.
    Replaced {
        before: Box<StoredDraft>,
        by: Replacement,
        /// The region there was, if another was chosen with it.
        region: Option<String>,
        /// The run whose result went with it.
        result: Option<String>,
    },
    /// What was asked for goes on with something else than what is there now: why. Nothing was
    /// sent, and the notice before it comes back when it is closed.
    Refused {
        why: String,
        before: Option<Box<Notice>>,
    },
    LinkRefused(LinkProblem),
    /// All that a link brought.
    LinkRegion(LinkRegion),
    /// The part of the page that does what was asked for did not come.
    NotLoaded,
    /// The person went on to something else before it came.
    Left,
    /// The run that was to be opened again is not in the history, or why that can't be read.
    NoRun(Option<StoreFailure>),
    /// No preset of this path is here, or why that can't be known.
    NoPreset {
        path: String,
        why: Option<NotKept>,
    },
    /// The browser stores no drafts.
    DraftNotStored,
    /// Another tab has changed the draft, and what is here is not stored until the person chooses.
    ChangedElsewhere,
    /// Nothing was sent, because it could not be stored in the history.
    NotInHistory(StoreFailure),
    /// How a run ended could not be stored in the history.
    AnswerNotInHistory(StoreFailure),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    Blank,
    /// The settings that had been added were removed.
    Settings,
    Example(String),
    /// Its story stands above the form.
    Scenario,
    /// The input of a run in the history.
    Run(FromLink),
    /// A command or a body was pasted.
    Command {
        /// What of it is not in the form.
        story: String,
    },
    Link(FromLink),
    Preset {
        path: String,
        /// Members that the operation doesn't have.
        left_out: Vec<String>,
    },
    Undone,
    /// JSON that was no input was given up.
    Json,
    /// The draft of another tab.
    OtherTab,
    /// What takes back the run of the operation of this title.
    Inverse(String),
}

#[derive(Clone, Copy)]
pub(super) struct FormNotice {
    shown: RwSignal<Option<Notice>>,
}

impl FormNotice {
    pub fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
        }
    }
}

impl Form {
    pub fn notice(self) -> Option<Notice> {
        self.notice.shown.get()
    }

    pub(super) fn set_notice(self, notice: Option<Notice>) {
        self.notice.shown.set(notice);
    }

    /// Undoing what the notice tells of also shows the result of this run again.
    pub(super) fn add_to_replaced(self, run: Option<String>) {
        self.notice.shown.update(|notice| {
            if let Some(Notice::Replaced { result, .. }) = notice
                && run.is_some()
            {
                *result = run;
            }
        });
    }

    pub fn dismiss_notice(self) {
        self.notice.shown.update(|notice| {
            *notice = match notice.take() {
                Some(Notice::Refused { before, .. }) => before.map(|before| *before),
                _ => None,
            }
        });
    }

    /// What was to be undone is sent: nothing waits for a confirmation any more.
    pub(super) fn drop_undo_notice(self) {
        let by_undo = |notice: &Notice| {
            matches!(
                notice,
                Notice::Replaced {
                    by: Replacement::Inverse(_),
                    ..
                }
            )
        };
        if self
            .notice
            .shown
            .with_untracked(|it| it.as_ref().is_some_and(by_undo))
        {
            self.set_notice(None);
        }
    }

    /// Says why nothing is sent, where the person can't but see it.
    pub(super) fn refuse(self, why: String) {
        self.notice.shown.update(|notice| {
            let before = match notice.take() {
                Some(Notice::Refused { before, .. }) => before,
                before => before.map(Box::new),
            };
            *notice = Some(Notice::Refused { why, before });
        });
        focus::soon(NOTICE_ID);
    }
}
