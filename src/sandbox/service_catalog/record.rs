//! The record of a run: what it says depends on how long ago the run was accepted.

use super::store::ProvisionedProduct;
use crate::Call;
use crate::answer::object;
use serde_json::Value;

/// Milliseconds after which a run starts, after which one that fails is put right, and after
/// which it has ended.
const STARTS: u64 = 2_000;
const ERRS: u64 = 6_000;
const ENDS: u64 = 9_000;

pub struct Record {
    id: String,
    provisioned_product: ProvisionedProduct,
    created_ms: u64,
}

impl Record {
    /// A record of a run that is accepted now; `earlier` is the number of records before it.
    pub fn new(provisioned_product: ProvisionedProduct, call: &Call, earlier: usize) -> Self {
        Self {
            id: record_id(&call.request_id, earlier),
            provisioned_product,
            created_ms: call.now_ms,
        }
    }

    pub fn is_of(&self, provisioned_product: &str) -> bool {
        self.provisioned_product.id == provisioned_product
    }

    pub fn has_ended(&self, now_ms: u64) -> bool {
        self.age(now_ms) >= ENDS
    }

    /// The `RecordDetail` structure as it is now.
    pub fn detail(&self, now_ms: u64) -> Value {
        let (status, since) = self.status(now_ms);
        let mut errors = Vec::new();
        if matches!(status, "IN_PROGRESS_IN_ERROR" | "FAILED") {
            let description = "The automation was stopped: the role of the automation may not \
                               use the key of the bucket.";
            errors.push(object(vec![
                ("Code", "400".into()),
                ("Description", description.into()),
            ]));
        }
        let product = &self.provisioned_product;
        let tags = vec![
            tag("department", "platform"),
            tag("environment", product.environment),
        ];
        let updated_ms = self.created_ms.saturating_add(since);
        let role = "arn:aws:iam::123456789012:role/ServiceCatalogLaunch";
        object(vec![
            ("RecordId", self.id.as_str().into()),
            ("ProvisionedProductName", product.name.into()),
            ("Status", status.into()),
            ("CreatedTime", epoch_seconds(self.created_ms).into()),
            ("UpdatedTime", epoch_seconds(updated_ms).into()),
            ("ProvisionedProductType", product.kind.into()),
            ("RecordType", "UPDATE_PROVISIONED_PRODUCT".into()),
            ("ProvisionedProductId", product.id.into()),
            ("ProductId", product.product.into()),
            ("ProvisioningArtifactId", product.version.into()),
            ("PathId", "lpv2-7hq2mzk4x9wna".into()),
            ("RecordErrors", errors.into()),
            ("RecordTags", tags.into()),
            ("LaunchRoleArn", role.into()),
        ])
    }

    fn age(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.created_ms)
    }

    /// The status now, and the age at which it began.
    fn status(&self, now_ms: u64) -> (&'static str, u64) {
        let fails = self.provisioned_product.runs_fail;
        match self.age(now_ms) {
            age if age < STARTS => ("CREATED", 0),
            age if age >= ENDS && fails => ("FAILED", ENDS),
            age if age >= ENDS => ("SUCCEEDED", ENDS),
            age if age >= ERRS && fails => ("IN_PROGRESS_IN_ERROR", ERRS),
            _ => ("IN_PROGRESS", STARTS),
        }
    }
}

fn tag(key: &str, value: &str) -> Value {
    object(vec![("Key", key.into()), ("Value", value.into())])
}

fn epoch_seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}

/// `rec-` and thirteen letters and digits, made from the request id by FNV-1a: 64 bits fill
/// exactly thirteen places in base 36.
fn record_id(request_id: &str, earlier: usize) -> String {
    let seed = format!("{earlier}/{request_id}");
    let mut rest = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut id = String::from("rec-");
    for _ in 0..13 {
        let digit = u32::try_from(rest % 36).unwrap_or_default();
        id.push(char::from_digit(digit, 36).unwrap_or('0'));
        rest /= 36;
    }
    id
}
