//! Which optional members of an operation the person has sent before: names only, kept in this browser.

use super::{Form, field_labels};
use crate::browser::storage;
use formsmith_api::draft::{Content, NodeId};
use formsmith_api::picks;

const KEY: &str = "formsmith.used-settings";

/// So many are kept, of all operations; those that were sent longest ago go first.
const MOST: usize = 200;

/// Of so many rows of a list they are looked for.
const ROWS: usize = 20;

impl Form {
    /// Keeps the names of what is about to be sent.
    pub(super) fn keep_used_settings(self) {
        let mut given = Vec::new();
        gather(self, self.peek(|draft| draft.root()), &mut given);
        if given.is_empty() {
            return;
        }
        let own = self.own_lines();
        let new: Vec<String> = given.iter().map(|path| [&own, &**path].concat()).collect();
        let kept = storage::read(KEY).unwrap_or_default();
        let others = kept.lines().filter(|line| !new.iter().any(|it| it == line));
        let mut lines: Vec<&str> = others.chain(new.iter().map(String::as_str)).collect();
        lines.drain(..lines.len().saturating_sub(MOST));
        // A browser that keeps nothing forgets them.
        storage::write(KEY, &lines.join("\n"));
    }

    /// The paths of the members that were sent before, as [`picks::path`] has them; the last comes
    /// first.
    pub fn used_settings(self) -> Vec<String> {
        let own = self.own_lines();
        let kept = storage::read(KEY).unwrap_or_default();
        let paths = kept.lines().rev().filter_map(|it| it.strip_prefix(&own));
        paths.map(str::to_owned).collect()
    }

    /// How the lines of this operation begin.
    fn own_lines(self) -> String {
        [&self.service.name, "/", self.operation.name(), " "].concat()
    }
}

/// The optional members that are given, of those structures of which not all are drawn.
fn gather(form: Form, node: NodeId, found: &mut Vec<String>) {
    let is_list = form.peek(|draft| matches!(draft.content(node), Content::List(_)));
    let most = if is_list { ROWS } else { usize::MAX };
    let is_long = field_labels::is_long(form, node);
    for child in form
        .peek(|draft| draft.children(node))
        .into_iter()
        .take(most)
    {
        let is_absent = form.peek(|draft| *draft.content(child) == Content::Absent);
        if is_absent {
            continue;
        }
        if is_long && field_labels::is_extra(form, child) {
            let path = form.peek(|draft| picks::path(draft, child));
            found.extend(path.filter(|path| !found.contains(path)));
        }
        gather(form, child, found);
    }
}
