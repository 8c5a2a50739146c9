//! What a run acts on, by the identifiers in its input.

use crate::Run;
use crate::json::number;
use formsmith_api::model::{Member, Model, Shape, ShapeKind, words_of};
use formsmith_api::secret::{is_hole, withheld};
use serde_json::{Map, Value, json};

/// So many identifiers are kept of a run.
const FEW: usize = 3;

/// What the last word of an identifier's name is, in small letters. `list` may follow it.
const IDENTIFIERS: [&str; 11] = [
    "id",
    "ids",
    "identifier",
    "identifiers",
    "name",
    "names",
    "arn",
    "arns",
    "bucket",
    "resource",
    "resources",
];

/// What a name begins with that identifies the request, or where a message stands among others.
const ASIDE: [&str; 4] = [
    "request",
    "clientrequest",
    "messagegroup",
    "messagededuplication",
];

/// Which rows of an input count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// Those that stand for things.
    Things,
    /// The entries of a batch, too.
    Entries,
}

/// The things that a run is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The identifiers of the first few.
    pub first: Vec<String>,
    /// How many there are in all.
    pub count: usize,
}

impl Subject {
    /// Nothing secret is among it.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let held = withheld(run.op.model, run.op.operation, &run.input);
        let root = run.op.model.input(run.op.operation);
        let (Some(root), Some(input)) = (root, held.as_object()) else {
            return Self::default();
        };
        let members = root.shape.members();
        let named = |of: Rows| {
            let values = members
                .iter()
                .filter_map(|it| Some((it, input.get(&it.name)?)));
            let named = values.map(|(member, value)| named_by(run.op.model, member, value, of));
            named.flatten().collect()
        };
        let mut all: Vec<&str> = named(Rows::Things);
        if all.is_empty() {
            all = named(Rows::Entries);
        }
        let first = all.iter().take(FEW).map(|&text| text.to_owned());
        Self {
            first: first.collect(),
            count: all.len(),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "first": self.first, "count": self.count })
    }

    /// Nothing of what is none.
    pub(crate) fn from_json(value: &Value) -> Self {
        let first = value["first"].as_array().into_iter().flatten();
        let first = first.filter_map(|it| Some(it.as_str()?.to_owned()));
        let first: Vec<String> = first.take(FEW).collect();
        let count = number(value, "count").unwrap_or_default();
        Self {
            count: count.max(first.len()),
            first,
        }
    }
}

/// What a member of the input names: itself, or by each row of it the first that a row names. Where a
/// row may have an `Id` alone, it may be an entry of a batch, whose client numbers them as it likes.
fn named_by<'a>(model: &'a Model, member: &Member, value: &'a Value, of: Rows) -> Vec<&'a str> {
    match value {
        Value::Array(items) => {
            let list = model.shape(&member.target);
            let row = list.and_then(|list| match &list.kind {
                ShapeKind::List(item) => model.shape(&item.target),
                _ => None,
            });
            let members = row.map_or(&[][..], Shape::members);
            let rows = items.iter().filter_map(Value::as_object);
            match of == Rows::Entries || !members.iter().any(is_entry) {
                _ if is_identifier(member) && members.is_empty() => {
                    items.iter().filter_map(text).collect()
                }
                true => rows.filter_map(|row| first_of(members, row)).collect(),
                false => Vec::new(),
            }
        }
        value if is_identifier(member) => text(value).into_iter().collect(),
        value if is_address(member) => text(value).and_then(last_part).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn first_of<'a>(members: &[Member], row: &'a Map<String, Value>) -> Option<&'a str> {
    let named = |is: &dyn Fn(&Member) -> bool| {
        let mut members = members.iter().filter(|member| is(member));
        members.find_map(|member| text(row.get(&member.name)?))
    };
    named(&|member| is_identifier(member) && !is_entry(member)).or_else(|| named(&is_entry))
}

/// Tokens identify the request and not what it acts on.
fn is_identifier(member: &Member) -> bool {
    let words = small_words(member);
    let words = match words.as_slice() {
        [before @ .., last] if last == "list" => before,
        words => words,
    };
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    IDENTIFIERS.contains(&last.as_str())
        && !ASIDE.contains(&before.concat().as_str())
        && !member.traits.idempotency_token
}

/// A member that the input can't be without, and that has the address of a thing: `QueueUrl`.
fn is_address(member: &Member) -> bool {
    let last = small_words(member).pop();
    member.traits.required && last.is_some_and(|last| last == "url")
}

/// What the thing at an address is called: the end of its path.
fn last_part(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    path.rsplit('/').find(|part| !part.is_empty())
}

fn is_entry(member: &Member) -> bool {
    member.name.eq_ignore_ascii_case("id")
}

fn small_words(member: &Member) -> Vec<String> {
    let words = words_of(&member.name).into_iter();
    words.map(str::to_ascii_lowercase).collect()
}

fn text(value: &Value) -> Option<&str> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.filter(|_| !is_hole(value))
}
