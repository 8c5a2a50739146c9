//! What page and proxy agree on, and nothing else: the codes of the proxy's own failures, the names
//! of its headers, and the text that consent is given to.

mod code;
pub mod consent;
pub mod header;

pub use code::Code;
