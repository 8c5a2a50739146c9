//! CBOR (RFC 8949) as a codec.
//!
//! Source: Smithy's rpcv2Cbor, and where it leaves a choice, botocore's `CBORSerializer`.

mod read;
mod write;

pub use read::body;
pub use write::write;
