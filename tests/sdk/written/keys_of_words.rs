use aws_config::{BehaviorVersion, Region};
use aws_sdk_servicecatalog as sdk;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .load()
        .await;
    let client = sdk::Client::new(&config);
    let response = client
        .search_provisioned_products()
        .access_level_filter(sdk::types::AccessLevelFilter::builder()
            .key("Account".into())
            .value("self")
            .build())
        .filters("SearchQuery".into(), vec!["name:x".into()])
        .sort_order("ASCENDING".into())
        .page_size(5)
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
