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
        .execute_provisioned_product_service_action()
        .provisioned_product_id("pp-1")
        .service_action_id("act-1")
        .execute_token("token")
        .parameters("Size", vec!["large".into(), "".into()])
        .parameters("None", vec![])
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
