//! What only a browser has: storage, randomness, clock, clipboard, address, focus, pointer.

pub mod clipboard;
pub mod clock;
pub mod focus;
pub mod page;
pub mod pointer;
pub mod random;
pub mod storage;
