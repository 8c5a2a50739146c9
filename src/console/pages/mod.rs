//! The pages; they only compose.

mod home;
mod operation;

pub use home::{Home, NotFound};
pub use operation::OperationPage;
