//! How much is stored, and what goes first.

use super::overview::{BY_TIME, Known, Overview, open_runs};
use super::store::{Done, failure, remove};
use crate::browser::database::Transaction;
use formsmith_run::StoreFailure;

/// What all runs together may take up, in bytes of their JSON.
pub const LIMIT: usize = 30_000_000;

/// Finds the runs to drop, so that a total in bytes comes within a limit.
pub struct Room {
    total: usize,
    limit: usize,
    dropped: Vec<Known>,
}

impl Room {
    pub fn new(total: usize, limit: usize) -> Self {
        Self {
            total,
            limit,
            dropped: Vec::new(),
        }
    }

    pub fn is_enough(&self) -> bool {
        self.total <= self.limit
    }

    /// The oldest run that was not given yet, unless it is under way. What is pinned stays.
    pub fn take(&mut self, run: Option<Known>) {
        if let Some(run) = run.filter(|run| !run.is_pinned && !self.is_enough()) {
            self.total = self.total.saturating_sub(run.size);
            self.dropped.push(run);
        }
    }

    /// Nothing if it is too much even so.
    pub fn dropped(self) -> Option<Vec<Known>> {
        self.is_enough().then_some(self.dropped)
    }
}

/// The limit where no more is to be taken up than is now: as much goes as comes, as far as
/// there is something to go.
pub fn tight(stored: usize, staying: usize, size: usize) -> usize {
    stored.max(staying + size)
}

/// Deletes the oldest runs that may go until one of this size fits, which may be there already: which.
pub(super) async fn make(
    transaction: &Transaction,
    overview: &mut Overview,
    before: Option<&Known>,
    size: usize,
    is_tight: bool,
) -> Done<Vec<String>> {
    let own = before.map_or(0, |run| run.size);
    let others = overview.bytes.saturating_sub(own);
    let (limit, trouble) = match is_tight {
        true => (None, StoreFailure::Full),
        false => (Some(LIMIT), StoreFailure::OnlyPinned),
    };
    if limit.is_some_and(|limit| others + size <= limit) {
        // So it mostly is, and then nothing has to be read.
        return Ok(Vec::new());
    }
    let mut open = open_runs(transaction).await.map_err(failure)?;
    if let Some(before) = before {
        open.remove(&before.id);
    }
    let limit = match limit {
        Some(limit) => limit,
        None => {
            let staying = overview.staying(transaction, &open).await;
            let own = if before.is_some_and(|run| run.is_pinned) {
                own
            } else {
                0
            };
            let staying = staying.map_err(failure)?.1.saturating_sub(own);
            tight(others, staying, size)
        }
    };
    let mut room = Room::new(others + size, limit);
    let is_other = |run: &Known| !open.contains(&run.id) && before.is_none_or(|it| it.id != run.id);
    let take = |key: &str, text: &str| {
        room.take(Known::read(key, text).filter(is_other));
        room.is_enough()
    };
    transaction
        .each_from_end(BY_TIME, take)
        .await
        .map_err(failure)?;
    let dropped = room.dropped().ok_or(trouble)?;
    for run in &dropped {
        remove(transaction, overview, run);
    }
    Ok(dropped.into_iter().map(|run| run.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of ten bytes each, the oldest first.
    const STORED: [(&str, bool); 3] = [("a", true), ("b", false), ("c", false)];

    fn known(id: &str, is_pinned: bool) -> Option<Known> {
        let text = format!(r#"[10,"success",{is_pinned},"Act"]"#);
        Known::read(&format!("0000000000000/{id}"), &text)
    }

    fn dropped(size: usize, limit: usize) -> Option<Vec<String>> {
        let mut room = Room::new(30 + size, limit);
        for (id, is_pinned) in STORED {
            room.take(known(id, is_pinned));
        }
        let dropped = room.dropped()?;
        Some(dropped.into_iter().map(|run| run.id).collect())
    }

    fn ids(ids: &[&str]) -> Option<Vec<String>> {
        Some(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn the_oldest_that_are_not_pinned_make_room() {
        assert_eq!(dropped(10, 40), ids(&[]));
        assert_eq!(dropped(11, 40), ids(&["b"]));
        assert_eq!(dropped(21, 40), ids(&["b", "c"]));
        assert_eq!(dropped(30, 40), ids(&["b", "c"]));
        assert_eq!(dropped(31, 40), None, "what is pinned stays");
        assert_eq!(dropped(50, 40), None);
        let tightly = |size| dropped(size, tight(30, 10, size));
        assert_eq!(tightly(10), ids(&["b"]));
        assert_eq!(tightly(15), ids(&["b", "c"]));
        assert_eq!(tightly(90), ids(&["b", "c"]));
    }

    #[test]
    fn what_is_under_way_makes_no_room() {
        let mut room = Room::new(30, 20);
        room.take(None);
        room.take(known("b", false));
        assert_eq!(room.dropped().map(|runs| runs.len()), Some(1));
        let mut room = Room::new(31, 20);
        room.take(None);
        room.take(known("b", false));
        assert_eq!(room.dropped(), None);
    }
}
