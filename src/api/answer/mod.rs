//! An answer as people read it: the list that it is about, the columns of that list, and several
//! pages as one.

mod columns;
mod join;
mod lists;
mod names;
mod size;
mod told;

pub use columns::{Column, Role, columns, columns_of_values, rank};
pub use join::{join_page, joined};
pub use lists::{List, count, items, lists, subject, total};
pub use names::singular;
pub use size::is_bytes;
pub use told::{told_in_cell, told_of_union, value_at};
