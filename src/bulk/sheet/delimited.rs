//! Cells with a separator between them.

use super::Sheet;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

pub struct Delimited {
    pub delimiter: char,
    reader: Reader,
    /// The row that is being read, and the ends of its cells.
    record: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    cells: usize,
    quotes: usize,
    last_has_line_end: bool,
}

impl Delimited {
    pub fn new(delimiter: char) -> Self {
        let delimiter = if delimiter.is_ascii() { delimiter } else { ',' };
        Self {
            delimiter,
            reader: ReaderBuilder::new().delimiter(delimiter as u8).build(),
            record: vec![0; 4096],
            ends: vec![0; 64],
            filled: 0,
            cells: 0,
            quotes: 0,
            last_has_line_end: false,
        }
    }

    pub fn push(&mut self, text: &str, is_last: bool, sheet: &mut Sheet) {
        let mut bytes = text.as_bytes();
        self.quotes += bytes.iter().filter(|it| **it == b'"').count();
        loop {
            // An empty input tells the reader that nothing more comes.
            if bytes.is_empty() && !is_last {
                return;
            }
            let (result, read, written, ended) = self.reader.read_record(
                bytes,
                &mut self.record[self.filled..],
                &mut self.ends[self.cells..],
            );
            bytes = &bytes[read..];
            self.filled += written;
            self.cells += ended;
            match result {
                ReadRecordResult::InputEmpty if is_last => {}
                ReadRecordResult::InputEmpty => return,
                ReadRecordResult::OutputFull => self.record.resize(self.record.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => self.end_row(sheet),
                ReadRecordResult::End => return,
            }
        }
    }

    fn end_row(&mut self, sheet: &mut Sheet) {
        let record = &self.record[..self.filled];
        self.last_has_line_end = record.contains(&b'\n') || record.contains(&b'\r');
        let ends = &self.ends[..self.cells];
        // A row of nothing is none.
        if !record.iter().all(u8::is_ascii_whitespace) {
            let mut begin = 0;
            for &end in ends {
                // Cells begin and end at characters of ASCII.
                let cell = record.get(begin..end).unwrap_or_default();
                sheet.add_cell(std::str::from_utf8(cell).unwrap_or_default());
                begin = end;
            }
            sheet.end_row();
        }
        (self.filled, self.cells) = (0, 0);
    }

    /// An odd number of quotes, and the last row goes over several lines.
    pub fn has_open_quote(&self) -> bool {
        self.quotes % 2 == 1 && self.last_has_line_end
    }
}

/// The separator that most rows have equally often.
pub fn delimiter_of(text: &str) -> char {
    let best = [',', ';', '\t', '|'].map(|c| (fitness(text, c), c));
    // Of equals the first.
    let best = best.into_iter().rev().max_by_key(|(fitness, _)| *fitness);
    best.map_or(',', |(_, c)| c)
}

/// How many of the first rows have as many of a separator as the first has, if it has any; then how
/// many that is.
fn fitness(text: &str, delimiter: char) -> (usize, usize) {
    let mut counts = Vec::new();
    let (mut count, mut is_quoted) = (0, false);
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => {
                counts.push(std::mem::take(&mut count));
                if counts.len() == 50 {
                    break;
                }
            }
            c if c == delimiter && !is_quoted => count += 1,
            _ => {}
        }
    }
    if counts.len() < 50 && count > 0 {
        counts.push(count);
    }
    let first = counts.first().copied().unwrap_or_default();
    match first {
        0 => (0, 0),
        first => (counts.iter().filter(|it| **it == first).count(), first),
    }
}
