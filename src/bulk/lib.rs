//! Bulk runs: rows of a file as requests of one operation.
//!
//! [`Plan`] puts rows into requests, [`Bulk`] sends them. [`Bulk::on`] takes an [`Event`], changes
//! the run and returns the [`Effect`]s to carry out. It reads no clock, draws no random number and
//! touches no network, storage or screen: time and chance come with events. Work for an event does
//! not grow with the run, and in memory a row takes 16 bytes and a request 16: inputs, answers and
//! messages are with whoever stores them.
//!
//! What happened is stored as [`Record`]s, one after the other; [`Bulk::restore`] makes the run of
//! them as it was. A request is sent once its record is on disk. One whose answer is not there is
//! *unknown*: it is neither done nor failed, and is sent again by itself only under the same
//! idempotency token, or where the model says that repeating does no harm.
//!
//! Times are epoch milliseconds, rows and requests are counted from 0, attempts from 1.

mod answer;
mod apply;
mod bulk;
pub mod check;
mod compare;
mod event;
pub mod mapping;
mod pace;
mod person;
mod plan;
mod read;
mod record;
mod results;
mod send;
pub mod sheet;
mod table;
mod undo;
mod view;

pub use bulk::{Bulk, Counts, Phase, Setup};
pub use compare::{Comparison, compare, row_key};
pub use event::{Again, Effect, Event, Notice, Now, Why};
pub use pace::{Pace, StopAt};
pub use plan::Plan;
pub use record::{Answered, Begun, Record, Told, VERSION};
pub use results::{RowResult, result_rows};
pub use table::{Outcome, RowState};
pub use undo::Undo;
