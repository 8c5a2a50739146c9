//! What differs from language to language and is no text. The build reads it too.

/// The rules of one language.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The categories of CLDR that its plural forms go by, in the order of the forms.
    pub categories: &'static [&'static str],
    /// Which of them a count is in.
    pub category: fn(count: usize) -> usize,
    /// What stands between groups of three digits.
    pub group: char,
    /// Does a title begin with a small letter within a sentence?
    pub lowers_titles: bool,
}

pub const ENGLISH: Rules = Rules {
    categories: &["one", "other"],
    category: |count| usize::from(count != 1),
    group: ',',
    lowers_titles: true,
};

/// The rules of the language that a tag (`en`, `pt-BR`) names; none if nobody has written them.
pub fn rules(tag: &str) -> Option<Rules> {
    match tag.split('-').next()? {
        "en" => Some(ENGLISH),
        _ => None,
    }
}
