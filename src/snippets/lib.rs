//! The same call elsewhere: as the AWS CLI, AWS's SDKs and curl write it, and read back from a
//! command or a JSON body.
//!
//! All of it follows from the model. What is written holds no secret; what is read is never
//! executed, and whatever of it can't be understood is named.

mod names;
pub mod read;
mod words;
pub mod write;

pub use names::separated;
pub use read::{Note, Reading, Refusal, named, read};
pub use write::{Call, Language, NotWritable, write};
