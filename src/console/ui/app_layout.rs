use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use super::nav_disclosure::{CLOSER, NavDisclosure, OPENER};
use super::{Button, Glyph, Icon, Markup, MarkupFn, Variant, el, when};
use crate::browser::focus;

pub(super) const MAIN: &str = "app-main";

/// The page's frame: product header, side navigation (a disclosure that is
/// closed at first on a phone), breadcrumbs, flash bar, content. What is in `flash` stays in view
/// while the content is scrolled, and `notices` don't. `tools` stand at the end of the header, and on
/// a phone in the navigation, whose button stands in the header there.
#[component]
pub fn AppLayout(
    skip_label: &'static str,
    nav_title: &'static str,
    open_label: &'static str,
    close_label: &'static str,
    flash_label: &'static str,
    #[prop(into)] header: Markup,
    tools: MarkupFn,
    #[prop(into)] nav: Markup,
    #[prop(into)] breadcrumbs: Markup,
    #[prop(into)] flash: Markup,
    #[prop(into)] notices: Markup,
    children: Markup,
) -> Markup {
    let menu = NavDisclosure::new();
    let is_open = move || menu.open.get();
    // The fragment belongs to deep links, so this is a button and not a link.
    let skip = el("button")
        .attr("type", "button")
        .class("skip")
        .on("click", |_: MouseEvent| focus::soon(MAIN))
        .child(skip_label);
    let close = view! {
        <Button
            id=CLOSER
            variant=Variant::Icon
            icon=Glyph::AngleBack
            label=close_label
            on_click=move |()| menu.turn(false)
        />
    };
    let nav_head = el("div")
        .class("app-nav-head")
        .child(el("span").class("app-nav-title").child(nav_title))
        .child(close);
    let is_phone = move || menu.phone.get();
    let is_wide = move || !is_phone();
    let its = tools.clone();
    let in_nav = when(is_phone, move || {
        el("div").class("app-tools").child(its.run())
    });
    let inner = el("div")
        .class("app-nav-inner")
        .child(nav_head)
        .child(nav)
        .child(in_nav);
    let nav = el("nav")
        .class("app-nav")
        .attr("id", "app-nav")
        .attr("aria-label", nav_title)
        .on("click", move |event: MouseEvent| menu.follow(&event))
        .on("keydown", move |event: KeyboardEvent| menu.escape(&event))
        .child(inner);
    let open = move || {
        el("button")
            .attr("type", "button")
            .class(Variant::Icon.class())
            .attr("id", OPENER)
            .attr("aria-label", open_label)
            .attr("aria-controls", "app-nav")
            .attr_live("aria-expanded", move || Some(is_open().to_string()))
            .on("click", move |_: MouseEvent| menu.turn(true))
            .child(view! { <Icon glyph=Glyph::Menu /> })
    };
    let header = el("header")
        .class("app-header")
        .child(when(is_phone, open))
        .child(header)
        .child(when(is_wide, move || {
            el("div").class("app-tools").child(tools.run())
        }));
    let bar = el("div")
        .class("app-bar")
        .child(el("span").class("app-bar-menu").child(when(is_wide, open)))
        .child(breadcrumbs);
    let flash = el("section")
        .class("app-flash")
        .attr("aria-label", flash_label)
        .child(el("div").class("flash-now").child(flash))
        .child(el("div").class("flash-notices").child(notices));
    let main = el("main")
        .class("app-main")
        .attr("id", MAIN)
        .attr("tabindex", "-1")
        .child(children);
    // In one box: what sticks in it does so from its beginning to its end.
    let page = el("div")
        .class("app-page")
        .child(bar)
        .child(flash)
        .child(main);
    let nav_state = move || Some(if is_open() { "open" } else { "closed" }.to_owned());
    el("div")
        .class("app")
        .attr_live("data-nav", nav_state)
        .child(skip)
        .child(header)
        .child(nav)
        .child(page)
        .into()
}
