//! Identifiers that are picked, not pasted: which operations list what a member takes, the input of
//! such a list made of what stands in a form, and what stands in its answers. The facts are data:
//! `picks.json` of AWS's services (docs/models.md), and the files in `src/api/curated/picks` for the
//! operations that are built in.

mod fitting;
mod takers;

pub use fitting::fitting;
pub use takers::Taking;

use crate::draft::{Content, Draft, NodeId, Role};
use crate::json;
use crate::model::Model;
use serde_json::{Map, Value, json};

/// What a service's lists fill: a document of `picks.json`, of which only what is asked for is read.
#[derive(Debug, Clone, Copy)]
pub struct Picks<'a>(pub &'a Value);

/// An operation that lists identifiers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// The service, where it is not the form's own.
    pub service: Option<String>,
    pub operation: String,
    /// From the output to its items: `Reservations[].Instances[]`.
    pub items: String,
    /// From an item to its identifier; `@` is the item itself.
    pub value: String,
    /// From an item to what people call it.
    pub name: Option<String>,
    /// From an item to what tells it from others.
    pub about: Vec<String>,
    /// Members of its input, each with the member of the form that has the value.
    pub input: Pairs,
    /// The same for optional members; left out, the list is longer.
    pub narrow: Pairs,
    /// Filters as EC2 has them, each with the member of the form that has the value.
    pub filters: Pairs,
    /// Members of its input that are always the same.
    pub with: Map<String, Value>,
    /// It fills a member only where these members of the form have these values.
    pub when: Pairs,
    /// The member of its input by which the service looks for a text.
    pub search: Option<String>,
    /// A list whose first item has the members that `input` names, in the place of the form.
    pub via: Option<Box<List>>,
}

pub type Pairs = Vec<(String, String)>;

/// One of what a list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub value: String,
    pub name: Option<String>,
    pub about: Vec<String>,
    /// The members of the form that it has as well, if it has the same values in all of them.
    pub fits: Vec<String>,
}

impl<'a> Picks<'a> {
    /// Is there a list for a member of an operation's input?
    pub fn fills(self, operation: &str, path: &str) -> bool {
        self.0["fills"][operation][path].is_array()
    }

    /// The lists that fill it, the best first.
    pub fn sources(self, operation: &str, path: &str) -> Vec<List> {
        let numbers = numbers(&self.0["fills"][operation][path]);
        let lists = numbers.filter_map(|number| self.0["lists"].get(number));
        lists.map(List::read).collect()
    }

    /// What the form of an operation has beside a node, in the same structure, by which the items of a
    /// list may be told: members that are themselves filled from lists. Those that the list is asked
    /// with tell nothing more.
    pub fn beside(self, operation: &str, list: &List, draft: &Draft, node: NodeId) -> Pairs {
        let mut own = node;
        let structure = loop {
            let Some(parent) = draft.node(own).and_then(|it| it.parent) else {
                return Vec::new();
            };
            if matches!(draft.content(parent), Content::Structure(_)) {
                break parent;
            }
            own = parent;
        };
        let asked = [&list.input, &list.narrow, &list.filters];
        let is_asked = |name: &String| asked.iter().any(|of| of.iter().any(|(_, it)| it == name));
        let mut given = Vec::new();
        for member in draft.children(structure) {
            let text = draft.text(member);
            if let Some(Role::Member(name)) = draft.node(member).map(|it| &it.role)
                && member != own
                && !text.is_empty()
                && !is_asked(name)
                && path(draft, member).is_some_and(|path| self.fills(operation, &path))
            {
                given.push((name.clone(), text.to_owned()));
            }
        }
        given
    }
}

/// The numbers of lists, as `fills` has them.
fn numbers(of: &Value) -> impl Iterator<Item = usize> {
    let numbers = of.as_array().into_iter().flatten();
    numbers.filter_map(|it| usize::try_from(it.as_u64()?).ok())
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

impl List {
    fn read(value: &Value) -> Self {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let pairs = |name: &str| {
            let pairs = object(&value[name]);
            let pairs =
                pairs.filter_map(|(member, of)| Some((member.clone(), of.as_str()?.to_owned())));
            pairs.collect()
        };
        let about = value["about"].as_array().into_iter().flatten();
        Self {
            service: text("service"),
            operation: text("operation").unwrap_or_default(),
            items: text("items").unwrap_or_default(),
            value: text("value").unwrap_or_default(),
            name: text("name"),
            about: about
                .filter_map(|it| it.as_str().map(str::to_owned))
                .collect(),
            input: pairs("input"),
            narrow: pairs("narrow"),
            filters: pairs("filters"),
            with: value["with"].as_object().cloned().unwrap_or_default(),
            when: pairs("when"),
            search: text("search"),
            via: value["via"]
                .is_object()
                .then(|| Box::new(Self::read(&value["via"]))),
        }
    }
}

/// The path of a node from the input, as picks have it: `Associations[].ProductId`, `Tags{}`. None for
/// the key of a map.
pub fn path(draft: &Draft, node: NodeId) -> Option<String> {
    let at = draft.node(node)?;
    let Some(parent) = at.parent else {
        return Some(String::new());
    };
    let before = path(draft, parent)?;
    Some(match &at.role {
        Role::Member(name) if before.is_empty() => name.clone(),
        Role::Member(name) => [&before, ".", name].concat(),
        Role::Item => before + "[]",
        Role::Value => before + "{}",
        Role::Root | Role::Key => return None,
    })
}

/// The node of the nearest structure around a node that has a member of this name, and is not the node
/// itself.
pub fn nearest(draft: &Draft, node: NodeId, member: &str) -> Option<NodeId> {
    let parent = draft.node(node)?.parent?;
    let found = draft.member(parent, member).filter(|it| *it != node);
    found.or_else(|| nearest(draft, parent, member))
}

/// Does a list fill a node as the form stands? Not if what it depends on says something else.
pub fn fits(list: &List, draft: &Draft, node: NodeId) -> bool {
    list.when.iter().all(|(member, value)| {
        let at = nearest(draft, node, member);
        at.is_some_and(|at| draft.text(at) == value)
    })
}

/// The input of a list that fills a node; or the member of the form that has to be filled first: its
/// node, where the form has it. Of a list that is asked by way of another, it is the other's input.
pub fn input(
    list: &List,
    model: &Model,
    draft: &Draft,
    node: NodeId,
) -> Result<Value, Option<NodeId>> {
    let list = list.via.as_deref().unwrap_or(list);
    let given = |member: &str| {
        let at = nearest(draft, node, member).ok_or(None)?;
        let value = draft.to_json(model, at);
        match value.as_str() == Some("") || value.is_null() {
            true => Err(Some(at)),
            false => Ok(value),
        }
    };
    let mut input = Map::new();
    for (member, value) in &list.with {
        input.insert(member.clone(), with_texts(value, &given)?);
    }
    for (member, of) in &list.input {
        input.insert(member.clone(), given(of)?);
    }
    for (member, of) in &list.narrow {
        if let Ok(value) = given(of) {
            input.insert(member.clone(), value);
        }
    }
    let filters = list.filters.iter();
    let filters =
        filters.filter_map(|(name, of)| Some(json!({"Name": name, "Values": [given(of).ok()?]})));
    let filters: Vec<Value> = filters.collect();
    if !filters.is_empty() {
        input.insert("Filters".to_owned(), filters.into());
    }
    Ok(input.into())
}

/// A value whose texts may name a member of the form in braces: `id:{ProductId}`.
fn with_texts(
    value: &Value,
    given: &dyn Fn(&str) -> Result<Value, Option<NodeId>>,
) -> Result<Value, Option<NodeId>> {
    let of = |value: &Value| with_texts(value, given);
    Ok(match value {
        Value::String(text) => match text.split_once('{').zip(text.split_once('}')) {
            Some(((before, _), (inner, after))) => {
                let value = given(inner.get(before.len() + 1..).unwrap_or_default())?;
                [before, value.as_str().unwrap_or_default(), after]
                    .concat()
                    .into()
            }
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(of).collect::<Result<_, _>>()?,
        Value::Object(members) => {
            let mut filled = Map::new();
            for (name, it) in members {
                filled.insert(name.clone(), of(it)?);
            }
            filled.into()
        }
        other => other.clone(),
    })
}

/// The input of a list that is asked by way of another, made of what the other answered; none if that
/// has nothing.
pub fn input_via(list: &List, output: &Map<String, Value>) -> Option<Value> {
    let mut found = None;
    collect(output, &list.via.as_ref()?.items, &mut |item| {
        let mut input = list.with.clone();
        for (member, of) in &list.input {
            let Some(value) = item.get(of) else { return };
            input.insert(member.clone(), value.clone());
        }
        found.get_or_insert(input);
    });
    found.map(Value::Object)
}

/// The input of an operation that takes these identifiers at a path; none where it takes only one.
pub fn filled(path: &str, values: &[Value]) -> Option<Value> {
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, rest),
        None => (path, ""),
    };
    let inner = |values: &[Value]| match (rest, values) {
        ("", [value]) => Some(value.clone()),
        ("", _) => None,
        (rest, values) => filled(rest, values),
    };
    let (name, value) = match step.strip_suffix("[]") {
        Some(name) => {
            let items = values
                .iter()
                .map(|value| inner(std::slice::from_ref(value)));
            (name, Value::Array(items.collect::<Option<_>>()?))
        }
        None => (step, inner(values)?),
    };
    // Which keys the values would belong to is not known.
    (!name.ends_with("{}")).then(|| json!({ name: value }))
}

/// What stands in the answer of a list, without those that have no identifier. `beside` is what the form
/// has, as [`Picks::beside`] gives it.
pub fn items(list: &List, output: &Map<String, Value>, beside: &Pairs) -> Vec<Item> {
    let mut found = Vec::new();
    collect(output, &list.items, &mut |item| {
        let Some(value) = text(item, &list.value) else {
            return;
        };
        let name = list.name.as_ref().and_then(|path| text(item, path));
        let name = name.filter(|name| *name != value);
        let about = list.about.iter().filter_map(|path| text(item, path));
        let about: Vec<String> = about.filter(|it| Some(it) != name.as_ref()).collect();
        let both = beside
            .iter()
            .filter_map(|(member, given)| Some((member, text(item, member)? == *given)));
        let both: Vec<(&String, bool)> = both.collect();
        let fits = match both.iter().all(|(_, is_same)| *is_same) {
            true => both.into_iter().map(|(member, _)| member.clone()).collect(),
            false => Vec::new(),
        };
        found.push(Item {
            value,
            name,
            about,
            fits,
        });
    });
    found
}

fn collect(members: &Map<String, Value>, path: &str, found: &mut dyn FnMut(&Value)) {
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, Some(rest)),
        None => (path, None),
    };
    let mut each = |it: &Value| match (rest, it) {
        (None, it) => found(it),
        (Some(rest), Value::Object(members)) => collect(members, rest, found),
        _ => {}
    };
    let name = step.strip_suffix("[]").unwrap_or(step);
    match members.get(name) {
        Some(Value::Array(items)) if name != step => items.iter().for_each(each),
        Some(it) => each(it),
        None => {}
    }
}

/// The text at a path within an item; a number is one, an empty text is none.
fn text(item: &Value, path: &str) -> Option<String> {
    let found = match path.split_once("[?") {
        Some((list, condition)) => tagged(&item[list], condition)?,
        None if path == "@" => item,
        None => json::at(item.as_object()?, path)?,
    };
    match found {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `Key=='Name'].Value | [0]` of a list: the member of the first item that has another with this text.
fn tagged<'a>(list: &'a Value, condition: &str) -> Option<&'a Value> {
    let (key, rest) = condition.split_once("=='")?;
    let (wanted, rest) = rest.split_once("'].")?;
    let member = rest.strip_suffix(" | [0]").unwrap_or(rest);
    let mut items = list.as_array()?.iter();
    items.find(|item| item[key] == wanted)?.get(member)
}
