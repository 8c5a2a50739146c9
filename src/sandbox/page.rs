//! Lists, given page by page.
//!
//! A token is a digest of the operation, of what else was asked for, and of the item the next
//! page begins with. It says nothing to a client, holds for no other request, and goes on at the
//! same item however many have come or gone before it. Once that item is gone the token is stale.

use crate::digest::Digest;
use crate::input::Input;

/// How a service is asked for a page: two members of the input, and what an absent size means.
pub struct Paging {
    pub token: &'static str,
    pub size: &'static str,
    pub default_size: usize,
}

/// Items with the token for those after them, where there are any.
#[derive(Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// The token was not given for this request, or what it leads to is gone.
#[derive(Debug, PartialEq)]
pub struct RefusedToken;

impl Paging {
    /// The page of `items` that the input of `operation` asks for. `key` tells an item from all
    /// others of the list, for as long as it is there.
    pub fn page<T, K: AsRef<str>>(
        &self,
        operation: &str,
        input: Input<'_>,
        items: impl IntoIterator<Item = T>,
        key: impl Fn(&T) -> K,
    ) -> Result<Page<T>, RefusedToken> {
        // A walk may change the size of its pages, and nothing else.
        let asked = Digest::new()
            .text(operation)
            .members(input, &[self.token, self.size]);
        let number = |item: &T| asked.text(key(item).as_ref()).number();
        let mut rest = items.into_iter().peekable();
        if let Some(given) = input.optional_text(self.token).filter(|it| !it.is_empty()) {
            let given = read(given).ok_or(RefusedToken)?;
            while rest.next_if(|item| number(item) != given).is_some() {}
            rest.peek().ok_or(RefusedToken)?;
        }
        let size = input.integer(self.size).filter(|size| *size > 0);
        let size = size.map_or(self.default_size, |size| {
            usize::try_from(size).unwrap_or(usize::MAX)
        });
        let items = rest.by_ref().take(size).collect();
        Ok(Page {
            items,
            next: rest.peek().map(|item| written(number(item))),
        })
    }
}

fn written(number: u64) -> String {
    format!("{number:016x}")
}

/// The number of a token that is written exactly as this module writes it.
fn read(token: &str) -> Option<u64> {
    let number = u64::from_str_radix(token, 16).ok()?;
    (written(number) == token).then_some(number)
}
