//! Billing Conductor, as its SDK knows it.

use crate::running::{Running, client};
use crate::stories;
use aws_sdk_billingconductor::{Client, operation, types};
use aws_smithy_types::retry::RetryConfig;
use serde_json::Value;

#[test]
fn every_story_is_told_in_the_types_of_the_sdk() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_billingconductor, &sandbox, RetryConfig::disabled());
    let met = stories::tell(&sandbox, "billingconductor", async |operation, input| {
        call(&client, operation, input).await
    });
    for operation in [
        "BatchAssociateResourcesToCustomLineItem",
        "BatchDisassociateResourcesFromCustomLineItem",
    ] {
        for reason in types::AssociateResourceErrorReason::values() {
            assert!(met.has(operation, reason), "{operation}: {reason}");
        }
    }
}

async fn call(client: &Client, operation: &str, input: &Value) -> Value {
    match operation {
        "BatchDisassociateResourcesFromCustomLineItem" => call!(
            client.batch_disassociate_resources_from_custom_line_item(input) {
                set_target_arn set_resource_arns set_billing_period_range
            } -> { successfully_disassociated_resources failed_disassociated_resources }
            BatchDisassociateResourcesFromCustomLineItemError {
                ConflictException ThrottlingException AccessDeniedException
                ValidationException InternalServerException
                ResourceNotFoundException
            }
        ),
        "BatchAssociateResourcesToCustomLineItem" => call!(
            client.batch_associate_resources_to_custom_line_item(input) {
                set_target_arn set_resource_arns set_billing_period_range
            } -> { successfully_associated_resources failed_associated_resources }
            BatchAssociateResourcesToCustomLineItemError {
                ConflictException ThrottlingException AccessDeniedException
                ValidationException ServiceLimitExceededException
                InternalServerException ResourceNotFoundException
            }
        ),
        "ListCustomLineItems" => call!(
            client.list_custom_line_items(input) {
                set_billing_period set_max_results set_next_token set_filters
            } -> { custom_line_items next_token }
            ListCustomLineItemsError {
                ThrottlingException AccessDeniedException ValidationException
                InternalServerException ResourceNotFoundException
            }
        ),
        "ListResourcesAssociatedToCustomLineItem" => call!(
            client.list_resources_associated_to_custom_line_item(input) {
                set_billing_period set_arn set_max_results set_next_token
                set_filters
            } -> { arn associated_resources next_token }
            ListResourcesAssociatedToCustomLineItemError {
                ThrottlingException AccessDeniedException ValidationException
                InternalServerException ResourceNotFoundException
            }
        ),
        "ListBillingGroups" => call!(
            client.list_billing_groups(input) {
                set_billing_period set_max_results set_next_token set_filters
            } -> { billing_groups next_token }
            ListBillingGroupsError {
                ThrottlingException AccessDeniedException ValidationException
                InternalServerException ResourceNotFoundException
            }
        ),
        _ => panic!("no operation {operation}"),
    }
}

told! {
    types::AssociateResourceError { message reason }
    types::DisassociateResourceResponseElement { arn error }
    types::error::ConflictException { resource_id resource_type reason }
    types::error::ThrottlingException { retry_after_seconds }
    types::error::AccessDeniedException {}
    types::ValidationExceptionField { name message }
    types::error::ValidationException { reason fields }
    types::error::InternalServerException { retry_after_seconds }
    types::error::ResourceNotFoundException { resource_id resource_type }
    types::AssociateResourceResponseElement { arn error }
    types::error::ServiceLimitExceededException {
        resource_id resource_type limit_code service_code
    }
    types::ListCustomLineItemFlatChargeDetails { charge_value }
    types::ListCustomLineItemPercentageChargeDetails { percentage_value }
    types::ListCustomLineItemChargeDetails { flat percentage r#type }
    types::CustomLineItemListElement {
        arn name charge_details currency_code description product_code billing_group_arn
        creation_time last_modified_time association_size account_id computation_rule
    }
    types::ListResourcesAssociatedToCustomLineItemResponseElement {
        arn relationship end_billing_period
    }
    types::ComputationPreference { pricing_plan_arn }
    types::ListBillingGroupAccountGrouping { auto_associate responsibility_transfer_arn }
    types::BillingGroupListElement {
        name arn description primary_account_id computation_preference size creation_time
        last_modified_time status status_reason account_grouping billing_group_type
    }
}

asked! {
    CustomLineItemBillingPeriodRange {
        set_inclusive_start_billing_period set_exclusive_end_billing_period
    } => unwrap
    ListCustomLineItemsFilter { set_names set_billing_groups set_arns set_account_ids }
    ListResourcesAssociatedToCustomLineItemFilter { set_relationship }
    StringSearch { set_search_option set_search_value } => unwrap
    ListBillingGroupsFilter {
        set_arns set_pricing_plan set_statuses set_auto_associate set_primary_account_ids
        set_billing_group_types set_names set_responsibility_transfer_arns
    }
}

words! {
    AssociateResourceErrorReason BillingGroupStatus BillingGroupType ComputationRuleEnum
    ConflictExceptionReason CurrencyCode CustomLineItemRelationship CustomLineItemType
    SearchOption ValidationExceptionReason
}
