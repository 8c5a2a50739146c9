//! What a preset is called: its name, folder and description, as a person writes them.

use crate::browser::focus;
use crate::ui::{FieldControl, FieldShell, Markup, TextInput, el, live};
use formsmith_api::preset::{BadName, Label, MAX_DESCRIPTION, Preset, check_folder, check_name};
use formsmith_words as words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The field that the focus goes to when a dialog with these opens.
pub const PRESET_NAME_ID: &str = "preset-name";
const FOLDER_ID: &str = "preset-folder";
const FOLDERS_ID: &str = "preset-folders";
const DESCRIPTION_ID: &str = "preset-description";

/// The texts of the three fields, and what is wrong with them.
#[derive(Clone, Copy)]
pub struct PresetName {
    name: Written,
    folder: Written,
    description: Written,
}

#[derive(Clone, Copy)]
struct Written {
    text: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Written {
    fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            error: RwSignal::new(None),
        }
    }

    fn set(self, text: String) {
        self.text.set(text);
        self.error.set(None);
    }
}

impl PresetName {
    pub fn new() -> Self {
        Self {
            name: Written::new(),
            folder: Written::new(),
            description: Written::new(),
        }
    }

    pub fn set(self, label: Label) {
        self.name.set(label.name);
        self.folder.set(label.folder);
        self.description.set(label.description);
    }

    /// Follows what says which preset it is.
    pub fn track(self) {
        self.name.text.track();
        self.folder.text.track();
    }

    /// Says at the name why it can't be this one.
    pub fn refuse(self, why: String) {
        self.name.error.set(Some(why));
        focus::soon(PRESET_NAME_ID);
    }

    /// What is written, if nothing is wrong with it; otherwise the focus goes where something is.
    pub fn check(self) -> Option<Label> {
        let folder = self.folder.text.get_untracked();
        let folders = folder.split('/').map(str::trim);
        let folders: Vec<&str> = folders.filter(|it| !it.is_empty()).collect();
        let label = Label {
            name: self.name.text.get_untracked().trim().to_owned(),
            folder: folders.join("/"),
            description: self.description.text.get_untracked().trim().to_owned(),
        };
        let told = |checked: Result<(), BadName>| checked.err().map(words::bad_preset_name);
        let too_long = label.description.chars().count() > MAX_DESCRIPTION;
        let long = words::preset_description_too_long(MAX_DESCRIPTION);
        let errors = [
            (PRESET_NAME_ID, self.name, told(check_name(&label.name))),
            (FOLDER_ID, self.folder, told(check_folder(&label.folder))),
            (
                DESCRIPTION_ID,
                self.description,
                too_long.then_some(long.as_str()),
            ),
        ];
        let wrong = errors.iter().find(|(_, _, error)| error.is_some());
        let wrong = wrong.map(|(id, ..)| *id);
        for (_, written, error) in errors {
            written.error.set(error.map(str::to_owned));
        }
        match wrong {
            Some(id) => {
                focus::soon(id);
                None
            }
            None => Some(label),
        }
    }
}

/// The fields; Enter in one of them is the button's press.
#[component]
pub fn NameFields(
    of: PresetName,
    /// All presets, whose folders are offered.
    #[prop(into)]
    presets: Signal<Vec<Preset>>,
    #[prop(into)] on_enter: Callback<()>,
) -> Markup {
    let folders = live(move || {
        let folders: BTreeSet<String> =
            presets.with(|all| all.iter().map(|it| it.folder.clone()).collect());
        let named = folders.into_iter().filter(|folder| !folder.is_empty());
        let option = |folder: String| el("option").attr("value", &folder);
        named.map(option).collect::<Vec<_>>()
    });
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            on_enter.run(());
        }
    };
    let name = field(PRESET_NAME_ID, words::name(), "", "", of.name, "");
    let folder = field(
        FOLDER_ID,
        words::preset_folder(),
        words::optional(),
        words::preset_folder_hint(),
        of.folder,
        FOLDERS_ID,
    );
    let description = field(
        DESCRIPTION_ID,
        words::preset_description(),
        words::optional(),
        "",
        of.description,
        "",
    );
    el("div")
        .class("stack")
        .on("keydown", enter)
        .child((name, folder, description))
        .child(el("datalist").attr("id", FOLDERS_ID).child(folders))
        .into()
}

fn field(
    id: &'static str,
    label: &'static str,
    suffix: &'static str,
    hint: &'static str,
    written: Written,
    list: &'static str,
) -> Markup {
    let on_input = Callback::new(move |text| written.set(text));
    let (value, error) = (written.text.into(), written.error.into());
    let control = FieldControl::new(move |aria| match list {
        "" => view! { <TextInput aria value on_input /> },
        list => view! { <TextInput aria value on_input list /> },
    });
    view! { <FieldShell id label suffix hint error control /> }.into()
}
