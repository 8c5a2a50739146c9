//! The models that come with the project, one document a service, as `build.rs` lists and writes
//! them.

pub const DOCUMENTS: &[&str] = &include!(concat!(env!("OUT_DIR"), "/documents.rs"));
