//! The header: the product, the search, where requests go, and what else holds on every page.

use crate::browser::page;
use crate::lazy_view::lazy_view;
use crate::pages::{all_notices, switcher};
use crate::search_button::search_button;
use crate::state::{Console, REGIONS, Route, region_name};
use crate::ui::{Badge, El, Glyph, Icon, Markup, el, live, when};
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::Event;

const SWITCHER_ID: &str = "switcher";
const NOTICES_ID: &str = "notices";

/// What stands in it at every width.
pub fn header(console: Console) -> Markup {
    let tone = move || Some(console.place_label().tone.to_owned());
    let line = el("span").class("place-line").attr_live("data-tone", tone);
    let title = el("a")
        .class("app-title")
        .attr("href", Route::HOME)
        .child(el("img").attr("alt", "").attr("src", &page::icon()))
        .child(el("span").child(words::PRODUCT));
    let has_slash = move || console.has_single_keys();
    let search = search_button(console, words::search_header())
        .attr_live("aria-keyshortcuts", move || {
            let slash = if has_slash() { "/ " } else { "" };
            Some(format!("{slash}Control+K Meta+K"))
        })
        .child(when(has_slash, || {
            el("kbd").attr("aria-hidden", "true").child("/")
        }));
    let label = live(move || {
        let label = console.place_label();
        let mark =
            (!label.mark.is_empty()).then(|| view! { <Badge text=label.mark tone=label.tone /> });
        (mark, two_lines(&label.name, &label.detail))
    });
    let switcher = opener(SWITCHER_ID, "app-switcher")
        .attr_live("title", move || console.place_label().signer)
        .attr_live("data-target", move || Some(console.target_choice().key()))
        .child(hidden(words::target_label()))
        .child(label)
        .child(view! { <Icon glyph=Glyph::Angle /> });
    (line, title, search, switcher).into()
}

/// What stands at its end, and on a phone in the menu.
pub fn tools(console: Console) -> Markup {
    let named = live(move || {
        let region = console.region();
        two_lines(region_name(&region), &region)
    });
    let allowed = Memo::new(move |_| console.allowed_regions());
    let mut choices =
        el("select")
            .attr("aria-label", words::region())
            .on("change", move |event: Event| {
                console.choose_region(event_target_value(&event));
            });
    for &region in REGIONS {
        let is_refused = move || {
            let is_listed = |allowed: &Vec<String>| allowed.iter().any(|it| it == region);
            allowed.with(|allowed| !allowed.as_ref().is_none_or(is_listed))
        };
        let choice = el("option")
            .attr("value", region)
            .attr_while("disabled", "", is_refused)
            .child(words::list_comma(region_name(region), region));
        choices = choices.child(choice);
    }
    let region = el("span")
        .class("app-region")
        .child(el("span").attr("aria-hidden", "true").child(named))
        .child(view! { <Icon glyph=Glyph::Angle /> })
        .child(choices.value(Signal::derive(move || console.region())));
    let notices = opener(NOTICES_ID, "app-tool")
        .child(view! { <Icon glyph=Glyph::Bell /> })
        .child(hidden(words::notices()))
        .child(live(move || {
            let count = console.unread();
            (count > 0).then(|| view! { <Badge text=count.to_string() tone="blue" /> })
        }));
    let settings = el("a")
        .class("app-tool")
        .attr("href", Route::SETTINGS)
        .child(view! { <Icon glyph=Glyph::Gear /> })
        .child(hidden(words::settings()));
    (region, notices, settings).into()
}

/// What the header's buttons open.
pub fn popups(console: Console) -> Markup {
    (
        popup(SWITCHER_ID, words::target_label(), move || {
            lazy_view(console, move || switcher(console))
        }),
        popup(NOTICES_ID, words::notices(), move || {
            lazy_view(console, move || all_notices(console))
        }),
    )
        .into()
}

fn two_lines(above: &str, below: &str) -> Markup {
    el("span")
        .class("app-lines")
        .child(el("b").child(above))
        .child(el("small").child(below))
        .into()
}

/// Said, and in the menu of a phone also seen.
fn hidden(text: &str) -> El {
    el("span").class("app-said").child(text)
}

/// The browser opens what it names, and says whether it is open.
fn opener(opens: &str, class: &str) -> El {
    el("button")
        .attr("type", "button")
        .class(class)
        .attr("popovertarget", opens)
}

/// The browser closes it with Escape and with a press elsewhere, and gives the focus back.
fn popup(id: &'static str, label: &str, content: impl Fn() -> Markup + 'static) -> Markup {
    let is_open = RwSignal::new(false);
    el("div")
        .class("popup")
        .attr("id", id)
        .attr("popover", "")
        .attr("role", "dialog")
        .attr("aria-label", label)
        .on("toggle", move |event: Event| {
            is_open.set(page::is_opening(&event));
        })
        .child(when(move || is_open.get(), content))
        .into()
}
