//! Every sentence the console says, in one place (English).
//!
//! Views ask for sentences by what they mean; no view holds one of its own. What models say
//! (titles, descriptions, meanings of codes) stands in the models.

mod answer;
mod history;
mod identity;
mod labels;
mod link;
mod notices;
mod problems;
mod proxy;
mod refusal;
mod run;
mod scenario;
mod settings;
mod snippets;
mod table;
mod verdict;

pub use answer::*;
pub use history::*;
pub use identity::*;
pub use labels::*;
pub use link::*;
pub use notices::*;
pub use problems::*;
pub use proxy::*;
pub use refusal::*;
pub use run::*;
pub use scenario::*;
pub use settings::*;
pub use snippets::*;
pub use table::*;
pub use verdict::{
    Verdict, attempt, entry_words, failure_title, refused, said_of_attempt, verdict,
};

/// `1 association`, `3 associations`, `10,000 associations`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    let word = if count == 1 { one } else { several };
    format!("{} {word}", grouped(count))
}

/// `Product ID` → `product ID`; words in capitals stay as they are.
pub fn in_sentence(title: &str) -> String {
    let first = title.split(' ').next().unwrap_or_default();
    let is_acronym = first.bytes().skip(1).any(|c| c.is_ascii_uppercase());
    match is_acronym {
        true => title.to_owned(),
        false => with_first(title, |c| c.make_ascii_lowercase()),
    }
}

/// `association` → `Association`.
pub fn capitalised(word: &str) -> String {
    with_first(word, |c| c.make_ascii_uppercase())
}

/// The catalogue's language begins its words with ASCII; other letters stay as they are.
fn with_first(word: &str, change: impl Fn(&mut str)) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        change(first);
    }
    word
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}
