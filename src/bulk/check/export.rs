//! Rows with problems as a file for whoever puts them right.

use super::Problem;
use crate::sheet::Sheet;
use formsmith_api::table::{Column, csv};
use serde_json::{Map, Value};

/// The rows that have problems, with all their cells as they came, and three columns more: the
/// column, the reason and the suggestion, several of each with line breaks between them; of several
/// suggestions each has its column before it. `reason`
/// finds the words. The row's number counts from 1, the header not among them.
#[must_use]
pub fn problem_rows(
    sheet: &Sheet,
    problems: &[Problem],
    reason: impl Fn(&Problem) -> String,
) -> String {
    let added = ["row", "problem column", "problem", "suggestion"];
    let is_free = |name: &str| !sheet.columns().iter().any(|it| it == name);
    let [number, column, what, suggestion] = added.map(|name| match is_free(name) {
        true => name.to_owned(),
        false => format!("{name} (Formsmith)"),
    });
    let own = sheet.columns().iter().cloned();
    let names = std::iter::once(number.clone()).chain(own).chain([
        column.clone(),
        what.clone(),
        suggestion.clone(),
    ]);
    let columns: Vec<Column> = names
        .map(|member| Column {
            title: member.clone(),
            member,
        })
        .collect();
    let mut rows: Vec<Value> = Vec::new();
    let mut rest = problems;
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|it| it.row != first.row);
        let (of_row, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        let mut row = Map::new();
        row.insert(number.clone(), (first.row + 1).into());
        for (at, name) in (0..).zip(sheet.columns()) {
            row.insert(name.clone(), sheet.cell(first.row, at).into());
        }
        let name_of = |problem: &Problem| match problem.column {
            Some(at) => sheet
                .columns()
                .get(at as usize)
                .cloned()
                .unwrap_or_default(),
            None => problem.path.to_string(),
        };
        let joined = |texts: Vec<String>| Value::from(texts.join("\n"));
        row.insert(column.clone(), joined(of_row.iter().map(name_of).collect()));
        row.insert(what.clone(), joined(of_row.iter().map(&reason).collect()));
        let suggested = of_row.iter().filter_map(|it| {
            let text = it.suggestion.clone()?;
            Some(match of_row.len() {
                1 => text,
                _ => format!("{}: {text}", name_of(it)),
            })
        });
        row.insert(suggestion.clone(), joined(suggested.collect()));
        rows.push(row.into());
    }
    csv(&columns, &rows)
}
