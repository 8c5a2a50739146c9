//! What presets and folders may be called.

/// The longest name of a preset or folder, in characters.
const MAX_NAME: usize = 100;
/// So many folders stand within each other.
const MAX_DEPTH: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadName {
    Empty,
    TooLong,
    /// A `/`, which stands between folders.
    Slash,
    /// A character that can't be seen, or changes how others are read.
    Invisible,
    /// A space at the beginning or the end.
    Space,
    /// More folders within each other than there may be.
    TooDeep,
}

pub fn check_name(name: &str) -> Result<(), BadName> {
    let turns = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFF}');
    match name {
        "" => Err(BadName::Empty),
        _ if name.contains('/') => Err(BadName::Slash),
        _ if name.trim() != name => Err(BadName::Space),
        _ if name.contains(|c: char| c.is_control() || turns(c)) => Err(BadName::Invisible),
        _ if name.chars().count() > MAX_NAME => Err(BadName::TooLong),
        _ => Ok(()),
    }
}

/// Checks the path of a folder, which is empty for none.
pub fn check_folder(folder: &str) -> Result<(), BadName> {
    if folder.is_empty() {
        return Ok(());
    }
    if folder.split('/').count() > MAX_DEPTH {
        return Err(BadName::TooDeep);
    }
    folder.split('/').try_for_each(check_name)
}
