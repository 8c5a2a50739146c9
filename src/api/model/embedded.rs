//! The models that come with the project, one document a service.

pub const DOCUMENTS: [&str; 3] = [
    include_str!("../models/service-catalog.json"),
    include_str!("../models/billing-conductor.json"),
    include_str!("../models/partner-central-selling.json"),
];
