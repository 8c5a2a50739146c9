//! Where the body of the answer goes: to this page, or into a file.

use crate::browser::save_target;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{ANSWER_FILE_ID, Form};
use crate::ui::{Button, Markup, el, live};
use formsmith_api::protocol;
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing for an operation whose answer is no file.
pub fn answer_file(form: Form) -> Option<Markup> {
    protocol::answer_file_member(form.model, form.service, form.operation)?;
    Some(lazy_view(form.console, move || choice(form)))
}

lazy! { in all_services: fn choice(form: Form) -> Markup = view(form); }

fn view(form: Form) -> Markup {
    let member = protocol::answer_file_member(form.model, form.service, form.operation);
    let title = member.map(|member| words::answer_member_file(&member.name));
    let choice = live(move || {
        let target = form.answer_target();
        let told = match &target {
            None => words::answer_shown_here().to_owned(),
            Some(target) if target.is_disk() => words::answer_to_disk(&target.name),
            Some(_) => words::answer_held().to_owned(),
        };
        let button: Markup = match target {
            None => {
                let label = match save_target::has_disk() {
                    true => words::save_to_file(),
                    false => words::receive_as_file(),
                };
                view! { <Button id=ANSWER_FILE_ID on_click=move |()| form.save_answer()>{label}</Button> }.into()
            }
            Some(_) => {
                let show = move |()| form.show_answer();
                view! { <Button id=ANSWER_FILE_ID on_click=show>{words::show_here_instead()}</Button> }.into()
            }
        };
        (el("span").attr("role", "status").child(told), button)
    });
    el("div")
        .class("field")
        .attr("role", "group")
        .attr("aria-label", title.as_deref().unwrap_or_default())
        .child(el("div").class("field-label").child(title.clone()))
        .child(el("div").class("actions").child(choice))
        .into()
}
