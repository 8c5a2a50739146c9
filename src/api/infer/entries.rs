//! Lists of an input that can be the entries of a batch.

use super::names::{identifies, is_aside, is_content};
use crate::model::{Join, Member, Model, NUMBER, Operation, Place, Shape, ShapeKind};
use crate::secret::{is_secret, may_hold_secret};

/// A list of an input.
pub struct Entries<'a> {
    /// Member names joined by dots.
    pub path: String,
    pub is_required: bool,
    pub is_secret: bool,
    pub element: Element<'a>,
}

pub enum Element<'a> {
    Text,
    Structure(&'a Shape),
    /// A key of a map with one item of the list that it leads to, or with what it leads to.
    Map(&'a Shape),
}

/// The lists of texts and structures that stand in an input itself, or in a structure that the
/// input can't be without. A list of an enum's values says how, and not what.
pub fn candidates<'a>(model: &'a Model, operation: &Operation) -> Vec<Entries<'a>> {
    let input = operation.input.as_ref().and_then(|id| model.shape(id));
    let Some(input) = input else {
        return Vec::new();
    };
    let mut found = lists(model, input, "");
    if !found.iter().any(|it| it.is_required) {
        for member in input.members().iter().filter(|it| it.traits.required) {
            let inner = model.shape(&member.target);
            let inner = inner.filter(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
            if let Some(inner) = inner {
                found.extend(lists(model, inner, &format!("{}.", member.name)));
            }
        }
    }
    found
}

fn lists<'a>(model: &'a Model, shape: &'a Shape, path: &str) -> Vec<Entries<'a>> {
    let members = shape.members().iter();
    let members = members.filter(|it| it.traits.required || !is_aside(&it.name));
    let lists = members.filter_map(|member| {
        let target = model.shape(&member.target)?;
        let (element, of) = match &target.kind {
            ShapeKind::List(item) => {
                let of = model.shape(&item.target)?;
                let element = match &of.kind {
                    ShapeKind::String => Element::Text,
                    ShapeKind::Structure(_) | ShapeKind::Union(_) => Element::Structure(of),
                    _ => return None,
                };
                (element, of)
            }
            ShapeKind::Map { value, .. } => {
                let value = model.shape(&value.target)?;
                let of = match &value.kind {
                    ShapeKind::List(item) => model.shape(&item.target)?,
                    _ => value,
                };
                matches!(of.kind, ShapeKind::Structure(_)).then_some((Element::Map(target), of))?
            }
            _ => return None,
        };
        let place = |shape| Place {
            member: Some(&member.traits),
            shape,
        };
        let is_secret = match element {
            Element::Map(_) => may_hold_secret(model, place(target)),
            _ => is_secret(model, place(target)) || is_secret(model, place(of)),
        };
        Some(Entries {
            path: format!("{path}{}", member.name),
            is_required: member.traits.required,
            is_secret,
            element,
        })
    });
    lists.collect()
}

impl Entries<'_> {
    /// The members by which people know an entry, those first that the answer knows it by; none
    /// where they are secret or long.
    pub fn key(&self, model: &Model, join: Option<&Join>) -> Vec<String> {
        const MOST: usize = 5;
        let last = self.path.rsplit('.').next().unwrap_or(&self.path);
        let shape = match &self.element {
            _ if self.is_secret => return vec![NUMBER.to_owned()],
            Element::Text => return vec![last.to_owned()],
            Element::Map(shape) => return vec![self.path.clone(), shape.id.name().to_owned()],
            Element::Structure(shape) => shape,
        };
        let is_short = |name: &str| {
            let member = shape.member(name);
            let target = member.and_then(|member| model.shape(&member.target));
            let place = member.and_then(|member| model.place(member));
            let is_secret = place.is_some_and(|place| is_secret(model, place));
            target.is_some_and(|target| {
                let is_text = matches!(
                    target.kind,
                    ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Integer { .. }
                );
                is_text && !is_secret && !is_content(name)
            })
        };
        if let Some(Join::Members(pairs)) = join {
            let joined = pairs.iter().map(|[own, _]| own.clone());
            let joined: Vec<String> = joined.filter(|name| is_short(name)).take(MOST).collect();
            if !joined.is_empty() {
                return joined;
            }
        }
        let short = || shape.members().iter().filter(|it| is_short(&it.name));
        let of = |is_it: &dyn Fn(&Member) -> bool| {
            let names = short().filter(|member| is_it(member)).take(3);
            Some(names.map(|it| it.name.clone()).collect())
                .filter(|names: &Vec<String>| !names.is_empty())
        };
        of(&|it| it.traits.required && identifies(&it.name))
            .or_else(|| of(&|it| it.traits.required))
            .or_else(|| of(&|_| true))
            .unwrap_or_else(|| vec![NUMBER.to_owned()])
    }
}
