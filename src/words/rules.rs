//! What differs from language to language, is no text, and is asked for where no browser is: by the
//! build, too.

/// The rules of one language.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The categories of CLDR that its plural forms go by, in the order of the forms.
    pub categories: &'static [&'static str],
    /// Does a title begin with a small letter within a sentence?
    pub lowers_titles: bool,
}

pub const ENGLISH: Rules = Rules {
    categories: &["one", "other"],
    lowers_titles: true,
};

/// The rules of the language that a tag (`en`, `pt-BR`) names; none if nobody has written them.
pub fn rules(tag: &str) -> Option<Rules> {
    match tag.split('-').next()? {
        "en" => Some(ENGLISH),
        "de" => Some(Rules {
            lowers_titles: false,
            ..ENGLISH
        }),
        "ja" | "zh" => Some(Rules {
            categories: &["other"],
            lowers_titles: false,
        }),
        _ => None,
    }
}
