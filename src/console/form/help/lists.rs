//! The lists that a field is filled from, and the members of the form that they depend on.

use crate::state::field_labels;
use crate::state::{Form, Route};
use crate::ui::{El, Markup, el};
use formsmith_api::draft::{NodeId, Role};
use formsmith_api::picks::{self, Picks};
use formsmith_words as words;

/// Nothing where no list fills it.
pub fn lists(form: Form, node: NodeId) -> Markup {
    let path = form.peek(|draft| picks::path(draft, node));
    let sources = form
        .picks()
        .zip(path)
        .map(|(found, path)| Picks(found).sources(form.operation.name(), &path));
    let mut sources = sources.unwrap_or_default();
    sources.dedup_by(|one, other| one.operation == other.operation);
    if sources.is_empty() {
        return Markup::default();
    }
    let mut from = el("ul");
    let mut with: Vec<String> = Vec::new();
    for list in &sources {
        let service = list.service.as_deref().unwrap_or(&form.service.name);
        let address = Route::of_operation(service, &list.operation);
        let link = el("a")
            .attr("href", &address)
            .child(list.operation.as_str());
        from = from.child(el("li").child(link));
        let asked = [&list.input, &list.narrow, &list.filters, &list.when];
        with.extend(
            asked
                .into_iter()
                .flatten()
                .map(|(_, member)| member.clone()),
        );
    }
    with.sort();
    with.dedup();
    let titles: Vec<El> = with
        .iter()
        .filter_map(|name| beside(form, node, name))
        .map(|title| el("li").child(words::help_depends(&title)))
        .collect();
    let with = (!titles.is_empty()).then(|| {
        let mut list = el("ul");
        for title in titles {
            list = list.child(title);
        }
        (el("h4").child(words::help_goes_with()), list)
    });
    let head = el("h4").child(words::help_list_from());
    (head, from, with.map(Markup::from)).into()
}

/// The title of a member of the structure that a node stands in.
fn beside(form: Form, node: NodeId, name: &str) -> Option<String> {
    let member = form.peek(|draft| {
        let mut now = node;
        loop {
            now = draft.node(now)?.parent?;
            let is_its = |it: &NodeId| {
                let role = draft.node(*it).map(|it| &it.role);
                matches!(role, Some(Role::Member(of)) if of == name)
            };
            if let Some(member) = draft.children(now).into_iter().find(is_its) {
                return Some(member);
            }
        }
    });
    member.map(|member| field_labels::title(form, member))
}
