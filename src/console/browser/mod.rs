//! What only a browser has: storage, a database, files that are kept, randomness, hashes, clock,
//! languages, clipboard, address, focus, pointer, the room there is, and tasks.

pub mod chosen;
pub mod clipboard;
pub mod clock;
pub mod database;
pub mod digest;
pub mod file;
pub mod file_digest;
pub mod focus;
pub mod idle;
pub mod intl;
pub mod kept_models;
pub mod notification;
pub mod page;
pub mod pointer;
pub mod random;
pub mod save_target;
pub mod scroll;
pub mod storage;
pub mod task;
pub mod width;
