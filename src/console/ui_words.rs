//! What parts of `ui` say, which know no texts themselves.

use crate::ui::{CollectionWords, ConfirmWords, DeferredWords};
use formsmith_words as words;

/// Of a part of the page that comes when it is first needed.
pub fn part() -> DeferredWords {
    DeferredWords {
        loading: words::part_loading(),
        failed: words::part_missing(),
        detail: words::part_missing_detail(),
        again: words::try_again(),
    }
}

/// Of every question.
pub fn confirm() -> ConfirmWords {
    ConfirmWords {
        close: words::close(),
        cancel: words::cancel(),
    }
}

/// Of every collection.
pub static TABLE: CollectionWords = CollectionWords {
    find: words::find,
    filter: words::filter,
    any: words::any,
    days: [words::days_from, words::days_until],
    value: words::with_count,
    select_all: words::select_all,
    select: words::select,
    no_matches: words::no_matches,
    clear: words::clear_filter,
    matches: words::matches,
    range: words::range,
    pages: words::pages,
    turns: [
        words::first_page,
        words::previous_page,
        words::next_page,
        words::last_page,
    ],
};
