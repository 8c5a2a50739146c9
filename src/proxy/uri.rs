//! Which operation of a REST service a request's method, path and query ask for, and what they have
//! in the places of its labels.

use crate::http::{HeaderMap, Method};
use crate::outline::{Operation, Service};
use formsmith_api::curated::PATH_AS_SENT;
use formsmith_api::model::Binding;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::mem;

/// The operation that fits; of several the most specific, and of equally specific ones the one that
/// is `claimed`. None if nothing fits, or it stays open which, or if others may read another path
/// in this one.
pub fn operation<'m>(
    service: &'m Service,
    method: &Method,
    path: &str,
    claimed: Option<&str>,
) -> Option<&'m Operation> {
    let is_as_sent = PATH_AS_SENT.contains(&service.signing_name.as_str());
    if !is_plain(path, is_as_sent) {
        return None;
    }
    let fitting = service.operations().iter().filter_map(|operation| {
        let http = operation.http.as_ref();
        let http = http.filter(|http| http.may_fit(method, path))?;
        Some((specificity(&http.uri, path)?, operation))
    });
    let fitting: Vec<_> = fitting.collect();
    let most = fitting.iter().map(|(specific, _)| *specific).max()?;
    let mut best = (fitting.into_iter()).filter(|(specific, _)| *specific == most);
    match claimed {
        Some(claimed) => best.find(|(_, operation)| *operation.name == *claimed),
        None => best.next().filter(|_| best.next().is_none()),
    }
    .map(|(_, operation)| operation)
    .filter(|operation| !is_as_sent || has_whole_labels(operation, path))
}

/// Does everybody find the same segments in this path? A signature covers most services' paths
/// without `.`, `..` and empty segments, and who routes a request may decode it first: what is one
/// operation here must not be another there.
fn is_plain(path: &str, is_as_sent: bool) -> bool {
    if !has_whole_escapes(path) {
        return false;
    }
    let path = path.split('?').next().unwrap_or_default();
    if !is_as_sent && path.contains("//") {
        return false;
    }
    let mut decoded = Cow::Borrowed(path);
    // Some decode what they pass on, and so more than once.
    for _ in 0..8 {
        let is_control = |c: char| c.is_control();
        if !is_as_sent && decoded.contains(is_control) {
            return false;
        }
        let mut segments = decoded.split(['/', '\\']);
        if segments.any(|segment| segment == "." || segment == "..") {
            return false;
        }
        let again = percent_decode_str(&decoded).decode_utf8_lossy();
        if again == decoded {
            return true;
        }
        decoded = Cow::Owned(again.into_owned());
    }
    false
}

/// Is every `%` followed by two digits?
fn has_whole_escapes(path: &str) -> bool {
    let mut parts = path.split('%').skip(1);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    parts.all(|part| is_digit(part.as_bytes().first()) && is_digit(part.as_bytes().get(1)))
}

/// A service that takes the path as it is sent decodes it before it looks for slashes: a name with
/// one in it would be a name and a key. An ARN has some, and becomes part of the host.
fn has_whole_labels(operation: &Operation, path: &str) -> bool {
    let Some(http) = &operation.http else {
        return false;
    };
    let template = http.uri.split('?').next().unwrap_or_default();
    let mut labels = template.split('/').filter_map(|segment| {
        let (_, label) = segment.split_once('{')?;
        let (label, _) = label.split_once('}')?;
        (!label.ends_with('+')).then_some(label)
    });
    labels.all(|name| {
        let value = label(&http.uri, path, name);
        value.is_some_and(|value| !value.contains('/') || value.starts_with("arn:"))
    })
}

/// What a path has in the place of a label, decoded; none where the template has no such label,
/// or the path doesn't fit it or isn't text.
pub fn label<'p>(template: &str, path: &'p str, name: &str) -> Option<Cow<'p, str>> {
    let template = template.split('?').next().unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = template.split('/').collect();
    let count = path.split('/').count();
    let names = |segment: &str| {
        let label = segment.split_once('{')?.1.split_once('}')?.0;
        Some(label.trim_end_matches('+') == name)
    };
    let at = parts.iter().position(|part| names(part) == Some(true))?;
    // A greedy label takes what the others leave.
    let more = count.checked_sub(parts.len())?;
    let is_behind = parts[..at].iter().any(|part| is_greedy(part));
    let first = at + if is_behind { more } else { 0 };
    let taken = 1 + if is_greedy(parts[at]) { more } else { 0 };
    let start = nth_segment(path, first)?;
    let end = nth_segment(path, first + taken).map_or(path.len(), |next| next - 1);
    let (before, rest) = parts[at].split_once('{')?;
    let after = rest.split_once('}')?.1;
    let value = path.get(start..end)?;
    let value = value.strip_prefix(before)?.strip_suffix(after)?;
    percent_decode_str(value).decode_utf8().ok()
}

/// Where a segment begins; the first is what stands before the first slash.
fn nth_segment(path: &str, at: usize) -> Option<usize> {
    match at.checked_sub(1) {
        None => Some(0),
        Some(slash) => path.match_indices('/').nth(slash).map(|(at, _)| at + 1),
    }
}

/// The value of the only parameter of a query with this name, decoded.
pub fn parameter(path: &str, name: &str) -> Option<String> {
    let (_, query) = path.split_once('?')?;
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(own, _)| own == name);
    let (_, value) = values.next()?;
    values.next().is_none().then(|| value.into_owned())
}

/// Does a path's query, if it has one, only name parameters that the operation has?
pub fn has_query(operation: &Operation, path: &str) -> bool {
    let Some((_, query)) = path.split_once('?') else {
        return true;
    };
    let template = operation.http.as_ref().map(|http| &http.uri);
    let literal = template.and_then(|uri| uri.split_once('?'));
    let literal = literal.map_or("", |(_, literal)| literal);
    let mut literals = Vec::new();
    query.split('&').all(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        let is_literal = literal
            .split('&')
            .any(|literal| literal.split('=').next() == Some(&*name) && !name.is_empty());
        if is_literal {
            // Of two, nobody knows which counts.
            if literals.contains(&name) {
                return false;
            }
            literals.push(name);
            return true;
        }
        let mut members = operation.members.iter();
        members.any(|member| match &member.binding {
            // botocore's models have no other word for a map, whose keys are the parameters.
            Binding::Query(bound) => **bound == *name || member.is_map,
            Binding::QueryParams => true,
            _ => false,
        })
    })
}

/// Does a request have all that its operation requires outside of the body? Operations share
/// addresses: without `uploadId`, what aborts an upload deletes an object.
pub fn has_required(operation: &Operation, path: &str, headers: &HeaderMap) -> bool {
    let members = operation.members.iter();
    let mut required = members.filter(|member| member.is_required);
    required.all(|member| match &member.binding {
        Binding::Query(_) if member.is_map => true,
        Binding::Query(name) => {
            let (_, query) = path.split_once('?').unwrap_or_default();
            let mut parameters = form_urlencoded::parse(query.as_bytes());
            parameters.any(|(own, value)| *own == **name && !value.is_empty())
        }
        Binding::Header(name) => headers.contains_key(&**name),
        _ => true,
    })
}

/// How much of a path with its query a template names literally, where it fits: parameters of the
/// query, then segments.
fn specificity(template: &str, path: &str) -> Option<(usize, usize)> {
    let (template, wanted) = template.split_once('?').unwrap_or((template, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parameters = || query.split('&').filter(|it| !it.is_empty());
    let wanted = wanted.split('&').filter(|it| !it.is_empty());
    let mut literals = 0;
    for literal in wanted {
        let literal = literal.trim_end_matches('=');
        if !parameters().any(|it| it.trim_end_matches('=') == literal) {
            return None;
        }
        literals += 1;
    }
    Some((literals, segments(template, path)?))
}

/// The number of segments that are the same in both.
fn segments(template: &str, path: &str) -> Option<usize> {
    let count = |text: &str| text.split('/').count();
    // A greedy label takes what the others leave, and at least one segment.
    let mut more = count(path).checked_sub(count(template))?;
    let mut path = path.split('/');
    let mut same = 0;
    for segment in template.split('/') {
        if is_greedy(segment) {
            let taken = path.by_ref().take(1 + mem::take(&mut more));
            // Counted to the end, so that all of them are taken.
            if taken.filter(|it| !it.is_empty()).count() == 0 {
                return None;
            }
        } else {
            same += fits(segment, path.next()?)?;
        }
    }
    (more == 0).then_some(same)
}

fn is_greedy(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with("+}")
}

/// 1 where a segment is literal, 0 where a label takes something of it.
fn fits(template: &str, segment: &str) -> Option<usize> {
    let Some((before, label)) = template.split_once('{') else {
        return (template == segment).then_some(1);
    };
    let after = label.split_once('}').map_or("", |(_, after)| after);
    let taken = segment.strip_prefix(before)?.strip_suffix(after)?;
    (!taken.is_empty()).then_some(0)
}

#[cfg(test)]
mod tests {
    use super::{is_plain, label, specificity};

    #[test]
    fn labels_are_what_a_template_leaves_of_a_path() {
        let cases = [
            ("/{Bucket}", "/b", "Bucket", Some("b")),
            ("/{Bucket}/{Key+}", "/b/a/b%20c", "Key", Some("a/b c")),
            ("/{Bucket}/{Key+}?acl", "/b/a/?acl", "Key", Some("a/")),
            ("/tags/{Arn+}/end/{Id}", "/tags/a/b/end/7", "Id", Some("7")),
            (
                "/tags/{Arn+}/end/{Id}",
                "/tags/a/b/end/7",
                "Arn",
                Some("a/b"),
            ),
            ("/v1/{Name}:run", "/v1/x:run", "Name", Some("x")),
            ("/v1/{Name}", "/v1/a%3Ab%2Fc", "Name", Some("a:b/c")),
            ("/v1/{Name}", "/v1/%ff", "Name", None),
            ("/v1/{Name}", "/v1", "Name", None),
            ("/v1/{Name}", "/v1/a", "Other", None),
        ];
        for (template, path, name, expected) in cases {
            let found = label(template, path, name);
            assert_eq!(found.as_deref(), expected, "{template} {path} {name}");
        }
    }

    #[test]
    fn a_path_that_others_may_read_in_another_way_is_none() {
        for path in [
            "/",
            "/a",
            "/a/",
            "/a/b.c",
            "/a/..b",
            "/a/arn%3Aaws%2Fb",
            "/a?b=../c",
        ] {
            assert!(is_plain(path, false) && is_plain(path, true), "{path}");
        }
        for path in [
            "/..",
            "/a/../b",
            "/a/.",
            "/a/%2e%2E/b",
            "/a/.%2e",
            "/a/%252e%252e",
            "/a/%25252e%25252e",
            "/a/b%2f..%2fc",
            "/a/..%5cb",
            "/a\\..\\b",
            "/a/%",
            "/a/%2",
            "/a/%zz",
            "/a?b=%g1",
        ] {
            assert!(!is_plain(path, false) && !is_plain(path, true), "{path}");
        }
        for path in ["//a", "/a//b", "/a//", "/a%00b", "/a%0d%0ab"] {
            assert!(!is_plain(path, false), "{path}");
            assert!(is_plain(path, true), "{path}: a key may be anything");
        }
    }

    #[test]
    fn a_template_fits_whole_segments_and_its_own_parameters() {
        let cases = [
            ("/", "/", Some((0, 2))),
            ("/{Bucket}", "/b", Some((0, 1))),
            ("/{Bucket}", "/", None),
            ("/{Bucket}", "/b/k", None),
            ("/{Bucket}/{Key+}", "/b/a/b/c", Some((0, 1))),
            ("/{Bucket}/{Key+}", "/b/", None),
            ("/{Bucket}/{Key+}?acl", "/b/k?acl", Some((1, 1))),
            (
                "/{Bucket}/{Key+}?acl",
                "/b/k?acl=&versionId=1",
                Some((1, 1)),
            ),
            ("/{Bucket}/{Key+}?acl", "/b/k?aclx", None),
            (
                "/{Bucket}?list-type=2",
                "/b?prefix=a&list-type=2",
                Some((1, 1)),
            ),
            ("/{Bucket}?list-type=2", "/b?list-type=1", None),
            ("/tags/{Arn+}/end", "/tags/a/b/end", Some((0, 3))),
            ("/tags/{Arn+}/end", "/tags/end", None),
            ("/v1/{Name}:run", "/v1/x:run", Some((0, 2))),
            ("/v1/{Name}:run", "/v1/:run", None),
        ];
        for (template, path, expected) in cases {
            assert_eq!(specificity(template, path), expected, "{template} {path}");
        }
    }
}
