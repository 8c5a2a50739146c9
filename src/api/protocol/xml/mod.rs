//! XML as a codec: elements of an input, and the values of an answer.
//!
//! Source: Smithy's XML binding traits, and where they leave a choice, botocore's
//! `RestXMLSerializer` and `BaseXMLResponseParser`.

mod node;
mod read;
mod respond;
mod write;

pub use node::Node;
pub use read::read;
pub use respond::{error, respond, without_metadata};
pub use write::write;

use crate::model::{Member, Model, Place, ShapeKind};

/// What the items of a flattened list are called, if the list says so itself: botocore's models
/// do, Smithy's have the name at the member that leads to the list.
pub fn name_of_flattened(place: Place<'_>) -> Option<&str> {
    let ShapeKind::List(item) = &place.shape.kind else {
        return None;
    };
    let name = item.traits.wire.xml_name.as_deref();
    name.filter(|_| place.shape.traits.wire.xml_flattened)
}

/// The name of a member's element, or of its key in a form.
pub fn name<'a>(model: &'a Model, member: &'a Member) -> &'a str {
    given_name(model, member).unwrap_or(&member.name)
}

/// The name that the model gives instead of the member's own.
pub fn given_name<'a>(model: &'a Model, member: &'a Member) -> Option<&'a str> {
    let place = model.place(member)?;
    place.find(|traits| traits.wire.xml_name.as_deref())
}
