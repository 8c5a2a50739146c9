//! How good news and bad look.

use crate::state::Toast;
use crate::ui::Kind;
use formsmith_api::model::State;
use formsmith_run::Tone;

pub fn kind(tone: Tone) -> Kind {
    match tone {
        Tone::Success => Kind::Success,
        Tone::Info => Kind::Info,
        Tone::Warning => Kind::Warning,
        Tone::Unknown => Kind::Unknown,
        Tone::Error => Kind::Error,
    }
}

/// How a toast looks, what it says, and where the run is shown that it tells of.
pub fn of_toast(toast: Toast) -> (Kind, String, Option<String>) {
    match toast {
        Toast::Done(said) => (Kind::Success, said, None),
        Toast::Partly(said) => (Kind::Warning, said, None),
        Toast::Undone(said) => (Kind::Error, said, None),
        Toast::Needless(said) => (Kind::Info, said, None),
        Toast::OfRun { said, tone, href } => (kind(tone), said, Some(href)),
    }
}

/// A status that is past.
pub const PAST: Kind = Kind::Info;
pub fn of_state(state: State) -> Kind {
    match state {
        State::Pending => Kind::Pending,
        State::Running => Kind::Loading,
        State::Failing => Kind::Warning,
        State::Succeeded => Kind::Success,
        State::Failed => Kind::Error,
    }
}

/// What the usual words for states of things mean; nothing for any other word.
pub fn of_word(word: &str) -> Option<Kind> {
    let word = word.to_ascii_lowercase().replace(['_', ' '], "-");
    let last = word.rsplit('-').next().unwrap_or_default();
    Some(match &*word {
        "running" | "available" | "active" | "in-use" | "ok" | "healthy" | "enabled" | "issued"
        | "ready" | "attached" | "associated" | "deployed" | "passed" | "online" => Kind::Success,
        "pending" | "queued" | "in-progress" | "inprogress" | "creating" | "starting"
        | "stopping" | "shutting-down" | "updating" | "modifying" | "deleting" | "rebooting"
        | "initializing" | "provisioning" | "attaching" | "detaching" | "associating"
        | "disassociating" | "scheduled" => Kind::Pending,
        "stopped" | "terminated" | "disabled" | "inactive" | "deleted" | "detached"
        | "disassociated" | "cancelled" | "canceled" | "offline" => Kind::Stopped,
        "impaired" | "unhealthy" | "timed-out" => Kind::Error,
        // `CREATE_COMPLETE`, `UPDATE_FAILED`, `DELETE_IN_PROGRESS`
        _ => match last {
            "failed" | "failure" | "error" => Kind::Error,
            "succeeded" | "success" | "complete" | "completed" => Kind::Success,
            "progress" => Kind::Pending,
            _ => return None,
        },
    })
}
