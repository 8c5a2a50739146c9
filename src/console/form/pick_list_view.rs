//! How the list of a field looks, and where it stands.

use super::field_labels;
use super::pick_list::{DRAWN, PickList, Read, State};
use crate::ui::{
    Button, El, Glyph, Markup, PopupSize, Spinner, Variant, el, live, open_popup, place_popup, when,
};
use crate::watch::{listen, watch};
use formsmith_api::draft::Draft;
use formsmith_api::model::in_words;
use formsmith_api::picks::{self, Item};
use formsmith_words as words;
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use web_sys::{Element, HtmlInputElement};

pub const LIST_ID: &str = "pick-list";

/// The most of the window's height that it takes, and the least that it is drawn above the field for.
const HEIGHT: f64 = 360.0;
const LEAST: f64 = 200.0;

pub fn option_id(at: usize) -> String {
    format!("{LIST_ID}-{at}")
}

pub fn popup(list: PickList, input: &HtmlInputElement) -> Element {
    let title = field_labels::title(list.form, list.node);
    let choices = el("div")
        .class("pick-choices")
        .attr("id", LIST_ID)
        .attr("role", "listbox")
        .attr("aria-label", &words::pick_choices(&title))
        .child(live(move || options(list)));
    let popup = el("div")
        .class("pick-popup")
        // In the top layer no row cuts it off.
        .attr("popover", "manual")
        // The field keeps the focus, but buttons work.
        .on("mousedown", |event: MouseEvent| event.prevent_default())
        .child(head(list))
        .child(choices)
        .child(live(move || told(list)))
        .child(foot(list));
    let element = popup.element().clone();
    for name in ["scroll", "resize"] {
        let (popup, input) = (element.clone(), input.clone());
        // The page's own scrolling reaches the window.
        listen(&window(), name, move |_: Event| place(&popup, &input));
    }
    let (moved, input) = (element.clone(), input.clone());
    watch(move || {
        list.state.track();
        list.shown.track();
        place(&moved, &input);
    });
    element
}

/// Where the list comes from, and which others there are.
fn head(list: PickList) -> Markup {
    let from = Signal::derive(move || {
        let operation = list.list().map(|it| it.operation).unwrap_or_default();
        words::pick_from(&operation, &list.form.place_of_lists())
    });
    let refresh = move |()| list.load(true);
    let label = Signal::stored(words::pick_refresh().to_owned());
    let names = list.lists.with_value(|lists| {
        let names = lists
            .iter()
            .map(|it| (it.operation.clone(), it.items.clone()));
        names.collect::<Vec<_>>()
    });
    let is_one = |of: &str| names.iter().filter(|(name, _)| name == of).count() == 1;
    let others = (names.len() > 1).then(|| {
        let mut row = el("div").class("pick-lists");
        for (at, (operation, items)) in names.iter().enumerate() {
            // Two lists of one operation are told by what they list.
            let text = match is_one(operation) {
                true => (list.form.console).operation_title(&list.form.service.name, operation),
                false => in_words(items.trim_end_matches("[]")),
            };
            let button = el("button")
                .class("pick-other")
                .attr("type", "button")
                .attr_live("aria-pressed", move || {
                    Some((list.at.get() == at).to_string())
                })
                .on("click", move |_: MouseEvent| list.show(at))
                .child(text);
            row = row.child(button);
        }
        row
    });
    let line = el("div")
        .class("pick-from")
        .child(el("span").child(from))
        .child(
            view! { <Button variant=Variant::Icon icon=Glyph::Refresh label on_click=refresh /> },
        );
    // Where no list fits, none was read.
    let has_any = !names.is_empty();
    (has_any.then_some(line), others).into()
}

/// Those that fit what stands beside the field are a group of their own.
fn options(list: PickList) -> Markup {
    let value = list.form.peek(|draft| draft.text(list.node).to_owned());
    list.items.with(|items| {
        list.shown.with(|shown| {
            let shown = shown.iter().take(DRAWN).filter_map(|&of| items.get(of));
            let shown: Vec<&Read> = shown.collect();
            // A group of what fits in the same members.
            let fits = shown.first().map(|it| &it.item.fits);
            let is_fitting = |it: &&&Read| !it.item.fits.is_empty() && Some(&it.item.fits) == fits;
            let count = shown.iter().take_while(is_fitting).count();
            let (fitting, others) = shown.split_at(count);
            let option = |at, read: &&Read| option(list, at, &read.item, &value);
            let drawn = |of: &[&Read], from: usize| -> Markup {
                let drawn = of.iter().enumerate();
                drawn
                    .map(|(at, read)| option(from + at, read))
                    .collect::<Vec<_>>()
                    .into()
            };
            let others_drawn = drawn(others, count);
            if fitting.is_empty() {
                return others_drawn;
            }
            let fitted = group(
                words::pick_fits(&fitted(list, &fitting[0].item.fits)),
                drawn(fitting, 0),
            );
            let rest =
                (!others.is_empty()).then(|| group(words::pick_others().to_owned(), others_drawn));
            (fitted, rest).into()
        })
    })
}

/// The titles of members of the form.
fn fitted(list: PickList, members: &[String]) -> String {
    let titles = members.iter().filter_map(|name| {
        let of = |draft: &Draft| picks::nearest(draft, list.node, name);
        let member = list.form.peek(of)?;
        Some(words::in_sentence(&field_labels::title(list.form, member)))
    });
    words::listed(&titles.collect::<Vec<_>>())
}

fn group(title: String, options: Markup) -> El {
    el("div")
        .attr("role", "group")
        .attr("aria-label", &title)
        .child(
            el("div")
                .class("pick-group")
                .attr("aria-hidden", "true")
                .child(title),
        )
        .child(options)
}

fn option(list: PickList, at: usize, item: &Item, value: &str) -> Markup {
    let name = item.name.as_deref();
    let mut line = el("span").class("pick-line");
    if let Some(name) = name {
        line = line.child(el("span").class("pick-name").child(name));
    }
    line = line.child(el("code").child(item.value.as_str()));
    let about = item.about.join(" · ");
    let about = (!about.is_empty()).then(|| el("span").class("description").child(about));
    let selected = (item.value == value).to_string();
    el("div")
        .class("pick-choice")
        .attr("id", &option_id(at))
        .attr("role", "option")
        .attr("aria-selected", &selected)
        .attr_while("data-active", "", move || list.active.get() == Some(at))
        .on("click", move |_: MouseEvent| list.choose(at))
        .child(line)
        .child(about)
        .into()
}

/// What is to be said of a list in the place of choices.
fn told(list: PickList) -> Markup {
    let line = |text: String| el("p").class("pick-told").child(text);
    match list.state.get() {
        State::Reading => el("p")
            .class("pick-told")
            .child(view! { <Spinner /> })
            .child(words::pick_reading())
            .into(),
        State::Needs(member) => {
            let title = words::in_sentence(&field_labels::title(list.form, member));
            line(words::pick_needs(&title)).into()
        }
        State::None => line(words::pick_none().to_owned()).into(),
        State::Failed(why) => {
            let again = move |()| list.load(true);
            let detail = (!why.detail.is_empty()).then(|| line(why.detail.clone()));
            (
                el("p")
                    .class("pick-told")
                    .attr("data-part", "error")
                    .child(why.title),
                detail,
                view! { <Button on_click=again>{words::try_again()}</Button> },
            )
                .into()
        }
        State::There => Markup::default(),
    }
}

/// How many there are, and the way to more.
fn foot(list: PickList) -> Markup {
    let is_there = move || list.state.get() == State::There;
    let count = Signal::derive(move || {
        let (drawn, all) = (list.drawn(), list.items.with(Vec::len));
        match (all, drawn) {
            (0, _) => words::pick_empty().to_owned(),
            (_, 0) => words::pick_no_match().to_owned(),
            _ if list.next.with(Option::is_some) => {
                words::pick_count_so_far(drawn, &words::grouped(all))
            }
            _ => words::pick_count(drawn, &words::grouped(all)),
        }
    });
    let more = move || {
        let more = move |()| list.more();
        view! { <Button on_click=more>{words::pick_more()}</Button> }
    };
    when(is_there, move || {
        el("div")
            .class("pick-foot")
            .child(el("span").attr("aria-live", "polite").child(count))
            .child(when(move || list.next.with(Option::is_some), more))
    })
}

/// Opens it at its field.
pub fn show(popup: &Element, input: &HtmlInputElement) {
    open_popup(popup, input, size(input));
}

fn place(popup: &Element, input: &HtmlInputElement) {
    place_popup(popup, input, size(input));
}

fn size(input: &HtmlInputElement) -> PopupSize {
    let field = input.get_bounding_client_rect();
    PopupSize {
        width: ("width", field.width().max(380.0)),
        max_height: HEIGHT,
        enough_below: LEAST,
    }
}
