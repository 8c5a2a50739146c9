//! What the codes of a batch mean: what rows have in common is said once, beneath them, to whoever
//! asks for it.

use super::rows::Row;
use crate::state::RowStatus;
use crate::tone;
use crate::ui::{Kind, Markup, StatusIndicator, description_of, el, expandable};
use formsmith_words as words;
use leptos::prelude::*;

/// So many codes are explained.
const MOST: usize = 20;

/// One line with each code and how many rows have it, which opens. `items` is what the rows are, in a
/// sentence.
pub fn view(rows: &[Row], items: &str) -> Markup {
    let codes = counted(rows);
    if codes.is_empty() {
        let none = words::none_failed(items);
        return view! { <StatusIndicator kind=Kind::Success text=none /> }.into();
    }
    let shown = codes.iter().take(MOST);
    let count =
        |(row, count): &(&Row, usize)| el("span").child(words::code_and_count(what(row), *count));
    let counts: Vec<_> = shown.clone().map(count).collect();
    let mut list = el("ul").class("codes").attr("role", "list");
    for (row, _) in shown {
        list = list.child(line(row));
    }
    let more = if codes.len() > MOST {
        words::more_codes()
    } else {
        ""
    };
    let counts = el("span").class("description code-counts").child(counts);
    let body = (list, description_of(more)).into();
    let title = words::codes_title(codes.len()).into();
    expandable(title, counts.into(), body).into()
}

/// A row of each code, and how many there are.
fn counted(rows: &[Row]) -> Vec<(&Row, usize)> {
    let mut codes: Vec<(&Row, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.status != RowStatus::Done) {
        let is_alike = |(other, _): &&mut (&Row, usize)| {
            other.status == row.status && what(other) == what(row)
        };
        match codes.iter_mut().find(is_alike) {
            Some((_, count)) => *count += 1,
            None => codes.push((row, 1)),
        }
    }
    codes
}

/// Its code, or else what became of it.
fn what(row: &Row) -> &str {
    match row.failed {
        Some(_) => row.code().unwrap_or(words::none()),
        None => row.status.text(),
    }
}

fn line(row: &Row) -> Markup {
    let (explained, retry) = match &row.failed {
        Some(failed) => (words::code_explained(failed), words::retry_helps(failed)),
        None => {
            let explained = match row.status {
                RowStatus::NotSent => words::none_sent(),
                RowStatus::NotDone => words::all_not_done(),
                _ => words::all_unknown(),
            };
            (explained.to_owned(), "")
        }
    };
    let class = if row.can_retry { "can-retry" } else { "" };
    let retry = (!retry.is_empty()).then(|| el("p").class(class).child(retry));
    let kind = tone::kind(row.status.tone());
    el("li")
        .child(view! { <StatusIndicator kind text=what(row) /> })
        .child(el("p").child(explained))
        .child(retry)
        .into()
}
