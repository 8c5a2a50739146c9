//! The pages; they only compose.

mod home;
mod operation;
mod scenarios;
mod target;

pub use home::{Home, NotFound};
pub use operation::OperationPage;
