//! Unicode properties, `\p{…}`.

use super::class::Class;

/// The characters that have a property, and whether that is known only of those below [`END`].
/// `None` for a property that isn't known.
#[cfg(feature = "unicode")]
pub fn named(name: &str) -> Option<(Class, bool)> {
    use regex_syntax::ast::ClassAsciiKind;
    use regex_syntax::hir::{Class as HirClass, HirKind};
    // In Java these names mean ASCII, as those of POSIX do.
    let posix = name.to_ascii_lowercase();
    let parsed = match ClassAsciiKind::from_name(&posix) {
        Some(_) => regex_syntax::parse(&format!("[[:{posix}:]]")),
        None => regex_syntax::parse(&format!(r"\p{{{name}}}")),
    };
    match parsed.ok()?.into_kind() {
        HirKind::Class(HirClass::Unicode(class)) => {
            let ranges = class.iter().map(|it| (it.start(), it.end()));
            Some((Class::new(&ranges.collect::<Vec<_>>()), false))
        }
        _ => None,
    }
}

/// The same without tables: what the standard library knows is enough for general categories of
/// Latin letters, signs and controls.
#[cfg(not(feature = "unicode"))]
pub fn named(name: &str) -> Option<(Class, bool)> {
    latin(name).map(|class| (class, true))
}

/// The first character of which a class without tables says nothing.
pub const END: char = '\u{300}';

#[cfg(any(test, not(feature = "unicode")))]
fn latin(name: &str) -> Option<Class> {
    // The first and the last character of each range. Most of what follows are letters, and a
    // message says so.
    let ends = match name {
        "C" => "\0\x1F\x7F\u{9F}\u{AD}\u{AD}",
        "L" => "AZazªªµµººÀÖØöøˁˆˑˠˤˬˬˮˮ\u{300}\u{10FFFF}",
        "M" => "",
        "N" => "09²³¹¹¼¾",
        "P" => "!#%*,/:;?@[]__{{}}¡¡§§««¶·»»¿¿",
        "S" => "$$++<>^^``||~~¢¦¨©¬¬®±´´¸¸××÷÷˂˅˒˟˥˫˭˭˯˿",
        "Z" | "Zs" => "  \u{A0}\u{A0}",
        _ => return None,
    };
    let mut ranges = Vec::new();
    let mut ends = ends.chars();
    while let (Some(low), Some(high)) = (ends.next(), ends.next()) {
        ranges.push((low, high));
    }
    Some(Class::new(&ranges))
}

#[cfg(all(test, feature = "unicode"))]
mod tests {
    use super::*;

    #[test]
    fn without_tables_the_same_is_known_of_latin() {
        for name in ["C", "L", "M", "N", "P", "S", "Z", "Zs"] {
            let (class, is_partial) = named(name).unwrap_or_default();
            let latin = latin(name).unwrap_or_default();
            assert!(!is_partial && !class.is_empty());
            for c in '\0'..END {
                assert_eq!(latin.contains(c), class.contains(c), "{name} of {c:?}");
            }
        }
    }
}
