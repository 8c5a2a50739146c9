//! All there is to find, prepared once.

use crate::curated::{Common, common};
use crate::likeness::set_of;
use crate::words::{as_one, is_noise, words};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// What the names of operations are made of that give tags to anything, take or read them.
const OF_TAGS: [&str; 19] = [
    "add",
    "and",
    "create",
    "delete",
    "describe",
    "for",
    "from",
    "get",
    "list",
    "of",
    "put",
    "remove",
    "resource",
    "resources",
    "tag",
    "tags",
    "to",
    "untag",
    "update",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Service,
    Operation,
    Page,
}

/// An operation as the index gets it.
#[derive(Debug, Clone, Copy)]
pub struct Operation<'a> {
    pub name: &'a str,
    /// Empty where it has none but its name.
    pub title: &'a str,
    /// Does it change nothing, also where what it reads is secret?
    pub reads: bool,
    pub is_built_in: bool,
}

pub struct Index {
    common: Vec<Common>,
    pub(crate) words: Vec<Word>,
    pub(crate) numbers: HashMap<String, u32>,
    /// The words of all items, one after the other, by their numbers.
    pub(crate) made_of: Vec<u32>,
    /// The names of all items in small letters, without what parts their words.
    pub(crate) names: String,
    pub(crate) services: Vec<Service>,
    pub(crate) items: Vec<Item>,
}

pub struct Word {
    pub text: String,
    pub letters: u64,
}

pub struct Service {
    pub words: Range<usize>,
    pub names: Range<usize>,
    /// What it is known by: its name and its aliases, without what parts their words.
    pub known_as: Vec<String>,
    /// The words of its operations' names.
    pub things: BTreeSet<u32>,
    /// How many are used more.
    rank: usize,
}

pub struct Item {
    pub kind: Kind,
    pub words: Range<usize>,
    pub name: Range<usize>,
    /// Of a service or an operation.
    pub service: usize,
    /// What it is worth before anything is asked.
    pub prior: u32,
    /// Does it only read?
    pub reads: bool,
    /// Does it give tags to whatever its service has, or take or read them: `TagResource`?
    pub tags_anything: bool,
    /// What people say for what it does with tags: `tag`, or `untag`.
    pub tags_verb: Option<&'static str>,
}

impl Default for Index {
    fn default() -> Self {
        Self::new()
    }
}

impl Index {
    #[must_use]
    pub fn new() -> Self {
        Self {
            common: common(),
            words: Vec::new(),
            numbers: HashMap::new(),
            made_of: Vec::new(),
            names: String::new(),
            services: Vec::new(),
            items: Vec::new(),
        }
    }

    /// A service by its name, which the CLI and its folder have as well, its title, and what else it
    /// is called. The operations that are added next are its own.
    pub fn add_service(&mut self, name: &str, title: &str, others: &[String]) {
        let rank = self.common.iter().position(|common| common.name == name);
        let aliases = rank.map_or(&[][..], |rank| &self.common[rank].aliases);
        let telling = words(title).filter(|word| !is_noise(word));
        let mut own: Vec<String> = telling.collect();
        let title = own.concat();
        let known_as = [name].into_iter().chain(aliases.iter().copied());
        let mut known_as: Vec<String> = known_as.map(as_one).collect();
        own.extend(words(name));
        own.extend(aliases.iter().flat_map(|alias| words(alias)));
        for other in others {
            let telling: Vec<String> = words(other).filter(|word| !is_noise(word)).collect();
            known_as.extend([telling.concat(), as_one(other)]);
            own.extend(telling);
        }
        // As one word, too: nobody types `dynamo db`.
        known_as.push(title);
        own.extend(known_as.iter().cloned());
        let prior = self.worth(rank);
        let names = self.take_name(&known_as.join("\n"));
        let words = self.take(own);
        self.services.push(Service {
            words: words.clone(),
            names: names.clone(),
            known_as,
            things: BTreeSet::new(),
            rank: rank.unwrap_or(self.common.len()),
        });
        self.items.push(Item {
            kind: Kind::Service,
            words,
            name: names,
            service: self.services.len() - 1,
            prior,
            reads: false,
            tags_anything: false,
            tags_verb: None,
        });
    }

    /// Of the service that was added last.
    pub fn add_operation(&mut self, operation: Operation) {
        let Some(service) = self.services.len().checked_sub(1) else {
            return;
        };
        let rank = Some(self.services[service].rank).filter(|&rank| rank < self.common.len());
        let used = rank.and_then(|rank| {
            let mut used = self.common[rank].operations.iter();
            used.position(|name| *name == operation.name)
        });
        let used = used.map_or(0, |at| 90_u32.saturating_sub(3 * at as u32));
        let prior = self.worth(rank)
            + used
            + 10 * u32::from(operation.reads)
            + 30 * u32::from(operation.is_built_in);
        let mut own: Vec<String> = words(operation.name).collect();
        let name = self.take_name(&own.concat());
        let tags_anything = own.iter().all(|word| OF_TAGS.contains(&word.as_str()))
            && own.iter().any(|word| word.contains("tag"));
        let verb = tags_verb(&own);
        own.extend(words(operation.title));
        own.extend(verb.map(str::to_owned));
        let words = self.take(own);
        let its = self.made_of[words.clone()].iter();
        self.services[service].things.extend(its);
        self.items.push(Item {
            kind: Kind::Operation,
            words,
            name,
            service,
            prior,
            reads: operation.reads,
            tags_anything,
            tags_verb: verb,
        });
    }

    /// A page of the console.
    pub fn add_page(&mut self, title: &str) {
        let own: Vec<String> = words(title).collect();
        let name = self.take_name(&own.concat());
        let words = self.take(own);
        self.items.push(Item {
            kind: Kind::Page,
            words,
            name,
            service: usize::MAX,
            prior: 0,
            reads: false,
            tags_anything: false,
            tags_verb: None,
        });
    }

    fn worth(&self, rank: Option<usize>) -> u32 {
        rank.map_or(0, |rank| (self.common.len() - rank) as u32)
    }

    fn take_name(&mut self, name: &str) -> Range<usize> {
        let start = self.names.len();
        self.names.push_str(name);
        let name = start..self.names.len();
        // No text reaches over two names.
        self.names.push('\n');
        name
    }

    fn take(&mut self, own: Vec<String>) -> Range<usize> {
        let start = self.made_of.len();
        for word in own {
            let number = match self.numbers.get(&word) {
                Some(&number) => number,
                None => {
                    let (number, letters) = (self.words.len() as u32, set_of(&word));
                    self.words.push(Word {
                        text: word.clone(),
                        letters,
                    });
                    self.numbers.insert(word, number);
                    number
                }
            };
            if !self.made_of[start..].contains(&number) {
                self.made_of.push(number);
            }
        }
        start..self.made_of.len()
    }
}

/// What people say for what gives tags or takes them: of `CreateTags` tag.
fn tags_verb(name: &[String]) -> Option<&'static str> {
    let is_of_tags = name
        .iter()
        .any(|word| matches!(word.as_str(), "tag" | "tags" | "tagging"));
    match name.first()?.as_str() {
        "tag" => Some("tag"),
        "untag" => Some("untag"),
        "add" | "create" | "put" | "set" if is_of_tags => Some("tag"),
        "delete" | "remove" if is_of_tags => Some("untag"),
        _ => None,
    }
}
