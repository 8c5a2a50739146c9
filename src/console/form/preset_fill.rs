//! The dialog that asks for values in the place of placeholders.

use super::choice_field::known_values;
use super::field_labels;
use crate::browser::focus;
use crate::lazy::lazy;
use crate::state::{Form, GO_ON, PresetDialog};
use crate::ui::{
    Button, Dialog, FieldControl, FieldShell, Markup, MarkupFn, TextInput, Variant, el,
};
use formsmith_api::draft::OpenPlaceholder;
use formsmith_api::placeholder;
use formsmith_words as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// So many are asked for at a time; the others stay in the form, and can be asked for next.
const MOST: usize = 50;

lazy! { in presets: pub fn fill_dialog(form: Form) -> Markup = dialog(form); }

/// So many of the fields that one value goes into are named.
const NAMED: usize = 5;

/// One of the fields.
#[derive(Clone)]
struct Asked {
    form: Form,
    open: OpenPlaceholder,
    id: String,
    text: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Asked {
    fn all(form: Form) -> Vec<Self> {
        let open = form.open_placeholders().into_iter().take(MOST).enumerate();
        open.map(|(at, open)| Self {
            form,
            open,
            id: field_id(at),
            text: RwSignal::new(String::new()),
            error: RwSignal::new(None),
        })
        .collect()
    }

    /// Is it left, or can it stand in the form? Otherwise it says why it can't.
    fn is_right(&self) -> bool {
        let text = self.text.get_untracked();
        let found = match text.is_empty() {
            true => None,
            false => self.form.check_filling(&self.open, &text),
        };
        let error = found.map(|(node, violation)| {
            words::violation(&violation, &field_labels::words(self.form, node))
        });
        let is_right = error.is_none();
        self.error.set(error);
        is_right
    }

    /// What is asked for, and where it goes if that is more than one field: there it is called as the
    /// fields are, or else by its own name.
    fn names(&self) -> (String, String) {
        let nodes = self.open.nodes.iter();
        let places: Vec<Vec<String>> = nodes
            .map(|&node| field_labels::place(self.form, node))
            .collect();
        let joined = |names: Vec<String>| {
            let names = names.into_iter();
            names.reduce(|all, name| words::list_comma(&all, &name))
        };
        if let [place] = &places[..] {
            return (joined(place.clone()).unwrap_or_default(), String::new());
        }
        let title = places.first().and_then(|place| place.last());
        let same = title.filter(|_| places.iter().all(|place| place.last() == title));
        let label = same.unwrap_or(&self.open.name).clone();
        let more = places.len().saturating_sub(NAMED);
        let named = places.into_iter().take(NAMED).map(|place| place.join(" "));
        let more = (more > 0).then(|| words::more_of_these(more));
        let fields = joined(named.chain(more).collect()).unwrap_or_default();
        (label, words::placeholder_for(&fields))
    }

    fn field(self) -> Option<Markup> {
        let node = *self.open.nodes.first()?;
        let form = self.form;
        let (label, hint) = self.names();
        let mut nodes = self.open.nodes.iter();
        let is_secret = form.peek(|draft| nodes.any(|&node| draft.is_secret(form.model, node)));
        let masked = is_secret.then(|| Signal::stored(true));
        let list = format!("{}-list", self.id);
        let (choices, _) = known_values(form, node);
        let mut known = el("datalist").attr("id", &list);
        for choice in choices {
            known = known.child(Markup::from(choice));
        }
        let (value, error) = (self.text.into(), self.error.into());
        let (id, api_name) = (self.id.clone(), placeholder::of(&self.open.name));
        let (text, wrong) = (self.text, self.error);
        let on_input = Callback::new(move |written| {
            text.set(written);
            wrong.set(None);
        });
        let on_blur = Callback::new({
            let asked = StoredValue::new_local(self);
            move |()| {
                // The dialog may have closed.
                asked.try_with_value(Self::is_right);
            }
        });
        let control = FieldControl::new(move |aria| {
            view! { <TextInput aria value on_input on_blur list masked /> }
        });
        let field = view! {
            <FieldShell id label api_name hint error control />
        };
        Some((Markup::from(field), known).into())
    }
}

fn field_id(at: usize) -> String {
    format!("placeholder-{at}")
}

/// The first field.
const FIRST_ID: &str = "placeholder-0";

fn fill(form: Form, asked: &[Asked]) {
    // All of them, so that all say what is wrong.
    let wrong: Vec<&Asked> = asked.iter().filter(|it| !it.is_right()).collect();
    if let Some(first) = wrong.first() {
        return focus::soon(first.id.as_str());
    }
    let texts = asked
        .iter()
        .map(|it| (it.open.clone(), it.text.get_untracked()));
    let values: Vec<_> = texts.filter(|(_, text)| !text.is_empty()).collect();
    form.fill_placeholders(&values);
    let left = form.open_placeholders().len();
    form.console.announce(words::placeholders_left(left));
    match left {
        0 => focus::soon_on_first_if_lost(GO_ON),
        _ => form.go_to_placeholder(),
    }
}

fn dialog(form: Form) -> Markup {
    let asked = StoredValue::new_local(Vec::<Asked>::new());
    let press = move || fill(form, &asked.get_value());
    let leave = move |()| form.close_preset_dialog();
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=leave>{words::leave_placeholders()}</Button>
            <Button variant=Variant::Primary on_click=move |()| press()>
                {words::fill_form()}
            </Button>
        }
    });
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            press();
        }
    };
    let content = move || -> Markup {
        let all = untrack(move || Asked::all(form));
        asked.set_value(all.clone());
        let fields = all.into_iter().map(|it| untrack(move || it.field()));
        let fields = el("div")
            .class("stack")
            .on("keydown", enter)
            .child(fields.collect::<Vec<_>>());
        (el("p").child(words::placeholders_hint()), fields).into()
    };
    view! {
        <Dialog
            open=Signal::derive(move || form.preset_dialog() == Some(PresetDialog::Fill))
            on_close=leave
            title=words::fill_placeholders()
            close_label=words::close()
            focus=FIRST_ID
            footer
        >
            {content()}
        </Dialog>
    }
    .into()
}
