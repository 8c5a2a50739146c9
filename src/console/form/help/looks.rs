//! What may be written in a field, in words; the pattern last.

use crate::form::control::documentation;
use crate::state::Form;
use crate::ui::{El, Markup, el};
use formsmith_api::draft::{Content, NodeId};
use formsmith_api::model::{Place, ShapeKind};
use formsmith_words as words;

/// What stands behind *Info*: what the member means, where that isn't shown already, and what it
/// looks like.
pub fn in_short(form: Form, node: NodeId, is_described: bool) -> Markup {
    let description = documentation(form, node).filter(|_| is_described);
    let description = description.map(|text| el("p").child(text));
    (description, values(form, node), looks(form, node)).into()
}

/// A sentence for each fact, then the pattern.
pub fn looks(form: Form, node: NodeId) -> El {
    let (facts, pattern) = form.peek(|draft| {
        let place = draft.place(form.model, node);
        let facts = place.map(words::looks_like_this).unwrap_or_default();
        let pattern = place.and_then(|place| place.find(|traits| traits.pattern.as_ref()));
        (facts, pattern.map(|pattern| pattern.source().to_owned()))
    });
    let mut list = el("ul");
    for fact in facts {
        list = list.child(el("li").child(fact));
    }
    let pattern = pattern.map(|pattern| {
        el("li")
            .child(words::pattern())
            .child(" ")
            .child(el("code").child(pattern))
    });
    list.child(pattern)
}

/// The values that a model lists, each with what it says of it; nothing where there are none.
pub fn values(form: Form, node: NodeId) -> Option<El> {
    let values = form.peek(|draft| {
        let union = matches!(draft.content(node), Content::Union(_));
        let place = draft.place(form.model, node).filter(|_| !union);
        place.map(values_of).unwrap_or_default()
    });
    if values.is_empty() {
        return None;
    }
    let mut list = el("dl");
    for (value, meaning) in values {
        list = list
            .child(el("dt").child(el("code").child(value)))
            .child(el("dd").child(meaning));
    }
    Some(list)
}

fn values_of(place: Place<'_>) -> Vec<(String, String)> {
    if let ShapeKind::Enum(members) = &place.shape.kind {
        let of = members.iter().map(|member| {
            let traits = &member.traits;
            let label = traits.label.as_ref().map(|label| label.title.as_str());
            let said = [label, traits.documentation.as_deref()];
            let meaning: Vec<&str> = said.into_iter().flatten().collect();
            (member.enum_value().to_owned(), meaning.join(". "))
        });
        return of.collect();
    }
    place.known_values().to_vec()
}
