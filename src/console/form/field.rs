//! The right control for a node.

use super::blob_field::BlobField;
use super::choice_field::ChoiceField;
use super::json_value_field::JsonValueField;
use super::list_field::ListField;
use super::map_field::MapField;
use super::structure_field::{StructureField, grouped};
use super::text_field::TextField;
use super::token_field::TokenField;
use crate::state::Form;
use crate::ui::Markup;
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use leptos::prelude::*;

/// The rows of a list or map, without its title.
pub fn rows(form: Form, node: NodeId, is_list: bool) -> Markup {
    match is_list {
        true => view! { <ListField form node /> }.into(),
        false => view! { <MapField form node /> }.into(),
    }
}

/// Looks at the shape of a node; what has no control of its own is written as JSON.
#[component]
pub fn FieldView(form: Form, node: NodeId) -> Markup {
    enum As {
        Text,
        Blob,
        Choice,
        Token,
        Rows { is_list: bool },
        Structure,
        Json,
    }
    let shown_as = form.peek(|draft| {
        let place = draft.place(form.model, node)?;
        let is_token = place.has(|traits| traits.idempotency_token);
        Some(match &place.shape.kind {
            ShapeKind::String if is_token => As::Token,
            ShapeKind::Blob => As::Blob,
            ShapeKind::Enum(_) | ShapeKind::Boolean => As::Choice,
            ShapeKind::List(_) => As::Rows { is_list: true },
            ShapeKind::Map { .. } => As::Rows { is_list: false },
            ShapeKind::Structure(_) | ShapeKind::Union(_) => As::Structure,
            kind if kind.is_json() => As::Json,
            _ => As::Text,
        })
    });
    match shown_as {
        Some(As::Text) => view! { <TextField form node /> }.into(),
        Some(As::Blob) => view! { <BlobField form node /> }.into(),
        Some(As::Choice) => view! { <ChoiceField form node /> }.into(),
        Some(As::Token) => view! { <TokenField form node /> }.into(),
        Some(As::Rows { is_list }) => {
            grouped(form, node, Signal::stored(None), rows(form, node, is_list))
        }
        Some(As::Structure) => view! { <StructureField form node /> }.into(),
        Some(As::Json) => view! { <JsonValueField form node /> }.into(),
        // The node has just been removed.
        None => Markup::default(),
    }
}
