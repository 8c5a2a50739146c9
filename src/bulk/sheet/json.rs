//! Objects of JSON as rows: an array of them, or one after the other.

use super::{NotRead, Sheet};
use formsmith_api::json::{compact, parse};
use serde_json::Value;
use std::collections::HashMap;

/// Parts objects from one another, however the pieces of a file fall.
#[derive(Default)]
pub struct Items {
    item: Vec<u8>,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    places: HashMap<String, usize>,
}

impl Items {
    pub fn push(&mut self, text: &str, is_last: bool, sheet: &mut Sheet) -> Result<(), NotRead> {
        for &byte in text.as_bytes() {
            if self.depth == 0 {
                let is_between = byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']');
                match byte {
                    b'{' => {}
                    _ if is_between => continue,
                    _ => {
                        let row = sheet.rows() + 1;
                        return Err(NotRead::NotAnObject { row });
                    }
                }
            }
            self.item.push(byte);
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' if self.in_string => self.is_escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        self.end_item(sheet)?;
                    }
                }
                _ => {}
            }
        }
        match is_last && self.depth > 0 {
            true => Err(NotRead::CutOff {
                row: sheet.rows() + 1,
            }),
            false => Ok(()),
        }
    }

    fn end_item(&mut self, sheet: &mut Sheet) -> Result<(), NotRead> {
        let row = sheet.rows() + 1;
        let parsed = parse(&self.item);
        self.item.clear();
        let Ok(value @ Value::Object(_)) = parsed else {
            return Err(NotRead::NotAnObject { row });
        };
        let mut cells: Vec<String> = Vec::new();
        self.flatten("", &value, sheet, &mut cells);
        for cell in &cells {
            sheet.add_cell(cell);
        }
        sheet.end_row();
        Ok(())
    }

    /// Members of members get names joined by dots; lists stay JSON.
    fn flatten(&mut self, path: &str, value: &Value, sheet: &mut Sheet, cells: &mut Vec<String>) {
        let cell = match value {
            Value::Object(members) if !members.is_empty() => {
                for (name, member) in members {
                    let path = match path {
                        "" => name.clone(),
                        path => format!("{path}.{name}"),
                    };
                    self.flatten(&path, member, sheet, cells);
                }
                return;
            }
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => compact(other),
        };
        let next = self.places.len();
        let at = *self.places.entry(path.to_owned()).or_insert(next);
        if at == next {
            sheet.columns.push(path.to_owned());
        }
        if cells.len() <= at {
            cells.resize(at + 1, String::new());
        }
        cells[at] = cell;
    }
}
