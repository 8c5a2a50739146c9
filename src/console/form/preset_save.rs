//! The dialog that saves a form as a preset.

use super::field_labels;
use super::preset_name::{NameFields, PRESET_NAME_ID, PresetName};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::state::{Change, Form, PresetDialog};
use crate::ui::{
    Button, Dialog, ExpandableSection, Flash, Kind, Markup, MarkupFn, Variant, checkbox, el, live,
};
use crate::watch::watch;
use formsmith_api::draft::{Content, NodeId};
use formsmith_api::file::FileRef;
use formsmith_api::placeholder;
use formsmith_api::preset::{NotMade, Preset};
use formsmith_words as words;
use leptos::prelude::*;

/// So many values can be chosen to be asked for; of others, `{{name}}` in the field does the same.
const MOST_VALUES: usize = 100;

/// The name of a placeholder as one is told how to write them.
const EXAMPLE: &str = "name";

/// So many characters of a value are shown.
const ENOUGH: usize = 60;

lazy! { in presets: pub fn save_dialog(form: Form) -> Markup = dialog(form); }

#[derive(Clone, Copy)]
struct Saving {
    form: Form,
    name: PresetName,
    /// What is asked for when the preset is opened.
    asked: RwSignal<Vec<NodeId>>,
    /// The preset that would take the place of another.
    taken: RwSignal<Option<Preset>>,
    failed: RwSignal<Option<String>>,
}

impl Saving {
    fn begin(self) {
        self.name.set(self.form.preset_label());
        self.asked.set(Vec::new());
        self.taken.set(None);
        self.failed.set(None);
    }

    fn save(self) {
        self.failed.set(None);
        let Some(label) = self.name.check() else {
            return;
        };
        if untrack(move || self.form.json_mistake()).is_some() {
            return self.fail(words::json_has_error().into());
        }
        let asked = self.asked.get_untracked();
        match self.form.as_preset(label, &asked) {
            Ok(preset) => self.keep(preset, false),
            Err(NotMade::Ambiguous(name)) => {
                self.fail(words::preset_ambiguous(&placeholder::of(&name)));
            }
            Err(NotMade::TooLarge) => self.fail(words::preset_too_large().into()),
        }
    }

    fn keep(self, preset: Preset, replaces: bool) {
        self.taken.set(None);
        task::spawn(async move {
            match self.form.save_preset(&preset, replaces).await {
                Ok(Change::Taken) => {
                    self.form
                        .console
                        .announce(words::preset_taken(&preset.path()));
                    self.taken.try_set(Some(preset));
                }
                Ok(_) => {}
                Err(why) => self.fail(why),
            }
        });
    }

    fn fail(self, why: String) {
        self.form.console.announce(why.as_str());
        self.failed.try_set(Some(why));
    }

    fn problems(self) -> Markup {
        let failed = live(move || {
            let title = self.failed.get()?;
            Some(view! { <Flash kind=Kind::Error title /> })
        });
        let taken = live(move || {
            let preset = self.taken.get()?;
            let title = words::preset_taken(&preset.path());
            let replace = move |()| self.keep(preset.clone(), true);
            let action = view! {
                <Button on_click=replace>{words::preset_replace()}</Button>
            };
            Some(view! {
                <Flash kind=Kind::Warning title action=Markup::from(action)>
                    {words::preset_taken_detail()}
                </Flash>
            })
        });
        (failed, taken).into()
    }

    /// A box for each value that can be asked for.
    fn values(self) -> Option<Markup> {
        let mut nodes = values(self.form);
        if nodes.is_empty() {
            return None;
        }
        let more = nodes.len().saturating_sub(MOST_VALUES);
        nodes.truncate(MOST_VALUES);
        let asked = self.asked;
        let boxes = nodes.into_iter().map(|node| {
            let place = field_labels::place(self.form, node);
            let text = self.form.peek(|draft| draft.text(node).to_owned());
            let text: String = text.chars().take(ENOUGH).collect();
            let label = words::summary_entry(&place, &text);
            let (check, _) = checkbox(label.clone(), move |is_checked| {
                asked.update(|asked| match is_checked {
                    true => asked.push(node),
                    false => asked.retain(|it| *it != node),
                });
            });
            let text = el("span").attr("aria-hidden", "true").child(label);
            el("li").child(check.class("check choice").child(text))
        });
        let list = el("ul").class("choices").attr("role", "list");
        let list = list.child(boxes.collect::<Vec<_>>());
        let more = (more > 0)
            .then(|| el("p").child(words::preset_more_values(more, &placeholder::of(EXAMPLE))));
        let content: Markup = (list, more).into();
        Some(
            view! {
                <ExpandableSection
                    summary=words::preset_ask_for()
                    caption=words::preset_ask_for_hint()
                >
                    {content}
                </ExpandableSection>
            }
            .into(),
        )
    }
}

/// The texts of a form that could be asked for: not those that are asked for anyway.
fn values(form: Form) -> Vec<NodeId> {
    form.peek(|draft| {
        let tokens = draft.tokens(form.model);
        let is_value = |id: &NodeId| match draft.content(*id) {
            Content::Text(text) => {
                !text.is_empty()
                    && placeholder::name(text).is_none()
                    && FileRef::parse(text).is_none()
                    && !tokens.contains(id)
                    && !draft.is_secret(form.model, *id)
            }
            _ => false,
        };
        let mut nodes = draft.in_order();
        nodes.retain(is_value);
        nodes
    })
}

fn dialog(form: Form) -> Markup {
    // Who writes elsewhere by now is not torn away from there.
    if focus::is_within("input, textarea, select") {
        form.close_preset_dialog();
    }
    let saving = Saving {
        form,
        name: PresetName::new(),
        asked: RwSignal::new(Vec::new()),
        taken: RwSignal::new(None),
        failed: RwSignal::new(None),
    };
    watch(move || {
        // The question was about another.
        saving.name.track();
        saving.taken.set(None);
    });
    let list = form.console.listed_preset_heads();
    let presets = Signal::derive(move || match list.get() {
        Some(Ok(presets)) => presets,
        _ => Vec::new(),
    });
    let close = move |()| form.close_preset_dialog();
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=close>{words::cancel()}</Button>
            <Button variant=Variant::Primary on_click=move |()| saving.save()>
                {words::save()}
            </Button>
        }
    });
    let content = move || -> Markup {
        untrack(move || saving.begin());
        let has_secret = untrack(move || form.has_secret());
        let secrets = has_secret.then(|| el("p").child(words::preset_secrets()));
        let fields = view! {
            <NameFields of=saving.name presets on_enter=move |()| saving.save() />
        };
        (
            el("p").child(words::preset_hint()),
            fields,
            untrack(move || saving.values()),
            secrets,
            saving.problems(),
        )
            .into()
    };
    view! {
        <Dialog
            open=Signal::derive(move || form.preset_dialog() == Some(PresetDialog::Save))
            on_close=close
            title=words::save_preset()
            close_label=words::close()
            focus=PRESET_NAME_ID
            footer
        >
            {content()}
        </Dialog>
    }
    .into()
}
