//! The characters that stand in HTML as `&lt;` or `&#60;`.

/// The longest name of one that is known, with its number sign.
const LONGEST: usize = 8;

/// The text that HTML without tags stands for; what is no entity stays as it is.
pub fn decoded(html: &str) -> impl Iterator<Item = char> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let entity = (first == '&').then(|| entity(rest)).flatten();
        let (c, length) = entity.unwrap_or((first, first.len_utf8()));
        rest = rest.get(length..).unwrap_or_default();
        Some(c)
    })
}

/// The character at the beginning of a text, and how many bytes it takes there.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text
        .bytes()
        .take(LONGEST + 2)
        .position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            match number {
                // A dash, as Windows numbered it.
                150 => '–',
                // Line and paragraph separators.
                0x2028 | 0x2029 => ' ',
                number => char::from_u32(number)?,
            }
        }
    };
    Some((c, end + 1))
}
