//! AWS's rules of where the requests of one service go, and what they came to before.

use crate::failure::Failure;
use crate::limits;
use formsmith_endpoints::{Call, Endpoint, Given, Parameters, Partitions, Place, Refused, RuleSet};
use formsmith_wire::Code;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The rules of a service of the folder. A service without any is none of AWS's.
#[derive(Debug)]
pub struct Rules {
    set: Arc<RuleSet>,
    /// What its hosts begin with, where it shares its rules with others.
    host_prefix: Option<Box<str>>,
    partitions: Arc<Partitions>,
    /// Endpoints that were found before.
    known: Mutex<HashMap<Parameters, Arc<Endpoint>>>,
}

/// What a person has set for all requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    /// Endpoints whose cryptography is validated by FIPS 140.
    pub fips: bool,
    /// Endpoints that have addresses of IPv6, too.
    pub dual_stack: bool,
}

/// What no request says and rules ask for. An ARN leads to no other region than the place's, so that
/// what is signed for is what was chosen; and what needs a session or a signature that isn't made
/// here isn't asked for. Hosts with the account's number are left out: the regional ones, which all
/// services have, take the same requests.
static OPTIONS: [(&str, Given); 5] = [
    ("AWS::S3::UseArnRegion", Given::Flag(false)),
    ("AWS::S3Control::UseArnRegion", Given::Flag(false)),
    ("AWS::S3::DisableMultiRegionAccessPoints", Given::Flag(true)),
    ("DisableS3ExpressSessionAuth", Given::Flag(true)),
    // Where an endpoint was given: emulators have no host for each bucket.
    ("AWS::S3::ForcePathStyle", Given::Flag(true)),
];

impl Rules {
    pub fn new(set: Arc<RuleSet>, host_prefix: Option<&str>, partitions: Arc<Partitions>) -> Self {
        Self {
            set,
            host_prefix: host_prefix.map(Box::from),
            partitions,
            known: Mutex::default(),
        }
    }

    /// The parameters that an operation's input fills, each with the member of the input.
    pub fn members(&self, operation: &str) -> impl Iterator<Item = (&str, &str)> {
        self.set.members(operation)
    }

    /// Does any operation have such a member, by the member's name?
    pub fn ask_for(&self, member: &str) -> bool {
        self.set.all_members().any(|(_, own)| own == member)
    }

    /// Where a request of the operation goes, with these members of its input. An endpoint that was
    /// `given` stands in for AWS's own.
    pub fn endpoint(
        &self,
        operation: &str,
        input: &Value,
        region: &str,
        choices: Choices,
        given: Option<&str>,
    ) -> Result<Arc<Endpoint>, Failure> {
        let options = match given {
            Some(_) => &OPTIONS[..],
            None => &OPTIONS[..OPTIONS.len() - 1],
        };
        let place = Place {
            region: Some(region),
            fips: choices.fips,
            dual_stack: choices.dual_stack,
            endpoint: given,
            account: None,
            options,
        };
        let parameters = self.set.parameters(&Call {
            host_prefix: self.host_prefix.as_deref(),
            operation,
            input,
            place: &place,
        });
        let parameters = parameters.map_err(|why| refused(operation, &why))?;
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(endpoint) = known().get(&parameters) {
            return Ok(endpoint.clone());
        }
        let found = self.set.resolve(&self.partitions, &parameters);
        let found = Arc::new(found.map_err(|why| refused(operation, &why))?);
        self.is_of_its_partition(&found, region)
            .map_err(|why| refused(operation, &why))?;
        let mut known = known();
        if known.len() >= limits::ENDPOINTS {
            known.clear();
        }
        known.insert(parameters, found.clone());
        Ok(found)
    }

    /// Some services are signed for in one region of the partition, whatever the place's is: in no
    /// other partition, and for no region that isn't one.
    fn is_of_its_partition(&self, found: &Endpoint, region: &str) -> Result<(), Refused> {
        let partition = &self.partitions.of(region).name;
        for scheme in &found.schemes {
            let Some(signed) = &scheme.signing_region else {
                continue;
            };
            let is_its = *partition == self.partitions.of(signed).name;
            if signed != region && !(is_its && self.partitions.is_known(signed)) {
                return Err(Refused::Unsafe(signed.clone()));
            }
        }
        Ok(())
    }
}

fn refused(operation: &str, why: &Refused) -> Failure {
    let why = why.to_string();
    let why = why.trim_end_matches('.');
    endpoint_refused(
        format!("AWS's rules have no endpoint for this {operation}: {why}."),
        "Check the region and the names and ARNs in the request, and how the proxy was started.",
    )
}

/// There is no endpoint that a request could be sent to.
pub fn endpoint_refused(message: String, action: &str) -> Failure {
    Failure::forbidden(Code::EndpointRefused, message, action)
}
