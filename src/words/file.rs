//! Files that go up, and answers that are written to files.

use crate::{beginning, grouped, number, sentence, sentences, texts};
use formsmith_api::file::FileRef;

/// Bytes of a text that are reviewed: nobody reads more in a dialog.
const MOST_REVIEWED: usize = 1_000;

/// A size of so many bytes, in the unit in which it is at most four digits.
#[must_use]
pub fn size(bytes: u64) -> String {
    type Text = fn(&str) -> String;
    let units: [(u64, Text); 3] = [
        (1_000_000_000, texts::gigabytes),
        (1_000_000, texts::megabytes),
        (1_000, texts::kilobytes),
    ];
    let Some((unit, text)) = units.into_iter().find(|(unit, _)| bytes >= *unit) else {
        let bytes = bytes as usize;
        return texts::bytes(bytes, &grouped(bytes));
    };
    let tenths = bytes / (unit / 10);
    // Below ten a digit more tells something.
    text(&number(match tenths < 100 {
        true => tenths,
        false => tenths / 10 * 10,
    }))
}

/// A file by its name and size.
#[must_use]
pub fn named_file(file: &FileRef) -> String {
    texts::file_and_size(file.name(), &size(file.size()))
}

/// A text of an input as it is reviewed: what names a file by its name, size and hash, any other text
/// by its beginning.
#[must_use]
pub fn reviewed_text(text: &str) -> String {
    let Some(file) = FileRef::parse(text) else {
        return beginning(text, MOST_REVIEWED);
    };
    let digest = file.digest("SHA256").map(texts::file_digest);
    match digest {
        Some(digest) => texts::file_and_digest(&named_file(&file), &digest),
        None => named_file(&file),
    }
}

/// A file that is larger than what may go up.
#[must_use]
pub fn file_too_large(file: &FileRef, max: u64) -> String {
    texts::too_large_file(
        file.name(),
        &grouped(file.size() as usize),
        &grouped(max as usize),
    )
}

/// How much of a file that comes has arrived; of how much, if that is known.
#[must_use]
pub fn receiving(done: u64, total: Option<u64>) -> String {
    match total {
        Some(total) => texts::receiving_of(&size(done), &size(total)),
        None => texts::receiving_so_far(&size(done)),
    }
}

/// Why the file that is to be sent can't be read, and what to do.
#[must_use]
pub fn file_not_at_hand(file: &FileRef) -> String {
    let title = texts::file_missing(file.name());
    sentences(&[&sentence(&title), texts::detail_file_missing()])
}
