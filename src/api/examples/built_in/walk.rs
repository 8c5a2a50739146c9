//! Through two models of a service at once: from operations to all shapes that they reach.

use crate::facts::{self, Facts};
use formsmith_api::model::{
    Member, Model, Operation, Protocol, Service, Shape, ShapeId, ShapeKind,
};
use std::collections::BTreeSet;

/// Our side and botocore's.
#[derive(Default)]
pub struct Walk {
    pub facts: [Facts; 2],
    /// The pairs of shapes that were compared.
    seen: BTreeSet<[String; 2]>,
}

type Pair<'a> = [(&'a Model, Option<&'a ShapeId>); 2];

impl Walk {
    pub fn service(&mut self, ours: &Service, theirs: &Service) {
        for (side, service) in [ours, theirs].into_iter().enumerate() {
            facts::service(&mut self.facts[side], service);
        }
    }

    pub fn operation(
        &mut self,
        (our_model, ours): (&Model, &Operation),
        theirs: Option<(&Model, &Operation)>,
        protocol: Protocol,
    ) {
        let name = ours.name();
        self.facts[0].insert(name.to_owned(), "operation".into());
        let Some((their_model, theirs)) = theirs else {
            return;
        };
        self.facts[1].insert(name.to_owned(), "operation".into());
        let mut errors = BTreeSet::new();
        for (facts, operation) in self.facts.iter_mut().zip([ours, theirs]) {
            facts::traits(facts, name, &operation.traits, protocol);
            for error in operation.errors.iter().map(ShapeId::name) {
                facts.insert(format!("{name} error {error}"), "listed".into());
                errors.insert(error);
            }
        }
        let mut shapes = |at: &str, our: Option<&ShapeId>, their: Option<&ShapeId>| {
            self.shapes(at, [(our_model, our), (their_model, their)], protocol);
        };
        let [input, output] = ["input", "output"].map(|what| format!("{name} {what}"));
        shapes(&input, ours.input.as_ref(), theirs.input.as_ref());
        shapes(&output, ours.output.as_ref(), theirs.output.as_ref());
        for error in errors {
            let [our, their] = [ours, theirs].map(|operation| {
                let mut errors = operation.errors.iter();
                errors.find(|id| id.name() == error)
            });
            // One that only one of them lists is a difference by itself.
            if our.is_some() && their.is_some() {
                shapes(error, our, their);
            }
        }
    }

    /// Two shapes that stand at the same place. None at all and one without members are the same.
    fn shapes(&mut self, at: &str, pair: Pair<'_>, protocol: Protocol) {
        let [ours, theirs] = pair.map(|(model, id)| id.map(|id| model.shape(id).unwrap()));
        let is_empty = |shape: Option<&Shape>| {
            shape.is_none_or(|it| matches!(&it.kind, ShapeKind::Structure(of) if of.is_empty()))
        };
        if is_empty(ours) && is_empty(theirs) {
            return;
        }
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            let side = usize::from(ours.is_none());
            self.facts[side].insert(at.to_owned(), "there".into());
            return;
        };
        let names = [ours.id.name(), theirs.id.name()];
        if !self.seen.insert(names.map(str::to_owned)) {
            return;
        }
        // Where the two have names of their own, what is said is about that pair alone.
        let name = match names {
            [our, their] if our == their => our.to_owned(),
            [our, their] => format!("{our}={their}"),
        };
        facts::shapes(&mut self.facts, &name, [ours, theirs], protocol);
        let members = parts(ours).chain(parts(theirs)).map(|(name, _)| name);
        for member in members.collect::<BTreeSet<_>>() {
            let find = |shape| parts(shape).find(|(name, _)| *name == member);
            let found = [find(ours), find(theirs)];
            let at = format!("{name}${member}");
            for (side, found) in found.iter().enumerate() {
                if let Some((_, member)) = found {
                    facts::member(&mut self.facts[side], &at, member, pair[side].0, protocol);
                }
            }
            if let [Some((_, our)), Some((_, their))] = found {
                let targets = [
                    (pair[0].0, Some(&our.target)),
                    (pair[1].0, Some(&their.target)),
                ];
                self.shapes(&at, targets, protocol);
            }
        }
    }
}

/// The members of any shape that has some, but for the values of an enum.
fn parts(shape: &Shape) -> impl Iterator<Item = (&str, &Member)> {
    let parts: Vec<&Member> = match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => members.iter().collect(),
        ShapeKind::List(member) => vec![member],
        ShapeKind::Map { key, value } => vec![key, value],
        _ => Vec::new(),
    };
    parts
        .into_iter()
        .map(|member| (member.name.as_str(), member))
}
