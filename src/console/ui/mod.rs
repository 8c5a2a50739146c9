//! The visual vocabulary of the console: small components that take strings,
//! signals, callbacks and children, and know nothing of models or services.
//!
//! Every sentence comes in as a prop; an empty string means "none".

mod api_name;
mod app_layout;
mod attribute_editor;
mod breadcrumbs;
mod button;
mod clamped;
mod code_block;
mod collection;
mod collection_tools;
mod combobox;
mod confirm;
mod container;
mod copy_button;
mod deferred;
mod dialog;
mod element;
mod error_summary;
mod expandable_section;
mod field_group;
mod field_shell;
mod file_button;
mod flash;
mod icon;
mod identity;
mod info;
mod key_value;
mod live;
mod live_region;
mod markup;
mod matching;
mod nav_disclosure;
mod overflow;
mod page_header;
mod pagination;
mod pieces;
mod select;
mod side_nav;
mod spinner;
mod status_indicator;
mod tabs;
mod text_area;
mod text_input;

pub use api_name::ApiName;
pub use app_layout::AppLayout;
pub use attribute_editor::{AttributeEditor, AttributeRow, EditorColumn};
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::{Button, Variant};
pub use clamped::clamped;
pub use code_block::CodeBlock;
pub use collection::{
    Collection, CollectionColumn, CollectionRows, CollectionTable, CollectionWords,
};
pub use combobox::Combobox;
pub use confirm::{Confirm, ConfirmWords};
pub use container::Container;
pub use copy_button::CopyButton;
pub use deferred::{DeferredWords, deferred};
pub use dialog::Dialog;
use element::svg;
pub use element::{El, el};
pub use error_summary::{ErrorSummary, SummaryItem};
pub use expandable_section::ExpandableSection;
pub use field_group::FieldGroup;
pub use field_shell::{FieldAria, FieldControl, FieldShell, field_line};
pub use file_button::FileButton;
pub use flash::Flash;
pub use icon::{Glyph, Icon};
pub use info::Info;
pub use key_value::{KeyValue, KeyValues, key_values};
pub use live::{each, live, once, when};
pub use live_region::LiveRegion;
pub use markup::{Markup, MarkupFn};
pub use page_header::PageHeader;
use pieces::{actions_of, suffix};
pub use pieces::{description_of, text_link};
pub use select::{Choice, Select};
pub use side_nav::{NavGroup, NavLink, SideNav};
pub use spinner::Spinner;
pub use status_indicator::{Kind, StatusIndicator};
pub use tabs::{TabItem, TabPanel, Tabs};
pub use text_area::TextArea;
pub use text_input::TextInput;
