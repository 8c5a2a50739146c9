//! Paths and queries.

use crate::protocol::{NotSendable, not_sendable};

/// Everything but RFC 3986's unreserved characters in percent signs; with `is_greedy` a slash
/// stays a slash.
pub fn encode(text: &str, is_greedy: bool, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if is_plain || is_greedy && byte == b'/' {
            out.push(byte.into());
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)].into());
            out.push(HEX[usize::from(byte & 15)].into());
        }
    }
}

/// Fills the labels of a template such as `/{Bucket}/{Key+}?list`.
pub fn path(template: &str, labels: &[(&str, String)]) -> Result<String, NotSendable> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        let name = label.trim_end_matches('+');
        let value = labels.iter().find(|(own, _)| *own == name);
        let value = value.filter(|(_, value)| !value.is_empty());
        let (_, value) = value.ok_or_else(|| not_sendable("the path needs", name))?;
        path.push_str(before);
        encode(value, label.ends_with('+'), &mut path);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

/// The parameters of a query, in their order.
#[derive(Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn add(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// Writes them behind a path, which may have a query itself.
    pub fn write(&self, path: &mut String) {
        for (name, value) in &self.0 {
            path.push(if path.contains('?') { '&' } else { '?' });
            encode(name, false, path);
            path.push('=');
            encode(value, false, path);
        }
    }
}
