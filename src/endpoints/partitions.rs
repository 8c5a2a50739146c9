//! AWS's partitions: their regions, and what hosts end with.

use crate::{Malformed, malformed};
use formsmith_api::pattern::{Pattern, Verdict};
use serde_json::Value;

/// All partitions, in their order; the first is the one for regions that nobody knows.
#[derive(Debug)]
pub struct Partitions {
    partitions: Vec<Partition>,
    /// The regions that are listed, sorted, each with the place of its partition.
    regions: Vec<(Box<str>, usize)>,
}

#[derive(Debug)]
pub struct Partition {
    /// Such as `aws-cn`.
    pub name: Box<str>,
    /// What hosts end with, without a dot in front.
    pub dns_suffix: Box<str>,
    /// What hosts end with that have addresses of IPv6, too.
    pub dual_stack_dns_suffix: Box<str>,
    /// The region that services sign for which have one host in the whole partition.
    pub implicit_global_region: Box<str>,
    pub supports_fips: bool,
    pub supports_dual_stack: bool,
    /// What its regions look like.
    regions: Pattern,
}

impl Partitions {
    /// Reads `partitions.json`, an object with a list `partitions`.
    pub fn read(document: &str) -> Result<Self, Malformed> {
        let document: Value =
            serde_json::from_str(document).map_err(|error| Malformed(error.to_string()))?;
        let listed = document["partitions"].as_array();
        let mut partitions = Vec::new();
        let mut regions = Vec::new();
        for (at, partition) in listed.into_iter().flatten().enumerate() {
            partitions.push(read(partition)?);
            let own = partition["regions"].as_object().into_iter().flatten();
            regions.extend(own.map(|(region, _)| (region.as_str().into(), at)));
        }
        if partitions.is_empty() {
            return malformed("there are no partitions");
        }
        regions.sort();
        Ok(Self {
            partitions,
            regions,
        })
    }

    /// Does AWS list this region? That includes regions which are no place, such as `aws-global`:
    /// `is_global` tells them. A region may be listed and not have a certain service; of that the
    /// data says nothing.
    pub fn is_known(&self, region: &str) -> bool {
        self.listed(region).is_some()
    }

    /// Is it a listed region that stands for the whole partition, such as `aws-cn-global`? Rules
    /// take it for services with one host in the partition, and then sign for the region of it.
    pub fn is_global(&self, region: &str) -> bool {
        let own = self.listed(region);
        own.is_some_and(|partition| region.strip_prefix(&*partition.name) == Some("-global"))
    }

    /// The regions that are listed, sorted, each with its partition.
    pub fn known_regions(&self) -> impl Iterator<Item = (&str, &Partition)> {
        let regions = self.regions.iter();
        regions.map(|(region, at)| (&**region, &self.partitions[*at]))
    }

    pub fn all(&self) -> &[Partition] {
        &self.partitions
    }

    /// The partition of a region, by the list, by what regions look like, or else the first: what
    /// rules call `aws.partition`. It is no check of a region.
    pub fn of(&self, region: &str) -> &Partition {
        let looks_alike =
            |partition: &&Partition| matches!(partition.regions.verdict(region), Verdict::Matches);
        let found = self.listed(region);
        let found = found.or_else(|| self.partitions.iter().find(looks_alike));
        found.unwrap_or(&self.partitions[0])
    }

    fn listed(&self, region: &str) -> Option<&Partition> {
        let found = self
            .regions
            .binary_search_by(|(own, _)| (**own).cmp(region));
        let (_, at) = &self.regions[found.ok()?];
        self.partitions.get(*at)
    }
}

fn read(partition: &Value) -> Result<Partition, Malformed> {
    let outputs = &partition["outputs"];
    let wrong = |name: &str| Malformed(format!("a partition without {name}"));
    let text = |of: &Value, name: &str| {
        let value = of[name].as_str().map(Box::from);
        value.ok_or_else(|| wrong(name))
    };
    let flag = |name: &str| outputs[name].as_bool().ok_or_else(|| wrong(name));
    let regions = Pattern::new(&text(partition, "regionRegex")?);
    if !regions.is_supported() {
        return malformed(format!("regionRegex is {}", regions.source()));
    }
    Ok(Partition {
        name: text(partition, "id")?,
        dns_suffix: text(outputs, "dnsSuffix")?,
        dual_stack_dns_suffix: text(outputs, "dualStackDnsSuffix")?,
        implicit_global_region: text(outputs, "implicitGlobalRegion")?,
        supports_fips: flag("supportsFIPS")?,
        supports_dual_stack: flag("supportsDualStack")?,
        regions,
    })
}
