//! How well what there is to find fits a query.

use crate::best::{Candidate, Candidates};
use crate::curated::meant_by;
use crate::identifier::Identified;
use crate::index::{Index, Kind};
use crate::likeness::Letters;
use crate::query::{all_sought, sought};
use crate::words::{are_one, forms, is_noise};
use std::cmp::Reverse;
use std::ops::Range;

/// An item by its number, in the order in which they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub item: usize,
    /// How well it fits, to compare it with others of the same query.
    pub score: u32,
}

/// The best of each kind, the best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Results {
    pub services: Vec<Found>,
    pub operations: Vec<Found>,
    pub pages: Vec<Found>,
    /// How many there are, also of those that are left out.
    pub count: usize,
}

impl Results {
    /// Of all kinds, the best first.
    #[must_use]
    pub fn best(&self) -> Vec<Found> {
        let mut all = [&*self.services, &*self.operations, &*self.pages].concat();
        all.sort_by_key(|found| Reverse(found.score));
        all
    }
}

/// A word that is looked for, and whether it is two of the query.
type Sought = (String, bool);

/// A word of the query, and how well each word of the index fits it.
struct Asked {
    text: String,
    fits: Vec<u8>,
    /// No word begins with it, but it stands within a name: `loadbalancer`.
    is_within: bool,
    /// Two words that are the name of a service together, and may be words of an operation's name
    /// beside each other: `create state machine`.
    is_joined: bool,
}

// How well a word fits.
const EXACT: u32 = 100;
const PLURAL: u32 = 96;
/// What is meant first, and what is meant last.
const MEANT: [u32; 2] = [94, 90];
const WITHIN: u32 = 85;
/// A whole word would be as good as one that is meant.
const BEGINNING: [u32; 2] = [60, 90];
const MISTYPED: u32 = 70;

/// A thing of a service that what gives tags to anything doesn't name.
const OF_ANYTHING: u32 = 90;
/// What people say of tags.
const TAGGING: [&str; 4] = ["tag", "tags", "tagging", "untag"];

/// A word that stands in the name of the service, in hundredths of one in the operation's own.
const OF_SERVICE: u32 = 95;

impl Index {
    /// What a query finds, at most so many of each kind. `is_used` knows the items that the person
    /// has used.
    #[must_use]
    pub fn find(&self, query: &str, most: usize, is_used: impl Fn(usize) -> bool) -> Results {
        let query = query.trim();
        if let Some(identified) = Identified::of(query) {
            return self.taking(&identified, most);
        }
        let query = &self.without_identifiers(query);
        let (all, sought) = (self.joined(all_sought(query)), self.joined(sought(query)));
        if sought.is_empty() {
            return Results::default();
        }
        if all != sought {
            // `ecs list services`: a word that mostly says nothing may be a part of the name.
            let asked: Vec<Asked> = all.iter().map(|word| self.asked_whole(word)).collect();
            let results = self.judge(query, &asked, &is_used);
            if results.matched == all.len() {
                return results.best(most);
            }
        }
        // What is spelled right counts as it is spelled, if anything has all of it.
        let mut results = Candidates::default();
        for is_lenient in [false, true] {
            let last = sought.len() - 1;
            let words = sought.iter().enumerate();
            let asked = words.map(|(at, word)| self.asked(word, is_lenient, at == last));
            results = self.judge(query, &asked.collect::<Vec<_>>(), &is_used);
            if results.matched == sought.len() {
                break;
            }
        }
        // Half of the words at least, or it is about something else.
        match 2 * results.matched >= sought.len() {
            true => results.best(most),
            false => Results::default(),
        }
    }

    /// Two words that are the name of a service together are one: `step functions`.
    /// So are all words that people say for one: `who am i`.
    fn joined(&self, sought: Vec<String>) -> Vec<Sought> {
        let said = sought.concat();
        if sought.len() > 1 && meant_by(&said).next().is_some() {
            return vec![(said, false)];
        }
        let mut all: Vec<Sought> = Vec::new();
        for word in sought {
            let whole = all
                .last()
                .map(|(before, _)| [before, word.as_str()].concat());
            let is_known = |whole: &String| {
                let mut services = self.services.iter();
                services.any(|service| service.known_as.contains(whole))
            };
            match whole.filter(is_known) {
                Some(whole) => {
                    all.pop();
                    all.push((whole, true));
                }
                None => all.push((word, false)),
            }
        }
        all
    }

    /// A word that mostly says nothing is a part of a name only as a whole: `a` begins many words.
    fn asked_whole(&self, sought: &Sought) -> Asked {
        let mut asked = self.asked(sought, false, true);
        if is_noise(&asked.text) {
            asked.is_within = false;
            for fit in asked
                .fits
                .iter_mut()
                .filter(|fit| u32::from(**fit) < PLURAL)
            {
                *fit = 0;
            }
        }
        asked
    }

    fn asked(&self, (sought, is_joined): &Sought, is_lenient: bool, is_last: bool) -> Asked {
        let mut is_known = false;
        let mut fits = vec![0; self.words.len()];
        // One or two letters begin many words; only the last word may still be being typed.
        let may_begin = is_last || sought.len() > 2;
        for (fit, word) in fits.iter_mut().zip(&self.words) {
            let its = spelled(sought, &word.text);
            if may_begin || u32::from(its) >= PLURAL {
                *fit = its;
            }
            is_known |= *fit > 0;
        }
        for (at, meant) in meant_by(sought).enumerate() {
            let [first, last] = MEANT;
            let value = (first.saturating_sub(at as u32)).max(last) as u8;
            for number in forms(meant).filter_map(|form| self.numbers.get(&form)) {
                let fit = &mut fits[*number as usize];
                *fit = value.max(*fit);
                is_known = true;
            }
        }
        let is_within = !is_known && sought.len() > 2 && self.names.contains(sought);
        if is_lenient || !is_known && !is_within {
            let letters = Letters::new(sought);
            for (fit, word) in fits.iter_mut().zip(&self.words) {
                if *fit == 0
                    && let Some((whole, beginning)) = letters.distance(&word.text, word.letters)
                {
                    let (wrong, cost) = match whole <= letters.most() {
                        true => (whole, 0),
                        false => (beginning, 20),
                    };
                    *fit = (MISTYPED - 10 * wrong as u32 - cost) as u8;
                }
            }
        }
        Asked {
            text: sought.to_owned(),
            fits,
            is_within,
            is_joined: *is_joined,
        }
    }

    fn judge(&self, query: &str, asked: &[Asked], is_used: &impl Fn(usize) -> bool) -> Candidates {
        let of_services: Vec<Vec<(u32, bool)>> = (self.services.iter())
            .map(|service| {
                let fit = |asked: &Asked| {
                    let (fit, _) = self.fit(asked, &service.words, &service.names);
                    (fit, service.known_as.contains(&asked.text))
                };
                asked.iter().map(fit).collect()
            })
            .collect();
        // `DescribeParameters`, and not words that may say the same of several.
        let is_name = !query.contains(char::is_whitespace);
        let is_of_tags = |asked: &Asked| TAGGING.contains(&asked.text.as_str());
        let is_of_tags = asked.iter().any(is_of_tags);
        let mut best = Candidates::default();
        for (at, item) in self.items.iter().enumerate() {
            let nothing = (0, false);
            let is_operation = item.kind == Kind::Operation;
            let (mut matched, mut total, mut least) = (0, 0, EXACT);
            let (mut taken, mut letters, mut is_named) = (0_u32, 0, false);
            let mut own_words = 0;
            for (number, asked) in asked.iter().enumerate() {
                let (own, word) = self.fit(asked, &item.words, &item.name);
                let of_service = of_services.get(item.service);
                let (of_service, is_name) = of_service.map_or(nothing, |all| all[number]);
                let of_service = of_service * OF_SERVICE / 100;
                let mut fit = if is_operation {
                    own.max(of_service)
                } else {
                    own
                };
                // What gives tags gives them to whatever its service has.
                if fit == 0
                    && is_of_tags
                    && item.tags_anything
                    && self.has_thing(item.service, asked)
                {
                    fit = OF_ANYTHING;
                }
                is_named |= is_name;
                if fit == 0 {
                    continue;
                }
                matched += 1;
                total += fit;
                if own == fit {
                    own_words += 1;
                    least = least.min(own);
                    match word {
                        // Each word of the name counts once.
                        Some(word) if taken & 1 << word == 0 => {
                            taken |= 1 << word;
                            let text =
                                &self.words[self.made_of[item.words.start + word] as usize].text;
                            letters += text.len().min(match own < MEANT[1] {
                                true => asked.text.len(),
                                false => text.len(),
                            });
                        }
                        Some(_) => {}
                        None => letters += asked.text.len(),
                    }
                }
            }
            if matched == 0 || matched < best.matched {
                continue;
            }
            let letters = letters.min(item.name.len()) as u32;
            let name = item.name.len().max(1) as u32;
            let is_whole = letters == name && least >= MEANT[1];
            // Its whole name was typed, which is long enough to mean nothing else.
            let is_said =
                letters == name && least >= PLURAL && own_words == asked.len() && own_words > 2;
            // What is named so comes before what was used.
            let is_it = letters == name && least >= PLURAL && (is_named || is_name);
            let mut score = 10 * total / asked.len() as u32 + item.prior;
            score += match item.kind {
                Kind::Service if is_named => 400,
                Kind::Service if self.begins(item.service, asked) => 350,
                Kind::Service => 200,
                _ => {
                    150 * letters / name
                        + 100 * u32::from(is_whole)
                        + 300 * u32::from(is_said)
                        + 200 * u32::from(is_it)
                        + 100 * u32::from(is_named && is_operation)
                }
            };
            score += 150 * u32::from(is_used(at));
            let is_verb = |asked: &Asked| item.tags_verb == Some(asked.text.as_str());
            score += 100 * u32::from(is_of_tags && asked.iter().any(is_verb));
            let candidate = Candidate {
                kind: item.kind,
                item: at,
                fit: total,
                score,
                length: name,
            };
            best.take(candidate, matched);
        }
        best
    }

    /// Do the operations of a service name what is asked for?
    fn has_thing(&self, service: usize, asked: &Asked) -> bool {
        let mut words = self.services[service].things.iter();
        words.any(|&word| u32::from(asked.fits[word as usize]) >= PLURAL)
    }

    /// Is what was typed the beginning of a name that the service is known by?
    fn begins(&self, service: usize, asked: &[Asked]) -> bool {
        let [Asked { text, .. }] = asked else {
            return false;
        };
        let mut names = self.services[service].known_as.iter();
        text.len() > 2 && names.any(|name| name.starts_with(text))
    }

    /// How well the words of an item fit, and which of them does.
    fn fit(
        &self,
        asked: &Asked,
        words: &Range<usize>,
        name: &Range<usize>,
    ) -> (u32, Option<usize>) {
        let (mut best, mut word) = (0, 0);
        for (at, &number) in self.made_of[words.clone()].iter().enumerate() {
            let fit = asked.fits[number as usize];
            // Of two that fit alike the first.
            if fit > best {
                (best, word) = (fit, at);
            }
        }
        match best {
            0 if asked.is_joined && self.names[name.clone()].contains(&asked.text) => (EXACT, None),
            0 if asked.is_within && self.names[name.clone()].contains(&asked.text) => {
                (WITHIN, None)
            }
            0 => (0, None),
            best => (best.into(), Some(word.min(31))),
        }
    }
}

/// How well a word fits what was typed, which may be its beginning.
fn spelled(sought: &str, word: &str) -> u8 {
    let fit = match word.strip_prefix(sought) {
        Some("") => EXACT,
        _ if are_one(sought, word) => PLURAL,
        Some(_) => {
            let [least, whole] = BEGINNING;
            least + (whole - least) * sought.len() as u32 / word.len() as u32
        }
        None => 0,
    };
    fit as u8
}
