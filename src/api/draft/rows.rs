//! Text as spreadsheets copy it: rows of cells, with quotes around cells that need them.

/// What stands between the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Tab,
    Comma,
}

impl Delimiter {
    /// `None` if the text is one cell, whatever quotes it has.
    pub fn of(text: &str) -> Option<Self> {
        if text.contains('\t') {
            Some(Self::Tab)
        } else if text.trim().contains([',', '\n', '\r']) {
            Some(Self::Comma)
        } else {
            None
        }
    }
}

/// The rows of a text with their cells, trimmed. A cell that begins with a quote goes on to the
/// next single one, over delimiters and line ends; two quotes in it are one. `None` if a quote
/// is never closed.
pub fn split(text: &str, delimiter: Delimiter) -> Option<Vec<Vec<String>>> {
    let delimiter = match delimiter {
        Delimiter::Tab => '\t',
        Delimiter::Comma => ',',
    };
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    let mut cell = String::new();
    let (mut starts, mut is_quoted) = (true, false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_quote = c == '"';
        if is_quoted {
            // The second of two quotes stands for one; one alone ends the quoted part.
            is_quoted = !is_quote || rest.next_if_eq(&'"').is_some();
            if is_quoted {
                cell.push(c);
            }
        } else if is_quote && starts {
            is_quoted = true;
        } else if c == delimiter || c == '\n' || c == '\r' {
            cells.push(taken(&mut cell));
            if c != delimiter {
                rows.push(std::mem::take(&mut cells));
            }
            starts = true;
            continue;
        } else {
            cell.push(c);
        }
        starts = false;
    }
    cells.push(taken(&mut cell));
    rows.push(cells);
    (!is_quoted).then_some(rows)
}

fn taken(cell: &mut String) -> String {
    std::mem::take(cell).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<Vec<String>>> {
        let mut rows = split(text, Delimiter::of(text)?)?;
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        Some(rows)
    }

    fn table(rows: &[&[&str]]) -> Option<Vec<Vec<String>>> {
        let own = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect();
        Some(rows.iter().map(own).collect())
    }

    #[test]
    fn tabs_win_over_commas() {
        assert_eq!(rows("a,b\tc\nd\te"), table(&[&["a,b", "c"], &["d", "e"]]));
        assert_eq!(rows("a, b\r\nc,d\r\n"), table(&[&["a", "b"], &["c", "d"]]));
    }

    #[test]
    fn every_kind_of_line_end_ends_a_row() {
        assert_eq!(
            rows("a\nb\rc\r\n\r\nd"),
            table(&[&["a"], &["b"], &["c"], &["d"]])
        );
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        assert_eq!(
            rows("\"a,b\",\"two\r\nlines\",\"say \"\"yes\"\"\""),
            table(&[&["a,b", "two\r\nlines", "say \"yes\""]])
        );
        assert_eq!(rows("\"\",a,\"\"\"\""), table(&[&["", "a", "\""]]));
    }

    #[test]
    fn a_quote_inside_a_cell_is_itself() {
        assert_eq!(rows("5\" disk,a\"b\""), table(&[&["5\" disk", "a\"b\""]]));
        assert_eq!(rows("\"a\"b,c"), table(&[&["ab", "c"]]));
    }

    #[test]
    fn a_quote_that_never_closes_is_no_table() {
        assert_eq!(rows("a,\"b\nc,d"), None);
        assert_eq!(split("a,\"b\"\"", Delimiter::Comma), None);
    }

    #[test]
    fn one_cell_is_no_table() {
        assert_eq!(Delimiter::of("\"one value\n"), None);
        assert_eq!(Delimiter::of(""), None);
        assert_eq!(Delimiter::of("a\t"), Some(Delimiter::Tab));
    }

    #[test]
    fn empty_cells_keep_their_places() {
        assert_eq!(
            rows("a\t\tb\n\t\tc"),
            table(&[&["a", "", "b"], &["", "", "c"]])
        );
    }
}
