//! Which language the page speaks, how it looks, what of this browser's data is kept and for how
//! long, which keys do something by themselves, and what the page is made of.

use super::local_proxy::local_proxy;
use super::places::places;
use super::tour::tour_button;
use crate::browser::intl;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{AGE_LIMITS, Console, VERSION, language};
use crate::ui::{
    Button, Choice, Confirm, Container, Glyph, Icon, Markup, PageHeader, el, select_field,
};
use crate::ui_words;
use formsmith_words as words;
use leptos::prelude::*;

const AGE_ID: &str = "age-limit";
const APPEARANCE_ID: &str = "appearance";
const LANGUAGE_ID: &str = "language";
const SINGLE_KEYS_ID: &str = "single-keys";
/// The choices of [`SINGLE_KEYS_ID`].
const ON: &str = "on";
const OFF: &str = "off";

#[component]
pub fn SettingsPage(console: Console) -> Markup {
    (
        view! { <PageHeader title=words::settings() /> },
        lazy_view(console, move || settings(console)),
    )
        .into()
}

lazy! { fn settings(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    let is_asked = RwSignal::new(false);
    let clear = view! {
        <Button on_click=move |()| is_asked.set(true)>{words::clear_data()}</Button>
        <Confirm
            is_asked
            on_yes=move |()| console.clear_data()
            title=words::clear_data()
            yes=words::clear_data_yes()
            words=ui_words::confirm()
            question=words::clear_data_question()
        />
    };
    // As wide as its text.
    let clear: Markup = el("div").child(Markup::from(clear)).into();
    let list = move |()| console.list_shortcuts(true);
    let all_keys = view! { <Button on_click=list>{words::show_shortcuts()}</Button> };
    let tour = tour_button(console);
    let all_keys: Markup = el("div")
        .class("actions")
        .child((Markup::from(all_keys), tour))
        .into();
    view! {
        <Container title=words::page_language() description=words::page_language_hint()>
            {language()}
        </Container>
        <Container title=words::appearance()>
            {appearance(console)}
        </Container>
        {local_proxy(console)}
        {places(console)}
        <Container title=words::runs() description=words::age_limit_description()>
            {age_limit(console)}
        </Container>
        <Container title=words::shortcuts() description=words::single_keys_description()>
            {single_keys(console)}
            {all_keys}
        </Container>
        <Container title=words::clear_data() description=words::clear_data_description()>
            {clear}
        </Container>
        <Container title=words::about() description=words::about_version(VERSION)>
            {licences()}
        </Container>
    }
    .into()
}

/// Each language by its own name, which those find who can't read the page.
fn language() -> Markup {
    let of_browser = Choice::new("", words::language_of_browser());
    let others = words::LANGUAGES
        .iter()
        .map(|&tag| Choice::new(tag, intl::own_name(tag)));
    let choose = Callback::new(|tag: String| language::choose(&tag));
    let field = select_field(
        LANGUAGE_ID,
        words::page_language_label(),
        [of_browser].into_iter().chain(others).collect(),
        Signal::stored(language::chosen()),
        choose,
    );
    el("div")
        .class("language-choice")
        .child(view! { <Icon glyph=Glyph::Globe /> })
        .child(field)
        .into()
}

/// The page of licences is beside this one; whoever reads it comes back by closing its tab.
fn licences() -> Markup {
    let link = el("a")
        .attr("href", "licences.html")
        .attr("target", "_blank")
        .child(words::about_licences());
    el("div").child(Markup::from(link)).into()
}

fn appearance(console: Console) -> Markup {
    let choices = [
        ("", words::appearance_system()),
        ("light", words::appearance_light()),
        ("dark", words::appearance_dark()),
    ];
    let choices = choices.map(|(key, text)| Choice::new(key.to_owned(), text.to_owned()));
    let choose = Callback::new(move |theme| console.choose_appearance(theme));
    select_field(
        APPEARANCE_ID,
        words::appearance_label(),
        choices.into(),
        console.appearance(),
        choose,
    )
}

fn single_keys(console: Console) -> Markup {
    let choices = [
        (ON, words::single_keys_on()),
        (OFF, words::single_keys_off()),
    ];
    let choices = choices.map(|(key, text)| Choice::new(key.to_owned(), text.to_owned()));
    let value = Signal::derive(move || match console.has_single_keys() {
        true => ON.to_owned(),
        false => OFF.to_owned(),
    });
    let choose = Callback::new(move |key: String| console.set_has_single_keys(key == ON));
    select_field(
        SINGLE_KEYS_ID,
        words::single_keys(),
        choices.into(),
        value,
        choose,
    )
}

fn age_limit(console: Console) -> Markup {
    let chosen = RwSignal::new(console.age_limit().map(|days| days.to_string()));
    let choices = AGE_LIMITS.map(|days| {
        let key = days.map(|days: u32| days.to_string()).unwrap_or_default();
        Choice::new(key, words::age_limit(days))
    });
    let choose = Callback::new(move |key: String| {
        chosen.set(Some(key.clone()));
        console.set_age_limit(key.parse().ok());
    });
    let value = Signal::derive(move || chosen.get().unwrap_or_default());
    select_field(
        AGE_ID,
        words::age_limit_label(),
        choices.into(),
        value,
        choose,
    )
}
