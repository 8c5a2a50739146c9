//! The same call elsewhere: to copy, and to paste.

use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::state::{Console, CopyStatus, Form, LANGUAGES, PASTED_ID};
use crate::ui::{
    Button, CodeBlock, CopyButton, Dialog, FieldControl, FieldShell, Markup, MarkupFn, Spinner,
    TabItem, TabPanel, Tabs, TextArea, Variant, el, live,
};
use formsmith_words as words;
use leptos::prelude::*;

/// The call in the form, in each language.
#[component]
pub fn CopyAs(form: Form) -> Markup {
    let snippets = form.console.snippets;
    lazy_dialog(
        form.console,
        move || snippets.is_copying(),
        move || copy_dialog(form),
    )
}

lazy! { fn copy_dialog(form: Form) -> Markup = copying(form); }

fn copying(form: Form) -> Markup {
    let shown = form.console.snippets;
    shown.give_way();
    let close = move || shown.close();
    let selected = RwSignal::new(LANGUAGES[0].0.to_owned());
    let footer = MarkupFn::new(move || {
        view! { <Button on_click=move |()| close()>{words::close()}</Button> }
    });
    let content = move || -> Markup {
        untrack(move || form.write_calls());
        let items = LANGUAGES.map(|(key, title)| TabItem { key, title });
        let panels: Vec<_> = (0..items.len())
            .map(|at| {
                let (key, title) = LANGUAGES[at];
                let selected = selected.into();
                view! {
                    <TabPanel key selected>
                        {live(move || language(form, at, title))}
                    </TabPanel>
                }
            })
            .collect();
        let has_secret = untrack(move || form.has_secret());
        let secrets = has_secret.then(|| {
            let label = live(move || match shown.has_secrets() {
                true => words::without_secrets(),
                false => words::with_secrets(),
            });
            let press = move |()| form.include_secrets(!untrack(move || shown.has_secrets()));
            view! { <Button on_click=press>{label}</Button> }
        });
        let mistake = untrack(move || form.json_mistake());
        let mistake = mistake.map(|_| el("p").child(words::copy_as_error()));
        let select = move |key| selected.set(key);
        let selected = selected.into();
        (
            el("p").child(words::copy_as_hint()),
            secrets,
            mistake,
            view! { <Tabs label=words::language() items=items.to_vec() selected on_select=select /> },
            panels,
        )
            .into()
    };
    view! {
        <Dialog
            open=Signal::derive(move || shown.is_copying())
            on_close=move |()| close()
            title=words::copy_as_title()
            close_label=words::close()
            footer
        >
            {content()}
        </Dialog>
    }
    .into()
}

/// The text in one language, or why there is none.
fn language(form: Form, at: usize, title: &'static str) -> Markup {
    let texts = form.console.snippets.texts();
    let [code, why] = texts.get(2 * at..2 * at + 2).unwrap_or_default() else {
        return view! { <Spinner /> }.into();
    };
    if code.is_empty() {
        return why.as_str().into();
    }
    let status = CopyStatus::new();
    let copied = code.clone();
    let copy = move |()| form.console.copy(title.to_owned(), copied.clone(), status);
    let label = words::copy(title);
    let actions = view! { <CopyButton label on_copy=copy status labelled=true /> };
    view! { <CodeBlock label=title text=code.as_str() actions /> }.into()
}

/// The way in: a button, and the dialog that takes a command or a body.
#[component]
pub fn PasteCommand(console: Console) -> Markup {
    let button = view! {
        <Button variant=Variant::Link on_click=move |()| console.snippets.open_paste()>
            {words::paste_command()}
        </Button>
    };
    (button, paste_dialogs(console)).into()
}

/// The dialog alone.
pub fn paste_dialogs(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.snippets.is_pasting(),
        move || paste_dialog(console),
    )
}

lazy! { fn paste_dialog(console: Console) -> Markup = pasting(console); }

fn pasting(console: Console) -> Markup {
    let shown = console.snippets;
    shown.give_way();
    let close = move || shown.close();
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| close()>{words::cancel()}</Button>
            <Button variant=Variant::Primary on_click=move |()| console.read_pasted()>
                {words::fill_form()}
            </Button>
        }
    });
    let content = move || {
        let write = move |text| shown.write_pasted(text);
        let area = FieldControl::new(move |aria| {
            view! { <TextArea aria value=shown.pasted() on_input=write rows="12" /> }
        });
        view! {
            <FieldShell
                id=PASTED_ID
                label=words::pasted_label()
                hint=words::pasted_hint()
                error=shown.refused()
                control=area
            />
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || shown.is_pasting())
            on_close=move |()| close()
            title=words::paste_command()
            close_label=words::close()
            focus=PASTED_ID
            footer
        >
            {content()}
        </Dialog>
    }
    .into()
}
