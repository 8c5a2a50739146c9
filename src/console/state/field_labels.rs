//! What the nodes of a form are called, and the ids of their controls.

use super::Form;
use formsmith_api::draft::{Content, Draft, NodeId, Role};
use formsmith_api::model::{Binding, Label, ShapeKind};
use formsmith_words::{self as words, Words};

/// The id of the control a node is written with.
pub fn control_id(node: NodeId) -> String {
    format!("field-{}", node.number())
}

/// The id of the button that adds to a list or map.
pub fn add_id(node: NodeId) -> String {
    format!("add-{}", node.number())
}

/// The id of the element around the rows of a list or map.
pub fn rows_id(node: NodeId) -> String {
    format!("rows-{}", node.number())
}

/// The id of the button that adds to a structure of many optional members.
pub fn settings_id(node: NodeId) -> String {
    format!("settings-{}", node.number())
}

/// The node that one of these ids belongs to, or an id that goes on from one.
pub fn node_of(form: Form, id: &str) -> Option<NodeId> {
    let mut parts = id.split('-');
    let is_ours = matches!(parts.next()?, "field" | "add" | "rows" | "settings");
    let number = parts.next()?.parse().ok().filter(|_| is_ours)?;
    form.peek(|draft| draft.numbered(number))
}

/// So many optional members of a structure are all drawn.
const FEW: usize = 6;

/// Are there so many optional members that only those are drawn that are given or asked for?
pub fn is_long(form: Form, structure: NodeId) -> bool {
    let members = form.peek(|draft| draft.children(structure));
    members.iter().filter(|it| is_extra(form, **it)).count() > FEW
}

/// May it be left out of the form? A token is there from the beginning, and a body is what a request
/// is for.
pub fn is_extra(form: Form, node: NodeId) -> bool {
    is_optional(form, node)
        && form.peek(|draft| {
            let member = draft.model_member(form.model, node);
            member.is_some_and(|member| {
                let traits = &member.traits;
                !traits.idempotency_token && traits.wire.binding != Binding::Payload
            })
        })
}

/// Is what is written there short, so that two such fields fit beside each other? Numbers, choices and
/// identifiers are.
pub fn is_short(form: Form, node: NodeId) -> bool {
    form.peek(|draft| {
        let place = draft.place(form.model, node)?;
        let is_token = place.has(|traits| traits.idempotency_token);
        Some(match &place.shape.kind {
            ShapeKind::Timestamp => false,
            ShapeKind::Boolean | ShapeKind::Enum(_) => true,
            ShapeKind::String => !is_token && api_name(form, node).ends_with("Id"),
            kind => kind.is_number(),
        })
    })
    .unwrap_or_default()
}

/// The id of the control that a node is edited with: of a structure the first within it.
pub fn way_to(form: Form, node: NodeId) -> String {
    let (is_absent, mut members) = form.peek(|draft| match draft.content(node) {
        Content::Structure(members) => (false, members.clone()),
        _ => (draft.is_absent(node), Vec::new()),
    });
    if is_long(form, node) {
        members.retain(|&it| {
            let is_given = form.peek(|draft| *draft.content(it) != Content::Absent);
            is_given || !is_extra(form, it)
        });
        if members.is_empty() {
            return settings_id(node);
        }
    }
    match members.first() {
        Some(first) => way_to(form, *first),
        None if has_rows(form, node) || is_absent && !has_text(form, node) => add_id(node),
        None => control_id(node),
    }
}

/// One item of a list or map node and several, in the model's words.
pub fn item_words(form: Form, node: NodeId) -> (String, String) {
    form.peek(|draft| {
        let label = label(form, draft, node);
        match (label.item, label.items) {
            (Some(item), Some(items)) => (item, items),
            // The values of a map's entry.
            _ if matches!(draft.node(node).map(|node| &node.role), Some(Role::Value)) => (
                words::in_sentence(words::value()),
                words::in_sentence(words::values()),
            ),
            _ => (words::item().into(), words::items().into()),
        }
    })
}

fn label(form: Form, draft: &Draft, node: NodeId) -> Label {
    draft
        .model_member(form.model, node)
        .and_then(|member| member.traits.label.clone())
        .unwrap_or_default()
}

/// What stands at the control of a node.
pub fn title(form: Form, node: NodeId) -> String {
    let (role, parent) = form.peek(|draft| match draft.node(node) {
        Some(node) => (node.role.clone(), node.parent),
        None => (Role::Root, None),
    });
    match role {
        Role::Root => String::new(),
        Role::Member(name) => form.peek(|draft| {
            let place = draft.place(form.model, node);
            place.map_or(name.clone(), |place| place.title(&name))
        }),
        Role::Item => {
            words::capitalised(&parent.map_or(String::new(), |it| item_words(form, it).0))
        }
        Role::Key => words::key().into(),
        Role::Value => match is_aggregate(form, node) {
            true => words::values().into(),
            false => words::value().into(),
        },
    }
}

/// The member's name in the API; empty for items, keys and values, which have none.
pub fn api_name(form: Form, node: NodeId) -> String {
    form.peek(|draft| match draft.node(node).map(|node| &node.role) {
        Some(Role::Member(name)) => name.clone(),
        _ => String::new(),
    })
}

pub fn is_aggregate(form: Form, node: NodeId) -> bool {
    form.peek(|draft| {
        draft.place(form.model, node).is_some_and(|place| {
            matches!(
                place.shape.kind,
                ShapeKind::List(_)
                    | ShapeKind::Map { .. }
                    | ShapeKind::Structure(_)
                    | ShapeKind::Union(_)
            )
        })
    })
}

/// What a model requires, and of a union what was chosen.
pub fn is_required(form: Form, node: NodeId) -> bool {
    form.peek(|draft| {
        let member = draft.model_member(form.model, node);
        member.is_some_and(|member| member.traits.required) || draft.is_alternative(node)
    })
}

/// A member that need not be sent; items, keys and values can only be removed.
pub fn is_optional(form: Form, node: NodeId) -> bool {
    let is_member = form.peek(|draft| {
        matches!(
            draft.node(node).map(|node| &node.role),
            Some(Role::Member(_))
        )
    });
    is_member && !is_required(form, node)
}

fn has_rows(form: Form, node: NodeId) -> bool {
    form.peek(|draft| {
        draft.place(form.model, node).is_some_and(|place| {
            matches!(place.shape.kind, ShapeKind::List(_) | ShapeKind::Map { .. })
        })
    })
}

/// Is there a control even while the node is absent?
fn has_text(form: Form, node: NodeId) -> bool {
    let is_json = form.peek(|draft| {
        let place = draft.place(form.model, node);
        place.is_some_and(|place| place.shape.kind.is_json())
    });
    !is_json && !is_aggregate(form, node)
}

/// The words for messages about a node.
pub fn words(form: Form, node: NodeId) -> Words {
    let (item, items) = item_words(form, node);
    let is_choice = form.peek(|draft| {
        draft.place(form.model, node).is_some_and(|place| {
            matches!(place.shape.kind, ShapeKind::Enum(_) | ShapeKind::Boolean)
        })
    });
    Words {
        title: title(form, node),
        item,
        items,
        is_choice,
        is_aggregate: is_aggregate(form, node),
        is_required: is_required(form, node),
    }
}

/// Where a node is, from the outside in: `Association 2`, `Product ID`.
pub fn place(form: Form, node: NodeId) -> Vec<String> {
    let mut names = Vec::new();
    let mut now = Some(node);
    while let Some(node) = now {
        let (role, parent) = form.peek(|draft| match draft.node(node) {
            Some(node) => (node.role.clone(), node.parent),
            None => (Role::Root, None),
        });
        let at = |of: NodeId| form.peek(|draft| position(draft, of, node));
        match (role, parent) {
            (Role::Item, Some(parent)) => {
                names.push(words::item_number(&item_words(form, parent).0, at(parent)));
            }
            (Role::Key | Role::Value, Some(parent)) => {
                names.push(title(form, node));
                names.push(words::item_number(&item_words(form, parent).0, at(parent)));
            }
            // `Association 2` says already that it is among the associations.
            (Role::Member(_), _) if !has_rows(form, node) || names.is_empty() => {
                names.push(title(form, node));
            }
            _ => {}
        }
        now = parent;
    }
    names.reverse();
    names
}

/// The number of an item or entry in its list or map, from 1.
pub fn position(draft: &Draft, list: NodeId, item: NodeId) -> usize {
    let entries = draft.entries(list);
    let at = match entries.is_empty() {
        true => draft.children(list).iter().position(|&child| child == item),
        false => entries
            .iter()
            .position(|entry| entry.key == item || entry.value == item),
    };
    at.map_or(0, |at| at + 1)
}
