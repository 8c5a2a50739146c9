//! Presets: what they may be called, and what is wrong with a file of them.

use crate::problems::quoted;
use crate::{grouped, sentences, texts};
use formsmith_api::preset::{BadName, Mistake, NoPresets, Why};

/// What is wrong with the name of a preset or folder.
#[must_use]
pub fn bad_preset_name(why: BadName) -> &'static str {
    match why {
        BadName::Empty => texts::name_empty(),
        BadName::TooLong => texts::name_too_long(),
        BadName::Slash => texts::name_slash(),
        BadName::Invisible => texts::name_invisible(),
        BadName::Space => texts::name_space(),
        BadName::TooDeep => texts::folder_too_deep(),
    }
}

/// Why a file is not taken, the first mistakes in it with their places.
#[must_use]
pub fn no_presets(why: &NoPresets) -> String {
    match why {
        NoPresets::NotJson(at) if at.is_cut_off => texts::presets_cut_off().into(),
        NoPresets::TooDeep(at) => {
            texts::presets_too_deep(&at.line.to_string(), &at.column.to_string())
        }
        NoPresets::NotJson(at) => {
            texts::presets_not_json(&at.line.to_string(), &at.column.to_string())
        }
        NoPresets::OtherFile => texts::presets_other_file().into(),
        NoPresets::Version(version) => texts::presets_version(&quoted(version)),
        NoPresets::TooMany => texts::presets_too_many().into(),
        NoPresets::Mistakes { first, count } => {
            let told: Vec<String> = first.iter().take(ENOUGH).map(mistake).collect();
            let more = count - told.len();
            let more = match more {
                0 => String::new(),
                more => texts::more_mistakes(more),
            };
            let told: Vec<&str> = told.iter().map(String::as_str).chain([&*more]).collect();
            sentences(&told)
        }
    }
}

/// So many mistakes are told.
const ENOUGH: usize = 5;

fn mistake(mistake: &Mistake) -> String {
    let why = match &mistake.why {
        Why::Missing => texts::preset_member_missing().into(),
        Why::NotText => texts::preset_member_no_text().into(),
        Why::NotObject => texts::preset_member_no_object().into(),
        Why::NotList => texts::preset_member_no_list().into(),
        Why::Name(why) => bad_preset_name(*why).into(),
        Why::NoApiName => texts::preset_member_no_name().into(),
        Why::NoPlaceholder => texts::preset_member_no_placeholder().into(),
        Why::TooLong { max } => texts::preset_member_too_long(&grouped(*max)),
        Why::UnknownMember => texts::preset_member_unknown().into(),
        Why::Twice => texts::preset_member_twice().into(),
        Why::NotInInput => texts::preset_member_not_in_input().into(),
    };
    texts::at_place(&mistake.at, &why)
}

/// How many presets of a file were written, and how many had changed since they were compared.
#[must_use]
pub fn presets_imported(written: usize, changed_since: usize) -> String {
    let written = texts::presets_written(written);
    match changed_since {
        0 => written,
        count => sentences(&[&written, &texts::presets_changed_since(count)]),
    }
}

/// What is left after a form's placeholders were filled in.
#[must_use]
pub fn placeholders_left(count: usize) -> String {
    match count {
        0 => texts::placeholders_none_left().into(),
        count => texts::placeholders_remain(count),
    }
}
