//! Which rows of a table are selected: the table changes it, and whoever needs it for longer than
//! the table is seen holds it.

use leptos::prelude::*;

/// Rows by their index, in ascending order, and whether the person has chosen them.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<Vec<usize>>, RwSignal<bool>);

impl Selection {
    pub fn new(rows: Vec<usize>) -> Self {
        Self(RwSignal::new(rows), RwSignal::new(false))
    }

    pub fn rows(self) -> Vec<usize> {
        self.0.get()
    }

    pub fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// How many of these rows are selected.
    pub fn count_of(self, rows: &[usize]) -> usize {
        let is_selected = |all: &[usize], row: &usize| all.binary_search(row).is_ok();
        self.0
            .with(|all| rows.iter().filter(|row| is_selected(all, row)).count())
    }

    pub fn has(self, row: usize) -> bool {
        self.0.with(|rows| rows.binary_search(&row).is_ok())
    }

    /// Proposes these rows: the person has chosen none yet.
    pub fn set(self, rows: Vec<usize>) {
        self.1.set(false);
        self.0.set(rows);
    }

    /// The person chooses these rows, or the ones they have chosen have other places now.
    pub fn choose(self, rows: Vec<usize>) {
        self.1.set(true);
        self.0.set(rows);
    }

    /// The rows that the person has chosen, and not those that are only proposed.
    pub fn chosen(self) -> Vec<usize> {
        match self.1.get() {
            true => self.rows(),
            false => Vec::new(),
        }
    }
}
