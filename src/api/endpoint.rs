//! Where a service answers and which region its requests are signed for.
//!
//! Source: AWS's partitions and the services' endpoint rules, without FIPS and with dual-stack
//! only where the service has nothing else.

use crate::curated::PARTITIONS;
use crate::model::EndpointRule;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub host: String,
    /// The region in the credential scope.
    pub signing_region: String,
}

/// The endpoint of a service with this rule in a region; `None` if that can't be the name of a region.
pub fn endpoint(rule: &EndpointRule, region: &str) -> Option<Endpoint> {
    let [name, _, suffix, dual_stack_suffix] = partition(region)?;
    let mut fixed = rule.partition_region.iter();
    let region = fixed
        .find(|(partition, _)| partition == name)
        .map_or(region, |(_, region)| region);
    let suffix = match rule.dual_stack {
        true => dual_stack_suffix,
        false => suffix,
    };
    Some(Endpoint {
        host: format!("{}.{region}.{suffix}", rule.prefix),
        signing_region: region.into(),
    })
}

/// The host of a service that answers in every region under its own name, such as `sts`.
pub fn regional_host(prefix: &str, region: &str) -> Option<String> {
    let [_, _, suffix, _] = partition(region)?;
    Some(format!("{prefix}.{region}.{suffix}"))
}

/// The partition that ARNs of a region name; `aws` for what is no region.
pub fn partition_of(region: &str) -> &'static str {
    partition(region).map_or("aws", |[name, ..]| name)
}

/// Name, prefix of regions, and suffixes of hosts; a region of none of them is taken for `aws`.
fn partition(region: &str) -> Option<&'static [&'static str; 4]> {
    let mut partitions = PARTITIONS.iter();
    let found = partitions.find(|[_, prefix, ..]| region.starts_with(prefix));
    found.filter(|_| is_region(region))
}

/// Lower-case letters, digits and single hyphens: what may stand in a host name.
pub fn is_region(region: &str) -> bool {
    let parts_are_words = region.split('-').all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    });
    parts_are_words && region.contains('-') && region.len() <= 32
}
