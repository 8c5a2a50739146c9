//! Forms drawn from models. Nothing here knows how a request is sent.

mod add_setting;
mod answer_file;
mod blob_field;
mod calendar;
mod choice_field;
mod control;
mod dry_run;
mod field;
mod help;
mod json_value_field;
mod json_view;
mod list_field;
mod load_menu;
mod map_field;
mod members;
mod menus;
mod more_menu;
mod notice;
mod operation_form;
mod own_form;
mod pick_list;
mod pick_list_read;
mod pick_list_view;
mod pickable;
mod preset_fill;
mod preset_name;
mod preset_save;
mod presets;
mod review;
mod review_changes;
mod snippets;
mod structure_field;
mod summary;
mod text_field;
mod token_field;
mod typed_name;
mod union_field;
mod waits;

use crate::state::field_labels;

pub use help::with_help;
pub use notice::FormNotice;
pub use operation_form::{OperationForm, verb, ways};
pub use preset_name::{NameFields, PRESET_NAME_ID, PresetName};
pub use review::ReviewDialog;
pub use snippets::PasteCommand;
