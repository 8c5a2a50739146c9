//! How much is stored, and what goes first.

use super::overview::Known;

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Of ten bytes each, the oldest first.
    const STORED: [(&str, bool); 3] = [("a", true), ("b", false), ("c", false)];

    fn known(id: &str, is_pinned: bool) -> Option<Known> {
        let text = format!(r#"[10,"success",{is_pinned}]"#);
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
