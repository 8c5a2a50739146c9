//! What was sent, and what can be done with it.

use crate::language::OfCount;
use crate::{grouped, listed, number, sentences, texts};
use formsmith_run::{StoreFailure, Subject, Tone};

/// What a run acts on: `i-1, i-2, i-3 and 4 more`.
#[must_use]
pub fn subject(subject: &Subject) -> String {
    let named = listed(&subject.first);
    match subject.count.saturating_sub(subject.first.len()) {
        0 => named,
        more => texts::subjects_more(&named, more),
    }
}

#[must_use]
pub fn history_trouble(why: StoreFailure) -> &'static str {
    match why {
        StoreFailure::Forbidden => texts::history_forbidden(),
        StoreFailure::Full => texts::history_full(),
        StoreFailure::OnlyPinned => texts::history_only_pinned(),
        StoreFailure::Failed => texts::history_not_working(),
    }
}

/// What became of the runs of a file: added, there before, without room, and unreadable.
#[must_use]
pub fn runs_imported(added: usize, known: usize, left_out: usize, refused: usize) -> String {
    let mut said = texts::runs_added(added);
    let others: [(usize, OfCount); 3] = [
        (known, texts::runs_known),
        (left_out, texts::runs_without_room),
        (refused, texts::runs_unreadable),
    ];
    for (count, what) in others {
        if count > 0 {
            said = sentences(&[&said, &what(count)]);
        }
    }
    said
}

#[must_use]
pub fn pin_told(is_pinned: bool) -> &'static str {
    match is_pinned {
        true => texts::run_pinned(),
        false => texts::run_unpinned(),
    }
}

/// What the tone of a run is called, to choose by.
#[must_use]
pub fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Success => texts::tone_success(),
        Tone::Info => texts::tone_info(),
        Tone::Warning => texts::tone_warning(),
        Tone::Error => texts::tone_error(),
        Tone::Unknown => texts::tone_unknown(),
    }
}

/// How long it took, in milliseconds.
#[must_use]
pub fn duration(ms: f64) -> String {
    let ms = ms.max(0.0) as u64;
    match ms {
        0..1000 => texts::milliseconds(&grouped(ms as usize)),
        _ => texts::seconds(&number(ms / 100)),
    }
}
