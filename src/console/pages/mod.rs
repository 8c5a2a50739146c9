//! The pages; they only compose.

mod comparison;
mod current_place;
mod history;
mod home;
mod nearest;
mod notices;
mod opening;
mod operation;
mod own;
mod places;
mod run;
mod scenarios;
mod search;
mod search_groups;
mod services;
mod settings;
mod sign_in;
mod target;
mod unsupported;

pub use comparison::ComparisonPage;
pub use current_place::current_place;
pub use history::HistoryPage;
pub use home::{Home, NotFound};
pub use notices::ProxyNotices;
pub use opening::OpeningPage;
pub use operation::operation_page;
pub use run::RunPage;
pub use search::SearchDialog;
pub use services::{ServicePage, ServicesPage};
pub use settings::SettingsPage;
pub use sign_in::SignInDialog;
