//! Facts about AWS that no model says. They stand in the folder `curated`, whose README says what
//! each is and where it comes from.

include!(concat!(env!("OUT_DIR"), "/curated.rs"));
