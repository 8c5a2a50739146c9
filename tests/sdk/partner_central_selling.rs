//! Partner Central Selling, as its SDK knows it.

use crate::running::{Running, client};
use crate::stories;
use aws_sdk_partnercentralselling::{Client, operation, types};
use aws_smithy_types::retry::RetryConfig;
use serde_json::Value;

#[test]
fn every_story_is_told_in_the_types_of_the_sdk() {
    let sandbox = Running::start();
    let client = client!(
        aws_sdk_partnercentralselling,
        &sandbox,
        RetryConfig::disabled()
    );
    stories::tell(
        &sandbox,
        "partnercentral-selling",
        async |operation, input| call(&client, operation, input).await,
    );
}

async fn call(client: &Client, operation: &str, input: &Value) -> Value {
    match operation {
        "DisassociateOpportunity" => call!(
            client.disassociate_opportunity(input) {
                set_catalog set_opportunity_identifier set_related_entity_type
                set_related_entity_identifier
            } -> {}
            DisassociateOpportunityError {
                ThrottlingException AccessDeniedException InternalServerException
                ValidationException ResourceNotFoundException
            }
        ),
        "AssociateOpportunity" => call!(
            client.associate_opportunity(input) {
                set_catalog set_opportunity_identifier set_related_entity_type
                set_related_entity_identifier
            } -> {}
            AssociateOpportunityError {
                ThrottlingException AccessDeniedException InternalServerException
                ValidationException ResourceNotFoundException
            }
        ),
        "GetOpportunity" => call!(
            client.get_opportunity(input) {
                set_catalog set_identifier
            } -> {
                catalog primary_needs_from_aws partner_opportunity_identifier customer project
                opportunity_type id arn last_modified_date created_date related_entity_identifiers
                life_cycle
            }
            GetOpportunityError {
                ThrottlingException AccessDeniedException InternalServerException
                ValidationException ResourceNotFoundException
            }
        ),
        "ListOpportunities" => call!(
            client.list_opportunities(input) {
                set_catalog set_max_results set_next_token set_sort
                set_last_modified_date set_identifier set_life_cycle_stage
                set_life_cycle_review_status set_customer_company_name
                set_created_date set_target_close_date
            } -> { opportunity_summaries next_token }
            ListOpportunitiesError {
                ThrottlingException AccessDeniedException InternalServerException
                ValidationException ResourceNotFoundException
            }
        ),
        "ListSolutions" => call!(
            client.list_solutions(input) {
                set_catalog set_max_results set_next_token set_sort set_status
                set_identifier set_category set_aws_marketplace_solution_arn
            } -> { solution_summaries next_token }
            ListSolutionsError {
                ThrottlingException AccessDeniedException InternalServerException
                ValidationException ResourceNotFoundException
            }
        ),
        _ => panic!("no operation {operation}"),
    }
}

told! {
    types::error::ThrottlingException {}
    types::error::AccessDeniedException { reason }
    types::error::InternalServerException {}
    types::ValidationExceptionError { field_name message code }
    types::error::ValidationException { reason error_list }
    types::error::ResourceNotFoundException {}
    types::Address { city postal_code state_or_region country_code }
    types::Account { industry company_name website_url address }
    types::Customer { account }
    types::AddressSummary { city postal_code state_or_region country_code }
    types::AccountSummary { industry company_name website_url address }
    types::CustomerSummary { account }
    types::ExpectedCustomerSpend { amount currency_code frequency target_company }
    types::Project { title customer_business_problem delivery_models expected_customer_spend }
    types::RelatedEntityIdentifiers {
        solutions aws_products aws_marketplace_offers aws_marketplace_offer_sets
        aws_marketplace_solutions aws_marketplace_products
    }
    types::LifeCycle { stage closed_lost_reason next_steps target_close_date review_status }
    types::LifeCycleSummary { stage closed_lost_reason next_steps target_close_date review_status }
    types::ProjectSummary { delivery_models expected_customer_spend }
    types::OpportunitySummary {
        catalog id arn partner_opportunity_identifier opportunity_type last_modified_date
        created_date life_cycle customer project
    }
    types::SolutionBase {
        catalog id arn name status category created_date aws_marketplace_solution_arn
    }
}

asked! {
    OpportunitySort { set_sort_order set_sort_by } => unwrap
    LastModifiedDate { set_after_last_modified_date set_before_last_modified_date }
    CreatedDateFilter { set_after_created_date set_before_created_date }
    TargetCloseDateFilter { set_after_target_close_date set_before_target_close_date }
    SolutionSort { set_sort_order set_sort_by } => unwrap
}

words! {
    AccessDeniedExceptionErrorCode ClosedLostReason CountryCode CurrencyCode DeliveryModel
    Industry OpportunitySortName OpportunityType PaymentFrequency PrimaryNeedFromAws
    RelatedEntityType ReviewStatus SolutionSortName SolutionStatus SortOrder Stage
    ValidationExceptionErrorCode ValidationExceptionReason
}
