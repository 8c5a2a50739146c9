//! Forms drawn from models. Nothing here knows how a request is sent.

mod choice_field;
mod control;
mod elsewhere;
mod examples;
mod field;
mod json_value_field;
mod json_view;
mod list_field;
mod map_field;
mod notice;
mod operation_form;
mod review;
mod structure_field;
mod summary;
mod text_field;
mod token_field;

use crate::state::naming;

pub use elsewhere::PasteCommand;
pub use notice::FormNotice;
pub use operation_form::OperationForm;
