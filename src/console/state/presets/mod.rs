//! Presets: kept in this browser, listed, changed, and taken to and from files.
//!
//! All of it is in the part `presets`.

mod file;
mod form;
mod store;

pub use file::Import;
pub(super) use form::FormPresets;
pub use form::PresetDialog;
pub(super) use store::KEY;
pub use store::{Change, NotKept};

use super::{Console, Route};
use crate::browser::database::Trouble;
use crate::browser::{focus, page, task};
use crate::watch::{listen, watch};
use formsmith_api::preset::{Label, Preset, read_stored, read_stored_head};
use formsmith_words as words;
use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, Event};

thread_local! {
    /// Not in [`Console`], which exists before this part has come.
    static PRESETS: Cell<Option<Presets>> = const { Cell::new(None) };
}

/// What this page knows of presets besides what is stored.
#[derive(Clone, Copy)]
struct Presets {
    /// Counts changes, of this page and of others.
    changes: RwSignal<u32>,
    others: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// What was deleted last.
    deleted: RwSignal<Option<Preset>>,
    /// The file whose presets wait for the person's word.
    import: RwSignal<Option<Import>>,
}

/// All presets, by folder and name; nothing until they are known.
pub type PresetList = ReadSignal<Option<Result<Vec<Preset>, Trouble>>>;

impl Presets {
    fn new() -> Self {
        let changes = RwSignal::new(0);
        // Without one the lists of other pages are as they were when they were opened.
        let others = BroadcastChannel::new("formsmith.presets").ok();
        if let Some(others) = &others {
            listen(others, "message", move |_: Event| {
                changes.update(|count| *count += 1);
            });
        }
        Self {
            changes,
            others: StoredValue::new_local(others),
            deleted: RwSignal::new(None),
            import: RwSignal::new(None),
        }
    }

    fn changed(self) {
        self.changes.update(|count| *count += 1);
        self.others.with_value(|others| {
            if let Some(others) = others {
                let _ = others.post_message(&JsValue::NULL);
            }
        });
    }
}

/// Why nothing is kept, in words.
pub fn not_kept(why: NotKept) -> &'static str {
    match why {
        NotKept::TooMany => words::presets_full(),
        NotKept::TooLarge => words::preset_too_large(),
        NotKept::Unreadable => words::preset_unreadable(),
        NotKept::Trouble(Trouble::Full) => words::presets_no_room(),
        NotKept::Trouble(Trouble::Forbidden) => words::presets_forbidden(),
        NotKept::Trouble(Trouble::Failed) => words::presets_not_working(),
    }
}

/// Presets for who only looks for one: without their inputs.
pub async fn all_presets() -> Vec<Preset> {
    store::all_heads().await.unwrap_or_default()
}

impl Route {
    /// The address that fills the form of a preset with it.
    pub fn of_preset(preset: &Preset) -> String {
        let form = Self::of_operation(&preset.service, &preset.operation);
        format!("{form}?preset={}", page::encoded(&preset.path()))
    }
}

impl Console {
    fn presets(self) -> Presets {
        PRESETS.with(Cell::get).unwrap_or_else(|| {
            let presets = self.permanent(Presets::new);
            PRESETS.with(|cell| cell.set(Some(presets)));
            presets
        })
    }

    /// Always as they are.
    pub fn listed_presets(self) -> PresetList {
        self.list_presets(read_stored)
    }

    /// The same without inputs and placeholders.
    pub fn listed_preset_heads(self) -> PresetList {
        self.list_presets(read_stored_head)
    }

    fn list_presets(self, read: store::Read) -> PresetList {
        let list = RwSignal::new(None);
        watch(move || {
            self.presets().changes.track();
            task::spawn(async move {
                let presets = Some(store::read_all(read).await);
                // What has not changed is not drawn anew. The page may be gone.
                if list.try_with_untracked(|known| *known != presets) == Some(true) {
                    list.try_set(presets);
                }
            });
        });
        list.read_only()
    }

    /// Writes a preset under another folder, name or description.
    pub async fn change_preset(self, path: &str, label: Label) -> Result<Change, NotKept> {
        let done = store::change(path, label).await?;
        self.presets().changed();
        Ok(done)
    }

    /// Adds a preset, or puts it in the place of the one with its folder and name.
    pub async fn keep_preset(self, preset: &Preset, replaces: bool) -> Result<Change, NotKept> {
        let done = store::keep(preset, replaces).await?;
        self.presets().changed();
        Ok(done)
    }

    /// It can be brought back with [`Console::restore_preset`].
    pub fn delete_preset(self, path: String) {
        task::spawn(async move {
            match store::delete(&path).await {
                Ok(deleted) => {
                    // A second press finds nothing to delete, and takes no Undo away.
                    if let Some(preset) = deleted {
                        self.presets().deleted.set(Some(preset));
                        self.announce(words::preset_deleted(&path));
                    }
                    self.presets().changed();
                    // The button goes with its row.
                    focus::soon_on_heading();
                }
                Err(trouble) => self.tell(Err(not_kept(trouble.into()).into())),
            }
        });
    }

    pub fn deleted_preset(self) -> Option<Preset> {
        self.presets().deleted.get()
    }

    pub fn forget_deleted_preset(self) {
        self.presets().deleted.set(None);
        focus::soon_on_heading();
    }

    pub fn restore_preset(self) {
        let deleted = self.presets().deleted;
        let Some(preset) = deleted.get_untracked() else {
            return;
        };
        task::spawn(async move {
            let done = store::keep(&preset, false).await;
            self.presets().changed();
            focus::soon_on_heading();
            match done {
                Ok(Change::Taken) => self.tell(Err(words::preset_taken(&preset.path()))),
                Ok(_) => {
                    deleted.set(None);
                    self.tell(Ok(words::preset_restored(&preset.path())));
                }
                Err(why) => self.tell(Err(not_kept(why).into())),
            }
        });
    }
}
