//! How items of an answer are brought home to entries of the input.

use super::entries::{Element, Entries};
use super::names::{identifies, is_part, is_telling, likeness, subject, words};
use crate::model::{Join, KEY, Member, Model, Shape, ShapeKind};

/// The join of a list's items, if their shapes have what it takes.
pub fn of_list(model: &Model, entries: &Entries<'_>, item: &Shape) -> Option<Join> {
    match (&item.kind, &entries.element) {
        (ShapeKind::String, Element::Text) => Some(Join::AnyOf(vec![pair("", "")])),
        (ShapeKind::String, Element::Structure(shape)) => by_name(model, shape, ""),
        (ShapeKind::Structure(members), element) => of_structure(model, entries, element, item)
            .or_else(|| index(model, members).map(Join::Index)),
        _ => None,
    }
}

/// The join of a map's items, which are known by its keys.
pub fn of_map(model: &Model, entries: &Entries<'_>) -> Option<Join> {
    match &entries.element {
        Element::Text => Some(Join::AnyOf(vec![pair("", KEY)])),
        Element::Structure(shape) => by_name(model, shape, KEY),
        Element::Map(_) => None,
    }
}

/// The members that an entry can't be without and that say what it is.
fn by_name(model: &Model, entry: &Shape, item: &str) -> Option<Join> {
    let names = entry.members().iter().filter(|member| {
        let last = words(&member.name).pop().unwrap_or_default();
        let is_name = matches!(last.as_str(), "id" | "identifier" | "arn" | "name");
        is_name && member.traits.required && is_text(model, member)
    });
    let pairs: Vec<_> = names.map(|member| pair(&member.name, item)).collect();
    (!pairs.is_empty()).then_some(Join::AnyOf(pairs))
}

fn of_structure(
    model: &Model,
    entries: &Entries<'_>,
    element: &Element<'_>,
    item: &Shape,
) -> Option<Join> {
    match element {
        Element::Text => any_of(model, entries, item),
        Element::Map(_) => None,
        Element::Structure(shape) if shape.id == item.id => Some(Join::Entry(String::new())),
        Element::Structure(shape) if is_of_part(model, shape, item) => None,
        Element::Structure(shape) => {
            let own = item.members().iter().find(|it| it.target == shape.id);
            own.map(|member| Join::Entry(member.name.clone()))
                .or_else(|| {
                    let shared = shared(model, shape, item);
                    // A role or a kind that both have does not say which one it is.
                    let identify =
                        |pairs: &Vec<[String; 2]>| pairs.iter().any(|[own, _]| identifies(own));
                    let known = shared.clone().filter(identify);
                    let renamed = || renamed(model, entries, shape, item);
                    known.or_else(renamed).or(shared).map(Join::Members)
                })
        }
    }
}

/// Is an item about one of several that an entry lists? `recordId`, where an entry has `recordIds`.
fn is_of_part(model: &Model, entry: &Shape, item: &Shape) -> bool {
    let is_list = |member: &Member| {
        let shape = model.shape(&member.target);
        matches!(shape.map(|it| &it.kind), Some(ShapeKind::List(_)))
    };
    let members = item.members().iter();
    let mut texts = members.filter(|it| is_text(model, it));
    texts.any(|text| {
        let is_its = |own: &Member| is_list(own) && words(&own.name) == words(&text.name);
        entry.member(&text.name).is_none() && entry.members().iter().any(is_its)
    })
}

/// Members of an item in which the text of an entry can stand; the likeliest first, and those
/// alone that are named a little like it, if any are.
fn any_of(model: &Model, entries: &Entries<'_>, item: &Shape) -> Option<Join> {
    let about = subject(&entries.path);
    let is_named_alike = |member: &&Member| {
        let words = words(&member.name);
        words.iter().any(|word| about.contains(word))
    };
    let members = item.members().iter().filter(|it| !is_telling(&it.name));
    let mut texts: Vec<&Member> = members
        .filter(|member| {
            is_text(model, member) || is_integer(model, member) && is_named_alike(member)
        })
        .collect();
    if texts.iter().any(is_named_alike) {
        texts.retain(is_named_alike);
    }
    let best = (0..texts.len()).max_by_key(|at| likeness(&words(&texts[*at].name), &about));
    if let Some(best) = best {
        texts[..=best].rotate_right(1);
    }
    let pairs: Vec<_> = texts.iter().map(|member| pair("", &member.name)).collect();
    (!pairs.is_empty()).then_some(Join::AnyOf(pairs))
}

/// Members that entry and item have under the same name, but for those that tell why.
fn shared(model: &Model, entry: &Shape, item: &Shape) -> Option<Vec<[String; 2]>> {
    let pairs = entry.members().iter().filter_map(|own| {
        let is_same = |other: &&Member| other.name.eq_ignore_ascii_case(&own.name);
        let other = item.members().iter().find(is_same)?;
        let is_usable = !is_telling(&own.name) && is_alike(model, own, other);
        is_usable.then(|| pair(&own.name, &other.name))
    });
    let pairs: Vec<_> = pairs.collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// `Id` of `Targets` is `TargetId` in an item, `documentId` of `documents` is `id`, and `Values`
/// are `PartitionValues`.
fn renamed(
    model: &Model,
    entries: &Entries<'_>,
    entry: &Shape,
    item: &Shape,
) -> Option<Vec<[String; 2]>> {
    let about = subject(&entries.path);
    let whole = |own: &Member| [about.clone(), identifier(&own.name)].concat();
    let others = item.members().iter().filter(|it| !is_telling(&it.name));
    let others: Vec<&Member> = others.collect();
    let pairs = entry.members().iter().filter_map(|own| {
        let own_words = identifier(&own.name);
        let mut alike = others.iter().filter(|other| {
            let other_words = identifier(&other.name);
            let is_longer = is_part(&own_words, &other_words) && is_part(&other_words, &whole(own));
            let with_subject = [about.clone(), other_words.clone()].concat();
            let is_shorter =
                is_part(&other_words, &own_words) && is_part(&own_words, &with_subject);
            let is_name_of_all = is_part(&other_words, &about) && is_part(&about, &other_words);
            let is_named = is_name_of_all
                && matches!(
                    own.name.to_ascii_lowercase().as_str(),
                    "name" | "id" | "arn"
                );
            (is_longer || is_shorter || is_named) && is_alike(model, own, other)
        });
        let other = alike.next()?;
        let is_only = alike.next().is_none();
        (is_only && !is_telling(&own.name)).then(|| pair(&own.name, &other.name))
    });
    let pairs: Vec<_> = pairs.collect();
    (!pairs.is_empty()).then_some(pairs)
}

/// `identifier` is often written as `id`.
fn identifier(name: &str) -> Vec<String> {
    let mut words = words(name);
    for word in &mut words {
        if word == "identifier" {
            *word = "id".to_owned();
        }
    }
    words
}

fn index(model: &Model, members: &[Member]) -> Option<String> {
    let is_index = |member: &&Member| {
        is_integer(model, member)
            && words(&member.name)
                .last()
                .is_some_and(|word| word == "index")
    };
    members
        .iter()
        .find(is_index)
        .map(|member| member.name.clone())
}

fn is_text(model: &Model, member: &Member) -> bool {
    let shape = model.shape(&member.target);
    matches!(shape.map(|it| &it.kind), Some(ShapeKind::String))
}

fn is_integer(model: &Model, member: &Member) -> bool {
    let shape = model.shape(&member.target);
    matches!(shape.map(|it| &it.kind), Some(ShapeKind::Integer { .. }))
}

/// Can a value of the one be compared with a value of the other? Moments, fractions and bytes
/// may be written in several ways.
fn is_alike(model: &Model, one: &Member, other: &Member) -> bool {
    if one.target == other.target {
        let kind = model.shape(&one.target).map(|it| &it.kind);
        return !matches!(
            kind,
            Some(ShapeKind::Timestamp | ShapeKind::Float | ShapeKind::Double | ShapeKind::Blob)
        );
    }
    let kind = |member: &Member| {
        let shape = model.shape(&member.target)?;
        Some(match &shape.kind {
            ShapeKind::String | ShapeKind::Enum(_) => 0,
            ShapeKind::Integer { .. } => 1,
            ShapeKind::List(item) => match model.shape(&item.target)?.kind {
                ShapeKind::String | ShapeKind::Enum(_) => 2,
                _ => return None,
            },
            _ => return None,
        })
    };
    kind(one).is_some() && kind(one) == kind(other)
}

fn pair(entry: &str, item: &str) -> [String; 2] {
    [entry.to_owned(), item.to_owned()]
}
