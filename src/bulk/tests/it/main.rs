//! Bulk runs over the sandbox, in virtual time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod chaos;
mod mapping;
mod records;
mod results;
mod schedules;
mod sheet;
mod stories;
mod world;

/// Rows, records and events are many small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
