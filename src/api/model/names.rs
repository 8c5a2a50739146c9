//! Names of the models, as words and as titles.

use std::sync::LazyLock;

/// What AWS's models write in capitals somewhere, and words with capitals of their own, in the order
/// of their small letters.
static ACRONYMS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../curated/acronyms.txt").lines().collect());

/// A word that has capitals of its own is at most so many of a name: `LoRaWAN`.
const PARTS: usize = 3;

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
    let words = words_of(name);
    let (mut title, mut at) = (String::new(), 0);
    while let Some(word) = words.get(at) {
        if at > 0 {
            title.push(' ');
        }
        let (parts, written) = match acronym(&words[at..]) {
            Some(acronym) => acronym,
            None => (1, plain(word, at == 0)),
        };
        title += &written;
        at += parts;
    }
    title
}

/// A word that is no acronym. A letter in the middle is one, as in `is a volume`.
fn plain(word: &str, is_first: bool) -> String {
    let singular = word.trim_end_matches('s');
    let mut written = match singular.len() > 1 && is_capital(singular) {
        false if !is_first => word.to_ascii_lowercase(),
        _ => word.to_owned(),
    };
    if let Some(initial) = written.get_mut(..1).filter(|_| is_first) {
        initial.make_ascii_uppercase();
    }
    written
}

/// The acronym that these words begin with: how many of them it is, and how it is written.
fn acronym(words: &[&str]) -> Option<(usize, String)> {
    let version = words.first().and_then(|word| word.get(..3));
    if version.is_some_and(|version| version.eq_ignore_ascii_case("ipv")) {
        return Some((1, ["IPv", &words[0][3..]].concat()));
    }
    (1..=PARTS.min(words.len())).rev().find_map(|parts| {
        let letters = words[..parts].concat().to_ascii_lowercase();
        // `Has` is a verb.
        let singular = letters.strip_suffix('s').filter(|_| letters != "has");
        let (found, plural) = match (listed(&letters), singular.and_then(listed)) {
            (Some(found), _) => (found, ""),
            (None, found) => (found?, "s"),
        };
        let is_one = parts == 1 || !is_capital(found);
        is_one.then(|| (parts, [found, plural].concat()))
    })
}

fn listed(letters: &str) -> Option<&'static str> {
    let order = |it: &&str| {
        let small = it.bytes().map(|byte| byte.to_ascii_lowercase());
        small.cmp(letters.bytes())
    };
    let found = ACRONYMS.binary_search_by(order);
    found.ok().map(|at| ACRONYMS[at])
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
    use super::{ACRONYMS, in_words};

    #[test]
    fn the_list_can_be_searched() {
        let small = ACRONYMS.iter().map(|it| it.to_ascii_lowercase());
        assert!(small.is_sorted_by(|one, other| one < other));
    }

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
            ("SkipOsShutdown", "Skip OS shutdown"),
            ("CreateClientVpnEndpoint", "Create client VPN endpoint"),
            (
                "DescribeInstanceSqlHaStates",
                "Describe instance SQL HA states",
            ),
            ("HasMoreIps", "Has more IPs"),
            ("ListGraphqlApis", "List GraphQL APIs"),
            ("GraphQLSchema", "GraphQL schema"),
            ("EnableIoTLogging", "Enable IoT logging"),
            ("iotJobId", "IoT job ID"),
            ("GetLoRaWANDevice", "Get LoRaWAN device"),
            ("CreateLocationFsxOntap", "Create location FSx ontap"),
            ("FSxWindows", "FSx windows"),
            ("StartOTelEnrichment", "Start OTel enrichment"),
            ("VcpuCount", "vCPU count"),
            ("memoryMiB", "Memory MiB"),
            ("ContinueAsNew", "Continue as new"),
        ] {
            assert_eq!(in_words(name), title, "{name}");
        }
    }
}
