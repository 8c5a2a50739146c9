//! The record of a change: what one of a run says depends on how long ago the run was accepted.

use super::store::ProvisionedProduct;
use super::view::{self, time};
use crate::answer::object;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Milliseconds after which a run starts, after which one that fails is put right, and after
/// which it has ended.
const STARTS: u64 = 2_000;
const ERRS: u64 = 6_000;
const ENDS: u64 = 9_000;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The ID of the provisioned product.
    pub provisioned_product: String,
    /// One of the values of `RecordType`.
    pub kind: String,
    pub created_ms: u64,
    pub course: Course,
}

/// How a change goes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Course {
    /// With the clock, to success or to failure.
    Run { fails: bool },
    /// Long since as it is now.
    Past {
        status: Status,
        updated_ms: u64,
        error: Option<String>,
        /// Keys, values and descriptions.
        outputs: Vec<[String; 3]>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Created,
    InProgress,
    InProgressInError,
    Succeeded,
    Failed,
}

impl Record {
    pub fn has_ended(&self, now_ms: u64) -> bool {
        matches!(self.status(now_ms).0, Status::Succeeded | Status::Failed)
    }

    /// The `RecordDetail` structure of the record with this ID as it is now.
    pub fn detail(&self, id: &str, of: Option<&ProvisionedProduct>, now_ms: u64) -> Value {
        let (status, updated_ms) = self.status(now_ms);
        let mut members = vec![
            ("RecordId", id.into()),
            ("Status", status.value().into()),
            ("CreatedTime", time(self.created_ms)),
            ("UpdatedTime", time(updated_ms)),
            ("RecordType", self.kind.as_str().into()),
            (
                "ProvisionedProductId",
                self.provisioned_product.as_str().into(),
            ),
            ("RecordErrors", self.errors(status)),
        ];
        if let Some(product) = of {
            let role = "arn:aws:iam::123456789012:role/ServiceCatalogLaunch";
            members.extend([
                ("ProvisionedProductName", product.name.as_str().into()),
                ("ProvisionedProductType", product.kind.as_str().into()),
                ("ProductId", product.product.as_str().into()),
                ("ProvisioningArtifactId", product.version.as_str().into()),
                ("PathId", "lpv2-7hq2mzk4x9wna".into()),
                ("RecordTags", view::tags(&product.environment)),
                ("LaunchRoleArn", role.into()),
            ]);
        }
        object(members)
    }

    fn errors(&self, status: Status) -> Value {
        let error = match &self.course {
            Course::Past { error, .. } => error.as_deref(),
            Course::Run { .. } => matches!(status, Status::InProgressInError | Status::Failed)
                .then_some(
                    "The automation was stopped: the role of the automation may not use the key \
                     of the bucket.",
                ),
        };
        let errors = error.map(|description| {
            object(vec![
                ("Code", "400".into()),
                ("Description", description.into()),
            ])
        });
        errors.into_iter().collect()
    }

    /// What the change of this ID has put out by now: keys, values and descriptions.
    pub fn outputs<'a>(&'a self, id: &'a str, now_ms: u64) -> Vec<[&'a str; 3]> {
        if let Course::Past { outputs, .. } = &self.course {
            return outputs
                .iter()
                .map(|output| output.each_ref().map(String::as_str))
                .collect();
        }
        let execution = [
            "AutomationExecutionId",
            id.trim_start_matches("rec-"),
            "The execution of the automation.",
        ];
        let ended = |how| ["AutomationStatus", how, "How the automation ended."];
        match self.status(now_ms).0 {
            Status::Created => Vec::new(),
            Status::InProgress | Status::InProgressInError => vec![execution],
            Status::Succeeded => vec![execution, ended("Success")],
            Status::Failed => vec![execution, ended("Failed")],
        }
    }

    /// The status now, and since when.
    fn status(&self, now_ms: u64) -> (Status, u64) {
        let fails = match self.course {
            Course::Past {
                status, updated_ms, ..
            } => return (status, updated_ms),
            Course::Run { fails } => fails,
        };
        let (status, since) = match now_ms.saturating_sub(self.created_ms) {
            age if age < STARTS => (Status::Created, 0),
            age if age >= ENDS && fails => (Status::Failed, ENDS),
            age if age >= ENDS => (Status::Succeeded, ENDS),
            age if age >= ERRS && fails => (Status::InProgressInError, ERRS),
            _ => (Status::InProgress, STARTS),
        };
        (status, self.created_ms.saturating_add(since))
    }
}

impl Status {
    fn value(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::InProgress => "IN_PROGRESS",
            Self::InProgressInError => "IN_PROGRESS_IN_ERROR",
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
        }
    }
}
