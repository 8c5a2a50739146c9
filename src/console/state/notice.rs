//! What happened to a form as a whole.

use super::HistoryTrouble;
use super::kept::Kept;
use super::prefill::{FromLink, LinkProblem, LinkRegion};
use formsmith_api::draft::PasteRefused;

/// Something that happened to the whole form and that the person should know.
#[derive(Debug, Clone)]
pub enum Notice {
    Pasted {
        rows: usize,
    },
    PasteRefused(PasteRefused),
    /// The form was emptied or filled from elsewhere; this is what was there before.
    Replaced {
        before: Box<Kept>,
        by: Replacement,
        /// The region there was, if another was chosen with it.
        region: Option<String>,
    },
    LinkRefused(LinkProblem),
    /// All that a link brought.
    LinkRegion(LinkRegion),
    /// The part of the page that does what was asked for did not come.
    NotLoaded,
    /// The person went on to something else before it came.
    Left,
    /// The run that was to be opened again is not in the history, or why that can't be read.
    NoRun(Option<HistoryTrouble>),
    /// The browser doesn't keep drafts.
    NotKept,
    /// Nothing was sent, because it could not be kept in the history.
    NotInHistory(HistoryTrouble),
    /// How a run ended could not be kept in the history.
    AnswerNotInHistory(HistoryTrouble),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    Blank,
    Example(String),
    Scenario {
        title: String,
        /// What will be seen, and why.
        story: String,
    },
    /// The input of a run in the history.
    Run(FromLink),
    /// A command or a body was pasted.
    Command {
        /// What of it is not in the form.
        story: String,
    },
    Link(FromLink),
    Undone,
    /// What takes back the run of the operation of this title.
    Inverse(String),
}
