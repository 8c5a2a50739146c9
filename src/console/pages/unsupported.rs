//! What of a model is not supported.

use super::services::rows;
use crate::state::Console;
use crate::ui::{CollectionColumn, ExpandableSection, Markup};
use formsmith_api::model::Unsupported;
use formsmith_words as words;
use leptos::prelude::*;

/// The list, closed to begin with; nothing where there is nothing to list.
pub fn unsupported(console: Console, all: Vec<&Unsupported>) -> Markup {
    if all.is_empty() {
        return Markup::default();
    }
    let texts = all.iter().map(|it| {
        vec![
            words::place_in_model(it),
            words::lacking(it),
            words::lacking_means(it).to_owned(),
        ]
    });
    let columns = [
        words::unsupported_where(),
        words::unsupported_what(),
        words::unsupported_effect(),
    ];
    let label = words::unsupported();
    let columns = columns.map(CollectionColumn::plain).into();
    let table = rows(console, texts.collect(), columns, |_, _| None, label);
    view! {
        <ExpandableSection summary=label caption=words::unsupported_hint()>
            {table}
        </ExpandableSection>
    }
    .into()
}
