//! Bytes of an output: as text where they are text, and to be saved.

use crate::browser::{chosen, file};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, ShownRun, file_name};
use crate::ui::{Button, CodeBlock, Markup, el};
use formsmith_api::file::FileRef;
use formsmith_api::protocol::base64;
use formsmith_words as words;
use leptos::prelude::*;

/// More than this is not drawn.
const MOST_DRAWN: usize = 20_000;

/// The value of a blob, which no built-in service has.
pub fn view(shown: ShownRun, title: String, text: String) -> Markup {
    // The runs are no part of what draws it.
    let name = name(shown).unwrap_or_else(|| title.clone());
    let console = shown.console;
    lazy_view(console, move || {
        blob(console, title.clone(), text.clone(), name.clone())
    })
}

lazy! {
    in all_services: fn blob(console: Console, title: String, text: String, name: String) -> Markup =
        drawn(console, &title, text, name);
}

fn drawn(console: Console, title: &str, text: String, name: String) -> Markup {
    if let Some(file) = FileRef::parse(&text) {
        return written(console, &file);
    }
    let Some(bytes) = base64::bytes(&text) else {
        return text.into();
    };
    let size = words::size(bytes.len() as u64);
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) if is_plain(text) => {
            let text = words::beginning(text, MOST_DRAWN);
            view! { <CodeBlock label=title text /> }.into()
        }
        _ => Markup::from(words::not_text_of_size(&size)),
    };
    let save = move |()| console.save_file(&name, file::blob_of(&bytes).as_ref());
    let save = view! { <Button on_click=save>{words::save_file()}</Button> };
    let save = el("div").class("actions").child(save);
    el("div").class("stack").child(text).child(save).into()
}

/// A file that was written as it came, or is held for the person to save.
fn written(console: Console, of: &FileRef) -> Markup {
    let file = words::named_file(of);
    if !of.is_in_memory() {
        return words::file_written(&file).into();
    }
    let Some(held) = chosen::held_answer(of) else {
        return words::file_gone(&file).into();
    };
    let name = of.name().to_owned();
    let save = move |()| console.save_file(&name, Some(&held));
    let save = view! { <Button on_click=save>{words::save_file()}</Button> };
    let save = el("div").class("actions").child(save);
    let told = el("div").child(file);
    el("div").class("stack").child(told).child(save).into()
}

/// The last part of the path that was asked for.
fn name(shown: ShownRun) -> Option<String> {
    let run = untrack(move || shown.run())?;
    file_name(&run.last()?.request.path)
}

fn is_plain(text: &str) -> bool {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    !text.is_empty() && !text.chars().any(is_odd)
}
