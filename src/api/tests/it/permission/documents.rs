//! What `permissions.json` of some services has.

use serde_json::{Value, json};

/// A `permissions.json` with these operations. The templates are written in place of their numbers.
pub fn document(mut operations: Value) -> Value {
    let mut arns: Vec<Value> = Vec::new();
    for operation in operations.as_object_mut().unwrap().values_mut() {
        for action in operation["actions"].as_array_mut().unwrap() {
            let types = action.get_mut("resources").and_then(Value::as_array_mut);
            for of in types.into_iter().flatten() {
                let arn = of["arn"].take();
                let at = arns.iter().position(|it| *it == arn);
                of["arn"] = at.unwrap_or(arns.len()).into();
                if at.is_none() {
                    arns.push(arn);
                }
            }
        }
    }
    json!({ "arns": arns, "operations": operations })
}

pub fn ec2() -> Value {
    let own = |kind: &str, id: &str| {
        format!("arn:${{Partition}}:ec2:${{Region}}:${{Account}}:{kind}/${{{id}}}")
    };
    document(json!({
        "RunInstances": { "actions": [{
            "action": "ec2:RunInstances",
            "resources": [
                { "arn": "arn:${Partition}:ec2:${Region}::image/${ImageId}", "required": true, "parts": { "ImageId": ["ImageId"] } },
                { "arn": own("instance", "InstanceId"), "required": true, "keys": {
                    "ec2:InstanceType": ["StringEquals", "InstanceType"],
                    "aws:RequestTag/${TagKey}": ["StringEquals", "TagSpecifications[].Tags[]"],
                } },
                { "arn": own("subnet", "SubnetId"), "required": true, "parts": { "SubnetId": ["SubnetId"] } },
                { "arn": own("key-pair", "KeyPairName"), "parts": { "KeyPairName": ["KeyName"] } },
            ],
        }], "also": ["iam:PassRole"] },
        "DescribeInstances": { "actions": [{ "action": "ec2:DescribeInstances" }] },
    }))
}

pub fn s3() -> Value {
    let bucket = json!({ "arn": "arn:${Partition}:s3:::${BucketName}", "parts": { "BucketName": ["Bucket"] } });
    let point =
        json!({ "arn": "arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}" });
    let of_point = json!({
        "arn": "arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}/object/${ObjectName}",
        "parts": { "ObjectName": ["Key"] },
    });
    let object = json!({
        "arn": "arn:${Partition}:s3:::${BucketName}/${ObjectName}",
        "parts": { "BucketName": ["Bucket"], "ObjectName": ["Key"] },
    });
    document(json!({
        "ListObjectsV2": { "actions": [{
            "action": "s3:ListBucket",
            "resources": [point, bucket],
            "keys": { "s3:prefix": ["StringEquals", "Prefix"] },
        }] },
        "GetObject": { "actions": [{ "action": "s3:GetObject", "resources": [of_point, object] }] },
    }))
}

pub fn others() -> Value {
    let table = json!([{
        "arn": "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}",
        "required": true,
        "parts": { "TableName": ["TransactItems[].Put.TableName", "keys(RequestItems)"] },
    }]);
    let key = json!([{
        "arn": "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}",
        "required": true,
        "parts": { "KeyId": ["KeyId"] },
    }]);
    let one = |action: &str, arn: &str, placeholder: &str, member: &str| json!({ "action": action, "resources": [{ "arn": arn, "required": true, "parts": { placeholder: [member] } }] });
    document(json!({
        "TransactWriteItems": { "actions": [
            { "action": "dynamodb:PutItem", "resources": table },
            { "action": "dynamodb:DeleteItem", "resources": table },
        ] },
        "Encrypt": { "actions": [{ "action": "kms:Encrypt", "resources": key }] },
        "CreateAlias": { "actions": [one("kms:CreateAlias", "arn:${Partition}:kms:${Region}:${Account}:alias/${Alias}", "Alias", "AliasName")] },
        "CreateFunction": {
            "actions": [one("lambda:CreateFunction", "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}", "FunctionName", "FunctionName")],
            "also": ["iam:PassRole", "lambda:PassCapacityProvider"],
        },
        "SendMessage": { "actions": [one("sqs:SendMessage", "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}", "QueueName", "QueueUrl")] },
        "GetSecretValue": { "actions": [one("secretsmanager:GetSecretValue", "arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}-??????", "SecretId", "SecretId")] },
        "ChangeRecords": { "actions": [one("route53:ChangeResourceRecordSets", "arn:${Partition}:route53:::hostedzone/${Id}", "Id", "HostedZoneId")] },
        "UpdateService": { "actions": [
            one("ecs:DescribeClusters", "arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}", "ClusterName", "cluster"),
            { "action": "ecs:UpdateService", "resources": [{
                "arn": "arn:${Partition}:ecs:${Region}:${Account}:service/${ClusterName}/${ServiceName}",
                "required": true,
                "parts": { "ClusterName": ["cluster"], "ServiceName": ["service"] },
            }] },
        ] },
    }))
}
