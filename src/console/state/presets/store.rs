//! Presets in the browser's database, beside the history: `preset/{folder}/{name}`.
//!
//! Each has a text of its own, and what is decided is decided in the transaction that writes: two
//! pages neither overwrite each other's presets nor find one half written.

use crate::browser::database::{Transaction, Trouble};
use crate::browser::intl::Collator;
use formsmith_api::preset::{
    Compared, Label, MAX_BYTES, MAX_PRESETS, Preset, read_stored, read_stored_head, written_stored,
};
use std::collections::HashMap;

/// What the keys of all presets begin with.
pub const KEY: &str = "preset/";

/// Why nothing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// There are as many as there may be, or they take up as much.
    TooMany,
    /// It takes up more than one may.
    TooLarge,
    /// It could not be read again.
    Unreadable,
    Trouble(Trouble),
}

impl From<Trouble> for NotKept {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Done,
    /// Another has this folder and name, and stays.
    Taken,
    /// What was to be changed is no longer there.
    Gone,
}

/// How many of a file were written, and how many were not, because another page has changed what
/// is there since they were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Added {
    pub written: usize,
    pub changed_since: usize,
}

fn key(path: &str) -> String {
    [KEY, path].concat()
}

/// How much of a preset is read: all of it, or none of its input and placeholders.
pub type Read = fn(&str) -> Option<Preset>;

/// All presets, by folder and name. A text that is none is passed over, and stays.
pub async fn all() -> Result<Vec<Preset>, Trouble> {
    read_all(read_stored).await
}

/// The same without inputs and placeholders.
pub async fn all_heads() -> Result<Vec<Preset>, Trouble> {
    read_all(read_stored_head).await
}

pub async fn read_all(read: Read) -> Result<Vec<Preset>, Trouble> {
    let transaction = Transaction::begin(false).await?;
    let mut presets = Vec::new();
    let take = |_: &str, text: &str| presets.extend(read(text));
    transaction.each(KEY, take).await?;
    let collator = Collator::new();
    let compare = |one: &str, other: &str| collator.compare(&one.into(), &other.into());
    presets.sort_by(|one, other| {
        compare(&one.folder, &other.folder).then_with(|| compare(&one.name, &other.name))
    });
    Ok(presets)
}

pub async fn get(path: &str) -> Result<Option<Preset>, Trouble> {
    let transaction = Transaction::begin(false).await?;
    let text = transaction.get(&key(path)).await?;
    Ok(text.and_then(|text| read_stored(&text)))
}

/// Keeps a preset. Where another of its folder and name is here, that one stays, unless it is to
/// be replaced.
pub async fn keep(preset: &Preset, replaces: bool) -> Result<Change, NotKept> {
    let transaction = Transaction::begin(true).await?;
    let mut sizes = Sizes::read(&transaction).await?;
    let path = preset.path();
    if sizes.0.contains_key(&path) && !replaces {
        return Ok(Change::Taken);
    }
    sizes.put(&transaction, preset)?;
    transaction.end().await?;
    Ok(Change::Done)
}

/// Writes a preset, as it is by then, under another folder, name or description; what is there of
/// that name stays.
pub async fn change(path: &str, label: Label) -> Result<Change, NotKept> {
    let transaction = Transaction::begin(true).await?;
    let mut sizes = Sizes::read(&transaction).await?;
    let text = transaction.get(&key(path)).await?;
    let Some(preset) = text.and_then(|text| read_stored(&text)) else {
        return Ok(Change::Gone);
    };
    let new = label.path();
    if new != path && sizes.0.contains_key(&new) {
        return Ok(Change::Taken);
    }
    sizes.0.remove(path);
    sizes.put(&transaction, &preset.labeled(label))?;
    if new != path {
        transaction.delete(&key(path));
    }
    transaction.end().await?;
    Ok(Change::Done)
}

/// The preset that was there.
pub async fn delete(path: &str) -> Result<Option<Preset>, Trouble> {
    let transaction = Transaction::begin(true).await?;
    let text = transaction.get(&key(path)).await?;
    transaction.delete(&key(path));
    transaction.end().await?;
    Ok(text.and_then(|text| read_stored(&text)))
}

/// Writes presets of a file where nothing has changed since they were compared. All of them fit, or
/// none is written.
pub async fn add_all(compared: &[Compared]) -> Result<Added, NotKept> {
    let transaction = Transaction::begin(true).await?;
    let mut there = HashMap::new();
    let take = |path: &str, text: &str| {
        there.insert(path.to_owned(), text.to_owned());
    };
    transaction.each(KEY, take).await?;
    let mut sizes = Sizes(
        there
            .iter()
            .map(|(path, text)| (path.clone(), text.len()))
            .collect(),
    );
    let mut added = Added::default();
    for Compared { preset, before } in compared {
        let now = there.get(&preset.path()).and_then(|text| read_stored(text));
        if now != *before {
            added.changed_since += 1;
            continue;
        }
        sizes.put(&transaction, preset)?;
        added.written += 1;
    }
    transaction.end().await?;
    Ok(added)
}

/// What each takes up, by its path.
struct Sizes(HashMap<String, usize>);

impl Sizes {
    async fn read(transaction: &Transaction) -> Result<Self, Trouble> {
        let mut sizes = HashMap::new();
        let take = |path: &str, text: &str| {
            sizes.insert(path.to_owned(), text.len());
        };
        transaction.each(KEY, take).await?;
        Ok(Self(sizes))
    }

    /// Where there is no room the transaction is given up as a whole.
    fn put(&mut self, transaction: &Transaction, preset: &Preset) -> Result<(), NotKept> {
        let (path, text) = (preset.path(), written_stored(preset));
        // What could not be read again is not kept.
        if read_stored(&text).is_none() {
            transaction.give_up();
            return Err(match preset.is_too_large() {
                true => NotKept::TooLarge,
                false => NotKept::Unreadable,
            });
        }
        let key = key(&path);
        self.0.insert(path, text.len());
        if self.0.len() > MAX_PRESETS || self.0.values().sum::<usize>() > MAX_BYTES {
            transaction.give_up();
            return Err(NotKept::TooMany);
        }
        transaction.put(&key, &text);
        Ok(())
    }
}
