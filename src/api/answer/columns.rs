//! What of a list's items stands in columns, and which of them are seen first.

use super::List;
use super::names::{kinds, small_words};
use super::told::{text_of, value_at};
use crate::model::{Member, Model, Place, Shape, ShapeKind, in_words};
use serde_json::Value;

/// So many columns are seen unless the person chooses others.
const FEW: usize = 6;

/// Items that are looked at to know which columns have anything.
const SAMPLE: usize = 200;

/// A column of a list's table.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// The way to its value within an item: `InstanceId`, `State.Name`, `Tags[Name]`; `@` for the
    /// item itself.
    pub key: String,
    pub title: String,
    /// None where no model says what stands there.
    pub place: Option<Place<'a>>,
    pub role: Role,
    /// Is it seen unless the person chooses others?
    pub is_first: bool,
}

/// In the order in which columns are seen first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Other operations know the item by it.
    Identifier,
    /// People know the item by it.
    Name,
    State,
    Kind,
    Time,
    Text,
    Number,
    /// Something that is more than one value.
    Nested,
}

/// The columns of a list: identifier and name, then the others as the model has them. `items` tell
/// which have anything in them.
#[must_use]
pub fn columns<'a>(model: &'a Model, list: &List<'a>, items: &[&Value]) -> Vec<Column<'a>> {
    let members = list.item.shape.members();
    if let ShapeKind::Map { value, .. } = &list.item.shape.kind
        && let Some(place) = model.place(value)
        && let Some(columns) = columns_of_entries(place, items)
    {
        return columns;
    }
    if members.is_empty() {
        return vec![Column {
            key: "@".into(),
            title: list.item_title.clone(),
            place: Some(list.item),
            role: Role::Identifier,
            is_first: true,
        }];
    }
    let identifier = identifier(model, list);
    let name = name(model, list, identifier);
    let mut all: Vec<Column<'a>> = Vec::new();
    for member in members {
        let Some(place) = model.place(member) else {
            continue;
        };
        let column = |key: String, title: String, place: Place<'a>, role: Role| Column {
            key,
            title,
            place: Some(place),
            role,
            is_first: false,
        };
        if let Some(tag) = tag_of(model, place) {
            let key = [&member.name, "[", TAG, "]"].concat();
            // Its title is the key, which the person gave the tag.
            all.push(column(key, TAG.to_owned(), tag, Role::Name));
        }
        let title = place.title(&member.name);
        match told(model, place) {
            Some((inner, told)) => {
                let key = [&member.name, ".", &inner.name].concat();
                all.push(column(key, title, told, Role::State));
            }
            None => {
                let role = match member {
                    _ if is(identifier, member) => Role::Identifier,
                    _ if is(name, member) => Role::Name,
                    _ => role(member, place),
                };
                all.push(column(member.name.clone(), title, place, role));
            }
        }
    }
    only_own_kind(list, &mut all);
    let sample = &items[..items.len().min(SAMPLE)];
    let has_any = |column: &Column<'_>| {
        let is_there = |value: &Value| !value.is_null() && value.as_str() != Some("");
        sample.is_empty()
            || sample
                .iter()
                .any(|item| value_at(item, &column.key).is_some_and(is_there))
    };
    let repeats = |column: &Column<'_>| identifier.is_some_and(|it| repeats(sample, column, it));
    let is_telling = |at: &usize| has_any(&all[*at]) && !repeats(&all[*at]);
    let mut order: Vec<usize> = (0..all.len()).filter(is_telling).collect();
    order.sort_by_key(|at| all[*at].role);
    order.truncate(FEW);
    order.iter().for_each(|at| all[*at].is_first = true);
    // A tag nobody has set is no column at all.
    all.retain(|column| column.is_first || !column.key.ends_with(']'));
    all.sort_by_key(|column| column.role.min(Role::State));
    all
}

/// Is it an ARN that says no more than the identifier, which it ends with?
fn repeats(sample: &[&Value], column: &Column<'_>, identifier: &Member) -> bool {
    let repeats = |item: &&Value| {
        let arn = value_at(item, &column.key).and_then(Value::as_str);
        // What stands in a log group, too.
        let arn = arn.map(|arn| arn.trim_end_matches(":*"));
        let identifier = text_of(item, &identifier.name);
        arn.zip(identifier)
            .is_some_and(|(arn, own)| arn.len() > own.len() && arn.ends_with(own))
    };
    let is_arn = small_words(&column.key)
        .last()
        .is_some_and(|it| it == "arn");
    is_arn && column.role == Role::Text && !sample.is_empty() && sample.iter().all(repeats)
}

/// Where a member stands among those of a structure that is read by itself: what identifies it, its name,
/// state, kind and times come first, then its tags, then all others.
#[must_use]
pub fn rank(model: &Model, shape: &Shape, member: &Member, place: Place<'_>) -> usize {
    let words = small_words(&member.name);
    let kinds = kinds(shape.id.name());
    let is_its = |last: &str| {
        let before = words.strip_suffix(&[last.to_owned()][..]);
        before
            .is_some_and(|before| before.is_empty() || kinds.iter().any(|it| it.ends_with(before)))
    };
    let is_text = matches!(place.shape.kind, ShapeKind::String);
    match role(member, place) {
        _ if is_text && (is_its("id") || is_its("identifier")) => 0,
        _ if is_text && is_its("name") => 1,
        _ if told(model, place).is_some() => 2,
        Role::State => 2,
        Role::Kind if is_its("type") || is_its("class") || is_its("kind") => 3,
        Role::Time => 4,
        _ if tag_of(model, place).is_some() || words == ["tags"] => 5,
        _ => 6,
    }
}

/// Of several kinds the item's own is told first: an instance's `InstanceType`, not the type of its
/// root device.
fn only_own_kind(list: &List<'_>, all: &mut [Column<'_>]) {
    let noun = small_words(&list.item_title);
    let is_own = |column: &Column<'_>| {
        let words = small_words(&column.key);
        column.role == Role::Kind && words.len() == noun.len() + 1 && words.starts_with(&noun)
    };
    if all.iter().any(is_own) {
        for column in all.iter_mut().filter(|it| it.role == Role::Kind) {
            if !is_own(column) {
                column.role = Role::Text;
            }
        }
    }
}

/// The columns of maps, which are items of a table whose keys only the person knows: what most have
/// first. None where there is nothing in them.
fn columns_of_entries<'a>(place: Place<'a>, items: &[&Value]) -> Option<Vec<Column<'a>>> {
    let sample = &items[..items.len().min(SAMPLE)];
    let mut keys: Vec<(&str, usize)> = Vec::new();
    for key in sample
        .iter()
        .filter_map(|it| it.as_object())
        .flat_map(|it| it.keys())
    {
        match keys.iter_mut().find(|(it, _)| it == key) {
            Some((_, count)) => *count += 1,
            None => keys.push((key, 1)),
        }
    }
    keys.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let columns = keys.into_iter().enumerate().map(|(at, (key, _))| Column {
        key: key.to_owned(),
        title: key.to_owned(),
        place: Some(place),
        role: Role::Text,
        is_first: at < FEW,
    });
    let columns: Vec<_> = columns.collect();
    (!columns.is_empty()).then_some(columns)
}

/// The columns of items that no model knows: their members, or what they are themselves.
#[must_use]
pub fn columns_of_values(items: &[&Value], whole: &str) -> Vec<Column<'static>> {
    let column = |key: &str, title: String| Column {
        key: key.to_owned(),
        title,
        place: None,
        role: Role::Text,
        is_first: true,
    };
    let mut all: Vec<Column<'static>> = Vec::new();
    for item in items.iter().take(SAMPLE) {
        for name in item.as_object().into_iter().flat_map(|it| it.keys()) {
            if !all.iter().any(|column| column.key == *name) {
                all.push(column(name, in_words(name)));
            }
        }
    }
    match all.is_empty() {
        true => vec![column("@", whole.to_owned())],
        false => all,
    }
}

fn is(one: Option<&Member>, other: &Member) -> bool {
    one.is_some_and(|one| std::ptr::eq(one, other))
}

/// The tag that AWS's consoles show as the name.
const TAG: &str = "Name";

/// Where the value of a tag stands, if this is a list of tags: of structures with key and value.
fn tag_of<'a>(model: &'a Model, place: Place<'a>) -> Option<Place<'a>> {
    let ShapeKind::List(item) = &place.shape.kind else {
        return None;
    };
    let item = model.place(item)?.shape;
    let value = item.member("Key").and(item.member("Value"))?;
    model.place(value)
}

/// The state within a small structure that tells little more: `State.Name`.
fn told<'a>(model: &'a Model, place: Place<'a>) -> Option<(&'a Member, Place<'a>)> {
    let ShapeKind::Structure(members) = &place.shape.kind else {
        return None;
    };
    let named = ["Name", "Status", "State", "Code"];
    let told = named.iter().find_map(|name| {
        let member = place.shape.member(name)?;
        let told = model.place(member)?;
        matches!(told.shape.kind, ShapeKind::Enum(_)).then_some((member, told))
    });
    told.filter(|_| members.len() <= 3)
}

fn role(member: &Member, place: Place<'_>) -> Role {
    let words = small_words(&member.name);
    let last = words.last().map_or("", String::as_str);
    match &place.shape.kind {
        ShapeKind::Timestamp => Role::Time,
        ShapeKind::Enum(_) | ShapeKind::String if matches!(last, "state" | "status") => Role::State,
        ShapeKind::Enum(_) | ShapeKind::String
            if matches!(last, "type" | "class" | "engine" | "runtime" | "kind") =>
        {
            Role::Kind
        }
        // A page of JSON in a cell says nothing at a glance.
        ShapeKind::String if matches!(last, "document" | "policy" | "json" | "template") => {
            Role::Nested
        }
        ShapeKind::String | ShapeKind::Enum(_) => Role::Text,
        ShapeKind::Boolean => Role::Number,
        kind if kind.is_number() => Role::Number,
        _ => Role::Nested,
    }
}

/// The member that other operations know an item by: `SubnetId` of subnets, `GroupId` of security
/// groups, or what is an identifier by itself. Where none takes the identifier, but some take a name or
/// an ARN, it is what most take: `UserName` of users, `Arn` of policies.
fn identifier<'a>(model: &'a Model, list: &List<'a>) -> Option<&'a Member> {
    let by_name = named_as_identifier(model, list);
    let takers = |member: &&Member| takers(model, list, member);
    if by_name.is_none_or(|it| takers(&it) > 0) {
        return by_name;
    }
    let others = ["name", "arn"]
        .into_iter()
        .flat_map(|word| [false, true].map(|is_alone| named(model, list, &[word], is_alone)));
    let most = others.flatten().max_by_key(takers);
    most.filter(|it| takers(it) > 0).or(by_name)
}

/// How many operations take this member of an item: `UserName`, or `PolicyArn` for a policy's `Arn`.
fn takers(model: &Model, list: &List<'_>, member: &Member) -> usize {
    let words = small_words(&member.name);
    let kinds = kinds_of(list);
    let is_it = |taken: &Member| {
        let taken = small_words(&taken.name);
        taken == words
            || kinds
                .iter()
                .any(|kind| taken == [&kind[..], &words[..]].concat())
    };
    let operations = model.services().iter().flat_map(|it| &it.operations);
    let inputs = operations.filter_map(|it| model.root(it.input.as_ref()?));
    inputs
        .filter(|input| input.shape.members().iter().any(is_it))
        .count()
}

fn kinds_of(list: &List<'_>) -> Vec<Vec<String>> {
    [list.name, list.item.shape.id.name()].map(kinds).concat()
}

fn named_as_identifier<'a>(model: &'a Model, list: &List<'a>) -> Option<&'a Member> {
    named(model, list, &["id", "identifier"], false)
        .or_else(|| named(model, list, &["id", "identifier"], true))
        .or_else(|| named(model, list, &["name", "arn", "url"], false))
        .or_else(|| named(model, list, &["arn"], true))
        .or_else(|| named(model, list, &["name", "key"], true))
}

fn name<'a>(model: &'a Model, list: &List<'a>, other: Option<&Member>) -> Option<&'a Member> {
    let is_other = |member: &&Member| !is(other, member);
    named(model, list, &["name"], false)
        .filter(is_other)
        .or_else(|| named(model, list, &["name", "title"], true).filter(is_other))
        .or_else(|| any_name(model, list).filter(is_other))
}

/// Where nothing says how an item is called and no tag may, what else is a name: a certificate's
/// `DomainName`.
fn any_name<'a>(model: &'a Model, list: &List<'a>) -> Option<&'a Member> {
    let members = list.item.shape.members().iter();
    let mut places = members.filter_map(|member| Some((member, model.place(member)?)));
    if places
        .clone()
        .any(|(_, place)| tag_of(model, place).is_some())
    {
        return None;
    }
    let is_name = |member: &Member| {
        small_words(&member.name)
            .last()
            .is_some_and(|it| it == "name")
    };
    let found = places
        .find(|(member, place)| matches!(place.shape.kind, ShapeKind::String) && is_name(member));
    found.map(|(member, _)| member)
}

/// A text whose name is what the items are, and one of these words; or that word alone.
fn named<'a>(
    model: &'a Model,
    list: &List<'a>,
    last: &[&str],
    is_alone: bool,
) -> Option<&'a Member> {
    let kinds = kinds_of(list);
    let is_named = |member: &&&'a Member, word: &str| {
        let words = small_words(&member.name);
        let Some((ending, before)) = words.split_last() else {
            return false;
        };
        let is_its = kinds
            .iter()
            .any(|kind| !before.is_empty() && kind.ends_with(before));
        ending == word && if is_alone { before.is_empty() } else { is_its }
    };
    let texts: Vec<&'a Member> = list
        .item
        .shape
        .members()
        .iter()
        .filter(|member| {
            let place = model.place(member);
            place.is_some_and(|it| matches!(it.shape.kind, ShapeKind::String))
        })
        .collect();
    last.iter()
        .find_map(|word| texts.iter().find(|member| is_named(member, word)).copied())
}
