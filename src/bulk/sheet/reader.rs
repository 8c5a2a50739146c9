//! A file, read piece by piece.

use super::delimited::Delimited;
use super::encoding::{Decoder, Encoding};
use super::json::Items;
use super::{MOST_TEXT, Sheet};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells with this character between them, quoted as in RFC 4180.
    Delimited(char),
    /// An array of objects.
    Json,
    /// An object a line.
    JsonLines,
}

/// What is known of a file before it is read; the rest is found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadSettings {
    pub encoding: Option<Encoding>,
    pub format: Option<Format>,
    pub has_header: Option<bool>,
    pub most_rows: u32,
    /// Of the file.
    pub most_bytes: u64,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self {
            encoding: None,
            format: None,
            has_header: None,
            most_rows: 100_000,
            most_bytes: 200_000_000,
        }
    }
}

/// What was found out about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub encoding: Encoding,
    /// Characters that are none in this encoding: another may be right.
    pub replaced: u32,
    pub format: Format,
    pub has_header: bool,
    /// A quote is opened and never closed: what follows it stands in one cell.
    pub has_open_quote: bool,
    /// Numbers have a comma where the model wants a point.
    pub has_decimal_commas: bool,
}

/// Why a file can't be read. Rows count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRead {
    TooManyRows {
        most: u32,
    },
    TooLarge {
        most: u64,
    },
    /// There is no row in it.
    Empty,
    /// What should be an object of JSON isn't.
    NotAnObject {
        row: u32,
    },
    /// The file ends within a row.
    CutOff {
        row: u32,
    },
}

/// Reads a file as its pieces come.
pub struct Reader {
    settings: ReadSettings,
    decoder: Decoder,
    /// Text that is not read yet: first until the format is known, then a piece's.
    text: String,
    rows: Rows,
    sheet: Sheet,
    bytes: u64,
}

enum Rows {
    /// The format is not known.
    Unknown,
    Delimited(Box<Delimited>),
    Json(Items, Format),
}

/// So much is looked at to find out the format.
const SAMPLE: usize = 64 * 1024;

impl Reader {
    #[must_use]
    pub fn new(settings: ReadSettings) -> Self {
        Self {
            settings,
            decoder: Decoder::new(settings.encoding),
            text: String::new(),
            rows: Rows::Unknown,
            sheet: Sheet::default(),
            bytes: 0,
        }
    }

    /// The next piece of the file, of any length.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), NotRead> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.settings.most_bytes || self.sheet.text.len() + bytes.len() > MOST_TEXT
        {
            let most = self.settings.most_bytes.min(MOST_TEXT as u64);
            return Err(NotRead::TooLarge { most });
        }
        self.decoder.push(bytes, false, &mut self.text);
        match self.rows {
            Rows::Unknown if self.text.len() < SAMPLE => Ok(()),
            _ => self.read(false),
        }
    }

    /// No more comes.
    pub fn finish(mut self) -> Result<(Sheet, Found), NotRead> {
        self.decoder.push(&[], true, &mut self.text);
        self.read(true)?;
        let (format, has_open_quote) = match &self.rows {
            Rows::Delimited(rows) => (Format::Delimited(rows.delimiter), rows.has_open_quote()),
            Rows::Json(_, format) => (*format, false),
            Rows::Unknown => return Err(NotRead::Empty),
        };
        let mut sheet = self.sheet;
        let is_delimited = matches!(format, Format::Delimited(_));
        let has_header = match self.settings.has_header {
            Some(told) => told && is_delimited && sheet.rows() > 0,
            None => is_delimited && looks_like_header(&sheet),
        };
        if has_header {
            sheet.take_header();
        }
        sheet.name_columns();
        if sheet.rows() == 0 {
            return Err(NotRead::Empty);
        }
        let found = Found {
            encoding: self.decoder.encoding(),
            replaced: self.decoder.replaced,
            format,
            has_header,
            has_open_quote,
            has_decimal_commas: has_decimal_commas(&sheet, format),
        };
        Ok((sheet, found))
    }

    fn read(&mut self, is_last: bool) -> Result<(), NotRead> {
        if matches!(self.rows, Rows::Unknown) {
            let format = self.settings.format;
            let format = format.unwrap_or_else(|| format_of(&self.text));
            self.rows = match format {
                Format::Delimited(c) => Rows::Delimited(Box::new(Delimited::new(c))),
                Format::Json | Format::JsonLines => Rows::Json(Items::default(), format),
            };
        }
        let text = std::mem::take(&mut self.text);
        match &mut self.rows {
            Rows::Delimited(rows) => {
                rows.push(&text, is_last, &mut self.sheet);
                // The header is no row.
                let is_more = self.sheet.rows() > self.settings.most_rows.saturating_add(1);
                let is_one_more = is_last
                    && self.sheet.rows() > self.settings.most_rows
                    && self.settings.has_header == Some(false);
                if is_more || is_one_more {
                    let most = self.settings.most_rows;
                    return Err(NotRead::TooManyRows { most });
                }
            }
            Rows::Json(items, _) => {
                items.push(&text, is_last, &mut self.sheet)?;
                if self.sheet.rows() > self.settings.most_rows {
                    let most = self.settings.most_rows;
                    return Err(NotRead::TooManyRows { most });
                }
            }
            Rows::Unknown => {}
        }
        Ok(())
    }
}

fn format_of(text: &str) -> Format {
    let begin = text.trim_start();
    let after = |c: char| begin.strip_prefix(c).map(str::trim_start);
    if after('[').is_some_and(|rest| rest.starts_with('{')) {
        return Format::Json;
    }
    if after('{').is_some_and(|rest| rest.starts_with(['"', '}'])) {
        return Format::JsonLines;
    }
    Format::Delimited(super::delimited::delimiter_of(text))
}

/// Names have no digits alone, stand once each, and none is missing; and values look otherwise.
fn looks_like_header(sheet: &Sheet) -> bool {
    let cells: Vec<&str> = (0..sheet.cells_of(0))
        .map(|it| sheet.cell(0, it).trim())
        .collect();
    let is_name = |cell: &&str| {
        let is_value = cell.starts_with("arn:")
            || cell
                .chars()
                .all(|c| c.is_ascii_digit() || ".,-+/: ".contains(c))
            || cell.contains('@');
        !is_value && cell.chars().count() <= 100
    };
    let mut once = cells.clone();
    once.sort_unstable();
    once.dedup();
    let is_repeated = sheet.rows() > 1 && {
        let mut same =
            (0..cells.len() as u32).filter(|it| sheet.cell(1, *it).trim() == cells[*it as usize]);
        same.next().is_some()
    };
    sheet.rows() > 0 && once.len() == cells.len() && cells.iter().all(is_name) && !is_repeated
}

/// In a file whose cells a comma doesn't part, numbers with one comma, and none with a point.
fn has_decimal_commas(sheet: &Sheet, format: Format) -> bool {
    if !matches!(format, Format::Delimited(c) if c != ',') {
        return false;
    }
    let mut commas = 0;
    for row in 0..sheet.rows().min(1000) {
        for column in 0..sheet.cells_of(row) {
            match decimal_sign(sheet.cell(row, column)) {
                Some(',') => commas += 1,
                Some(_) => return false,
                None => {}
            }
        }
    }
    commas > 0
}

fn decimal_sign(cell: &str) -> Option<char> {
    let cell = cell.trim().trim_start_matches('-');
    let at = cell.find([',', '.'])?;
    let (whole, rest) = cell.split_at(at);
    let sign = rest.chars().next()?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    (is_digits(whole) && is_digits(&rest[1..])).then_some(sign)
}
