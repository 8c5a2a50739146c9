//! Rows that need nobody, folded to one line where rows are cards. The style says where that is.

use leptos::prelude::*;
use std::rc::Rc;

use super::{Button, Collection, El, Markup, el, live};
use crate::watch::watch;

/// Rows that need nobody. Where rows are cards these are folded to one line.
#[derive(Clone)]
pub struct SettledRows {
    /// Is a row one of them?
    pub is: Rc<dyn Fn(usize) -> bool>,
    /// On the line that they are folded to.
    pub title: fn(count: usize) -> String,
}

/// The line that settled rows are folded to.
#[derive(Clone)]
pub struct Fold {
    settled: SettledRows,
    is_open: RwSignal<bool>,
    /// So many of the rows of the page are settled; none where no other is.
    count: RwSignal<usize>,
}

impl Fold {
    /// `drawn` are the rows of the page that is shown.
    pub fn new(collection: Collection, drawn: RwSignal<Vec<usize>>, settled: SettledRows) -> Self {
        let count = RwSignal::new(0);
        let is = settled.is.clone();
        watch(move || {
            // Who asks for rows wants to see them.
            let is_asked = collection.with_asked(|it| it.sort.is_some() || it.is_filtered());
            let (settled, all) = drawn.with(|drawn| {
                let settled = drawn.iter().filter(|row| is(**row)).count();
                (settled, drawn.len())
            });
            let folded = if is_asked || settled == all {
                0
            } else {
                settled
            };
            if count.get_untracked() != folded {
                count.set(folded);
            }
        });
        Self {
            settled,
            is_open: RwSignal::new(false),
            count,
        }
    }

    pub fn is_folded(&self) -> Signal<bool> {
        let (is_open, count) = (self.is_open, self.count);
        Signal::derive(move || count.get() > 0 && !is_open.get())
    }

    pub fn line(&self) -> Markup {
        let (is_open, count, title) = (self.is_open, self.count, self.settled.title);
        live(move || {
            let count = count.get();
            (count > 0).then(|| {
                let press = move |()| is_open.update(|it| *it = !*it);
                let button =
                    view! { <Button on_click=press expanded=is_open>{title(count)}</Button> };
                el("div").class("table-fold").child(button)
            })
        })
    }
}

/// The button that opens what finds and sorts rows, and whether that is open.
pub fn tools_opener(label: &'static str) -> (Markup, RwSignal<bool>) {
    let is_open = RwSignal::new(false);
    let press = move |()| is_open.update(|it| *it = !*it);
    let button = view! { <Button on_click=press expanded=is_open>{label}</Button> };
    let opener = el("div").class("tools-opener").child(button);
    (opener.into(), is_open)
}

/// What the style hides on a phone while it is closed.
pub fn closed_while(part: El, is_open: Option<RwSignal<bool>>) -> El {
    match is_open {
        Some(is_open) => part.attr_while("data-closed", "", move || !is_open.get()),
        None => part,
    }
}
