//! Service Catalog, as its SDK knows it.

use crate::running::{Running, client};
use crate::stories;
use aws_sdk_servicecatalog::{Client, operation, types};
use aws_smithy_types::retry::RetryConfig;
use serde_json::Value;

#[test]
fn every_story_is_told_in_the_types_of_the_sdk() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_servicecatalog, &sandbox, RetryConfig::disabled());
    let met = stories::tell(&sandbox, "servicecatalog", async |operation, input| {
        call(&client, operation, input).await
    });
    for operation in [
        "BatchAssociateServiceActionWithProvisioningArtifact",
        "BatchDisassociateServiceActionFromProvisioningArtifact",
    ] {
        for code in types::ServiceActionAssociationErrorCode::values() {
            assert!(met.has(operation, code), "{operation}: {code}");
        }
    }
}

async fn call(client: &Client, operation: &str, input: &Value) -> Value {
    match operation {
        "BatchDisassociateServiceActionFromProvisioningArtifact" => call!(
            client.batch_disassociate_service_action_from_provisioning_artifact(input) {
                set_service_action_associations set_accept_language
            } -> { failed_service_action_associations }
            BatchDisassociateServiceActionFromProvisioningArtifactError {
                InvalidParametersException
            }
        ),
        "AssociateServiceActionWithProvisioningArtifact" => call!(
            client.associate_service_action_with_provisioning_artifact(input) {
                set_product_id set_provisioning_artifact_id set_service_action_id
                set_accept_language set_idempotency_token
            } -> {}
            AssociateServiceActionWithProvisioningArtifactError {
                ResourceNotFoundException DuplicateResourceException
                LimitExceededException InvalidParametersException
            }
        ),
        "ExecuteProvisionedProductServiceAction" => call!(
            client.execute_provisioned_product_service_action(input) {
                set_provisioned_product_id set_service_action_id set_execute_token
                set_accept_language set_parameters
            } -> { record_detail }
            ExecuteProvisionedProductServiceActionError {
                InvalidParametersException ResourceNotFoundException
                InvalidStateException
            }
        ),
        "BatchAssociateServiceActionWithProvisioningArtifact" => call!(
            client.batch_associate_service_action_with_provisioning_artifact(input) {
                set_service_action_associations set_accept_language
            } -> { failed_service_action_associations }
            BatchAssociateServiceActionWithProvisioningArtifactError {
                InvalidParametersException
            }
        ),
        "DisassociateServiceActionFromProvisioningArtifact" => call!(
            client.disassociate_service_action_from_provisioning_artifact(input) {
                set_product_id set_provisioning_artifact_id set_service_action_id
                set_accept_language set_idempotency_token
            } -> {}
            DisassociateServiceActionFromProvisioningArtifactError {
                ResourceNotFoundException InvalidParametersException
            }
        ),
        "DescribeRecord" => call!(
            client.describe_record(input) {
                set_accept_language set_id set_page_token set_page_size
            } -> { record_detail record_outputs next_page_token }
            DescribeRecordError {
                ResourceNotFoundException
            }
        ),
        "ListRecordHistory" => call!(
            client.list_record_history(input) {
                set_accept_language set_access_level_filter set_search_filter
                set_page_size set_page_token
            } -> { record_details next_page_token }
            ListRecordHistoryError {
                InvalidParametersException
            }
        ),
        "DescribeServiceActionExecutionParameters" => call!(
            client.describe_service_action_execution_parameters(input) {
                set_provisioned_product_id set_service_action_id
                set_accept_language
            } -> { service_action_parameters }
            DescribeServiceActionExecutionParametersError {
                InvalidParametersException ResourceNotFoundException
            }
        ),
        "SearchProductsAsAdmin" => call!(
            client.search_products_as_admin(input) {
                set_accept_language set_portfolio_id set_filters set_sort_by
                set_sort_order set_page_size set_page_token set_product_source
            } -> { product_view_details next_page_token }
            SearchProductsAsAdminError {
                ResourceNotFoundException InvalidParametersException
            }
        ),
        "ListProvisioningArtifacts" => call!(
            client.list_provisioning_artifacts(input) {
                set_accept_language set_product_id
            } -> { provisioning_artifact_details next_page_token }
            ListProvisioningArtifactsError {
                ResourceNotFoundException InvalidParametersException
            }
        ),
        "ListServiceActions" => call!(
            client.list_service_actions(input) {
                set_accept_language set_page_size set_page_token
            } -> { service_action_summaries next_page_token }
            ListServiceActionsError {
                InvalidParametersException
            }
        ),
        "ListServiceActionsForProvisioningArtifact" => call!(
            client.list_service_actions_for_provisioning_artifact(input) {
                set_product_id set_provisioning_artifact_id set_page_size
                set_page_token set_accept_language
            } -> { service_action_summaries next_page_token }
            ListServiceActionsForProvisioningArtifactError {
                ResourceNotFoundException InvalidParametersException
            }
        ),
        "ListProvisioningArtifactsForServiceAction" => call!(
            client.list_provisioning_artifacts_for_service_action(input) {
                set_service_action_id set_page_size set_page_token
                set_accept_language
            } -> { provisioning_artifact_views next_page_token }
            ListProvisioningArtifactsForServiceActionError {
                ResourceNotFoundException InvalidParametersException
            }
        ),
        "SearchProvisionedProducts" => call!(
            client.search_provisioned_products(input) {
                set_accept_language set_access_level_filter set_filters
                set_sort_by set_sort_order set_page_size set_page_token
            } -> { provisioned_products total_results_count next_page_token }
            SearchProvisionedProductsError {
                InvalidParametersException
            }
        ),
        _ => panic!("no operation {operation}"),
    }
}

told! {
    types::FailedServiceActionAssociation {
        service_action_id product_id provisioning_artifact_id error_code error_message
    }
    types::error::InvalidParametersException {}
    types::error::ResourceNotFoundException {}
    types::error::DuplicateResourceException {}
    types::error::LimitExceededException {}
    types::RecordError { code description }
    types::RecordTag { key value }
    types::RecordDetail {
        record_id provisioned_product_name status created_time updated_time
        provisioned_product_type record_type provisioned_product_id product_id
        provisioning_artifact_id path_id record_errors record_tags launch_role_arn
    }
    types::error::InvalidStateException {}
    types::RecordOutput { output_key output_value description }
    types::ExecutionParameter { name r#type default_values }
    types::ProductViewSummary {
        id product_id name owner short_description r#type distributor has_default_path
        support_email support_description support_url
    }
    types::CodeStarParameters { connection_arn repository branch artifact_path }
    types::SourceConnectionParameters { code_star }
    types::LastSync {
        last_sync_time last_sync_status last_sync_status_message last_successful_sync_time
        last_successful_sync_provisioning_artifact_id
    }
    types::SourceConnectionDetail { r#type connection_parameters last_sync }
    types::ProductViewDetail {
        product_view_summary status product_arn created_time source_connection
    }
    types::ProvisioningArtifactDetail {
        id name description r#type created_time active guidance source_revision
    }
    types::ServiceActionSummary { id name description definition_type }
    types::ProvisioningArtifact { id name description created_time guidance }
    types::ProvisioningArtifactView { product_view_summary provisioning_artifact }
    types::Tag { key value }
    types::ProvisionedProductAttribute {
        name arn r#type id status status_message created_time idempotency_token
        last_record_id last_provisioning_record_id last_successful_provisioning_record_id
        tags physical_id product_id product_name provisioning_artifact_id
        provisioning_artifact_name user_arn user_arn_session
    }
}

asked! {
    ServiceActionAssociation {
        set_service_action_id set_product_id set_provisioning_artifact_id
    } => unwrap
    AccessLevelFilter { set_key set_value }
    ListRecordHistorySearchFilter { set_key set_value }
}

words! {
    AccessLevelFilterKey LastSyncStatus ProductSource ProductType ProductViewFilterBy
    ProductViewSortBy ProvisionedProductStatus ProvisionedProductViewFilterBy
    ProvisioningArtifactGuidance ProvisioningArtifactType RecordStatus
    ServiceActionAssociationErrorCode ServiceActionDefinitionType SortOrder SourceType Status
}
