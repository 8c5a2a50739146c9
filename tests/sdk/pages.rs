//! The paginators of the SDKs: in pages, each list is what it is as a whole.

use crate::running::{Running, client};
use aws_smithy_types::retry::RetryConfig;

/// Pages of this size, compared with those that come without one.
macro_rules! in_pages {
    ($sandbox:ident, $call:expr, $size:literal, $items:ident) => {{
        let large = $call.clone().into_paginator().send().try_collect();
        let small = $call.into_paginator().page_size($size).send();
        let large = $sandbox.wait(large).unwrap();
        let small = $sandbox.wait(small.try_collect()).unwrap();
        assert!(small.len() > large.len(), "{}", small.len());
        let (last, full) = small.split_last().unwrap();
        assert!(full.iter().all(|page| page.$items().len() == $size));
        assert!((1..=$size).contains(&last.$items().len()));
        let small: Vec<_> = small.iter().flat_map(|page| page.$items()).collect();
        let large: Vec<_> = large.iter().flat_map(|page| page.$items()).collect();
        assert_eq!(small, large);
        let mut others = small.iter().enumerate();
        assert!(others.all(|(at, item)| !small[..at].contains(item)));
    }};
}

#[test]
fn service_catalog() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_servicecatalog, sandbox, RetryConfig::disabled());
    let search = client.search_products_as_admin();
    in_pages!(sandbox, search, 3, product_view_details);
    let search = client.search_provisioned_products();
    in_pages!(sandbox, search, 2, provisioned_products);
    let list = client.list_service_actions();
    in_pages!(sandbox, list, 5, service_action_summaries);
    let list = client
        .list_service_actions_for_provisioning_artifact()
        .product_id("prod-abcdzk7xy33qa")
        .provisioning_artifact_id("pa-4abcdjnxjj6ne");
    in_pages!(sandbox, list, 1, service_action_summaries);
    let list = client
        .list_provisioning_artifacts_for_service_action()
        .service_action_id("act-fs7abcd89wxyz");
    in_pages!(sandbox, list, 1, provisioning_artifact_views);
}

#[test]
fn billing_conductor() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_billingconductor, sandbox, RetryConfig::disabled());
    let list = client.list_custom_line_items();
    in_pages!(sandbox, list, 2, custom_line_items);
    let list = client.list_billing_groups();
    in_pages!(sandbox, list, 2, billing_groups);
    let list = client
        .list_resources_associated_to_custom_line_item()
        .arn("arn:aws:billingconductor::123456789012:customlineitem/abcde12345");
    in_pages!(sandbox, list, 1, associated_resources);
}

#[test]
fn partner_central_selling() {
    let sandbox = Running::start();
    let client = client!(
        aws_sdk_partnercentralselling,
        sandbox,
        RetryConfig::disabled()
    );
    let list = client.list_opportunities().catalog("Sandbox");
    in_pages!(sandbox, list, 2, opportunity_summaries);
    let list = client.list_solutions().catalog("Sandbox");
    in_pages!(sandbox, list, 2, solution_summaries);
}
