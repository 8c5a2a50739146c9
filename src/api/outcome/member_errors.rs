//! An error's complaints about members of the input, each brought home to its place.

use super::named_members;
use crate::model::{Binding, Member, Model, Operation, ShapeId, ShapeKind};
use crate::protocol::ServiceError;
use crate::validate::{Path, PathSegment};
use serde_json::{Map, Value};
use std::iter::Peekable;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberError {
    /// A place the operation's input can have; the item of an index need not be there.
    pub path: Path,
    /// In the service's words.
    pub message: String,
}

impl MemberError {
    /// The same of the whole input, where only some rows of the list `entries` were sent.
    #[must_use]
    pub fn of_rows(mut self, entries: &str, rows: &[usize]) -> Self {
        let depth = entries.split('.').count().min(self.path.0.len());
        let (list, rest) = self.path.0.split_at_mut(depth);
        let is_member = |(segment, name): (&PathSegment, &str)| matches!(segment, PathSegment::Member(it) if it == name);
        if let [PathSegment::Item(at), ..] = rest
            && list.iter().zip(entries.split('.')).all(is_member)
        {
            match rows.get(*at) {
                Some(row) => *at = *row,
                None => self.path.0.truncate(depth),
            }
        }
        self
    }
}

/// What an error says of single members: by the list that the model marks as such or one of that
/// form, by a member that names one, or else in the sentences that AWS's front ends and services
/// write. Places that the input can't have are left out.
pub fn member_errors(
    model: &Model,
    operation: &Operation,
    error: &ServiceError,
) -> Vec<MemberError> {
    let Some(input) = &operation.input else {
        return Vec::new();
    };
    let located = |(name, message): (&str, &str)| {
        let path = place(model, input, name)?;
        let message = message.to_owned();
        Some(MemberError { path, message })
    };
    let message = error.message.as_deref().unwrap_or_default();
    let ways = [
        listed(model, operation, error),
        named_members::listed(error),
        sentences(message),
        named_members::alone(error),
    ];
    for way in ways {
        let found: Vec<_> = way.into_iter().filter_map(located).collect();
        if !found.is_empty() {
            return found;
        }
    }
    if !matches!(error.status, 400 | 422) {
        return Vec::new();
    }
    let named = named_members::in_message(message).into_iter();
    let mut found: Vec<_> = named.filter_map(|name| located((name, message))).collect();
    found.dedup();
    // Of several nobody knows which one is wrong.
    found.truncate(if found.len() == 1 { 1 } else { 0 });
    found
}

/// Names and messages of the lists that the model marks.
fn listed<'a>(
    model: &Model,
    operation: &Operation,
    error: &'a ServiceError,
) -> Vec<(&'a str, &'a str)> {
    let ids = operation.errors.iter();
    let id = ids.filter(|id| Some(id.name()) == error.name.as_deref());
    let members = id
        .filter_map(|id| model.shape(id))
        .flat_map(|it| it.members());
    let mut found = Vec::new();
    for member in members {
        let list = named(&error.members, &member.name).and_then(Value::as_array);
        if let (Some(fields), Some(list)) = (&member.traits.field_errors, list) {
            found.extend(list.iter().filter_map(|item| {
                let item = item.as_object()?;
                let name = named(item, &fields.name)?.as_str()?;
                let message = named(item, &fields.message).and_then(Value::as_str);
                Some((name, message.or(error.message.as_deref())?))
            }));
        }
    }
    found
}

/// A member by its name; services are not strict about capitals in errors.
fn named<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let alike = || object.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
    object.get(name).or_else(|| alike().map(|(_, value)| value))
}

/// `2 validation errors detected: Value '…' at 'place' failed to satisfy constraint: Member
/// must …; Value …`: places and requirements. The values are the person's own and may hold
/// any of these words; what stands last before `failed` is the place.
fn sentences(message: &str) -> Vec<(&str, &str)> {
    let mut parts = message.split("' failed to satisfy constraint: ");
    let mut before = parts.next().unwrap_or_default();
    let mut found = Vec::new();
    for after in parts {
        if let Some((_, place)) = before.rsplit_once(" at '") {
            let requirement = after.split_once("; Value ").map_or(after, |(it, _)| it);
            found.push((place, requirement));
        }
        before = after;
    }
    // Nothing the person wrote comes after the last place.
    if message.starts_with("1 ") && found.len() > 1 {
        found.drain(..found.len() - 1);
    }
    found
}

/// A step of a place as services write it.
struct Step<'a> {
    text: &'a str,
    /// In brackets or after a slash, where items are counted from 0.
    is_from_zero: bool,
}

fn steps(place: &str) -> impl Iterator<Item = Step<'_>> {
    let mut before = '.';
    let parts = place.split_inclusive(['.', '/', '[', ']']);
    let steps = parts.map(move |part| {
        let text = part.trim_end_matches(['.', '/', '[', ']']);
        let text = text.trim_matches(['\'', '"']);
        let is_from_zero = matches!(before, '[' | '/');
        before = part.chars().next_back().unwrap_or('.');
        Step { text, is_from_zero }
    });
    steps.filter(|step| !step.text.is_empty())
}

/// `serviceActionAssociations.1.member.productId`, `ResourceArns[0]`, `/resourceArns/0`,
/// `$.resourceArns[0]`
fn place(model: &Model, input: &ShapeId, place: &str) -> Option<Path> {
    let place = place.strip_prefix('#').unwrap_or(place);
    let mut steps = steps(place.strip_prefix('$').unwrap_or(place)).peekable();
    // The input itself may stand before its members.
    let first = steps.peek().map(|step| step.text);
    let is_input = |text: &str| text.eq_ignore_ascii_case(input.name());
    if first.is_some_and(is_input) {
        steps.next();
    }
    let mut shape = model.shape(input)?;
    let mut path = Vec::new();
    // Where the item of a list begins that can't be told from its neighbours.
    let mut doubtful = None;
    while let Some(step) = steps.next() {
        let (segment, target) = match &shape.kind {
            ShapeKind::Structure(members) => {
                let member = member(members, step.text)?;
                (PathSegment::Member(member.name.clone()), &member.target)
            }
            ShapeKind::List(item) => {
                let index = match index(&step, &mut steps) {
                    Some(Index::Item(at)) => at,
                    Some(Index::Doubtful) => {
                        doubtful.get_or_insert(path.len());
                        0
                    }
                    None => return None,
                };
                (PathSegment::Item(index), &item.target)
            }
            ShapeKind::Map { value, .. } => {
                let kind = model.shape(&value.target).map(|shape| &shape.kind);
                // A list reads the word itself.
                if !matches!(kind, Some(ShapeKind::List(_))) {
                    steps.next_if(|next| next.text == "member");
                }
                (PathSegment::Entry(step.text.to_owned()), &value.target)
            }
            _ => return None,
        };
        path.push(segment);
        shape = model.shape(target)?;
    }
    path.truncate(doubtful.unwrap_or(path.len()));
    (!path.is_empty()).then_some(Path(path))
}

/// By its own name, or by the one that it has in requests.
fn member<'a>(members: &'a [Member], name: &str) -> Option<&'a Member> {
    let find = |is_it: &dyn Fn(&Member) -> bool| members.iter().find(|member| is_it(member));
    let in_requests = |member: &Member| {
        let wire = &member.traits.wire;
        let bound = match &wire.binding {
            Binding::Label(name) | Binding::Query(name) | Binding::Header(name) => Some(name),
            _ => None,
        };
        let mut names = [&wire.json_name, &wire.xml_name, &wire.ec2_query_name]
            .into_iter()
            .filter_map(Option::as_ref)
            .chain(bound);
        names.any(|it| it.eq_ignore_ascii_case(name))
    };
    find(&|member| member.name == name)
        .or_else(|| find(&|member| member.name.eq_ignore_ascii_case(name)))
        .or_else(|| find(&in_requests))
}

enum Index {
    Item(usize),
    /// `list.2`: from 0 or from 1? Rather the list than the wrong item.
    Doubtful,
}

/// `2.member` and `member.2` are counted from 1.
fn index<'a>(
    step: &Step<'a>,
    rest: &mut Peekable<impl Iterator<Item = Step<'a>>>,
) -> Option<Index> {
    let from_one = |text: &str| {
        let at = text.parse::<usize>().ok()?.checked_sub(1)?;
        Some(Index::Item(at))
    };
    if step.text == "member" {
        return match rest.next() {
            Some(number) => from_one(number.text),
            None => Some(Index::Doubtful),
        };
    }
    let at = step.text.parse().ok()?;
    if rest.next_if(|next| next.text == "member").is_some() {
        from_one(step.text)
    } else if step.is_from_zero {
        Some(Index::Item(at))
    } else {
        Some(Index::Doubtful)
    }
}
