//! What the message of a denied request names.

/// What was denied, in the service's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    /// `ec2:RunInstances`
    pub action: String,
    /// An ARN; none where the message names none.
    pub resource: Option<String>,
    /// A policy denies it, so that no other policy can allow it.
    pub is_explicit: bool,
}

impl Denial {
    /// `… is not authorized to perform: ACTION on resource: ARN because …`
    pub fn read(message: &str) -> Option<Self> {
        let (_, rest) = message.split_once("not authorized to perform: ")?;
        let mut words = rest.split_whitespace();
        let action = trimmed(words.next()?);
        let (prefix, name) = action.split_once(':')?;
        let is_word = |text: &str, also: &str| {
            let mut chars = text.chars();
            !text.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || also.contains(c))
        };
        if !is_word(prefix, "-") || !is_word(name, "") {
            return None;
        }
        let resource = rest.split_once(" on resource: ").and_then(|(_, after)| {
            // A quoted one may have spaces in it.
            let named = match after.strip_prefix('"') {
                Some(quoted) => quoted.split('"').next(),
                None => after.split_whitespace().next().map(trimmed),
            };
            named.filter(|it| it.starts_with("arn:")).map(str::to_owned)
        });
        Some(Self {
            action: action.to_owned(),
            resource,
            is_explicit: rest.contains("with an explicit deny"),
        })
    }
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(['"', '\'', '`'])
        .trim_end_matches(['.', ',', ';', ')', '"', '\''])
}
