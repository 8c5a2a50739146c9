//! What the console knows and remembers. Views read it; only its own methods change it.

mod again;
mod complaint;
mod console;
mod elsewhere;
mod ended;
mod follow;
mod following;
mod form;
mod form_view;
mod history;
mod identity;
mod kept;
mod late;
mod loading;
mod look;
mod models;
pub mod naming;
mod notice;
mod passing;
mod prefill;
mod proxy_notice;
mod read_back;
mod region;
mod replace;
mod review;
mod route;
mod run;
mod scenario;
mod send;
mod session;
mod submit;
mod token;
mod underway;
mod verdict;
mod violations;

pub use complaint::Complaint;
pub use console::{Console, Target};
pub use elsewhere::{Elsewhere, PASTED_ID};
pub use following::{FollowStep, Following, Seen};
pub use form::Form;
pub use form_view::FormView;
pub use history::{Added, HistoryTrouble, KeptRun, List, ListedRun, Pair, Told, UNKNOWN, compared};
pub use models::ModelState;
pub use notice::{Notice, Replacement};
pub use passing::Passing;
pub use prefill::{FromLink, LinkProblem, LinkRegion};
pub use proxy_notice::ProxyNotice;
pub use region::REGIONS;
pub use review::Request;
use review::Review;
pub use route::Route;
pub use run::{Attempt, ReadBack, Run};
pub use underway::{Step, Underway};

/// Stories to play in the sandbox.
pub use crate::transport::Offer;
/// Whose resources a request would change, and why there is no answer.
pub use crate::transport::{Identity, Proposal, TransportFailure};

/// The element that sums up violations, and the one that shows the result.
pub const SUMMARY_ID: &str = "summary";
pub const FOLLOWING_ID: &str = "following";
pub const UNDERWAY_ID: &str = "underway";
pub const RESULT_ID: &str = "result";
/// The notice above a form, and the button that sends what is in the form.
pub const NOTICE_ID: &str = "notice";
pub const SEND_ID: &str = "send";
/// The part of the review that says whose resources change, and the button that asks again.
pub const REVIEWED_ID: &str = "reviewed";
pub const CHECK_REVIEWED_ID: &str = "check-reviewed";
