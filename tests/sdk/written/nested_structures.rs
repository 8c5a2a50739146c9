use aws_config::{BehaviorVersion, Region};
use aws_sdk_billingconductor as sdk;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .load()
        .await;
    let client = sdk::Client::new(&config);
    let response = client
        .list_billing_groups()
        .filters(sdk::types::ListBillingGroupsFilter::builder()
            .auto_associate(true)
            .statuses("ACTIVE".into())
            .names(sdk::types::StringSearch::builder()
                .search_option("STARTS_WITH".into())
                .search_value("x")
                .build()?)
            .build())
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
