//! AWS's categories of services.

use crate::texts;

/// A category by its key; none for one that is newer than this page.
#[must_use]
pub fn category(key: &str) -> Option<&'static str> {
    Some(match key {
        "analytics" => texts::category_analytics(),
        "application-integration" => texts::category_application_integration(),
        "blockchain" => texts::category_blockchain(),
        "business-applications" => texts::category_business_applications(),
        "cloud-financial-management" => texts::category_cloud_financial_management(),
        "compute" => texts::category_compute(),
        "containers" => texts::category_containers(),
        "customer-enablement" => texts::category_customer_enablement(),
        "databases" => texts::category_databases(),
        "developer-tools" => texts::category_developer_tools(),
        "end-user-computing" => texts::category_end_user_computing(),
        "front-end-web-and-mobile" => texts::category_front_end_web_and_mobile(),
        "game-tech" => texts::category_game_tech(),
        "internet-of-things" => texts::category_internet_of_things(),
        "machine-learning-and-ai" => texts::category_machine_learning_and_ai(),
        "management-and-governance" => texts::category_management_and_governance(),
        "media" => texts::category_media(),
        "migration-and-transfer" => texts::category_migration_and_transfer(),
        "networking-and-content-delivery" => texts::category_networking_and_content_delivery(),
        "quantum-technologies" => texts::category_quantum_technologies(),
        "satellite" => texts::category_satellite(),
        "security-identity-and-compliance" => texts::category_security_identity_and_compliance(),
        "storage" => texts::category_storage(),
        _ => return None,
    })
}
