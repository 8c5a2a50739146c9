//! Bytes: of a file, or typed in Base64. Where they are the whole body the file itself is sent, and
//! elsewhere what is in it stands in the field.

use super::control::Control;
use crate::browser::chosen;
use crate::browser::file::Chosen;
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::Form;
use crate::ui::{Button, FieldAria, FieldControl, FileButton, Markup, TextInput, el, live};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::file::FileRef;
use formsmith_api::model::Binding;
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
        constraint.get().or(hint)
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
    let input = FieldControl::new(move |aria: FieldAria| {
        live(move || match file.get() {
            Some(file) => chosen_file(form, node, &aria, &file, choose),
            None => {
                let aria = aria.clone();
                let content = view! {
                    <TextInput aria value on_input=type_in on_blur required mono=true masked />
                    <FileButton label=words::choose_file() on_choose=choose accept="" />
                };
                el("div").class("field-row").child(content).into()
            }
        })
    });
    control.field(input)
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
