//! What people call services, what they use most, and what they say for the words of names.

const SERVICES: &str = include_str!("../api/curated/search/services.txt");
/// A word a line.
pub const NOISE: &str = include_str!("../api/curated/search/noise.txt");
/// A form a line: what it begins with, its service, what it is of, and what takes it where.
pub const IDENTIFIERS: &str = include_str!("../api/curated/search/identifiers.txt");
const WORDS: &str = include_str!("../api/curated/search/words.txt");

/// A service that many use.
pub struct Common {
    /// As `formsmith_api::model::Service::name`.
    pub name: &'static str,
    pub aliases: Vec<&'static str>,
    /// Its operations that are used most, in this order.
    pub operations: Vec<&'static str>,
}

/// The most used first.
pub fn common() -> Vec<Common> {
    let lines = SERVICES.lines().filter_map(|line| {
        let mut parts = line.split('|').map(str::trim);
        let (name, aliases, operations) = (parts.next()?, parts.next()?, parts.next()?);
        let aliases = aliases.split(", ").filter(|alias| !alias.is_empty());
        Some(Common {
            name,
            aliases: aliases.collect(),
            operations: operations.split(' ').collect(),
        })
    });
    lines.collect()
}

/// The words of names that may be meant by a word, the likeliest first.
pub fn meant_by(word: &str) -> impl Iterator<Item = &'static str> {
    let meant = WORDS.lines().filter_map(|line| line.split_once(": "));
    let meant =
        meant.filter(move |(said, _)| *said == word || word.strip_suffix('s') == Some(said));
    meant.flat_map(|(_, meant)| meant.split(' '))
}
