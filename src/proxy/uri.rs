//! Which operation of a REST service a request's method, path and query ask for.

use formsmith_api::model::{Binding, Member, Model, Operation, Service, ShapeKind};
use percent_encoding::percent_decode_str;

/// The operation that fits; of several the most specific, and of equally specific ones the one that
/// is `claimed`. None if nothing fits, or it stays open which.
pub fn operation<'m>(
    service: &'m Service,
    method: &str,
    path: &str,
    claimed: Option<&str>,
) -> Option<&'m Operation> {
    let fitting = service.operations.iter().filter_map(|operation| {
        let http = operation.traits.http.as_ref()?;
        let specific = (http.method == method).then(|| specificity(&http.uri, path))??;
        Some((specific, operation))
    });
    let fitting: Vec<_> = fitting.collect();
    let most = fitting.iter().map(|(specific, _)| *specific).max()?;
    let mut best = (fitting.into_iter()).filter(|(specific, _)| *specific == most);
    match claimed {
        Some(claimed) => best.find(|(_, operation)| operation.name() == claimed),
        None => best.next().filter(|_| best.next().is_none()),
    }
    .map(|(_, operation)| operation)
}

/// Does a path's query, if it has one, only name parameters that the operation has?
pub fn has_query(model: &Model, operation: &Operation, path: &str) -> bool {
    let Some((_, query)) = path.split_once('?') else {
        return true;
    };
    let template = operation.traits.http.as_ref().map(|http| &http.uri);
    let literal = template.and_then(|uri| uri.split_once('?'));
    let literal = literal.map_or("", |(_, literal)| literal);
    let input = operation.input.as_ref().and_then(|id| model.shape(id));
    let members = input.map_or(&[][..], |shape| shape.members());
    query.split('&').all(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        let name = percent_decode_str(name).decode_utf8_lossy();
        let is_literal = literal
            .split('&')
            .any(|literal| literal.split('=').next() == Some(&*name) && !name.is_empty());
        let is_bound = members
            .iter()
            .any(|member| match &member.traits.wire.binding {
                // botocore's models have no other word for a map, whose keys are the parameters.
                Binding::Query(bound) => **bound == *name || is_map(model, member),
                Binding::QueryParams => true,
                _ => false,
            });
        is_literal || is_bound
    })
}

fn is_map(model: &Model, member: &Member) -> bool {
    let shape = model.shape(&member.target);
    shape.is_some_and(|shape| matches!(shape.kind, ShapeKind::Map { .. }))
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
    let template: Vec<&str> = template.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    Some((literals, segments(&template, &path)?))
}

/// The number of segments that are the same in both.
fn segments(template: &[&str], path: &[&str]) -> Option<usize> {
    let Some((first, rest)) = template.split_first() else {
        return path.is_empty().then_some(0);
    };
    if is_greedy(first) {
        // It takes what the rest leaves, and at least one segment.
        let taken = path
            .len()
            .checked_sub(rest.len())
            .filter(|taken| *taken > 0)?;
        let is_something = path[..taken].iter().any(|segment| !segment.is_empty());
        return segments(rest, &path[taken..]).filter(|_| is_something);
    }
    let (segment, others) = path.split_first()?;
    let literal = fits(first, segment)?;
    Some(segments(rest, others)? + literal)
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
    use super::specificity;

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
