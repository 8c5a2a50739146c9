//! Answers whose batch was inferred.

use super::agree::{Item, places};
use super::names::{is_success, names_successes};
use crate::curated::{PASSING, THROTTLING};
use crate::model::{Batch, Join, NUMBER, Teller, Tells, text_at};
use crate::outcome::{BatchOutcome, Entry, EntryResult, FailedEntry};
use serde_json::{Map, Value};

/// What became of each entry. What can't be brought home leaves those unknown of which nothing else
/// tells.
pub fn read(
    batch: &Batch,
    sent: &[Value],
    tellers: &[Teller],
    answer: &Map<String, Value>,
    is_error: bool,
) -> BatchOutcome {
    let mut results: Vec<Option<EntryResult>> = vec![None; sent.len()];
    let mut unmatched = Vec::new();
    // An entry that stands for several things may be listed as done and as failed.
    let mut is_named_done = vec![false; sent.len()];
    // A list of what was done counts only if it is one.
    let mut lists_done = None;
    for teller in tellers {
        let items = items(teller, answer);
        let names_done = teller.tells == Tells::Successes && names_successes(&teller.member);
        let all = places(&teller.join, sent, &items);
        for (item, places) in items.iter().zip(all) {
            let failed = failed_entry(batch, teller, item);
            let is_failed = match teller.tells {
                Tells::Failures => true,
                Tells::Successes | Tells::Results => says_failure(&failed),
            };
            let is_one = places.iter().all(|at| sent[*at] == sent[places[0]]);
            let at = match is_failed {
                // The last of equal entries: the first was done when a second is a duplicate.
                true => place(places.iter().rev(), &results),
                false => place(places.iter(), &results),
            };
            match at.filter(|_| is_one) {
                Some(at) if is_failed => {
                    let failed = FailedEntry {
                        key: batch.key(&sent[at], at),
                        ..failed
                    };
                    let failed = match results[at].take() {
                        Some(EntryResult::Failed(earlier)) => earlier.and(failed),
                        Some(EntryResult::Succeeded) => FailedEntry {
                            is_partly: is_named_done[at],
                            ..failed
                        },
                        _ => failed,
                    };
                    results[at] = Some(EntryResult::Failed(failed));
                }
                Some(at) => {
                    is_named_done[at] |= names_done;
                    match &mut results[at] {
                        Some(EntryResult::Failed(failed)) => failed.is_partly |= names_done,
                        result => *result = Some(EntryResult::Succeeded),
                    }
                    lists_done.get_or_insert(true);
                }
                None if is_failed => unmatched.push(failed),
                None if teller.tells == Tells::Successes => lists_done = Some(false),
                None => {}
            }
        }
    }
    unmatched.extend(only_counted(batch, &results, &unmatched, answer));
    let lists_done = lists_done == Some(true);
    let unlisted = match is_error || lists_done || !unmatched.is_empty() {
        true => EntryResult::Unreported,
        false => EntryResult::Succeeded,
    };
    let mut rest = answer.clone();
    rest.retain(|name, value| {
        let is_list = |it: &Teller| it.member == *name && it.tells == Tells::Failures;
        !value.is_null() && !tellers.iter().any(is_list)
    });
    let entries = sent.iter().zip(results).enumerate();
    let entries = entries.map(|(at, (entry, result))| Entry {
        key: batch.key(entry, at),
        result: result.unwrap_or_else(|| unlisted.clone()),
    });
    BatchOutcome {
        entries: entries.collect(),
        unmatched,
        successes_are_listed: lists_done,
        rest,
    }
}

/// The first that nothing was told of yet, or else the first.
fn place<'a>(
    mut places: impl Iterator<Item = &'a usize> + Clone,
    results: &[Option<EntryResult>],
) -> Option<usize> {
    let mut open = places.clone().filter(|at| results[**at].is_none());
    open.next().or_else(|| places.next()).copied()
}

/// Failures that a count has and no list.
fn only_counted(
    batch: &Batch,
    results: &[Option<EntryResult>],
    unmatched: &[FailedEntry],
    answer: &Map<String, Value>,
) -> Vec<FailedEntry> {
    let counts = batch.inferred.iter().flat_map(|it| &it.counts);
    let counted = counts.filter_map(|name| answer.get(name)?.as_u64()).max();
    let is_failed = |it: &&Option<EntryResult>| matches!(it, Some(EntryResult::Failed(_)));
    let listed = results.iter().filter(is_failed).count() + unmatched.len();
    let missing = counted
        .map_or(0, |counted| (counted as usize).min(results.len()))
        .saturating_sub(listed);
    // Nothing is said of them.
    vec![FailedEntry::default(); missing]
}

fn items<'a>(teller: &Teller, answer: &'a Map<String, Value>) -> Vec<Item<'a>> {
    let of = |key, value, group| Item {
        key,
        value,
        is_listed: false,
        group,
    };
    let listed = match answer.get(&teller.member) {
        Some(Value::Array(items)) => items.iter().map(|item| of(None, item, None)).collect(),
        Some(Value::Object(map)) => map
            .iter()
            .flat_map(|(key, value)| match (value, &teller.join) {
                // What comes back of a map of lists is the map itself.
                (Value::Array(items), Join::Entry(_)) => items
                    .iter()
                    .map(|item| Item {
                        is_listed: true,
                        ..of(Some(key.as_str()), item, None)
                    })
                    .collect(),
                _ => vec![of(Some(key.as_str()), value, None)],
            })
            .collect(),
        _ => Vec::new(),
    };
    let Some(within) = &teller.within else {
        return listed;
    };
    let inner = listed.into_iter().flat_map(|group: Item<'_>| {
        let items = group.value.get(within).and_then(Value::as_array);
        let items = items.map(Vec::as_slice).unwrap_or_default();
        let inner = items.iter().map(|item| of(None, item, Some(group.value)));
        // A group of nobody is a failure all the same.
        match items.is_empty() {
            true => vec![group],
            false => inner.collect(),
        }
    });
    inner.collect()
}

fn failed_entry(batch: &Batch, teller: &Teller, item: &Item<'_>) -> FailedEntry {
    let said = |path: &str| {
        let of_group = || text_at(item.group?, path);
        text_at(item.value, path)
            .or_else(of_group)
            .filter(|text| !text.is_empty())
    };
    let code = said(&teller.code);
    let is_passing = code.as_deref().is_some_and(|code| {
        let letters = code.chars().filter(|c| c.is_ascii_alphanumeric());
        let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        let mut known = THROTTLING.iter().chain(PASSING);
        known.any(|known| known.to_ascii_lowercase() == letters)
    });
    // Some services say themselves whether to send it again.
    let says = |name: &str, is_it: bool| item.value.get(name) == Some(&Value::Bool(is_it));
    let is_said = says("retryable", true) || says("SenderFault", false);
    FailedEntry {
        key: shown(batch, teller, item),
        message: said(&teller.message),
        meaning: None,
        remedy: None,
        is_retryable: teller.is_unprocessed || is_passing || is_said,
        is_partly: false,
        code,
    }
}

/// What an item is about, where no entry is known for it, as far as an entry's own key may be shown.
fn shown(batch: &Batch, teller: &Teller, item: &Item<'_>) -> Vec<String> {
    if batch.entry_key == [NUMBER] {
        return Vec::new();
    }
    let place = |name: &String| match &teller.join {
        Join::Members(pairs) => {
            let own = pairs.iter().find(|[own, _]| own == name);
            own.map(|[_, member]| member.clone())
        }
        Join::AnyOf(pairs) => pairs.first().map(|[_, member]| member.clone()),
        Join::Entry(path) if path.is_empty() => Some(name.clone()),
        Join::Entry(path) => Some(format!("{path}.{name}")),
        Join::Index(_) | Join::Order | Join::None => None,
    };
    let text = |name: &String| match (item.key, item.value) {
        (Some(key), _) => Some(key.to_owned()),
        (None, Value::String(text)) => Some(text.clone()),
        (None, value) => text_at(value, &place(name)?),
    };
    let texts = batch.entry_key.iter().map(text);
    texts.map(Option::unwrap_or_default).collect()
}

/// Among results: is something said that only failures have? `0`, `None` and the like are not.
fn says_failure(entry: &FailedEntry) -> bool {
    let code = entry.code.as_deref().unwrap_or_default();
    let is_code = !matches!(code, "" | "0" | "200" | "None") && !is_success(code);
    is_code || (code.is_empty() && entry.message.is_some())
}
