//! What a run acts on, by the identifiers in its input.

use crate::Run;
use crate::json::number;
use formsmith_api::model::{Member, Shape, ShapeKind, words_of};
use formsmith_api::secret::{is_hole, withheld};
use serde_json::{Map, Value, json};

/// So many identifiers are kept of a run.
const FEW: usize = 3;

/// What the last word of an identifier's name is, in small letters.
const IDENTIFIERS: [&str; 9] = [
    "id",
    "ids",
    "identifier",
    "identifiers",
    "name",
    "names",
    "arn",
    "arns",
    "bucket",
];

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
        let mut subject = Self::default();
        for member in root.shape.members() {
            let Some(value) = input.get(&member.name) else {
                continue;
            };
            let named: Vec<&str> = match value {
                Value::Array(items) if is_identifier(member) => {
                    items.iter().filter_map(text).collect()
                }
                // A row is told by its first identifier.
                Value::Array(items) => {
                    let rows = items.iter().filter_map(Value::as_object);
                    let list = run.op.model.shape(&member.target);
                    let item = list.and_then(|list| match &list.kind {
                        ShapeKind::List(item) => run.op.model.shape(&item.target),
                        _ => None,
                    });
                    let members = item.map_or(&[][..], Shape::members);
                    rows.filter_map(|row| first_of(members, row)).collect()
                }
                value if is_identifier(member) => text(value).into_iter().collect(),
                _ => Vec::new(),
            };
            subject.count += named.len();
            let free = FEW - subject.first.len();
            let first = named.into_iter().take(free);
            subject.first.extend(first.map(str::to_owned));
        }
        subject
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

fn first_of<'a>(members: &[Member], row: &'a Map<String, Value>) -> Option<&'a str> {
    let mut named = members.iter().filter(|member| is_identifier(member));
    named.find_map(|member| text(row.get(&member.name)?))
}

/// Tokens identify the request and not what it acts on.
fn is_identifier(member: &Member) -> bool {
    let words = words_of(&member.name);
    let last = words.last().map(|word| word.to_ascii_lowercase());
    last.is_some_and(|last| IDENTIFIERS.contains(&&*last)) && !member.traits.idempotency_token
}

fn text(value: &Value) -> Option<&str> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.filter(|_| !is_hole(value))
}
