use aws_config::{BehaviorVersion, Region};
use aws_sdk_partnercentralselling as sdk;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .load()
        .await;
    let client = sdk::Client::new(&config);
    let response = client
        .list_opportunities()
        .catalog("AWS")
        .sort(sdk::types::OpportunitySort::builder()
            .sort_by("Identifier".into())
            .sort_order("ASCENDING".into())
            .build()?)
        .set_identifier(Some(Vec::new()))
        .life_cycle_stage("Qualified".into())
        .life_cycle_stage("Committed".into())
        .created_date(sdk::types::CreatedDateFilter::builder()
            .after_created_date(sdk::primitives::DateTime::from_str("2025-01-02T03:04:05Z", sdk::primitives::DateTimeFormat::DateTimeWithOffset)?)
            .build())
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
