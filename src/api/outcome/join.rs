//! Which of the entries that were sent an entry of the answer is about.

use std::collections::{HashMap, VecDeque};

/// Is it the entry at this place?
type Fits<'a> = &'a dyn Fn(&usize) -> bool;

/// The entries that were sent and are looked for, by what identifies them.
pub struct Places<'a> {
    keys: &'a [Vec<String>],
    places: HashMap<Vec<String>, VecDeque<usize>>,
    is_exact: bool,
}

impl<'a> Places<'a> {
    /// `is_exact`: an entry is found by exactly what was sent. Otherwise also by the bare
    /// identifier in which the ARN that was sent ends, and the other way round.
    pub fn new(keys: &'a [Vec<String>], is_wanted: impl Fn(usize) -> bool, is_exact: bool) -> Self {
        let mut places: HashMap<Vec<String>, VecDeque<usize>> = HashMap::new();
        for (at, key) in keys.iter().enumerate() {
            if is_wanted(at) {
                places
                    .entry(looked_up(key, is_exact))
                    .or_default()
                    .push_back(at);
            }
        }
        Self {
            keys,
            places,
            is_exact,
        }
    }

    /// The first entry that an answer's key means; no other answer gets it.
    pub fn take_first(&mut self, key: &[String]) -> Option<usize> {
        self.take(key, |found, fits| found.iter().position(fits))
    }

    /// The last one.
    pub fn take_last(&mut self, key: &[String]) -> Option<usize> {
        self.take(key, |found, fits| found.iter().rposition(fits))
    }

    /// The first entry that an answer's key means; other answers may mean it too.
    pub fn first(&self, key: &[String]) -> Option<usize> {
        let found = self.places.get(&looked_up(key, self.is_exact))?;
        let mut found = found.iter().copied();
        found.find(|&at| self.is_exact || is_same_resource(&self.keys[at], key))
    }

    fn take(
        &mut self,
        key: &[String],
        find: fn(&VecDeque<usize>, Fits<'_>) -> Option<usize>,
    ) -> Option<usize> {
        let (keys, is_exact) = (self.keys, self.is_exact);
        let found = self.places.get_mut(&looked_up(key, is_exact))?;
        let fits = |at: &usize| is_exact || is_same_resource(&keys[*at], key);
        found.remove(find(found, &fits)?)
    }
}

fn looked_up(key: &[String], is_exact: bool) -> Vec<String> {
    match is_exact {
        true => key.to_vec(),
        false => key.iter().map(|part| identifier(part).to_owned()).collect(),
    }
}

/// What follows the last slash of an ARN; any other text whole.
fn identifier(text: &str) -> &str {
    match text.starts_with("arn:") {
        true => text.rsplit('/').next().unwrap_or(text),
        false => text,
    }
}

/// Services that take a bare identifier may answer with the ARN that ends in it.
fn is_same_resource(sent: &[String], answered: &[String]) -> bool {
    let ends_in =
        |arn: &str, id: &str| arn.starts_with("arn:") && !id.is_empty() && identifier(arn) == id;
    sent.len() == answered.len()
        && sent
            .iter()
            .zip(answered)
            .all(|(a, b)| a == b || ends_in(a, b) || ends_in(b, a))
}
