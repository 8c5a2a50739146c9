//! What stands above a collection's table: search, filters and pages.

use leptos::prelude::*;
use web_sys::Event;

use super::collection::PAGE;
use super::collection_column::Filter;
use super::matching::{Asked, values};
use super::pagination::pagination;
use super::{Choice, Collection, CollectionRows, CollectionWords, El, Markup, el, search_field};
use crate::watch::watch;

pub fn tools(
    collection: Collection,
    rows: &CollectionRows,
    (find, items): (&str, &str),
    words: &'static CollectionWords,
    announce: Callback<String>,
) -> El {
    let count = move || collection.matching_count();
    let texts = rows.texts;
    let is_known = move || {
        collection.with_asked(Asked::is_filtered) && !texts.with(|it| collection.is_part(it))
    };
    let matches = Signal::derive(move || match is_known() {
        true => (words.matches)(count()),
        false => String::new(),
    });
    let range = Signal::derive(move || match count() {
        0 => String::new(),
        count => {
            let first = collection.page() * PAGE;
            (words.range)(first + 1, count.min(first + PAGE), count)
        }
    });
    say(matches, announce);
    let mut tools = el("div")
        .class("table-tools")
        // Who comes here is about to ask for something.
        .on("focusin", move |_: Event| collection.need_all())
        .child(search(collection, find, &(words.find)(items)));
    for (at, column) in rows.columns.iter().enumerate() {
        let values = match &column.filter {
            Filter::None => continue,
            Filter::Found => rows.texts.with_untracked(|texts| values(texts, at)),
            Filter::Known(values) => values.clone(),
            Filter::Days => {
                let ends = [0, 1].map(|end| day(collection, at, end, (words.days[end])()));
                tools = tools.child(el("div").class("table-days").child(ends.to_vec()));
                continue;
            }
        };
        tools = tools.child(filter(collection, (at, &column.title), values, words));
    }
    tools = tools.child(el("span").class("table-matches").child(matches));
    if collection.total > PAGE {
        say(range, announce);
        tools = tools.child(pagination(collection, range, words));
    }
    tools
}

/// Has a sentence announced when it changes; at first it is news to nobody.
fn say(sentence: Signal<String>, announce: Callback<String>) {
    let mut last = sentence.get_untracked();
    watch(move || {
        let now = sentence.get();
        if now != last && !now.is_empty() {
            announce.run(now.clone());
        }
        last = now;
    });
}

fn search(collection: Collection, id: &str, label: &str) -> El {
    let query = Signal::derive(move || collection.with_asked(|asked| asked.query.clone()));
    let write = move |text| collection.search(text);
    search_field(id, label, query, Callback::new(write))
}

/// The first or the last day of a column.
fn day(collection: Collection, column: usize, end: usize, label: &str) -> El {
    let value = Signal::derive(move || collection.with_asked(|asked| asked.days.1[end].clone()));
    let choose = move |event: Event| {
        let day = event_target_value(&event);
        collection.ask(|asked| {
            asked.days.0 = column;
            asked.days.1[end] = day;
        });
    };
    let input = el("input")
        .class("input")
        .attr("type", "date")
        .on("change", choose)
        .value(value);
    el("label").child(label).child(input)
}

/// The values of one column; nothing if there is nothing to choose.
fn filter(
    collection: Collection,
    (column, title): (usize, &str),
    values: Vec<(String, usize)>,
    words: &CollectionWords,
) -> Option<El> {
    if values.len() < 2 {
        return None;
    }
    let any = Choice::new("", (words.any)(title));
    let choices = values.into_iter().map(|(value, count)| {
        let text = (words.value)(&value, count);
        Choice::new(value, text)
    });
    let choices: Vec<Markup> = std::iter::once(any)
        .chain(choices)
        .map(Into::into)
        .collect();
    let value = Signal::derive(move || {
        collection.with_asked(|asked| {
            let filter = asked.filters.iter().find(|(at, _)| *at == column);
            filter.map(|(_, value)| value.clone()).unwrap_or_default()
        })
    });
    let choose = move |event: Event| {
        let value = event_target_value(&event);
        collection.ask(|asked| {
            asked.filters.retain(|(at, _)| *at != column);
            if !value.is_empty() {
                asked.filters.push((column, value));
            }
        });
    };
    let select = el("select")
        .class("input")
        .attr("aria-label", &(words.filter)(title))
        .on("change", choose)
        .child(choices)
        .value(value);
    Some(el("span").class("select").child(select))
}
