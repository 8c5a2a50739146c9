//! The places that the person has named, and the form that names the one at hand.

use super::run::place_text;
use crate::badges::place_badge;
use crate::state::Console;
use crate::ui::{
    Button, Choice, Container, FieldAria, FieldControl, FieldShell, Markup, TextInput,
    description_of, el, live, select_field,
};
use formsmith_run::{Colour, Mark, MarkedPlace, Place, Target};
use formsmith_words as words;
use leptos::prelude::*;

pub fn places(console: Console) -> Markup {
    let form = live(move || match console.target() {
        Target::ProxyAws => form(console),
        _ => description_of(words::places_of_sandbox()).into(),
    });
    view! {
        <Container title=words::places() description=words::places_description()>
            {form}
            {live(move || list(console))}
        </Container>
    }
    .into()
}

/// What is being said of the place at hand.
fn form(console: Console) -> Markup {
    let place = untrack(move || console.place());
    let known = untrack(|| console.mark_of(&place));
    let name = RwSignal::new(known.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let mark = RwSignal::new(known.as_ref().and_then(|it| it.mark));
    // None is the mark's own.
    let colour = RwSignal::new(known.as_ref().map(|it| it.colour));
    let in_region = RwSignal::new(known.is_some_and(|it| !it.place.region.is_empty()));
    let save = move |()| {
        let place = console.place();
        let mark = mark.get_untracked();
        let region = match in_region.get_untracked() {
            true => place.region,
            false => String::new(),
        };
        let is_stored = console.mark_place(MarkedPlace {
            place: Place { region, ..place },
            name: name.get_untracked().trim().to_owned(),
            mark,
            colour: colour.get_untracked().unwrap_or(Colour::of_mark(mark)),
        });
        console.tell(match is_stored {
            true => Ok(words::place_saved().into()),
            false => Err(words::place_not_saved().into()),
        });
    };
    let save = move |()| untrack(|| save(()));
    let marks = [("", words::place_no_mark())]
        .into_iter()
        .chain(Mark::ALL.map(|mark| (mark.key(), words::place_mark(mark))));
    let colours = Colour::ALL.map(|colour| (colour.key(), words::place_colour(colour)));
    let here = live(move || {
        let place = console.place();
        el("p").child(words::place_here(&place_text(&place)))
    });
    (
        here,
        text_field(
            "place-name",
            words::place_name(),
            words::place_name_hint(),
            name,
        ),
        select(
            "place-mark",
            words::place_mark_label(),
            marks,
            Signal::derive(move || mark.get().map(Mark::key).unwrap_or_default()),
            move |key| {
                mark.set(Mark::of_key(&key));
                colour.set(None);
            },
        ),
        select(
            "place-colour",
            words::place_colour_label(),
            colours,
            Signal::derive(move || colour.get().unwrap_or(Colour::of_mark(mark.get())).key()),
            move |key| colour.set(Colour::of_key(&key)),
        ),
        select(
            "place-region",
            words::place_scope_label(),
            [
                ("", words::place_all_regions()),
                ("one", words::place_one_region()),
            ],
            Signal::derive(move || if in_region.get() { "one" } else { "" }),
            move |key| in_region.set(!key.is_empty()),
        ),
        el("div")
            .class("actions")
            .child(view! { <Button on_click=save>{words::place_save()}</Button> }),
    )
        .into()
}

fn text_field(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
) -> Markup {
    let on_input = Callback::new(move |text| value.set(text));
    let value = value.into();
    let control = FieldControl::new(move |aria: FieldAria| {
        view! { <TextInput aria value on_input /> }
    });
    view! { <FieldShell id label hint error=Signal::stored(None) control /> }.into()
}

fn select(
    id: &'static str,
    label: &'static str,
    choices: impl IntoIterator<Item = (&'static str, &'static str)>,
    value: Signal<&'static str>,
    choose: impl Fn(String) + Send + Sync + 'static,
) -> Markup {
    let choices = choices.into_iter();
    let choices = choices.map(|(key, text)| Choice::new(key, text)).collect();
    let value = Signal::derive(move || value.get().to_owned());
    select_field(id, label, choices, value, Callback::new(choose))
}

/// Those there are, with the way to remove each.
fn list(console: Console) -> Markup {
    let all = console.marked_places();
    if all.is_empty() {
        return Markup::default();
    }
    let mut list = el("ul").class("places").attr("role", "list");
    for marked in all.iter() {
        let place = marked.place.clone();
        let where_it_is = place_text(&place);
        let label = Signal::stored(words::place_remove(&where_it_is));
        let remove = move |()| {
            console.unmark_place(&place);
            console.announce(words::place_removed());
        };
        list = list.child(
            el("li")
                .child(place_badge(marked))
                .child(el("span").child(where_it_is))
                .child(view! { <Button label on_click=remove>{words::remove()}</Button> }),
        );
    }
    list.into()
}
