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
        .batch_disassociate_service_action_from_provisioning_artifact()
        .service_action_associations(sdk::types::ServiceActionAssociation::builder()
            .service_action_id("act-1")
            .product_id("prod-1")
            .provisioning_artifact_id("pa-1")
            .build()?)
        .service_action_associations(sdk::types::ServiceActionAssociation::builder()
            .service_action_id("act-2")
            .product_id("prod-2")
            .provisioning_artifact_id("pa-2")
            .build()?)
        .accept_language("it's \"q\" \\ {x} \n\u{1b}\u{202e} 🎉 $HOME")
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
