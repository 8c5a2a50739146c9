//! Shapes and members.

use super::Traits;
use std::fmt;

/// An absolute shape id, such as `com.amazonaws.servicecatalog#Id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The part after `#`.
    pub fn name(&self) -> &str {
        self.0.rsplit('#').next().unwrap_or(&self.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Debug)]
pub struct Shape {
    pub id: ShapeId,
    pub kind: ShapeKind,
    pub traits: Traits,
}

/// Smithy's simple and aggregate types, as far as they differ for a client.
#[derive(Debug)]
pub enum ShapeKind {
    String,
    /// The members are the values, in the model's order.
    Enum(Vec<Member>),
    Boolean,
    /// byte, short, integer and long.
    Integer {
        min: i64,
        max: i64,
    },
    Float,
    Double,
    BigInteger,
    BigDecimal,
    /// A moment: a number of seconds since 1970, or an RFC 3339 text.
    Timestamp,
    /// Bytes, as text in base64.
    Blob,
    /// Any JSON.
    Document,
    List(Box<Member>),
    Map {
        key: Box<Member>,
        value: Box<Member>,
    },
    Structure(Vec<Member>),
    /// A structure with exactly one of its members.
    Union(Vec<Member>),
    /// A type without a control of its own: it is written as JSON.
    Other(String),
}

/// A member of an aggregate shape.
#[derive(Debug)]
pub struct Member {
    pub name: String,
    pub target: ShapeId,
    pub traits: Traits,
}

impl ShapeKind {
    /// Is its value a number, or something that may be written as one?
    pub fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Integer { .. }
                | Self::Float
                | Self::Double
                | Self::BigInteger
                | Self::BigDecimal
                | Self::Timestamp
        )
    }

    /// The type's name in Smithy, if its value is written as JSON for want of a control of its own.
    pub fn json_type(&self) -> Option<&str> {
        Some(match self {
            Self::Document => "document",
            Self::Other(kind) => kind,
            _ => return None,
        })
    }

    pub fn is_json(&self) -> bool {
        self.json_type().is_some()
    }
}

impl Shape {
    /// The members of a structure or union; nothing for any other shape.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }

    /// The values of an enum, in the model's order; nothing for any other shape.
    pub fn enum_members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Enum(members) => members,
            _ => &[],
        }
    }
}

impl Member {
    /// What stands on the wire for an enum member.
    pub fn enum_value(&self) -> &str {
        self.traits.enum_value.as_deref().unwrap_or(&self.name)
    }
}

/// What is written in capitals within a title, however a name has it.
const ACRONYMS: [&str; 45] = [
    "acl", "acls", "ami", "api", "arn", "aws", "ca", "cidr", "cors", "cpu", "csv", "db", "dhcp",
    "dkim", "dns", "ebs", "ec2", "ecs", "eks", "fifo", "fips", "gpu", "html", "http", "https",
    "iam", "id", "ip", "json", "jwt", "kms", "md5", "mfa", "oidc", "pii", "s3", "saml", "sns",
    "sql", "sqs", "ssh", "ttl", "url", "vpc", "xml",
];

/// The words that a name is made of: `Provisioning`, `Artifact` and `Id` of `ProvisioningArtifactId`.
pub fn words_of(name: &str) -> Vec<&str> {
    let (mut words, mut start) = (Vec::new(), 0);
    for (at, c) in name.char_indices() {
        let word = &name[start..at];
        let is_between = matches!(c, '_' | '-' | '.');
        // `CRC32C` is one word, and in `KMSKey` the last capital begins another.
        let is_next = c.is_ascii_uppercase() && (!is_capital(word) || begins(name.as_bytes(), at));
        if is_between || is_next {
            words.push(word);
            start = at + usize::from(is_between);
        }
    }
    words.push(&name[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// `ProvisioningArtifactId` → `Provisioning artifact ID`: a title for what has none.
pub fn in_words(name: &str) -> String {
    let mut words: Vec<String> = words_of(name).into_iter().map(str::to_owned).collect();
    for (at, word) in words.iter_mut().enumerate() {
        let lower = word.to_ascii_lowercase();
        let (singular, plural) = match lower.strip_suffix('s') {
            Some(singular) if ACRONYMS.contains(&singular) => (singular, "s"),
            _ => (lower.as_str(), ""),
        };
        if ACRONYMS.contains(&singular) {
            *word = singular.to_ascii_uppercase() + plural;
        } else if let Some(version) = singular.strip_prefix("ipv") {
            *word = ["IPv", version].concat();
        } else if at > 0 && (word.len() == 1 || !is_capital(word.trim_end_matches('s'))) {
            *word = lower;
        }
    }
    if let Some(initial) = words.first_mut().and_then(|word| word.get_mut(..1)) {
        initial.make_ascii_uppercase();
    }
    words.join(" ")
}

fn is_capital(word: &str) -> bool {
    !word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Does a word begin with this capital, after other capitals? The `s` of a plural is none of its own.
fn begins(letters: &[u8], at: usize) -> bool {
    let is_lower = |at: usize| letters.get(at).is_some_and(u8::is_ascii_lowercase);
    match letters.get(at + 1) {
        Some(b's') => is_lower(at + 2),
        _ => is_lower(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn names_become_titles() {
        for (name, title) in [
            ("ProvisioningArtifactId", "Provisioning artifact ID"),
            ("id", "ID"),
            ("SecurityGroupIds", "Security group IDs"),
            ("InstanceIDs", "Instance IDs"),
            ("ACL", "ACL"),
            ("GrantReadACP", "Grant read ACP"),
            ("ContentMD5", "Content MD5"),
            ("ChecksumCRC32C", "Checksum CRC32C"),
            ("ChecksumXXHASH64", "Checksum XXHASH64"),
            ("SSEKMSKeyId", "SSEKMS key ID"),
            (
                "BypassPolicyLockoutSafetyCheck",
                "Bypass policy lockout safety check",
            ),
            ("Ipv6AddressCount", "IPv6 address count"),
            ("PrivateDnsNameOptions", "Private DNS name options"),
            ("EC2InstanceType", "EC2 instance type"),
            ("S3Bucket", "S3 bucket"),
            ("max_items", "Max items"),
            ("vpcArns", "VPC ARNs"),
            ("URLs", "URLs"),
            ("IsAVolume", "Is a volume"),
        ] {
            assert_eq!(in_words(name), title, "{name}");
        }
    }
}
