use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::UnwrapThrowExt;
use web_sys::Element;

use super::{Markup, svg};

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Error,
    Warning,
    Success,
    Info,
    Pending,
    Unknown,
    Stopped,
    Close,
    Copy,
    Angle,
    AngleBack,
    First,
    Last,
    Search,
    Menu,
    Refresh,
    Star,
    Bell,
    Gear,
    Bin,
    Globe,
}

const CIRCLE: &str = "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13Z";

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Error => "M5.9 5.9l4.2 4.2m0-4.2l-4.2 4.2",
            Self::Warning => "M8 2L1.5 14h13L8 2ZM8 6.5v3m0 1.2v1.8",
            Self::Success => "M4.8 8.3l2.3 2.2 4.1-4.6",
            Self::Info => "M8 7.2v4.3M8 4.2v1.8",
            Self::Pending => "M8 4.5V8l2.5 1.8",
            Self::Unknown => "M6 6.1a2 2 0 1 1 2.8 1.9Q8 8.4 8 9.2M8 10.9v1.4",
            Self::Stopped => "M5 8h6",
            Self::Close => "M2.5 2.5l11 11m0-11l-11 11",
            Self::Copy => "M6 5.5h8.5V14H6ZM10.5 2H2v8.5",
            Self::Angle => "M5.5 2l6 6-6 6",
            Self::AngleBack => "M10.5 2l-6 6 6 6",
            Self::First => "M13.5 2.5l-5.5 5.5 5.5 5.5M3.5 2v12",
            Self::Last => "M2.5 2.5l5.5 5.5-5.5 5.5M12.5 2v12",
            Self::Search => "M7 1.8a5.2 5.2 0 1 1 0 10.4a5.2 5.2 0 1 1 0-10.4ZM10.8 10.8l3.7 3.7",
            Self::Menu => "M1.5 3h13m-13 5h13m-13 5h13",
            Self::Refresh => "M13.5 8a5.5 5.5 0 1 1-1.6-3.9L14 6.2M14 1.8v4.4H9.6",
            Self::Bin => "M2 4h12M6 4V2h4v2M3.5 4l.7 10h7.6l.7-10M6.5 7v4.5m3-4.5v4.5",
            Self::Globe => "M1.5 8h13M8 1.5q-5.5 6.5 0 13q5.5-6.5 0-13",
            Self::Star => "M8 1.7l1.9 4 4.4.6-3.2 3 .8 4.4L8 11.6l-3.9 2.1.8-4.4-3.2-3 4.4-.6Z",
            Self::Bell => "M2 12h12L12.5 9.5V6.5a4.5 4.5 0 0 0-9 0v3ZM6.5 14.5h3",
            Self::Gear => {
                "M6.6 1.5h2.8l.4 2 1.5.9 2-.7 1.4 2.4-1.6 1.4v1l1.6 1.4-1.4 2.4-2-.7-1.5.9-.4 2H6.6l-.4-2-1.5-.9-2 .7-1.4-2.4 1.6-1.4v-1L1.3 6.1l1.4-2.4 2 .7 1.5-.9ZM8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4Z"
            }
        }
    }

    const fn ringed(self) -> bool {
        matches!(
            self,
            Self::Error
                | Self::Success
                | Self::Info
                | Self::Pending
                | Self::Unknown
                | Self::Stopped
                | Self::Globe
        )
    }
}

/// A 16 px drawing in the colour of the text around it, hidden from assistive technology.
#[component]
pub fn Icon(glyph: Glyph) -> Markup {
    thread_local! {
        static DRAWN: RefCell<Vec<(Glyph, Element)>> = const { RefCell::new(Vec::new()) };
    }
    // A large form has a thousand: those after the first are copies, made by one call each.
    DRAWN.with_borrow_mut(|drawn| {
        let at = drawn.iter().position(|(it, _)| *it == glyph);
        let at = at.unwrap_or_else(|| {
            drawn.push((glyph, draw(glyph)));
            drawn.len() - 1
        });
        let copy = drawn[at].1.clone_node_with_deep(true).unwrap_throw();
        Markup::new(copy)
    })
}

fn draw(glyph: Glyph) -> Element {
    let path = |drawing: &str| svg("path").attr("d", drawing);
    let drawing = svg("svg")
        .class("icon")
        .attr("viewBox", "0 0 16 16")
        .attr("width", "16")
        .attr("height", "16")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(glyph.ringed().then(|| path(CIRCLE)))
        .child(path(glyph.path()));
    drawing.element().clone()
}
