//! What the console knows and remembers. Views read it; only its own methods change it.

mod console;
mod exchange;
mod form;
mod kept;
mod notice;
mod region;
mod replace;
mod route;
mod submit;
mod token;

pub use console::{Console, Target};
pub use exchange::{Exchange, Life};
pub use form::{Form, FormView};
pub use notice::{Notice, Replacement};
pub use region::REGIONS;
pub use route::Route;

/// The element that sums up violations, and the one that shows the result.
pub const SUMMARY_ID: &str = "summary";
pub const RESULT_ID: &str = "result";
