//! Rows as text for other programs.
//!
//! JSON keeps every value as it is. Text that a spreadsheet opens is defused: a cell that would
//! be taken for a formula begins with an apostrophe there.

use crate::json;
use serde_json::Value;

/// A column: the member that the rows have, which programs know it by, and its heading for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub member: String,
    pub title: String,
}

/// A file of comma-separated values (RFC 4180), as spreadsheets open it: it begins with a byte
/// order mark, without which Excel reads letters beyond ASCII wrongly. Readers of CSV skip it. The
/// first line has the members' names, which are the same in any language.
pub fn csv(columns: &[Column], rows: &[Value]) -> String {
    let heads = columns.iter().map(|column| column.member.clone());
    let mut out = String::from("\u{feff}");
    line(&mut out, columns, heads, ',');
    out + &csv_rows(columns, rows)
}

/// Rows of such a file without its beginning, for one that is written part by part.
pub fn csv_rows(columns: &[Column], rows: &[Value]) -> String {
    lines(columns, rows, ',')
}

/// The same for the clipboard, with the headings that the person sees: tabs between cells, which
/// pasting into a spreadsheet takes apart.
pub fn tabbed(columns: &[Column], rows: &[Value]) -> String {
    let heads = columns.iter().map(|column| column.title.clone());
    let mut out = String::new();
    line(&mut out, columns, heads, '\t');
    out + &tabbed_rows(columns, rows)
}

/// Rows of such a text without its headings.
pub fn tabbed_rows(columns: &[Column], rows: &[Value]) -> String {
    lines(columns, rows, '\t')
}

fn lines(columns: &[Column], rows: &[Value], separator: char) -> String {
    let mut out = String::new();
    for row in rows {
        let cells = columns.iter().map(|column| cell(row.get(&column.member)));
        line(&mut out, columns, cells, separator);
    }
    out
}

fn line(
    out: &mut String,
    columns: &[Column],
    cells: impl Iterator<Item = String>,
    separator: char,
) {
    for (at, text) in cells.enumerate() {
        if at > 0 {
            out.push(separator);
        }
        // A line without anything would be no row.
        let is_alone = columns.len() == 1 && text.is_empty();
        write(out, &text, separator, is_alone);
    }
    out.push_str("\r\n");
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => json::compact(other),
    }
}

fn write(out: &mut String, text: &str, separator: char, is_alone: bool) {
    // Where the decimal sign is a comma, spreadsheets take a semicolon for the separator of a file.
    let is_separator = |c| c == separator || (separator == ',' && c == ';');
    let is_special = |c| is_separator(c) || matches!(c, '"' | '\r' | '\n');
    let is_quoted = is_alone || text.contains(is_special);
    if is_quoted {
        out.push('"');
    }
    if text.starts_with(begins_formula) {
        out.push('\'');
    }
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    if is_quoted {
        out.push('"');
    }
}

/// What spreadsheets take for the beginning of a formula, in full width too, and white space
/// and NUL that some of them skip before it.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'
    )
}
