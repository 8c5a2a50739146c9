//! The path through answers that led to a form, each step of it the way back.

use crate::browser::pointer::opens_elsewhere;
use crate::lazy::lazy;
use crate::state::{Form, Route, trail};
use crate::ui::{Glyph, Icon, Markup, el};
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::MouseEvent;

lazy! { pub fn path_taken(form: Form) -> Markup = view(form); }

fn view(form: Form) -> Markup {
    let steps = trail::leading_to(form);
    if steps.is_empty() {
        return Markup::default();
    }
    let mut list = el("ol").attr("role", "list");
    for step in steps {
        let (service, operation) = (&step.service, &step.operation);
        let is_here = *service == form.service.name && operation == form.operation.name();
        let title = match is_here {
            true => el("span").attr("aria-current", "page"),
            false => {
                let (console, back) = (form.console, step.clone());
                let press = move |event: MouseEvent| {
                    if !opens_elsewhere(&event) {
                        event.prevent_default();
                        console.go_back_to(back.clone());
                    }
                };
                el("a")
                    .attr("href", &Route::of_operation(service, operation))
                    .on("click", press)
            }
        };
        let taken = step.taken.map(|(taken, _)| {
            let taken = el("span").class("trail-taken").child(taken);
            (
                view! { <Icon glyph=Glyph::Angle /> },
                taken,
                view! { <Icon glyph=Glyph::Angle /> },
            )
        });
        list = list.child(
            el("li")
                .class("crumb")
                .child(title.child(step.title))
                .child(taken),
        );
    }
    el("nav")
        .class("breadcrumbs trail")
        .attr("aria-label", words::path_taken())
        .child(list)
        .into()
}
