//! The pages; they only compose.

mod home;
mod opening;
mod operation;
mod scenarios;
mod target;

pub use home::{Home, NotFound};
pub use opening::OpeningPage;
pub use operation::OperationPage;
