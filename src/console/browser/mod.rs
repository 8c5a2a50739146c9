//! What only a browser has: storage, randomness, clock, clipboard, address, focus.

pub mod page;
pub mod clipboard;
pub mod clock;
pub mod focus;
pub mod random;
pub mod storage;
