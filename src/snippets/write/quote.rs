//! Texts between the quotes of other languages.

/// The most bytes one word of a command may have: Linux takes 128 KiB.
pub const LONGEST_WORD: usize = 100_000;

/// A word of a POSIX shell that stands for exactly this text, which has no NUL.
pub fn shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    // Between single quotes a shell changes nothing, not even an exclamation mark.
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Does a terminal act upon this character, or draw the text around it in another order? Such
/// a text is not what it looks like, and pasting it may do more than write it.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// JSON text in which some characters are escaped. It stands for the same value: characters that
/// JSON itself is not made of are found only inside its strings.
pub fn json(value: &serde_json::Value, is_escaped: fn(char) -> bool) -> String {
    let text = formsmith_api::json::compact(value);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_escaped(c) {
            true => {
                let units = c.encode_utf16(&mut [0; 2]).to_vec();
                out.extend(units.into_iter().map(|unit| four_digits(unit.into())));
            }
            false => out.push(c),
        }
    }
    out
}

/// A text in double quotes. `escape` writes a hidden character that has no escape of one letter.
pub fn double(text: &str, escape: impl Fn(u32) -> String) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(c) => out.push_str(&escape(c as u32)),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `\u001b`, as Python and JavaScript have it. Hidden characters have at most four digits.
pub fn four_digits(code: u32) -> String {
    format!("\\u{code:04x}")
}
