//! Where a service answers and which region its requests are signed for.
//!
//! Source: AWS's partitions and the services' endpoint rules, without FIPS and with dual-stack
//! only where the service has nothing else.

use crate::model::Service;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub host: String,
    /// The region in the credential scope.
    pub signing_region: String,
}

struct Partition {
    name: &'static str,
    /// What the names of its regions begin with.
    prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: &'static str,
}

/// The first whose prefix fits; regions of none of them are taken for `aws`.
const PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws-cn",
        prefix: "cn-",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
    },
    Partition {
        name: "aws-us-gov",
        prefix: "us-gov-",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
    },
    Partition {
        name: "aws-iso",
        prefix: "us-iso-",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
    },
    Partition {
        name: "aws-iso-b",
        prefix: "us-isob-",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
    },
    Partition {
        name: "aws-iso-e",
        prefix: "eu-isoe-",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
    },
    Partition {
        name: "aws-iso-f",
        prefix: "us-isof-",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
    },
    Partition {
        name: "aws-eusc",
        prefix: "eusc-",
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
    },
    Partition {
        name: "aws",
        prefix: "",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
    },
];

/// The endpoint of a service in a region; `None` if that can't be the name of a region.
pub fn endpoint(service: &Service, region: &str) -> Option<Endpoint> {
    let partition = partition(region)?;
    let rule = &service.endpoint;
    let mut fixed = rule.partition_region.iter();
    let region = fixed
        .find(|(name, _)| name == partition.name)
        .map_or(region, |(_, region)| region);
    let suffix = if rule.dual_stack {
        partition.dual_stack_suffix
    } else {
        partition.suffix
    };
    Some(Endpoint {
        host: format!("{}.{region}.{suffix}", rule.prefix),
        signing_region: region.into(),
    })
}

/// The host of a service that answers in every region under its own name, such as `sts`.
pub fn regional_host(prefix: &str, region: &str) -> Option<String> {
    Some(format!("{prefix}.{region}.{}", partition(region)?.suffix))
}

fn partition(region: &str) -> Option<&'static Partition> {
    let mut partitions = PARTITIONS.iter();
    let found = partitions.find(|partition| region.starts_with(partition.prefix));
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
