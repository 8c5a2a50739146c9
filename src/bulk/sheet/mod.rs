//! Rows of a file: read piece by piece, and held once.

mod delimited;
mod encoding;
mod json;
mod reader;

pub use encoding::Encoding;
pub use reader::{Format, Found, NotRead, ReadSettings, Reader};

use std::collections::BTreeMap;

/// A table of texts. All cells stand in one text, one after the other, so that a file of 200 MB
/// takes not much more in memory than on disk.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    columns: Vec<String>,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<u32>,
    /// How many cells there are up to the end of each row.
    rows: Vec<u32>,
    /// What the person has put in the place of cells.
    edits: BTreeMap<(u32, u32), String>,
}

/// The most bytes of all cells together: places in the text have 32 bits.
const MOST_TEXT: usize = u32::MAX as usize;

impl Sheet {
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows.len() as u32
    }

    /// How many cells a row came with.
    #[must_use]
    pub fn cells_of(&self, row: u32) -> u32 {
        let range = self.range(row);
        range.end - range.start
    }

    fn range(&self, row: u32) -> std::ops::Range<u32> {
        let end = self.rows.get(row as usize).copied().unwrap_or_default();
        let before = row.checked_sub(1).and_then(|it| self.rows.get(it as usize));
        before.copied().unwrap_or_default().min(end)..end
    }

    /// A cell as it came, or as the person has changed it; empty where the row has none.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> &str {
        if !self.edits.is_empty()
            && let Some(edited) = self.edits.get(&(row, column))
        {
            return edited;
        }
        let range = self.range(row);
        let at = range.start + column;
        if at >= range.end {
            return "";
        }
        let begin = at.checked_sub(1).map_or(0, |it| self.ends[it as usize]);
        let end = self.ends[at as usize];
        self.text
            .get(begin as usize..end as usize)
            .unwrap_or_default()
    }

    /// Puts another text in the place of a cell.
    pub fn edit(&mut self, row: u32, column: u32, text: impl Into<String>) {
        self.edits.insert((row, column), text.into());
    }

    /// The place of a column, by its exact name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<u32> {
        let at = self.columns.iter().position(|it| it == name)?;
        Some(at as u32)
    }

    /// Bytes that the table takes in memory, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + 4 * (self.ends.capacity() + self.rows.capacity())
    }

    fn add_cell(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len() as u32);
    }

    fn end_row(&mut self) {
        self.rows.push(self.ends.len() as u32);
    }

    /// The first row is the header after all.
    fn take_header(&mut self) {
        let names: Vec<String> = (0..self.cells_of(0))
            .map(|it| self.cell(0, it).trim().to_owned())
            .collect();
        let cells = names.len();
        let bytes = cells.checked_sub(1).map_or(0, |last| self.ends[last]);
        self.text.drain(..bytes as usize);
        self.ends.drain(..cells);
        self.ends.iter_mut().for_each(|end| *end -= bytes);
        self.rows.remove(0);
        self.rows.iter_mut().for_each(|end| *end -= cells as u32);
        self.columns = names;
    }

    /// Names for columns that have none of their own: their numbers; and every name once.
    fn name_columns(&mut self) {
        let most = (0..self.rows()).map(|row| self.cells_of(row)).max();
        let most = (most.unwrap_or_default() as usize).max(self.columns.len());
        self.columns.resize(most, String::new());
        for at in 0..most {
            let own = match self.columns[at].as_str() {
                "" => (at + 1).to_string(),
                name => name.to_owned(),
            };
            let mut name = own.clone();
            let mut number = 2;
            while self.columns[..at].contains(&name) {
                name = format!("{own} ({number})");
                number += 1;
            }
            self.columns[at] = name;
        }
    }
}
