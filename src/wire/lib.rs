//! What page and proxy agree on, and nothing else: the codes of the proxy's own failures, the names
//! of its headers, the text that consent is given to, and how large a file may be.

mod code;
pub mod consent;
pub mod header;

pub use code::Code;

/// Bytes of a file that is sent.
pub const FILE_BYTES: u64 = 1024 * 1024 * 1024;

/// The header in which S3 says where a bucket is; the proxy passes it on.
pub const BUCKET_REGION: &str = "x-amz-bucket-region";
