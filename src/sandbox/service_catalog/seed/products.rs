//! Products and their versions.

use super::{
    BUCKET, BUCKET_1, DATABASE, POSTGRESQL_14, POSTGRESQL_16, WEB, WEB_BLUE, WEB_GREEN,
    WORKSTATION, WORKSTATION_1, WORKSTATION_2, WORKSTATION_3,
};
use crate::service_catalog::store::{Product, Version};

const PLATFORM_TEAM: (&str, Option<&str>) = ("Platform team", Some("port-plat4form7k2w"));
const PLATFORM_TEAM_ALONE: (&str, Option<&str>) = ("Platform team", None);
const WEB_TEAM: (&str, Option<&str>) = ("Web team", Some("port-webt5eam3q8nx"));

const CLOUD_FORMATION: &str = "CLOUD_FORMATION_TEMPLATE";
const TERRAFORM: &str = "TERRAFORM_OPEN_SOURCE";

type ProductRow = (
    &'static str,
    &'static str,
    &'static str,
    (&'static str, Option<&'static str>),
    &'static str,
    &'static str,
    u64,
);

/// IDs, IDs of the product's view, names, owners with their portfolios, types, descriptions, and
/// when each was made.
const PRODUCTS: [ProductRow; 4] = [
    (
        WORKSTATION,
        "prodview-wk4n7hq2mzt9c",
        "EC2 workstation",
        PLATFORM_TEAM,
        CLOUD_FORMATION,
        "An EC2 instance to work on, with a disk of its own.",
        1_709_543_520_000,
    ),
    (
        DATABASE,
        "prodview-db8x3kv6wq5re",
        "PostgreSQL database",
        PLATFORM_TEAM,
        TERRAFORM,
        "A database with backups every night.",
        1_713_781_800_000,
    ),
    (
        BUCKET,
        "prodview-s39m2ctz7dy4h",
        "S3 bucket",
        PLATFORM_TEAM_ALONE,
        CLOUD_FORMATION,
        "An encrypted bucket that is not public.",
        1_715_612_400_000,
    ),
    (
        WEB,
        "prodview-wb6p5fj8nx3va",
        "Web application",
        WEB_TEAM,
        CLOUD_FORMATION,
        "A load balancer in front of a group of EC2 instances.",
        1_724_671_500_000,
    ),
];

/// IDs, products, names, descriptions, and when each was made.
const VERSIONS: [(&str, &str, &str, &str, u64); 8] = [
    (
        WORKSTATION_1,
        WORKSTATION,
        "1.0",
        "The first version.",
        1_709_543_520_000,
    ),
    (
        WORKSTATION_2,
        WORKSTATION,
        "2.0",
        "A newer kind of instance.",
        1_731_937_200_000,
    ),
    (
        WORKSTATION_3,
        WORKSTATION,
        "3.0",
        "No public address any more.",
        1_756_713_900_000,
    ),
    (
        POSTGRESQL_14,
        DATABASE,
        "PostgreSQL 14",
        "For applications that need it.",
        1_713_781_800_000,
    ),
    (
        POSTGRESQL_16,
        DATABASE,
        "PostgreSQL 16",
        "For all others.",
        1_750_060_200_000,
    ),
    (
        BUCKET_1,
        BUCKET,
        "1.0",
        "The first version.",
        1_715_612_400_000,
    ),
    (WEB_BLUE, WEB, "blue", "The one in use.", 1_724_671_500_000),
    (
        WEB_GREEN,
        WEB,
        "green",
        "The one to come.",
        1_759_752_600_000,
    ),
];

pub fn products() -> impl Iterator<Item = (String, Product)> {
    let rows = PRODUCTS.into_iter();
    rows.map(
        |(id, view, name, (owner, portfolio), kind, description, created_ms)| {
            let product = Product {
                view: view.into(),
                name: name.into(),
                owner: owner.into(),
                description: description.into(),
                kind: kind.into(),
                portfolio: portfolio.map(Into::into),
                created_ms,
            };
            (id.to_owned(), product)
        },
    )
}

pub fn versions() -> impl Iterator<Item = (String, Version)> {
    let rows = VERSIONS.into_iter();
    rows.map(|(id, product, name, description, created_ms)| {
        let version = Version {
            product: product.into(),
            name: name.into(),
            description: description.into(),
            is_deprecated: id == WORKSTATION_1,
            created_ms,
        };
        (id.to_owned(), version)
    })
}
