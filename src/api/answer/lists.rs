//! The lists of an output, and the one that it is about.

use super::names::plural_of_list;
use super::singular;
use crate::json;
use crate::model::{Model, Operation, Place, Shape, ShapeKind, in_words};
use serde_json::{Map, Value};

/// Structures within structures are looked into so far.
const MAX_DEPTH: usize = 2;

/// What has at most so many members may be nothing but a wrapping of a list.
const FEW_MEMBERS: usize = 8;

/// A list of an output, or all lists that the items of another have, as one.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// From the output to the items: `Reservations[].Instances[]`.
    pub path: String,
    /// What the list is called, and one of its items.
    pub title: String,
    pub item_title: String,
    /// The name of the member that has the list.
    pub name: &'a str,
    pub item: Place<'a>,
}

impl List<'_> {
    fn is_of_structures(&self) -> bool {
        !self.item.shape.members().is_empty()
    }
}

/// The lists of an operation's output, in the order of its members: those of structures, also
/// within the items of others, and those of texts and numbers.
#[must_use]
pub fn lists<'a>(model: &'a Model, operation: &'a Operation) -> Vec<List<'a>> {
    let mut found = Vec::new();
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    if let Some(output) = output {
        collect(model, output, "", MAX_DEPTH, &mut found);
    }
    found
}

fn collect<'a>(
    model: &'a Model,
    shape: &'a Shape,
    before: &str,
    depth: usize,
    found: &mut Vec<List<'a>>,
) {
    for member in shape.members() {
        let Some(place) = model.place(member) else {
            continue;
        };
        let path = [before, &member.name].concat();
        match &place.shape.kind {
            ShapeKind::List(item) => {
                let Some(item) = model.place(item) else {
                    continue;
                };
                let path = path + "[]";
                let is_structure = matches!(item.shape.kind, ShapeKind::Structure(_));
                let is_within = before.contains("[]");
                if is_within && !is_structure {
                    continue;
                }
                let title = place.title(&member.name);
                let plural = plural_of_list(&member.name, item.shape.id.name());
                // A label says it better.
                let title = match plural.filter(|_| title == in_words(&member.name)) {
                    Some(plural) => in_words(&plural),
                    None => title,
                };
                found.push(List {
                    item_title: singular(&title),
                    title,
                    name: &member.name,
                    item,
                    path: path.clone(),
                });
                if is_structure && !is_within {
                    collect(model, item.shape, &(path + "."), 0, found);
                }
            }
            ShapeKind::Structure(_) if depth > 0 => {
                collect(model, place.shape, &(path + "."), depth - 1, found);
            }
            _ => {}
        }
    }
}

/// The list that an output is about: the one whose pages the service gives, or else the longest of an
/// output that is about no structure; and where its items are little more than a wrapping of lists,
/// those as one.
#[must_use]
pub fn subject(
    operation: &Operation,
    lists: &[List<'_>],
    output: &Map<String, Value>,
) -> Option<usize> {
    let paginated = operation.traits.paginated.as_ref();
    let named = paginated.and_then(|it| it.items.as_ref());
    let named = named.and_then(|path| {
        let path = [path, "[]"].concat();
        lists.iter().position(|list| list.path == path)
    });
    let longest = |is_of_structures: bool| {
        let all = lists.iter().enumerate();
        let all = all.filter(|(_, list)| {
            !list.path.contains('.') && list.is_of_structures() == is_of_structures
        });
        let all = all.map(|(at, list)| (at, count(&list.path, output)));
        // Of lists of the same length the first.
        all.min_by_key(|(at, count)| (usize::MAX - count, *at))
    };
    let has_structure = output.values().any(Value::is_object);
    // A text or two beside a list of texts: it is about something else.
    let is_alone = output.len() <= 2;
    let found = named.or_else(|| {
        let found = longest(true).or_else(|| longest(false).filter(|_| is_alone));
        found.filter(|_| !has_structure).map(|(at, _)| at)
    })?;
    Some(wrapped(lists, found).unwrap_or(found))
}

/// The list within the items of another that are little more than its wrapping.
fn wrapped(lists: &[List<'_>], outer: usize) -> Option<usize> {
    let of = &lists[outer];
    let members = of.item.shape.members().len();
    let within = [&of.path, "."].concat();
    let is_its = |list: &List<'_>| {
        let rest = list.path.strip_prefix(&within);
        rest.is_some_and(|rest| !rest.contains('.'))
    };
    let inner = lists.iter().enumerate().filter(|(_, list)| is_its(list));
    let (at, inner) = inner.max_by_key(|(_, list)| list.item.shape.members().len())?;
    let is_more = inner.item.shape.members().len() > 2 * members;
    (members <= FEW_MEMBERS && is_more).then_some(at)
}

/// The list that the pages of an answer are about, and how many items they have of it.
#[must_use]
pub fn total<'a>(
    model: &'a Model,
    operation: &'a Operation,
    pages: &[&Map<String, Value>],
) -> Option<(List<'a>, usize)> {
    let mut lists = lists(model, operation);
    let subject = subject(operation, &lists, pages.first()?)?;
    let list = lists.swap_remove(subject);
    let counts = pages.iter().map(|page| count(&list.path, page));
    let count = counts.sum();
    Some((list, count))
}

/// What stands at a path of names and `[]`: all items of all lists on the way.
#[must_use]
pub fn items<'a>(path: &str, output: &'a Map<String, Value>) -> Vec<&'a Value> {
    let mut parts = path.split("[]").filter(|part| !part.is_empty());
    let Some(first) = parts.next() else {
        return Vec::new();
    };
    let mut found = list_at(output, first);
    for part in parts {
        let part = part.trim_start_matches('.');
        let objects = found.into_iter().filter_map(Value::as_object);
        found = objects.flat_map(|object| list_at(object, part)).collect();
    }
    found
}

/// How many items there are at a path.
#[must_use]
pub fn count(path: &str, output: &Map<String, Value>) -> usize {
    items(path, output).len()
}

fn list_at<'a>(object: &'a Map<String, Value>, path: &str) -> Vec<&'a Value> {
    let list = json::at(object, path).and_then(Value::as_array);
    list.into_iter().flatten().collect()
}
