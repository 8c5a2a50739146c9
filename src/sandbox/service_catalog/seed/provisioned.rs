//! What was provisioned, and the records of that.

use super::{
    BUCKET, BUCKET_1, DATABASE, POSTGRESQL_16, WEB, WEB_BLUE, WORKSTATION, WORKSTATION_1,
    WORKSTATION_2,
};
use crate::service_catalog::record::{Course, Record, Status};
use crate::service_catalog::records::Records;
use crate::service_catalog::store::ProvisionedProduct;

const MY_EC2: &str = "pp-abcdefgh12345";
const ORDERS_ARCHIVE: &str = "pp-broken4s3k7xd";
const WEB_APPLICATION: &str = "pp-change8web2qm";

const FAILED_UPDATE: &str = "rec-fail4s3arc7hv";
const UPDATE_IN_PROGRESS: &str = "rec-upd8webblu2qx";

/// What a product is provisioned with.
const STACK: &str = "CFN_STACK";
const STACK_SET: &str = "CFN_STACKSET";
const TERRAFORM: &str = "TERRAFORM_OPEN_SOURCE";

type Row = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str),
    Option<&'static str>,
    &'static str,
    u64,
);

/// IDs, names, types, products with their versions, instances, the records of the provisioning,
/// and when that was. The oldest first.
const PROVISIONED: [Row; 5] = [
    (
        MY_EC2,
        "my-ec2",
        STACK,
        (WORKSTATION, WORKSTATION_1),
        Some("i-0123456789abcdef0"),
        "rec-prov2myec2a1b",
        1_739_175_600_000,
    ),
    (
        "pp-dev7wk2n4hq8t",
        "dev-workstation",
        STACK,
        (WORKSTATION, WORKSTATION_2),
        Some("i-0fedcba9876543210"),
        "rec-prov6devw7k3n",
        1_742_222_700_000,
    ),
    (
        "pp-orders3pg9zk5",
        "orders-database",
        TERRAFORM,
        (DATABASE, POSTGRESQL_16),
        None,
        "rec-prov9orders5q",
        1_751_360_400_000,
    ),
    (
        ORDERS_ARCHIVE,
        "orders-archive",
        STACK,
        (BUCKET, BUCKET_1),
        None,
        "rec-prov1archiv8z",
        1_754_929_800_000,
    ),
    (
        WEB_APPLICATION,
        "web-blue",
        STACK_SET,
        (WEB, WEB_BLUE),
        None,
        "rec-prov3webblu4t",
        1_760_955_300_000,
    ),
];

pub fn products() -> impl Iterator<Item = (String, ProvisionedProduct)> {
    let rows = PROVISIONED.into_iter();
    rows.map(
        |(id, name, kind, (product, version), instance, record, created_ms)| {
            let is_development = name.starts_with("dev-");
            let provisioning_record = match id {
                ORDERS_ARCHIVE => FAILED_UPDATE,
                WEB_APPLICATION => UPDATE_IN_PROGRESS,
                _ => record,
            };
            let provisioned = ProvisionedProduct {
                name: name.into(),
                kind: kind.into(),
                product: product.into(),
                version: version.into(),
                environment: if is_development {
                    "development".into()
                } else {
                    "production".into()
                },
                instance: instance.map(Into::into),
                provisioning_record: provisioning_record.into(),
                successful_record: record.into(),
                created_ms,
                runs_fail: id == ORDERS_ARCHIVE,
            };
            (id.to_owned(), provisioned)
        },
    )
}

/// Every product was provisioned; two were updated since, of which one update failed and the
/// other has not come to its end.
pub fn records() -> Records {
    let mut records = Records::default();
    for (id, _, _, _, _, record, created_ms) in PROVISIONED {
        let course = Course::Past {
            status: Status::Succeeded,
            updated_ms: created_ms + 184_000,
            error: None,
            outputs: if id == MY_EC2 { outputs() } else { Vec::new() },
        };
        records.insert(
            record.into(),
            past(id, "PROVISION_PRODUCT", created_ms, course),
        );
    }
    let failed = Course::Past {
        status: Status::Failed,
        updated_ms: 1_763_371_862_000,
        error: Some("The stack was rolled back: a bucket of this name exists already.".into()),
        outputs: Vec::new(),
    };
    let update = "UPDATE_PROVISIONED_PRODUCT";
    let failed = past(ORDERS_ARCHIVE, update, 1_763_371_800_000, failed);
    records.insert(FAILED_UPDATE.into(), failed);
    let in_progress = Course::Past {
        status: Status::InProgress,
        updated_ms: 1_763_538_302_000,
        error: None,
        outputs: Vec::new(),
    };
    let in_progress = past(WEB_APPLICATION, update, 1_763_538_300_000, in_progress);
    records.insert(UPDATE_IN_PROGRESS.into(), in_progress);
    records
}

fn past(provisioned_product: &str, kind: &str, created_ms: u64, course: Course) -> Record {
    Record {
        provisioned_product: provisioned_product.into(),
        kind: kind.into(),
        created_ms,
        course,
    }
}

fn outputs() -> Vec<[String; 3]> {
    [
        [
            "CloudformationStackARN",
            "arn:aws:cloudformation:us-east-1:123456789012:stack/SC-123456789012-pp-abcdefgh12345",
            "The stack that was made.",
        ],
        [
            "InstanceId",
            "i-0123456789abcdef0",
            "The instance to work on.",
        ],
        [
            "PrivateDnsName",
            "ip-10-0-1-17.ec2.internal",
            "Where to reach it.",
        ],
    ]
    .map(|output| output.map(Into::into))
    .into()
}
