//! The models that come with the project, one document a service, as `build.rs` writes them.

pub const DOCUMENTS: [&str; 3] = [
    include_str!(concat!(env!("OUT_DIR"), "/service-catalog.json")),
    include_str!(concat!(env!("OUT_DIR"), "/billing-conductor.json")),
    include_str!(concat!(env!("OUT_DIR"), "/partner-central-selling.json")),
];
