//! Rows copied from a spreadsheet, pasted into a list.

use super::rows::{Delimiter, split};
use super::{Content, Draft, Edit, NodeId, Role};
use crate::model::{Member, Model, Place, ShapeKind};
use crate::validate;

/// Why rows were not taken. Nothing of the draft has changed then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasteRefused {
    /// More rows than the list has room for.
    TooManyRows { rows: usize, room: usize },
    /// A row (from 1) with more cells than there are columns.
    TooManyCells {
        row: usize,
        cells: usize,
        columns: usize,
    },
    /// The header names a column that doesn't exist, or one twice.
    UnknownColumn { name: String, columns: Vec<String> },
    /// The quotes of the text don't match.
    NotATable,
}

/// Where the cells of a row go.
struct Column {
    /// The member; `None` for a list of single texts.
    member: Option<String>,
    /// Spellings of the header, reduced to letters and digits.
    names: Vec<String>,
    title: String,
}

impl Draft {
    /// Fills a list from a pasted text: rows that were begun keep what they have, blank ones
    /// are filled first. Returns the first row filled and how many; `None` if the text is a
    /// single value, which the control itself should take.
    pub fn paste(
        &mut self,
        model: &Model,
        list: NodeId,
        text: &str,
    ) -> Option<Result<(NodeId, usize), PasteRefused>> {
        let place = self.place(model, list)?;
        let ShapeKind::List(item) = &place.shape.kind else {
            return None;
        };
        let item_place = model.place(item)?;
        let columns = self.columns(model, list, item_place)?;
        let rows = match rows(text, item_place, columns.len()) {
            Some(Ok(rows)) => rows,
            Some(Err(refused)) => return Some(Err(refused)),
            None => return None,
        };
        Some(self.fill(model, list, place, &columns, rows))
    }

    fn columns(&self, model: &Model, list: NodeId, item: Place<'_>) -> Option<Vec<Column>> {
        let column = |member: &Member, title: String| Column {
            member: Some(member.name.clone()),
            names: vec![reduced(&member.name), reduced(&title)],
            title,
        };
        match &item.shape.kind {
            ShapeKind::Structure(members) => Some(
                members
                    .iter()
                    .filter_map(|member| {
                        let place = model.place(member)?;
                        is_text(&place.shape.kind)
                            .then(|| column(member, place.title(&member.name)))
                    })
                    .collect(),
            ),
            kind if is_text(kind) => {
                let member = self.model_member(model, list)?;
                let label = member.traits.label.clone().unwrap_or_default();
                let item = label.item.unwrap_or_default();
                Some(vec![Column {
                    member: None,
                    // A column of one's own is headed by one item's name or several's.
                    names: [
                        &member.name,
                        &label.title,
                        label.title.trim_end_matches('s'),
                        &item,
                        "arn",
                        "id",
                    ]
                    .map(reduced)
                    .into(),
                    title: label.title,
                }])
            }
            _ => None,
        }
    }

    fn fill(
        &mut self,
        model: &Model,
        list: NodeId,
        place: Place<'_>,
        columns: &[Column],
        mut rows: Vec<Vec<String>>,
    ) -> Result<(NodeId, usize), PasteRefused> {
        let order = match header(&rows[0], columns)? {
            Some(order) => {
                rows.remove(0);
                order
            }
            None => (0..columns.len()).collect(),
        };
        if let Some(row) = rows.iter().position(|row| row.len() > order.len()) {
            return Err(PasteRefused::TooManyCells {
                row: row + 1,
                cells: rows[row].len(),
                columns: order.len(),
            });
        }
        let items = self.children(list);
        let blank: Vec<NodeId> = items
            .iter()
            .copied()
            .filter(|&item| self.is_blank(item))
            .collect();
        let max = place
            .find(|traits| traits.length)
            .and_then(|length| length.max);
        let room = max.map_or(usize::MAX, |max| {
            max.saturating_sub(items.len() - blank.len())
        });
        if rows.len() > room || rows.is_empty() {
            return Err(PasteRefused::TooManyRows {
                rows: rows.len(),
                room,
            });
        }
        let mut blank = blank.into_iter();
        let mut first = None;
        let count = rows.len();
        for row in rows {
            let target = blank
                .next()
                .or_else(|| self.apply(model, Edit::Add(list)))
                .unwrap_or(list);
            first.get_or_insert(target);
            for (cell, &column) in row.into_iter().zip(&order) {
                let node = match &columns[column].member {
                    Some(name) => self.member(target, name).unwrap_or(target),
                    None => target,
                };
                self.apply(model, Edit::SetText(node, cell));
            }
        }
        self.keep_in_order(list);
        Ok((first.unwrap_or(list), count))
    }

    /// Blank rows left over stand below what was pasted.
    fn keep_in_order(&mut self, list: NodeId) {
        let (blank, filled): (Vec<_>, Vec<_>) = self
            .children(list)
            .into_iter()
            .partition(|&item| self.is_blank(item));
        debug_assert!(matches!(
            self.node(list).map(|node| &node.role),
            Some(Role::Member(_) | Role::Item | Role::Value)
        ));
        self.set_content(list, Content::List([filled, blank].concat()));
    }
}

fn is_text(kind: &ShapeKind) -> bool {
    let is_aggregate = matches!(
        kind,
        ShapeKind::Structure(_) | ShapeKind::List(_) | ShapeKind::Map { .. } | ShapeKind::Union(_)
    );
    !is_aggregate && !kind.is_json()
}

/// For comparing headers: `Product ID`, `product_id` and `ProductId` are one.
fn reduced(name: impl AsRef<str>) -> String {
    name.as_ref()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || !(c.is_ascii() || c.is_whitespace()))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The rows of a text, or `None` if it is one value.
fn rows(
    text: &str,
    item: Place<'_>,
    columns: usize,
) -> Option<Result<Vec<Vec<String>>, PasteRefused>> {
    let delimiter = Delimiter::of(text)?;
    let Some(mut rows) = split(text, delimiter) else {
        return Some(Err(PasteRefused::NotATable));
    };
    for cells in &mut rows {
        while cells.len() > 1 && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
    }
    rows.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
    let is_table = match rows.as_slice() {
        [] => false,
        [row] if columns > 1 => {
            row.len() > 1 && (delimiter == Delimiter::Tab || row.len() == columns)
        }
        // One line into a list of texts: several only if each by itself is allowed.
        [row] => {
            let all_fit = row.iter().all(|cell| validate::text(item, cell).is_empty());
            let several = row.len() > 1 && (delimiter == Delimiter::Tab || all_fit);
            if several {
                rows = row.iter().map(|cell| vec![cell.clone()]).collect();
            }
            several
        }
        _ => true,
    };
    is_table.then_some(Ok(rows))
}

/// The columns a header names, in its order; `None` if the row is no header.
fn header(row: &[String], columns: &[Column]) -> Result<Option<Vec<usize>>, PasteRefused> {
    let found: Vec<Option<usize>> = row
        .iter()
        .map(|cell| {
            let name = reduced(cell);
            columns
                .iter()
                .position(|column| column.names.contains(&name))
        })
        .collect();
    if found.iter().all(Option::is_none) {
        return Ok(None);
    }
    let mut order = Vec::new();
    for (at, column) in found.into_iter().enumerate() {
        match column.filter(|column| !order.contains(column)) {
            Some(column) => order.push(column),
            None => {
                return Err(PasteRefused::UnknownColumn {
                    name: row[at].clone(),
                    columns: columns.iter().map(|column| column.title.clone()).collect(),
                });
            }
        }
    }
    Ok(Some(order))
}
