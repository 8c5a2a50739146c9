//! Paths into an input, in the part of JMESPath that models use: `Table.Name`, `Items[*].Name`,
//! `Items[*].[Get.Name, Put.Name][]` and `keys(Items)`.

use crate::{Malformed, malformed};
use serde_json::Value;
use std::borrow::Cow;

#[derive(Debug)]
pub struct Path(Box<[Step]>);

#[derive(Debug)]
enum Step {
    Member(Box<str>),
    /// What follows is asked of each element; elements without it are left out.
    Each,
    /// A list of what each path leads to.
    All(Box<[Path]>),
    /// The list that a path leads to, with the elements of lists within it in their place; what
    /// follows is asked of each element.
    Flat(Path),
    /// The keys of an object.
    Keys,
}

impl Path {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (path, rest) = parse(text)?;
        match rest {
            "" => Ok(path),
            _ => malformed(format!("the path {text} is not understood from {rest} on")),
        }
    }

    /// The member of the input that it begins with.
    pub fn first(&self) -> Option<&str> {
        match self.0.first()? {
            Step::Member(name) => Some(name),
            Step::Flat(path) => path.first(),
            Step::Each | Step::All(_) | Step::Keys => None,
        }
    }

    /// What stands there; `None` for nothing, or `null`.
    pub fn find<'a>(&self, input: &'a Value) -> Option<Cow<'a, Value>> {
        follow(&self.0, Cow::Borrowed(input))
    }
}

fn follow<'a>(steps: &[Step], value: Cow<'a, Value>) -> Option<Cow<'a, Value>> {
    let Some((step, rest)) = steps.split_first() else {
        return Some(value).filter(|value| !value.is_null());
    };
    let next = match step {
        Step::Member(name) => match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.get(&**name)?),
            Cow::Owned(value) => Cow::Owned(value.get(&**name)?.clone()),
        },
        Step::Each => {
            let elements = value.as_array()?.iter();
            let found = elements.filter_map(|element| follow(rest, Cow::Borrowed(element)));
            return Some(Cow::Owned(found.map(Cow::into_owned).collect()));
        }
        Step::All(paths) => {
            let found = paths.iter().map(|path| match path.find(&value) {
                Some(found) => found.into_owned(),
                None => Value::Null,
            });
            Cow::Owned(found.collect())
        }
        Step::Flat(path) => {
            let list = path.find(&value)?;
            let elements = list.as_array()?.iter().flat_map(|element| match element {
                Value::Array(inner) => inner.as_slice(),
                other => std::slice::from_ref(other),
            });
            let found = elements.filter_map(|element| follow(rest, Cow::Borrowed(element)));
            return Some(Cow::Owned(found.map(Cow::into_owned).collect()));
        }
        Step::Keys => {
            let keys = value.as_object()?.keys();
            Cow::Owned(keys.map(String::as_str).collect())
        }
    };
    follow(rest, next)
}

/// A path and what follows it.
fn parse(text: &str) -> Result<(Path, &str), Malformed> {
    let mut steps = Vec::new();
    let mut rest = text.trim_start();
    if let Some(inner) = rest.strip_prefix("keys(") {
        let (path, after) = parse(inner)?;
        steps.extend(path.0);
        steps.push(Step::Keys);
        rest = after
            .strip_prefix(')')
            .ok_or_else(|| Malformed(format!("no ) in {text}")))?;
        return Ok((Path(steps.into()), rest));
    }
    loop {
        if let Some(after) = rest.strip_prefix("[*]") {
            steps.push(Step::Each);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("[]") {
            steps = vec![Step::Flat(Path(steps.into()))];
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let (paths, after) = alternatives(after)?;
            steps.push(Step::All(paths));
            rest = after;
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
                return malformed(format!("a name is missing in the path {text}"));
            }
            steps.push(Step::Member(name.into()));
            rest = after;
        }
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        } else if !rest.starts_with('[') {
            return Ok((Path(steps.into()), rest));
        }
    }
}

/// The paths up to `]`, with commas between them.
fn alternatives(text: &str) -> Result<(Box<[Path]>, &str), Malformed> {
    let mut paths = Vec::new();
    let mut rest = text;
    loop {
        let (path, after) = parse(rest)?;
        paths.push(path);
        rest = after.trim_start();
        if let Some(after) = rest.strip_prefix(']') {
            return Ok((paths.into(), after));
        }
        rest = rest
            .strip_prefix(',')
            .ok_or_else(|| Malformed(format!("no ] in {text}")))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_lead_where_jmespath_says() {
        let input = json!({
            "a": {"b": "1", "none": null},
            "list": [{"x": {"n": "p"}}, {"y": {"n": "q"}}, {"x": {"n": "r"}}, 1],
        });
        for (path, expected) in [
            ("a.b", json!("1")),
            ("keys(a)", json!(["b", "none"])),
            ("list[*].x.n", json!(["p", "r"])),
            ("list[*].[x.n, y.n][]", json!(["p", "q", "r"])),
            ("list[*].[y.n]", json!([[null], ["q"], [null], [null]])),
        ] {
            let found = Path::parse(path).unwrap();
            assert_eq!(found.find(&input).as_deref(), Some(&expected), "{path}");
        }
        for path in ["a.none", "a.b.c", "b", "keys(list)", "a[*]", "a[]"] {
            assert_eq!(Path::parse(path).unwrap().find(&input), None, "{path}");
        }
        for path in [
            "",
            "a.",
            "a[0]",
            "a[?b]",
            "keys(a",
            "[a",
            "a | b",
            "length(a)",
        ] {
            assert!(Path::parse(path).is_err(), "{path}");
        }
    }
}
