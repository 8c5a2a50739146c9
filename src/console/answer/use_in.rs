//! The operations that take what is selected, each with the way to its form.

use super::selected::Selected;
use crate::badges::class_badge;
use crate::browser::task;
use crate::state::Taker;
use crate::ui::{ApiName, ExpandableSection, Markup, el, live, search_field, small};
use formsmith_api::answer::value_at;
use formsmith_api::model::in_words;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

const SEARCH_ID: &str = "use-in";

/// Beyond so many they can be searched.
const MANY: usize = 8;

/// Nothing as long as no operation is known that takes them.
pub fn use_in(selected: &Selected, key: &str) -> Markup {
    let values = selected.items.iter().filter_map(|item| value_at(item, key));
    let values: Vec<Value> = values.cloned().collect();
    let (console, op) = (selected.shown.console, selected.shown.op);
    let (list, key, count) = (selected.list_path.clone(), key.to_owned(), values.len());
    let found = RwSignal::new(Vec::new());
    task::spawn(async move {
        let takers = console.takers(op, &list, &key, &values).await;
        // Something else may be selected by now.
        found.try_set(takers);
    });
    live(move || {
        let all = found.get();
        (!all.is_empty()).then(|| listed(all, count))
    })
}

fn listed(all: Vec<Taker>, count: usize) -> Markup {
    let sought = RwSignal::new(String::new());
    let write = Callback::new(move |text| sought.set(text));
    let search = (all.len() > MANY)
        .then(|| search_field(SEARCH_ID, words::find_operation(), sought.into(), write));
    let list = live(move || {
        let sought = small(&sought.get());
        let fits = |it: &&Taker| {
            small(&in_words(&it.operation)).contains(&sought)
                || small(&it.operation).contains(&sought)
        };
        let mut list = el("ul").class("takers").attr("role", "list");
        for taker in all.iter().filter(fits) {
            let name = taker.operation.clone();
            let link = el("a").attr("href", &taker.address);
            let link = link.child(in_words(&taker.operation));
            let line = el("li").child(link).child(view! { <ApiName name /> });
            list = list.child(line.child(class_badge(taker.class)));
        }
        list
    });
    let content: Markup = (search, list).into();
    view! {
        <ExpandableSection summary=words::use_in_title() caption=words::use_in_caption(count)>
            {content}
        </ExpandableSection>
    }
    .into()
}
