//! Which operation of a REST service a request's method, path and query ask for, and what they have
//! in the places of its labels.

use crate::addresses::is_greedy;
use crate::http::{HeaderMap, Method};
use crate::outline::{Operation, Service};
use formsmith_api::curated::PATH_AS_SENT;
use formsmith_api::model::Binding;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

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
    let (before, query) = path.split_once('?').unwrap_or((path, ""));
    let mut best = best(service, method, before, query).into_iter();
    match claimed {
        Some(claimed) => best.find(|operation| *operation.name == *claimed),
        None => best.next().filter(|_| best.next().is_none()),
    }
    .filter(|operation| match is_as_sent {
        true => has_whole_labels(operation, path),
        false => !hides(service, method, before, query, operation),
    })
}

/// The operations whose templates say most of what a path and its query have.
fn best<'m>(service: &'m Service, method: &Method, path: &str, query: &str) -> Vec<&'m Operation> {
    let fitting = service.fitting(path).filter_map(|(same, operation, http)| {
        let parameters = (http.method == *method).then(|| literals(http.query(), query))??;
        Some(((parameters, same), operation))
    });
    let fitting: Vec<_> = fitting.collect();
    let most = fitting.iter().map(|(specific, _)| *specific).max();
    let best = fitting
        .into_iter()
        .filter(|(specific, _)| Some(*specific) == most);
    best.map(|(_, operation)| operation).collect()
}

/// Would a path that is decoded before it is looked at, or is without its last slash, be that of an
/// operation that can do more?
fn hides(
    service: &Service,
    method: &Method,
    path: &str,
    query: &str,
    operation: &Operation,
) -> bool {
    let template = operation.http.as_ref().map_or("", |http| &http.uri);
    let has_slash = template
        .split('?')
        .next()
        .is_some_and(|it| it.ends_with('/'));
    let can_do_more = |path: &str, query: &str| {
        let path = match has_slash {
            true => path,
            false => path.trim_end_matches('/'),
        };
        let mut others = best(service, method, path, query).into_iter();
        others.any(|other| other.class > operation.class)
    };
    if !has_slash && path.ends_with('/') && can_do_more(path, query) {
        return true;
    }
    let mut decoded = Cow::Borrowed(path);
    // As often as [`is_plain`] does.
    while decoded.contains('%') {
        let again = percent_decode_str(&decoded)
            .decode_utf8_lossy()
            .into_owned();
        if again == *decoded {
            return false;
        }
        let (path, more) = again.split_once('?').unwrap_or((&again, ""));
        if can_do_more(path, query) || can_do_more(path, more) {
            return true;
        }
        decoded = Cow::Owned(again);
    }
    false
}

/// Does everybody find the same segments in this path? A signature covers most services' paths
/// without `.`, `..` and empty segments, and who routes a request may decode it first: what is one
/// operation here must not be another there.
fn is_plain(path: &str, is_as_sent: bool) -> bool {
    if !has_whole_escapes(path) {
        return false;
    }
    let path = path.split('?').next().unwrap_or_default();
    if !is_as_sent && path.as_bytes().windows(2).any(|two| two == b"//") {
        return false;
    }
    let mut decoded = Cow::Borrowed(path);
    // Some decode what they pass on, and so more than once.
    for _ in 0..8 {
        if !is_as_sent && decoded.chars().any(char::is_control) {
            return false;
        }
        let mut segments = decoded.split(['/', '\\']);
        if decoded.contains('.') && segments.any(|segment| segment == "." || segment == "..") {
            return false;
        }
        if !decoded.contains('%') {
            return true;
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

/// S3 decodes the path before it splits it: an encoded slash in a bucket's name would make a bucket
/// and a key of it. An ARN has slashes, and becomes part of the host.
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

/// How many parameters a template's query names literally, if the query has all of them.
fn literals(template: &str, query: &str) -> Option<usize> {
    let mut wanted = template.split('&').filter(|it| !it.is_empty());
    wanted.try_fold(0, |count, literal| {
        let literal = literal.trim_end_matches('=');
        let mut parameters = query.split('&').filter(|it| !it.is_empty());
        let is_there = parameters.any(|it| it.trim_end_matches('=') == literal);
        is_there.then_some(count + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_plain, label, literals};

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
    fn a_query_has_the_literal_parameters_of_its_template() {
        let cases = [
            ("", "", Some(0)),
            ("", "a=1", Some(0)),
            ("acl", "acl", Some(1)),
            ("acl", "acl=&versionId=1", Some(1)),
            ("acl", "aclx", None),
            ("acl", "", None),
            ("list-type=2", "prefix=a&list-type=2", Some(1)),
            ("list-type=2", "list-type=1", None),
            ("a&b=1", "b=1&a", Some(2)),
        ];
        for (template, query, expected) in cases {
            assert_eq!(literals(template, query), expected, "{template} {query}");
        }
    }
}
