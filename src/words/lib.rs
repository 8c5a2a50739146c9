//! Facts in words: every text of the page.
//!
//! The texts themselves are in `languages/en.json`, by their keys; each is a function here, with
//! its placeholders as parameters. The modules choose a text by the facts and combine texts about
//! one thing. Titles, descriptions and meanings of codes are in the models.

mod answer;
mod category;
mod class;
mod dry_run;
mod file;
mod help;
mod history;
mod identity;
mod join;
mod labels;
mod language;
mod link;
mod notices;
mod own;
mod pages;
mod place;
mod presets;
mod problems;
mod proxy;
mod refusal;
mod rules;
mod run;
mod scenario;
mod settings;
mod table;
mod verdict;
mod wait;

/// A function a text, as `build.rs` makes them.
mod texts {
    use super::language::Entry;
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use answer::*;
pub use category::*;
pub use class::*;
pub use dry_run::*;
pub use file::*;
pub use help::*;
pub use history::*;
pub use identity::*;
pub use join::*;
pub use labels::*;
pub use language::{Intl, Language, capitalised, grouped, in_sentence, number, speak, tag};
pub use link::*;
pub use notices::*;
pub use own::*;
pub use pages::*;
pub use place::*;
pub use presets::*;
pub use problems::*;
pub use proxy::*;
pub use refusal::*;
pub use run::*;
pub use scenario::*;
pub use settings::*;
pub use table::*;
pub use texts::*;
pub use verdict::{
    Verdict, attempt, entry_words, failure_title, not_understood as why_not_understood, refused,
    said_of_attempt, verdict,
};
pub use wait::*;

/// The product's name, which is the same in every language.
pub const PRODUCT: &str = "Formsmith";
