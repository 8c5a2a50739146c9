//! Patterns as both languages mean them: Smithy's are searches, botocore's are of the whole value.

use formsmith_api::model::Length;

/// A pattern that has to match the whole value as botocore writes it, without anchors; and the
/// length that its newer models have folded into it, `(?s).{1,255}` or `(?=.{1,255}$)rest`.
pub fn whole(source: &str) -> (Option<String>, Option<Length>) {
    let whole = source.strip_prefix("^(?:");
    let inner = match whole.and_then(|it| it.strip_suffix(")$")) {
        Some(whole) => whole,
        // Anchors belong to the alternatives that they stand in.
        None if has_alternatives(source) => source,
        None => {
            let begun = source.strip_prefix('^').unwrap_or(source);
            match begun
                .strip_suffix('$')
                .filter(|_| begun.len() < source.len())
            {
                Some(inner) => inner,
                None => return (Some(format!("anywhere {source}")), None),
            }
        }
    };
    let inner = match has_alternatives(inner) {
        true => inner,
        false => inner.trim_start_matches('^').trim_end_matches('$'),
    };
    let bounds = |text: &str| {
        let (min, max) = text.split_once(',')?;
        let number = |text: &str| text.parse().ok();
        Some(Length {
            min: number(min),
            max: number(max),
        })
    };
    let all = inner
        .strip_prefix("(?s).{")
        .and_then(|it| it.strip_suffix('}'));
    if let Some(length) = all.and_then(bounds) {
        return (None, Some(length));
    }
    let ahead = inner
        .strip_prefix("(?=.{")
        .and_then(|it| it.split_once("}$)"));
    if let Some((length, rest)) = ahead
        && let Some(length) = bounds(length)
    {
        return (Some(rest.to_owned()), Some(length));
    }
    (Some(inner.to_owned()), None)
}

/// Outside of all groups and classes.
fn has_alternatives(source: &str) -> bool {
    let (mut groups, mut is_class) = (0, false);
    let mut characters = source.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '[' => is_class = true,
            ']' => is_class = false,
            '(' if !is_class => groups += 1,
            ')' if !is_class => groups -= 1,
            '|' if !is_class && groups == 0 => return true,
            _ => {}
        }
    }
    false
}
