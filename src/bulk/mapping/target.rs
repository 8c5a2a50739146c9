//! Members that a column can go into.

use formsmith_api::model::{Model, Place, ShapeKind};
use formsmith_run::OperationRef;

/// A member of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub path: Vec<String>,
    /// What people call it.
    pub title: String,
    pub kind: TargetKind,
    /// The request can't be without it, nor what it stands in.
    pub is_required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// A text, a number, a boolean or a moment.
    Value,
    /// A list of such; a cell may have several.
    List,
    /// Keys with values: what a column goes into is named by one more name, the key.
    Keys,
    /// Written as JSON.
    Json,
}

/// So deep members are offered one by one; what is deeper is written as JSON.
const DEPTH: usize = 5;

/// All members that a column can go into, in the order of the model.
#[must_use]
pub fn targets(op: OperationRef) -> Vec<Target> {
    let mut found = Vec::new();
    let Some(root) = op.model.input(op.operation) else {
        return found;
    };
    let mut walk = Walk {
        model: op.model,
        entries: entries(op),
        found: &mut found,
    };
    walk.members(root, &[], true);
    found
}

/// Where the entries of a batch are, of which a row has one.
pub fn entries(op: OperationRef) -> Option<Vec<String>> {
    let batch = op.operation.traits.batch.as_ref()?;
    Some(batch.entries.split('.').map(str::to_owned).collect())
}

struct Walk<'a> {
    model: &'a Model,
    entries: Option<Vec<String>>,
    found: &'a mut Vec<Target>,
}

impl<'a> Walk<'a> {
    fn members(&mut self, place: Place<'a>, path: &[String], is_required: bool) {
        for member in place.shape.members() {
            let Some(of) = self.model.place(member) else {
                continue;
            };
            let path = [path, std::slice::from_ref(&member.name)].concat();
            let is_required = is_required && member.traits.required;
            self.member(of, of.title(&member.name), path, is_required);
        }
    }

    fn member(&mut self, of: Place<'a>, title: String, path: Vec<String>, is_required: bool) {
        let mut kind = kind(self.model, of);
        if let ShapeKind::List(item) = &of.shape.kind
            && self.entries.as_ref() == Some(&path)
            && let Some(item) = self.model.place(item)
        {
            if matches!(item.shape.kind, ShapeKind::Structure(_)) {
                return self.members(item, &path, is_required);
            }
            kind = TargetKind::Value;
        }
        let is_structure = matches!(of.shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
        if is_structure && path.len() < DEPTH {
            let is_required = is_required && !matches!(of.shape.kind, ShapeKind::Union(_));
            return self.members(of, &path, is_required);
        }
        self.found.push(Target {
            path,
            title,
            kind,
            is_required,
        });
    }
}

fn kind(model: &Model, place: Place<'_>) -> TargetKind {
    match &place.shape.kind {
        ShapeKind::List(item) => match model.place(item) {
            Some(item) if is_value(&item.shape.kind) => TargetKind::List,
            Some(item) if keyed(model, item).is_some() => TargetKind::Keys,
            _ => TargetKind::Json,
        },
        ShapeKind::Map { value, .. } => match model.place(value) {
            Some(value) if is_value(&value.shape.kind) => TargetKind::Keys,
            _ => TargetKind::Json,
        },
        kind if is_value(kind) => TargetKind::Value,
        _ => TargetKind::Json,
    }
}

pub fn is_value(kind: &ShapeKind) -> bool {
    let is_aggregate = matches!(
        kind,
        ShapeKind::Structure(_) | ShapeKind::List(_) | ShapeKind::Map { .. } | ShapeKind::Union(_)
    );
    !is_aggregate && !kind.is_json()
}

/// The names of key and value in a structure that is a key with its value, as a tag is.
pub fn keyed<'a>(model: &Model, item: Place<'a>) -> Option<(&'a str, &'a str)> {
    let [one, other] = item.shape.members() else {
        return None;
    };
    let is_text = |member| {
        let place = model.place(member);
        place.is_some_and(|it| is_value(&it.shape.kind))
    };
    let is = |name: &str, wanted: &str| reduced(name).ends_with(wanted);
    let names = (one.name.as_str(), other.name.as_str());
    match names {
        _ if !is_text(one) || !is_text(other) => None,
        (key, value) if is(key, "key") && is(value, "value") => Some((key, value)),
        (value, key) if is(key, "key") && is(value, "value") => Some((key, value)),
        _ => None,
    }
}

/// The member that a column is called like, and whether its cells have several values.
pub fn named(targets: &[Target], column: &str) -> Option<(Vec<String>, bool)> {
    let name = reduced(column);
    let found = |target: &Target| (target.path.clone(), target.kind == TargetKind::List);
    let is_called = |target: &&Target, name: &str| {
        let last = target.path.last().map_or("", |it| it);
        let singular = |text: &str| text.strip_suffix('s').map(str::to_owned);
        let own = [reduced(last), reduced(&target.title)];
        let one = own.iter().filter_map(|it| singular(it));
        own.iter().any(|it| it == name) || one.into_iter().any(|it| it == name)
    };
    if name.is_empty() {
        return None;
    }
    // The whole path, then the name alone, of the least deep.
    let whole = |target: &&Target| reduced(&target.path.concat()) == name;
    if let Some(target) = targets.iter().find(whole) {
        return (target.kind != TargetKind::Keys).then(|| found(target));
    }
    let mut like: Vec<&Target> = targets
        .iter()
        .filter(|it| it.kind != TargetKind::Keys && is_called(it, &name))
        .collect();
    like.sort_by_key(|it| it.path.len());
    match like.as_slice() {
        [] => {}
        [one] => return Some(found(one)),
        [one, other, ..] if one.path.len() < other.path.len() => return Some(found(one)),
        _ => return None,
    }
    // `Tags.owner`, `Tags owner`, `tag:owner`.
    let (begin, key) = column.split_once(['.', ':', ' '])?;
    let begin = reduced(begin);
    let keyed = targets
        .iter()
        .find(|it| it.kind == TargetKind::Keys && is_called(it, &begin))?;
    let mut path = keyed.path.clone();
    path.push(key.trim().to_owned());
    (!key.trim().is_empty()).then_some((path, false))
}

/// For comparing names: `Product ID`, `product_id` and `ProductId` are one.
pub fn reduced(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
