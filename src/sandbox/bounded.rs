//! Entries by key, of which only the newest are kept: state that many requests do not make grow.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, VecDeque};

/// Entries that are kept; the oldest are forgotten first.
const CAPACITY: usize = 10_000;

#[derive(Debug)]
pub struct Bounded<V> {
    entries: BTreeMap<String, V>,
    /// The keys, the oldest first.
    order: VecDeque<String>,
}

impl<V> Bounded<V> {
    pub fn get(&self, key: &str) -> Option<&V> {
        self.entries.get(key)
    }

    /// Adds an entry, or puts another value in the place of one; the oldest makes room.
    pub fn insert(&mut self, key: String, value: V) {
        if self.entries.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > CAPACITY
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
    }

    pub fn newest_first(&self) -> impl Iterator<Item = (&str, &V)> {
        self.in_order().rev()
    }

    fn in_order(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        let keys = self.order.iter();
        keys.filter_map(|key| Some((key.as_str(), self.entries.get(key)?)))
    }
}

impl<V> Default for Bounded<V> {
    fn default() -> Self {
        Self {
            entries: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }
}

/// Written as a list, the oldest first.
impl<V: Serialize> Serialize for Bounded<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.in_order())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Bounded<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::default();
        for (key, value) in Vec::<(String, V)>::deserialize(deserializer)? {
            read.insert(key, value);
        }
        Ok(read)
    }
}
