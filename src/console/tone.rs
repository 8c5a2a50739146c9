//! How good news and bad look.

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
