//! Presets taken to a file, and from one after the person has seen what it would change.

use super::store::{self, Added};
use super::{Console, not_kept};
use crate::browser::file::{self, Chosen, Unreadable};
use crate::browser::{focus, task};
use formsmith_api::model::{Model, Operation};
use formsmith_api::preset::{
    Compared, Difference, MAX_BYTES, NoPresets, Preset, compare, read, written,
};
use formsmith_words as words;
use leptos::prelude::*;
use std::collections::HashMap;

/// The name of the file that presets are saved to.
const FILE: &str = "formsmith-presets.json";

/// The presets of a file, compared with those that are here.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub file: String,
    pub compared: Vec<Compared>,
    /// So many values looked like secrets and are asked for instead.
    pub secrets: usize,
    /// Those whose operation no model describes here.
    pub unknown: Vec<String>,
}

impl Import {
    /// The paths of what would be new, changed or the same.
    pub fn paths(&self, difference: Difference) -> Vec<String> {
        let all = self.compared.iter();
        let its = all.filter(|it| it.difference() == difference);
        its.map(|it| it.preset.path()).collect()
    }
}

impl Console {
    /// Hands presets to the browser to save.
    pub fn export_presets(self, presets: &[Preset]) {
        // What was kept before its model was known may look like a secret.
        let presets = presets.iter().cloned();
        let presets: Vec<Preset> = presets.map(|it| it.without_secrets(None).0).collect();
        let count = presets.len();
        self.tell(
            match file::save(FILE, &written(&presets), "application/json") {
                true => Ok(words::presets_exported(count)),
                false => Err(words::file_not_saved().into()),
            },
        );
    }

    /// Reads a file and shows what it would change. Nothing is written yet.
    pub fn read_presets(self, file: Chosen) {
        self.announce(words::importing());
        task::spawn(async move {
            match self.compared(&file).await {
                Ok(import) => {
                    self.announce("");
                    self.presets().import.set(Some(import));
                }
                Err(why) => {
                    let name = file.name();
                    self.tell(Err(words::spoken(&words::presets_not_read(&name), &why)));
                }
            }
        });
    }

    async fn compared(self, file: &Chosen) -> Result<Import, String> {
        let bytes = file
            .unpacked(2 * MAX_BYTES)
            .await
            .map_err(|why| match why {
                Unreadable::TooLarge => words::presets_file_too_large(),
                _ => words::presets_file_gone(),
            })?;
        let found = read(&bytes).map_err(|why: NoPresets| words::no_presets(&why))?;
        let (mut presets, mut secrets, mut unknown) = (Vec::new(), 0, Vec::new());
        let mut known = HashMap::new();
        for preset in found {
            let of = (preset.service.clone(), preset.operation.clone());
            let model = match known.get(&of) {
                Some(model) => *model,
                None => {
                    let model = self.operation_of(&preset).await;
                    known.insert(of, model);
                    model
                }
            };
            if model.is_none() {
                unknown.push(preset.path());
            }
            let (preset, count) = preset.without_secrets(model);
            secrets += count;
            presets.push(preset);
        }
        let there = store::all().await;
        let there = there.map_err(|trouble| not_kept(trouble.into()))?;
        Ok(Import {
            file: file.name(),
            compared: compare(presets, &there),
            secrets,
            unknown,
        })
    }

    /// The operation of a preset, and its model, if there is one here.
    pub async fn operation_of(
        self,
        preset: &Preset,
    ) -> Option<(&'static Model, &'static Operation)> {
        let model = self
            .model_beside(&preset.service, &preset.operation)
            .await?;
        let service = model.service(&preset.service)?;
        Some((model, service.operation(&preset.operation)?))
    }

    pub fn preset_import(self) -> Option<Import> {
        self.presets().import.get()
    }

    pub fn close_preset_import(self) {
        self.presets().import.set(None);
    }

    /// Writes what is new, and what has changed if that is wanted.
    pub fn import_presets(self, import: Import, replaces: bool) {
        self.close_preset_import();
        focus::soon_on_heading();
        task::spawn(async move {
            let mut compared = import.compared;
            compared.retain(|it| match it.difference() {
                Difference::New => true,
                Difference::Changed => replaces,
                Difference::Same => false,
            });
            let done = store::add_all(&compared).await;
            self.presets().changed();
            match done {
                Ok(Added {
                    written,
                    changed_since,
                }) => {
                    let said = words::presets_imported(written, changed_since);
                    self.tell_import(said, changed_since == 0);
                }
                Err(why) => self.tell(Err(not_kept(why).into())),
            }
        });
    }
}
