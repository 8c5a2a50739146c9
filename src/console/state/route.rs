//! Which page the address names.

/// A page; the fragment `/servicecatalog/SomeOperation` names an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    Operation { service: String, operation: String },
    Unknown,
}

impl Route {
    pub fn read(fragment: &str) -> Self {
        let path = fragment.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            [service, operation] => Self::Operation {
                service: (*service).into(),
                operation: (*operation).into(),
            },
            _ => Self::Unknown,
        }
    }

    pub fn of_operation(service: &str, operation: &str) -> String {
        format!("#/{service}/{operation}")
    }
}

/// Takes the proxy's token out of a fragment such as `token=…` or `/a/b?token=…`; returns the
/// token and the fragment without it.
pub fn take_token(fragment: &str) -> Option<(String, String)> {
    let (path, query) = match fragment.split_once('?') {
        Some((path, query)) => (path, query),
        None if fragment.starts_with("token=") => ("", fragment),
        None => return None,
    };
    let is_token = |pair: &&str| pair.starts_with("token=");
    let token = query
        .split('&')
        .find(is_token)?
        .trim_start_matches("token=");
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_token(pair)).collect();
    let fragment = match rest.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", rest.join("&")),
    };
    (!token.is_empty()).then(|| (token.to_owned(), fragment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_leaves_the_address_and_the_rest_stays() {
        let cases = [
            ("token=abc", Some(("abc", ""))),
            ("/token=abc", None),
            ("/a/b?token=abc", Some(("abc", "/a/b"))),
            ("/a/b?x=1&token=abc", Some(("abc", "/a/b?x=1"))),
            ("/a/b", None),
            ("token=", None),
        ];
        for (fragment, expected) in cases {
            let expected = expected.map(|(token, rest)| (token.to_owned(), rest.to_owned()));
            assert_eq!(take_token(fragment), expected, "{fragment}");
        }
    }

    #[test]
    fn fragments_name_pages() {
        assert_eq!(Route::read(""), Route::Home);
        assert_eq!(Route::read("/"), Route::Home);
        assert_eq!(Route::read("/a"), Route::Unknown);
        let operation = Route::Operation {
            service: "a".into(),
            operation: "B".into(),
        };
        assert_eq!(Route::read("/a/B"), operation);
        assert_eq!(Route::of_operation("a", "B"), "#/a/B");
    }
}
