//! Which operations take what an answer identifies.

use super::{Picks, numbers, object};
use crate::model::words_of;
use serde_json::Value;

impl<'a> Picks<'a> {
    /// The inverse: the operations of the service that take what identifies an item of an answer's
    /// list, `items` of `operation`, as in [`List`]. Where no member is filled from that list, the
    /// items are told by what they have in common with those of others: their `identifier`, if its
    /// name says of what it is.
    pub fn takers(self, operation: &str, items: &str, identifier: &str) -> Vec<Taking<'a>> {
        let lists = self.0["lists"].as_array().into_iter().flatten();
        let own: Vec<&Value> = lists.filter(|list| list["service"].is_null()).collect();
        let is_it = |list: &Value| list["operation"] == operation && list["items"] == items;
        let is_like = |list: &Value| list["value"] == identifier;
        let is_telling = words_of(identifier).len() > 1;
        let is_filled = own.iter().any(|list| is_it(list));
        let value_of = |number: usize| {
            let list = &self.0["lists"][number];
            let is_its = match is_filled {
                true => is_it(list),
                false => is_telling && is_like(list),
            };
            let value = list["value"].as_str()?;
            (is_its && list["service"].is_null()).then_some(value)
        };
        let mut found = Vec::new();
        for (operation, members) in object(&self.0["fills"]) {
            for (path, of) in object(members) {
                found.extend(numbers(of).find_map(value_of).map(|value| Taking {
                    operation,
                    path,
                    value,
                }));
            }
        }
        found
    }

    /// The operations of the service that take what a member of an answer identifies: those whose input
    /// has a member of the same name that is filled from a list of the service. A name that doesn't say of
    /// what it is, such as `Id`, tells nothing.
    pub fn takers_of<'b>(self, member: &'b str) -> Vec<Taking<'b>>
    where
        'a: 'b,
    {
        let is_own = |number: usize| self.0["lists"][number]["service"].is_null();
        let mut found = Vec::new();
        if words_of(member).len() < 2 {
            return found;
        }
        for (operation, members) in object(&self.0["fills"]) {
            for (path, of) in object(members) {
                let last = path
                    .trim_end_matches(['[', ']', '{', '}'])
                    .rsplit('.')
                    .next();
                let is_it = last.is_some_and(|last| last.eq_ignore_ascii_case(member));
                if is_it && numbers(of).any(is_own) {
                    found.push(Taking {
                        operation,
                        path,
                        value: member,
                    });
                }
            }
        }
        found
    }
}

/// An operation that takes what identifies an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taking<'a> {
    pub operation: &'a str,
    /// Of the member of its input that takes it.
    pub path: &'a str,
    /// From an item to what is taken; `@` is the item itself.
    pub value: &'a str,
}
