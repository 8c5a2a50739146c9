//! Bytes: of a file, or typed in Base64. Where they are the whole body the file itself is sent, and
//! elsewhere what is in it stands in the field.

use super::control::Control;
use crate::browser::chosen;
use crate::browser::file::Chosen;
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::Form;
use crate::ui::{
    Button, FieldAria, FieldControl, FileButton, Markup, TextArea, TextInput, el, live, when,
};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::file::FileRef;
use formsmith_api::model::Binding;
use formsmith_api::placeholder;
use formsmith_api::protocol::base64;
use formsmith_words as words;
use leptos::prelude::*;

/// The proxy takes whole requests up to 1 MiB, and Base64 is a third longer than what it stands for.
const MOST_TYPED: usize = 700_000;

#[component]
pub fn BlobField(form: Form, node: NodeId) -> Markup {
    lazy_view(form.console, move || blob_field(form, node))
}

lazy! { in all_services: fn blob_field(form: Form, node: NodeId) -> Markup = view(form, node); }

fn view(form: Form, node: NodeId) -> Markup {
    let mut control = Control::new(form, node);
    let is_body = form.peek(|draft| {
        let place = draft.place(form.model, node);
        place.is_some_and(|place| place.has(|traits| traits.wire.binding == Binding::Payload))
    });
    let value = control.value;
    let file = Memo::new(move |_| value.with(|text| FileRef::parse(text)));
    let id = control.id.clone();
    let refused = RwSignal::new(None::<String>);
    let error = control.error;
    control.error = Signal::derive(move || refused.get().or_else(|| error.get()));
    let warning = control.warning;
    control.warning = Signal::derive(move || {
        let is_gone = file.get().is_some_and(|it| chosen::held(&it).is_none());
        let gone = is_gone.then(|| words::choose_again().to_owned());
        gone.or_else(|| warning.get())
    });
    let constraint = control.constraint;
    let hint = (!control.is_in_row).then(words::file_or_base64);
    control.constraint = Signal::derive(move || {
        let is_open = value.with(String::is_empty);
        let hint = hint.filter(|_| is_open).map(str::to_owned);
        hint.or_else(|| constraint.get())
    });
    let choose = Callback::new(move |files: Vec<Chosen>| {
        if let Some(file) = files.into_iter().next() {
            refused.set(None);
            let id = id.clone();
            task::spawn(async move {
                take(form, node, file, is_body, refused).await;
                focus::soon(id);
            });
        }
    });
    let (on_input, on_blur) = (control.on_input(), control.on_blur());
    let (required, masked) = (control.is_required, control.masked);
    let type_in = Callback::new(move |text| {
        refused.set(None);
        on_input.run(text);
    });
    let as_text = RwSignal::new(false);
    let text = Memo::new(move |_| value.with(|value| text_of(value)));
    let is_open = Memo::new(move |_| form.with_node(node, |draft| draft.has_placeholder(node)));
    // A placeholder is written the same in both.
    let is_bytes = move || is_open.get() || value.with(|value| base64::bytes(value).is_some());
    let is_text = Memo::new(move |_| as_text.get() && is_bytes() && text.with(Option::is_some));
    let type_text = Callback::new(move |text: String| match placeholder::name(&text) {
        Some(_) => type_in.run(text),
        None => type_in.run(base64::text(text.as_bytes())),
    });
    let id = control.id.clone();
    let press = move |()| {
        let to_text = !is_text.get_untracked();
        // What is no Base64 was meant as text.
        if !untrack(is_bytes) {
            type_in.run(base64::text(value.get_untracked().as_bytes()));
        }
        as_text.set(to_text);
        focus::soon(id.as_str());
    };
    let turn = move || {
        let label = live(move || match is_text.get() {
            true => words::write_base64(),
            false => words::write_text(),
        });
        view! { <Button on_click=press.clone()>{label}</Button> }
    };
    let input = FieldControl::new(move |aria: FieldAria| {
        live(move || match file.get() {
            Some(file) => chosen_file(form, node, &aria, &file, choose),
            None => {
                let aria = aria.clone();
                let content = live(move || {
                    let aria = aria.clone();
                    match is_text.get() {
                        true => {
                            let value = Signal::derive(move || text.get().unwrap_or_default());
                            view! { <TextArea aria value on_input=type_text on_blur masked /> }
                        }
                        false => view! {
                            <TextInput aria value on_input=type_in on_blur required mono=true masked />
                        },
                    }
                });
                let choose = view! {
                    <FileButton label=words::choose_file() on_choose=choose accept="" />
                };
                // Bytes that are no text are not shown as such.
                let turn = when(move || text.with(Option::is_some), turn.clone());
                el("div")
                    .class("field-row")
                    .child(content)
                    .child(choose)
                    .child(turn)
                    .into()
            }
        })
    });
    control.field(input)
}

/// The text that the bytes are, or that was typed in their place; none where they are no text.
fn text_of(value: &str) -> Option<String> {
    match base64::bytes(value) {
        Some(bytes) => String::from_utf8(bytes).ok(),
        None => Some(value.to_owned()),
    }
}

/// A file in the place of the text.
fn chosen_file(
    form: Form,
    node: NodeId,
    aria: &FieldAria,
    file: &FileRef,
    choose: Callback<Vec<Chosen>>,
) -> Markup {
    let digest = file.digest("SHA256").map(words::file_digest);
    let name = el("div")
        .attr("id", &aria.id)
        .attr("tabindex", "-1")
        .child(el("span").child(words::named_file(file)))
        .child(digest.map(|digest| el("div").class("field-line").child(digest)));
    let id = aria.id.clone();
    let remove = move |()| {
        form.apply(Edit::Omit(node));
        focus::soon(id.as_str());
    };
    let buttons = view! {
        <FileButton label=words::choose_other_file() on_choose=choose accept="" />
        <Button on_click=remove>{words::remove_file()}</Button>
    };
    let buttons = el("div").class("field-row").child(buttons);
    el("div").class("stack").child(name).child(buttons).into()
}

async fn take(
    form: Form,
    node: NodeId,
    chosen: Chosen,
    is_body: bool,
    refused: RwSignal<Option<String>>,
) {
    let most = match is_body {
        true => formsmith_wire::FILE_BYTES,
        false => MOST_TYPED as u64,
    };
    let file = chosen.file_ref();
    if file.size() > most {
        return refused.set(Some(words::file_too_large(&file, most)));
    }
    if is_body {
        return form.choose_file(node, &file, chosen.blob());
    }
    // Another field may have the node by the time the file is read.
    let text = || form.peek(|draft| draft.text(node).to_owned());
    let before = text();
    match chosen.bytes(0.0, chosen.size()).await {
        Some(bytes) if text() == before => {
            form.apply(Edit::SetText(node, base64::text(&bytes)));
        }
        Some(_) => {}
        None => {
            refused.try_set(Some(words::file_not_at_hand(&file)));
        }
    }
}
