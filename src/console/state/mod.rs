//! What the console knows and remembers. Views read it; only its own methods change it.

mod all_services;
mod announcement;
mod appearance;
mod body_file;
mod console;
mod copy;
mod data;
mod descriptions;
mod documentation;
mod draft_storage;
mod favorites;
pub mod field_labels;
mod form;
mod form_draft;
mod form_edit;
mod form_files;
mod form_notice;
mod form_reset;
mod form_result;
mod form_view;
mod history;
mod identity;
mod inverses;
mod known_names;
pub mod language;
mod local_proxy;
mod models;
mod navigation;
mod own_models;
mod permissions;
mod pick_read;
mod picks;
mod place_label;
mod places;
mod prefetch;
mod prefill;
mod presets;
mod proxy_notice;
mod proxy_refusal;
mod recent;
mod region;
mod review;
mod route;
mod row_outcomes;
mod runs;
mod sandbox_data;
mod scenario;
mod search;
mod searchable;
mod service_field_error;
mod session;
mod shortcuts;
mod sign_in;
mod snippets;
mod start;
mod submit;
mod takers;
mod target;
mod toast;
mod token;
mod tour;
pub mod trail;
mod update;
mod used_settings;
mod violations;
mod waits;

pub use all_services::{IndexedService, Listing};
pub use console::Console;
pub use copy::CopyStatus;
pub use data::AGE_LIMITS;
pub use documentation::Documentation;
pub use draft_storage::drafted;
pub use favorites::Favorite;
pub use form::Form;
pub use form_files::file_name;
pub use form_notice::{Notice, Replacement};
pub use form_result::{Step, Underway};
pub use form_view::FormView;
pub use history::{EARLIER, Entries, List, ListedRun, Pair, Query, Record, compared, latest_runs};
pub use known_names::{NameScope, identifiers_named, known_name, learn_name};
pub use local_proxy::NotUsed;
pub use models::ModelState;
pub use own_models::{OwnModel, Waiting, all as all_own_models};
pub use permissions::{needed, permissions};
pub use pick_read::PickFailure;
pub use prefill::{FromLink, LinkProblem, LinkRegion};
pub use presets::{
    Change, Import, NotKept, PresetDialog, all_presets, not_kept as preset_not_kept,
};
pub use proxy_notice::ProxyNotice;
pub use region::{REGIONS, region_name};
pub use route::{Route, take};
pub use row_outcomes::{RowOutcome, RowStatus};
pub use runs::{Check, ShownRun};
pub use scenario::Stage;
pub use searchable::{Item, Searchable};
pub use sign_in::SigningIn;
pub use snippets::{LANGUAGES, PASTED_ID};
pub use takers::Taker;
pub use target::TargetChoice;
pub use toast::Toast;
pub use waits::Offer;

/// The version of page and proxy.
pub use crate::transport::VERSION;

/// The element that sums up violations, and the one that shows the result.
pub const SUMMARY_ID: &str = "summary";
pub const FOLLOWING_ID: &str = "following";
pub const PAGES_ID: &str = "pages";
pub const WAITING_ID: &str = "waiting";
pub const UNDERWAY_ID: &str = "underway";
pub const RESULT_ID: &str = "result";
/// The notice above a form, and the button that sends what is in the form.
pub const NOTICE_ID: &str = "notice";
pub const SEND_ID: &str = "send";
/// Where the person goes on: the button that sends, or the one that opens the form that was sent.
pub const GO_ON: &[&str] = &["#send", ".sent > .container button"];
/// The button that says where the answer's body goes.
pub const ANSWER_FILE_ID: &str = "answer-file";
/// The part of the review that says whose resources change, and the button that asks again.
pub const REVIEWED_ID: &str = "reviewed";
pub const CHECK_REVIEWED_ID: &str = "check-reviewed";
