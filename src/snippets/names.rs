//! What the names of a model become in other languages.

/// A name as botocore writes it, with `-` for the CLI and `_` for Python:
/// `ProvisioningArtifactId` → `provisioning-artifact-id`, `ResourceARNs` → `resource-arns`.
pub fn separated(name: &str, separator: char) -> String {
    let mut name = name.to_owned();
    for (brand, word) in BRANDS {
        name = name.replace(brand, word);
    }
    let mut chars: Vec<char> = name.chars().collect();
    // An acronym in the plural at the end is one word.
    if chars.last() == Some(&'s') {
        let end = chars.len() - 1;
        let capitals = chars[..end].iter().rev();
        let count = capitals.take_while(|c| c.is_ascii_uppercase()).count();
        if count > 1 {
            let start = end - count;
            chars[start..end]
                .iter_mut()
                .for_each(|c| c.make_ascii_lowercase());
            chars.insert(start, separator);
        }
    }
    let words = before_words(&chars, separator);
    let mut text = String::new();
    let mut at = 0;
    while let Some(&c) = words.get(at) {
        text.push(c);
        at += 1;
        let is_end = c.is_ascii_lowercase() || c.is_ascii_digit();
        if let Some(&next) = words.get(at).filter(|c| is_end && c.is_ascii_uppercase()) {
            text.push(separator);
            text.push(next);
            at += 1;
        }
    }
    text.make_ascii_lowercase();
    text
}

/// What is one word although its capitals say otherwise.
const BRANDS: [(&str, &str); 6] = [
    ("WhatsApp", "Whatsapp"),
    ("OAuth2TokenWithIAM", "Oauth2TokenWithIAM"),
    ("OTel", "Otel"),
    ("iSCSI", "Iscsi"),
    ("PartiQL", "Partiql"),
    ("HITs", "Hits"),
];

/// What the AWS CLI calls a service otherwise than botocore does.
const CLI_SERVICES: [(&str, &str); 3] = [
    ("s3", "s3api"),
    ("codedeploy", "deploy"),
    ("config", "configservice"),
];

/// The command of the AWS CLI for a service of botocore.
pub fn cli_service(name: &str) -> &str {
    let other = CLI_SERVICES.iter().find(|(service, _)| *service == name);
    other.map_or(name, |(_, command)| command)
}

/// The service of botocore that a command of the AWS CLI is for.
pub fn service_of_cli(command: &str) -> &str {
    let other = CLI_SERVICES.iter().find(|(_, name)| *name == command);
    other.map_or(command, |(service, _)| service)
}

/// Separates each capital that begins a word in small letters from what stands before it.
fn before_words(chars: &[char], separator: char) -> Vec<char> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        out.push(c);
        at += 1;
        let small = chars.get(at + 1..).unwrap_or_default().iter();
        let count = small.take_while(|c| c.is_ascii_lowercase()).count();
        if count > 0 && chars[at].is_ascii_uppercase() {
            out.push(separator);
            out.extend(&chars[at..=at + count]);
            at += count + 1;
        }
    }
    out
}

/// The words of a name: a capital begins one, and so does the last capital of several that a
/// small letter follows.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1);
        let ends_acronym = after.is_some_and(|c| c.is_ascii_lowercase())
            && !(after == Some(&'s') && chars.len() == at + 2);
        let begins = c.is_ascii_uppercase()
            && before.is_some_and(|before| !before.is_ascii_uppercase() || ends_acronym);
        if begins || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The name of a method in Rust: `ProductId` → `product_id`, `Type` → `r#type`.
pub fn rust_method(name: &str) -> String {
    let name = words(name).join("_");
    match name.as_str() {
        "self" | "super" | "crate" => format!("{name}_"),
        // The builders have methods of these names themselves.
        "build" | "builder" | "default" | "send" => format!("{name}_value"),
        _ if RUST_KEYWORDS.contains(&name.as_str()) => format!("r#{name}"),
        _ => name,
    }
}

/// A field's name inside another, such as `set_type`.
pub fn rust_setter(name: &str) -> String {
    format!("set_{}", words(name).join("_"))
}

/// The name of a type in Rust.
pub fn rust_type(name: &str) -> String {
    words(name).iter().map(|word| capitalised(word)).collect()
}

const RUST_KEYWORDS: [&str; 42] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "use", "where",
];

fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

/// The crate of AWS's SDK for Rust: `Service Catalog` → `aws_sdk_servicecatalog`.
pub fn rust_crate(sdk_id: &str) -> String {
    let letters = sdk_id.chars().filter(char::is_ascii_alphanumeric);
    format!("aws_sdk_{}", letters.collect::<String>().to_lowercase())
}

/// The package of AWS's SDK for JavaScript: `Service Catalog` → `@aws-sdk/client-service-catalog`.
pub fn javascript_package(sdk_id: &str) -> String {
    let name = sdk_id.to_lowercase().replace(' ', "-");
    format!("@aws-sdk/client-{name}")
}

/// The client class of that package: `Service Catalog` → `ServiceCatalogClient`.
pub fn javascript_client(sdk_id: &str) -> String {
    let words = sdk_id.split([' ', '-', '_']).map(capitalised);
    format!("{}Client", words.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_botocore() {
        let cases = [
            ("ProvisioningArtifactId", "provisioning-artifact-id"),
            ("AwsMarketplaceSolutionArn", "aws-marketplace-solution-arn"),
            ("ResourceARNs", "resource-arns"),
            ("DBInstanceArn", "db-instance-arn"),
            ("SSEKMSKeyId", "ssekms-key-id"),
            ("Ipv6CidrBlock", "ipv6-cidr-block"),
            ("ListVPCs", "list-vpcs"),
            ("Id", "id"),
            ("maxResults", "max-results"),
            (
                "DescribeStorediSCSIVolumes",
                "describe-stored-iscsi-volumes",
            ),
            ("ExecutePartiQLStatement", "execute-partiql-statement"),
            ("AllowedOAuthScopes", "allowed-o-auth-scopes"),
            ("A", "a"),
        ];
        for (name, expected) in cases {
            assert_eq!(separated(name, '-'), expected);
        }
        assert_eq!(separated("TargetArn", '_'), "target_arn");
    }

    #[test]
    fn names_are_those_of_the_other_sdks() {
        assert_eq!(
            rust_method("ProvisioningArtifactId"),
            "provisioning_artifact_id"
        );
        assert_eq!(rust_method("DBInstanceArn"), "db_instance_arn");
        assert_eq!(rust_method("ResourceARNs"), "resource_arns");
        assert_eq!(rust_method("Type"), "r#type");
        assert_eq!(
            rust_type("ServiceActionAssociation"),
            "ServiceActionAssociation"
        );
        assert_eq!(rust_type("VPCConfig"), "VpcConfig");
        assert_eq!(
            rust_crate("PartnerCentral Selling"),
            "aws_sdk_partnercentralselling"
        );
        assert_eq!(
            javascript_package("PartnerCentral Selling"),
            "@aws-sdk/client-partnercentral-selling"
        );
        assert_eq!(
            javascript_client("PartnerCentral Selling"),
            "PartnerCentralSellingClient"
        );
        assert_eq!(
            javascript_client("billingconductor"),
            "BillingconductorClient"
        );
    }
}
