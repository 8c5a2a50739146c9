//! What a file would change.

use super::Preset;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    New,
    /// Another of this folder and name is there.
    Changed,
    Same,
}

/// A preset of a file, and what is there under its folder and name.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub preset: Preset,
    pub before: Option<Preset>,
}

impl Compared {
    pub fn difference(&self) -> Difference {
        match &self.before {
            None => Difference::New,
            Some(before) if *before == self.preset => Difference::Same,
            Some(_) => Difference::Changed,
        }
    }
}

/// Compares the presets of a file with those that are there, in the order of the file.
pub fn compare(arriving: Vec<Preset>, there: &[Preset]) -> Vec<Compared> {
    let compared = arriving.into_iter().map(|preset| {
        let is_its = |it: &&Preset| it.folder == preset.folder && it.name == preset.name;
        Compared {
            before: there.iter().find(is_its).cloned(),
            preset,
        }
    });
    compared.collect()
}
