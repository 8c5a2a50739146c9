//! Files that stand in the place of a body: of an input that goes up, and of an output that was
//! written to a file as it came.
//!
//! A text stands where the value of the blob would: `fileb://name`, as AWS's command line writes
//! what it reads from a file, and behind a `#` what is known of the file: its size in bytes, what
//! tells it from others of that name, and digests by the names that S3 has for their algorithms. No
//! blob in base64 has a colon. The bytes themselves are with whoever has the file.

use crate::protocol::base64;

const SCHEME: &str = "fileb://";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef(String);

impl FileRef {
    /// A file of so many bytes; `id` tells it from all others.
    pub fn new(name: &str, size: u64, id: &str) -> Self {
        // It stands in a line, whatever a system allows in names.
        let name = name.replace(char::is_control, "_");
        Self([SCHEME, &name, "#size=", &size.to_string(), "&id=", id].concat())
    }

    /// `None` for a text that names no file in this way.
    pub fn parse(text: &str) -> Option<Self> {
        let file = Self(text.starts_with(SCHEME).then(|| text.to_owned())?);
        file.known("size")?.parse::<u64>().ok()?;
        Some(file)
    }

    pub fn name(&self) -> &str {
        let whole = &self.0[SCHEME.len()..];
        whole.rsplit_once('#').map_or(whole, |(name, _)| name)
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        let size = self.known("size").and_then(|size| size.parse().ok());
        size.unwrap_or_default()
    }

    /// What tells it from all other files.
    pub fn id(&self) -> &str {
        self.known("id").unwrap_or_default()
    }

    /// The digest by this algorithm, in base64, if it is known: `SHA256`, `CRC32`, ….
    pub fn digest(&self, algorithm: &str) -> Option<&str> {
        self.known(algorithm)
    }

    /// Its SHA-256 in lower-case hexadecimal digits, if it is known.
    pub fn sha_256(&self) -> Option<String> {
        base64::bytes(self.digest("SHA256")?).map(|bytes| hexadecimal(&bytes))
    }

    /// The same file with a digest more.
    #[must_use]
    pub fn with_digest(&self, algorithm: &str, value: &str) -> Self {
        Self([&self.0, "&", algorithm, "=", value].concat())
    }

    /// The same file where it is on no disk: whoever received it has it in memory.
    #[must_use]
    pub fn in_memory(&self) -> Self {
        Self([&self.0, "&in=memory"].concat())
    }

    pub fn is_in_memory(&self) -> bool {
        self.known("in") == Some("memory")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn known(&self, name: &str) -> Option<&str> {
        let (_, facts) = self.0.rsplit_once('#')?;
        let mut facts = facts.split('&').filter_map(|fact| fact.split_once('='));
        facts.find(|(of, _)| *of == name).map(|(_, value)| value)
    }
}

/// Bytes in lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
