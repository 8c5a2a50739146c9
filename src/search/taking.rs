//! What takes an identifier, and what is called nearly as was typed.

use crate::find::{Found, Results};
use crate::identifier::{Identified, is_identifier};
use crate::index::{Index, Item, Kind, Service};
use crate::likeness::Letters;
use crate::words::{as_one, forms};
use std::cmp::Reverse;

impl Index {
    /// The operations that take an identifier, those that read first; none where it is of no service
    /// that is known.
    pub(crate) fn taking(&self, identified: &Identified, most: usize) -> Results {
        let is_its = |item: &Item| {
            let service = self.services.get(item.service);
            let known_as = service.map_or(&[][..], |it| &it.known_as);
            item.kind == Kind::Operation && known_as.iter().any(|it| it == identified.service)
        };
        let items = self.items.iter().enumerate();
        let its: Vec<(usize, &Item)> = items.filter(|(_, item)| is_its(item)).collect();
        let name = |item: &Item| &self.names[item.name.clone()];
        let takers: Vec<String> = (identified.takers())
            .map(|(taker, _)| taker.to_lowercase())
            .collect();
        let kind = as_one(identified.kind);
        let is_of_kind = |item: &Item| forms(&kind).any(|form| name(item).contains(&form));
        let is_known = takers.is_empty() && its.iter().any(|(_, item)| is_of_kind(item));
        let place = |item: &Item| match takers.is_empty() {
            false => takers.iter().position(|taker| taker == name(item)),
            true if is_known && !is_of_kind(item) => None,
            true => Some(distance(name(item), &kind)),
        };
        let ordered = its.iter().filter_map(|(at, item)| {
            let length = name(item).len();
            let place = place(item)?;
            Some((!item.reads, place, Reverse(item.prior), length, *at))
        });
        let mut ordered: Vec<_> = ordered.collect();
        ordered.sort_unstable();
        let count = ordered.len();
        let best = ordered.into_iter().map(|(.., item)| item).take(most);
        let operations = best.enumerate().map(|(at, item)| Found {
            item,
            score: (most - at) as u32,
        });
        Results {
            operations: operations.collect(),
            count,
            ..Results::default()
        }
    }

    /// A query with what its identifiers are in place of them; nothing in place of those of which
    /// nobody knows.
    pub(crate) fn without_identifiers(&self, query: &str) -> String {
        let parts = query
            .split_whitespace()
            .map(|part| match Identified::of(part) {
                Some(it) => [it.service, " ", it.kind].concat(),
                None if is_identifier(part) && !self.names.contains(&as_one(part)) => String::new(),
                None => part.to_owned(),
            });
        parts
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The services that are called nearly so, those that are used most first: of `ec3` EC2.
    #[must_use]
    pub fn services_like(&self, name: &str, most: usize) -> Vec<Found> {
        let name = as_one(name);
        let letters = Letters::new(&name);
        let wrong = |service: &Service| {
            let names = service.known_as.iter();
            names.filter_map(|known| letters.wrong_in(known)).min()
        };
        let services = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.kind == Kind::Service);
        let near = services.filter_map(|(at, item)| {
            Some((
                wrong(&self.services[item.service])?,
                Reverse(item.prior),
                at,
            ))
        });
        let mut near: Vec<_> = near.collect();
        near.sort_unstable();
        let near = near.into_iter().take(most);
        near.map(|(wrong, _, item)| Found {
            item,
            score: 100 - wrong as u32,
        })
        .collect()
    }
}

/// How far the name of an operation is from taking one thing of a kind: `GetRole`, `DescribeRoles`, what
/// is about something of it, and what lists all.
fn distance(name: &str, kind: &str) -> usize {
    let verb = |form: String| name.strip_suffix(&form);
    let of_many = forms(kind).skip(1).find_map(verb);
    match (verb(kind.to_owned()), of_many) {
        _ if kind.is_empty() => usize::from(name.starts_with("list")),
        (Some("get" | "describe" | "head"), _) => 0,
        (_, Some("describe")) => 1,
        (_, Some("list")) => 3,
        _ => 2,
    }
}
