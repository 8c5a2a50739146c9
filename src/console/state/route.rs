//! Which page the address names.

/// A page; the fragment `/servicecatalog/SomeOperation` names an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    Operation {
        service: String,
        operation: String,
    },
    History,
    /// A run of the history, by its id.
    Run(String),
    /// Two runs beside each other.
    Compared(String, String),
    Presets,
    Settings,
    /// All services of AWS.
    Services,
    /// One of them, by its name.
    Service(String),
    /// An address that leads nowhere, without what it asks for.
    Unknown(String),
}

impl Route {
    pub fn read(fragment: &str) -> Self {
        let path = fragment.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["history"] => Self::History,
            ["presets"] => Self::Presets,
            ["settings"] => Self::Settings,
            ["services"] => Self::Services,
            ["history", run] => Self::Run((*run).into()),
            ["history", one, other] => Self::Compared((*one).into(), (*other).into()),
            [service, operation] => Self::Operation {
                service: (*service).into(),
                operation: (*operation).into(),
            },
            [service] => Self::Service((*service).into()),
            _ => Self::Unknown(path.to_owned()),
        }
    }

    pub const HOME: &str = "#/";
    pub const HISTORY: &str = "#/history";
    pub const PRESETS: &str = "#/presets";
    pub const SETTINGS: &str = "#/settings";
    pub const SERVICES: &str = "#/services";

    /// The address of the history, searched for a text; the text is encoded.
    pub fn of_history(text: &str) -> String {
        format!("{}?q={text}", Self::HISTORY)
    }

    /// The address of a run, or of two beside each other.
    pub fn of_runs(ids: &[String]) -> String {
        format!("{}/{}", Self::HISTORY, ids.join("/"))
    }

    pub fn of_service(service: &str) -> String {
        format!("#/{service}")
    }

    /// The address of a search; the text is encoded.
    pub fn of_search(text: &str) -> String {
        format!("#/search?q={text}")
    }

    pub fn of_operation(service: &str, operation: &str) -> String {
        format!("#/{service}/{operation}")
    }
}

/// Takes a value such as the proxy's code out of a fragment such as `code=…` or `/a/b?code=…`,
/// `name` being `code=`; returns the value and the fragment without it.
pub fn take(fragment: &str, name: &str) -> Option<(String, String)> {
    let (path, query) = match fragment.split_once('?') {
        Some((path, query)) => (path, query),
        None if fragment.starts_with(name) => ("", fragment),
        None => return None,
    };
    let is_it = |pair: &&str| pair.starts_with(name);
    let value = &query.split('&').find(is_it)?[name.len()..];
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_it(pair)).collect();
    let fragment = match rest.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", rest.join("&")),
    };
    (!value.is_empty()).then(|| (value.to_owned(), fragment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_leaves_the_address_and_the_rest_stays() {
        let cases = [
            ("code=abc", Some(("abc", ""))),
            ("/code=abc", None),
            ("/a/b?code=abc", Some(("abc", "/a/b"))),
            ("/a/b?x=1&code=abc", Some(("abc", "/a/b?x=1"))),
            ("/a/b", None),
            ("code=", None),
        ];
        for (fragment, expected) in cases {
            let expected = expected.map(|(code, rest)| (code.to_owned(), rest.to_owned()));
            assert_eq!(take(fragment, "code="), expected, "{fragment}");
        }
    }

    #[test]
    fn fragments_name_pages() {
        assert_eq!(Route::read(""), Route::Home);
        assert_eq!(Route::read("/"), Route::Home);
        assert_eq!(Route::read("/a"), Route::Service("a".into()));
        assert_eq!(Route::read("/services"), Route::Services);
        assert_eq!(
            Route::read("/a/b/c?region=us-east-1"),
            Route::Unknown("/a/b/c".into())
        );
        assert_eq!(Route::read("/history"), Route::History);
        assert_eq!(Route::read("/presets"), Route::Presets);
        assert_eq!(Route::read("/settings"), Route::Settings);
        assert_eq!(Route::read("/history/1"), Route::Run("1".into()));
        let compared = Route::Compared("1".into(), "2".into());
        assert_eq!(Route::read("/history/1/2"), compared);
        let operation = Route::Operation {
            service: "a".into(),
            operation: "B".into(),
        };
        assert_eq!(Route::read("/a/B"), operation);
        assert_eq!(Route::of_operation("a", "B"), "#/a/B");
    }
}
