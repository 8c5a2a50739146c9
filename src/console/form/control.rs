//! What every control of a form needs, read from the model and the form's state.

use super::field_labels;
use super::help::in_short;
use crate::browser::{clipboard, focus, pointer, task};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::Form;
use crate::ui::{Button, FieldControl, FieldShell, Markup, MarkupFn, field_line, switch, when};
use formsmith_api::draft::{Content, Edit, Hint, NodeId, Role};
use formsmith_api::validate::Violation;
use formsmith_words as words;
use leptos::ev::ClipboardEvent;
use leptos::prelude::*;

/// The signals and callbacks between one node and its control.
#[derive(Clone)]
pub struct Control {
    pub form: Form,
    pub node: NodeId,
    pub id: String,
    pub title: String,
    pub suffix: &'static str,
    pub api_name: String,
    /// Inside a row the column's head has the help.
    pub is_in_row: bool,
    pub is_required: bool,
    pub value: Signal<String>,
    pub error: Signal<Option<String>>,
    pub warning: Signal<Option<String>>,
    pub constraint: Signal<Option<String>>,
    /// Is what is typed masked now? None where it is no secret.
    pub masked: Option<Signal<bool>>,
    hint: Memo<Option<Hint>>,
    is_empty: Memo<bool>,
    is_placeholder: Memo<bool>,
    is_shown: RwSignal<bool>,
    typing: RwSignal<bool>,
}

impl Control {
    pub fn new(form: Form, node: NodeId) -> Self {
        let model = form.model;
        let is_required = field_labels::is_required(form, node);
        let words = field_labels::words(form, node);
        let message = move |warnings: bool| {
            let words = words.clone();
            Signal::derive(move || {
                let violations = form.violations(node);
                let mut fitting = violations.iter().filter(|it| it.is_warning() == warnings);
                let violation = fitting.next();
                let refused = form.refused_paste(node).filter(|_| !warnings);
                refused
                    .map(|why| words::paste_refused(&why))
                    .or_else(|| violation.map(|violation| words::violation(violation, &words)))
                    .or_else(|| said(form, node).filter(|_| !warnings))
            })
        };
        let (error, unknown) = (message(false), message(true));
        let typing = RwSignal::new(false);
        // With many fields each key is paid for by all of them: what is more than a look at the
        // own text follows the own text alone.
        let value = Memo::new(move |_| form.with_node(node, |draft| draft.text(node).to_owned()));
        let is_empty = Memo::new(move |_| is_sent_empty(form, node));
        let is_placeholder = Memo::new(move |_| {
            let violations = form.violations(node);
            violations.contains(&Violation::Placeholder)
        });
        let hint = Memo::new(move |_| {
            // Tracked only, a memo that nobody has read yet never changes.
            value.with(|_| ());
            let shown = !typing.get() || error.with(Option::is_some);
            shown
                .then(|| form.peek(|draft| draft.hint(model, node)))
                .flatten()
        });
        let is_shown = RwSignal::new(false);
        let is_secret = form.peek(|draft| draft.is_secret(model, node));
        Self {
            form,
            node,
            masked: is_secret.then(|| Signal::derive(move || !is_shown.get())),
            is_shown,
            id: field_labels::control_id(node),
            title: field_labels::title(form, node),
            suffix: suffix(form, node),
            api_name: field_labels::api_name(form, node),
            is_in_row: is_in_row(form, node),
            is_required,
            value: value.into(),
            error,
            warning: Signal::derive(move || {
                // How it is spelled says more than that it isn't listed.
                match hint.get() {
                    Some(hint @ Hint::Spelled { .. }) => Some(words::hint(&hint)),
                    hint => unknown.get().or_else(|| hint.as_ref().map(words::hint)),
                }
            }),
            constraint: Signal::derive(move || {
                (is_empty.get() && !is_secret)
                    .then(|| words::sent_empty().to_owned())
                    .or_else(|| {
                        // A pattern may be checked for one text and not for another.
                        value.with(|_| ());
                        let unchecked = form.peek(|draft| draft.unchecked(model, node));
                        unchecked.as_deref().map(words::not_checked)
                    })
                    .or_else(|| is_secret.then(|| words::secret_held().to_owned()))
            }),
            hint,
            is_empty,
            is_placeholder,
            typing,
        }
    }

    /// The member's description, unless it stands in a row.
    pub fn description(&self) -> String {
        (!self.is_in_row)
            .then(|| documentation(self.form, self.node))
            .flatten()
            .unwrap_or_default()
    }

    pub fn on_input(&self) -> Callback<String> {
        let (form, node, typing) = (self.form, self.node, self.typing);
        Callback::new(move |text| {
            typing.set(true);
            form.apply(Edit::SetText(node, text));
        })
    }

    pub fn on_blur(&self) -> Callback<()> {
        let (form, node, typing) = (self.form, self.node, self.typing);
        Callback::new(move |()| {
            pointer::after_press(move || {
                // The field may be gone by then.
                typing.try_set(false);
                form.left(node);
            });
        })
    }

    /// Rows from a spreadsheet go to the list around this control, if there is one.
    pub fn on_paste(&self) -> Callback<ClipboardEvent> {
        let (form, node, id) = (self.form, self.node, self.id.clone());
        Callback::new(move |event: ClipboardEvent| {
            let text = clipboard::pasted(&event).filter(|text| text.contains(BETWEEN_CELLS));
            if let (Some(list), Some(text)) = (list_around(form, node), text) {
                event.prevent_default();
                let id = id.clone();
                task::spawn(async move {
                    let is_taken = paste(form, node, list, text.clone()).await;
                    // As the browser would have done.
                    if is_taken != Ok(true) && focus::is_at(&id) {
                        clipboard::insert(&text);
                    }
                });
            }
        })
    }

    /// A button that puts the value right, where there is a way to.
    pub fn remedy(&self) -> MarkupFn {
        let (form, node, hint, is_empty) = (self.form, self.node, self.hint, self.is_empty);
        let is_placeholder = self.is_placeholder;
        let id = self.id.clone();
        let is_secret = self.masked.is_some();
        let (value, is_shown) = (self.value, self.is_shown);
        let switch_words = is_secret.then(|| words::secret_switch(&self.title));
        MarkupFn::new(move || {
            // With nothing written there is nothing to show.
            let toggle = switch_words.clone().map(|switch_words| {
                when(
                    move || value.with(|text| !text.is_empty()),
                    move || switch(is_shown, switch_words.clone()),
                )
            });
            let (label, edit) = match hint.get() {
                _ if is_placeholder.get() => (
                    words::take_literally().to_owned(),
                    Edit::TakeLiterally(node),
                ),
                Some(Hint::Inside { identifier: value } | Hint::Spelled { known: value }) => {
                    (words::use_identifier(&value), Edit::SetText(node, value))
                }
                _ if is_empty.get() => (words::leave_out().to_owned(), Edit::Omit(node)),
                _ => return toggle.into(),
            };
            let id = id.clone();
            let press = move |()| {
                form.apply(edit.clone());
                focus::soon(id.as_str());
            };
            let button = view! { <Button on_click=press>{label}</Button> };
            match toggle {
                Some(toggle) => (toggle, button).into(),
                None => Markup::from(button),
            }
        })
    }

    /// The field around a control: its names, help and messages.
    pub fn field(self, input: FieldControl) -> Markup {
        view! {
            <FieldShell
                id=self.id.clone()
                label=self.title.clone()
                suffix=self.suffix
                api_name=self.api_name.clone()
                has_head=self.is_in_row
                hint=self.description()
                constraint=self.constraint
                error=self.error
                warning=self.warning
                info_label=words::info()
                // In a row the column's head has the help.
                info=self.info().filter(|_| !self.is_in_row)
                remedy=self.remedy()
                control=input
            />
        }
        .into()
    }

    /// What stands behind "Info": description and constraints.
    pub fn info(&self) -> Option<MarkupFn> {
        let (form, node) = (self.form, self.node);
        info(form, node, self.is_in_row)
    }
}

/// What separates the cells of a row, or rows.
const BETWEEN_CELLS: [char; 4] = ['\t', '\n', '\r', ','];

lazy! {
    fn paste(form: Form, node: NodeId, list: NodeId, text: String) -> bool =
        form.paste(node, list, &text);
}

/// What the service says of what stands there.
pub fn said(form: Form, node: NodeId) -> Option<String> {
    form.field_error(node).as_deref().map(words::service_says)
}

/// The same as a line of its own, for what has no control, and the id of the line.
pub fn said_line(form: Form, node: NodeId) -> (Markup, Signal<Option<String>>) {
    let id = format!("{}-said", field_labels::control_id(node));
    let line_id = id.clone();
    let said = Signal::derive(move || said(form, node));
    let described_by = Signal::derive(move || said.get().map(|_| line_id.clone()));
    (field_line("error", id, said), described_by)
}

/// What follows the title of a member that may be left out.
pub fn suffix(form: Form, node: NodeId) -> &'static str {
    match field_labels::is_optional(form, node) {
        true => words::optional(),
        false => "",
    }
}

/// The help for a node: its description, where it isn't shown already, and what it looks like.
pub fn info(form: Form, node: NodeId, is_described: bool) -> Option<MarkupFn> {
    let has_facts = form.peek(|draft| {
        let place = draft.place(form.model, node);
        place.is_some_and(|place| {
            place.has(|traits| traits.length.is_some() || traits.pattern.is_some())
        })
    });
    let has_any = has_facts || is_described && documentation(form, node).is_some();
    has_any.then(|| {
        MarkupFn::new(move || lazy_view(form.console, move || in_short(form, node, is_described)))
    })
}

pub fn documentation(form: Form, node: NodeId) -> Option<String> {
    form.peek(|draft| {
        let place = draft.place(form.model, node)?;
        place.find(|traits| traits.documentation.clone())
    })
}

/// A member with an empty text, which goes out as such, or a secret that is not kept.
fn is_sent_empty(form: Form, node: NodeId) -> bool {
    form.with_node(node, |draft| {
        let is_member = matches!(draft.node(node).map(|it| &it.role), Some(Role::Member(_)))
            && !draft.is_alternative(node);
        let is_empty = *draft.content(node) == Content::Text(String::new());
        is_member && (is_empty || matches!(draft.content(node), Content::NotKept(_)))
    })
}

/// Is the node a field of a list's row?
fn is_in_row(form: Form, node: NodeId) -> bool {
    form.peek(|draft| {
        let role = |id: NodeId| draft.node(id).map(|node| node.role.clone());
        let parent = draft.node(node).and_then(|node| node.parent);
        matches!(role(node), Some(Role::Item | Role::Key | Role::Value))
            || matches!(parent.and_then(role), Some(Role::Item))
    })
}

/// The nearest list a node stands in.
fn list_around(form: Form, node: NodeId) -> Option<NodeId> {
    form.peek(|draft| {
        let mut now = draft.node(node)?.parent;
        while let Some(id) = now {
            if matches!(draft.content(id), Content::List(_)) {
                return Some(id);
            }
            now = draft.node(id)?.parent;
        }
        None
    })
}
