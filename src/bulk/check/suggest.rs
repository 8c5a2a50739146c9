//! What a cell was meant to be.

use formsmith_api::model::{Place, ShapeKind};
use formsmith_api::validate;

/// Account IDs have so many digits; spreadsheets drop zeros before them.
const ACCOUNT: usize = 12;

/// A text that passes in the place of a cell, or of an item of one that has several.
pub fn suggestion(place: Place<'_>, cell: &str, item: Option<usize>) -> Option<String> {
    let Some(at) = item else {
        return of_text(place, cell);
    };
    let mut items: Vec<String> = cell.split(';').map(|it| it.trim().to_owned()).collect();
    items.retain(|it| !it.is_empty());
    let better = of_text(place, items.get(at)?)?;
    *items.get_mut(at)? = better;
    Some(items.join("; "))
}

fn of_text(place: Place<'_>, text: &str) -> Option<String> {
    let candidates = [
        Some(bare(text).to_owned()),
        of_enum(place, bare(text)),
        of_boolean(place, bare(text)),
        of_number(place, bare(text)),
        digits(bare(text)),
        with_zeros(&digits(bare(text)).unwrap_or_else(|| bare(text).to_owned())),
        Some(bare(text).replace(' ', "-")),
    ];
    let mut candidates = candidates.into_iter().flatten();
    candidates.find(|it| it != text && passes(place, it))
}

fn passes(place: Place<'_>, text: &str) -> bool {
    let mut violations = validate::text(place, text).into_iter();
    !text.is_empty() && violations.all(|it| it.is_warning())
}

pub fn trimmed(place: Place<'_>, text: &str) -> Option<String> {
    let text = bare(text);
    passes(place, text).then(|| text.to_owned())
}

/// Without white space around, and without the apostrophe that keeps spreadsheets from reading
/// numbers.
fn bare(text: &str) -> &str {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}');
    let text = text.trim_matches(is_space);
    match text.strip_prefix('\'') {
        Some(rest) if !rest.contains('\'') => rest,
        _ => text,
    }
}

/// The value that differs only in the size of letters.
fn of_enum(place: Place<'_>, text: &str) -> Option<String> {
    let values = place.shape.enum_members().iter().map(|it| it.enum_value());
    let known = place.known_values().iter().map(|(value, _)| value.as_str());
    let mut same = values
        .chain(known)
        .filter(|it| it.eq_ignore_ascii_case(text));
    same.next().map(str::to_owned)
}

fn of_boolean(place: Place<'_>, text: &str) -> Option<String> {
    if !matches!(place.shape.kind, ShapeKind::Boolean) {
        return None;
    }
    let is = |words: [&str; 3]| words.iter().any(|it| it.eq_ignore_ascii_case(text));
    match () {
        () if is(["true", "yes", "1"]) => Some("true".into()),
        () if is(["false", "no", "0"]) => Some("false".into()),
        () => None,
    }
}

/// A decimal comma as a point, where it can't part thousands.
fn of_number(place: Place<'_>, text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',')?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let is_clear = decimals.len() != 3 || whole.trim_start_matches('-') == "0";
    let is_number = is_digits(whole.trim_start_matches('-')) && is_digits(decimals);
    (place.shape.kind.is_number() && is_number && is_clear).then(|| format!("{whole}.{decimals}"))
}

/// `123.0` as `123`.
fn digits(text: &str) -> Option<String> {
    let (whole, zeros) = text.split_once('.')?;
    let is_whole = !whole.is_empty() && whole.bytes().all(|it| it.is_ascii_digit());
    (is_whole && !zeros.is_empty() && zeros.bytes().all(|it| it == b'0')).then(|| whole.to_owned())
}

/// An account ID that has lost zeros before it.
fn with_zeros(text: &str) -> Option<String> {
    let is_short = (8..ACCOUNT).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    is_short.then(|| format!("{text:0>ACCOUNT$}"))
}

/// Digits in the notation that spreadsheets fall into: `2.10988E+11`.
pub fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.trim().split_once(['E', 'e']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    let power = power.strip_prefix('+').filter(|it| is_digits(it));
    whole.len() == 1 && is_digits(whole) && is_digits(decimals) && power.is_some()
}
