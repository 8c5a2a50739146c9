//! What to ask for when access is denied.

mod documents;

use crate::library;
use documents::{ec2, others, s3};
use formsmith_api::model::Model;
use formsmith_api::permission::{Denial, Needed, Origin, Place, is_denied};
use formsmith_api::protocol::ServiceError;
use serde_json::{Map, Value, json};

const HERE: Place<'_> = Place {
    partition: "aws",
    region: "eu-west-1",
    account: Some("111122223333"),
};

fn needed(document: &Value, operation: &str, input: Value) -> Needed {
    Needed::read(document, operation, &input, HERE).unwrap()
}

/// Actions and resources of the statements, each with its condition.
fn statements(needed: &Needed, chosen: &[usize]) -> Vec<[Value; 3]> {
    let policy: Value = serde_json::from_str(&needed.policy(chosen)).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    let all = policy["Statement"].as_array().unwrap().iter();
    let all = all.map(|it| {
        assert_eq!(it["Effect"], "Allow");
        ["Action", "Resource", "Condition"].map(|part| it[part].clone())
    });
    all.collect()
}

/// The resources of the only statement.
fn resources(document: &Value, operation: &str, input: Value) -> Value {
    let found = statements(&needed(document, operation, input), &[]);
    let [[_, resources, _]] = &found[..] else {
        panic!("{found:?}")
    };
    resources.clone()
}

#[test]
fn an_operation_of_which_nothing_is_known_needs_what_it_is_called() {
    let guessed = |model: &Model, service: &str, operation: &str| {
        let (service, operation) = crate::operation(model, service, operation);
        let needed = Needed::guessed(service, operation);
        assert_eq!(needed.origin, Origin::Name);
        statements(&needed, &[])
    };
    let model = Model::embedded().unwrap();
    // Neither the endpoint's prefix nor the signature's name.
    assert_eq!(
        guessed(&model, "partnercentral-selling", "GetOpportunity"),
        [[
            json!("partnercentral:GetOpportunity"),
            json!("*"),
            Value::Null
        ]]
    );
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    assert_eq!(
        Needed::guessed(service, lend).grants[0].action,
        "library:Lend"
    );
    let nothing = Needed::read(&ec2(), "StopInstances", &json!({}), HERE);
    assert_eq!(nothing, None);
}

#[test]
fn resources_are_filled_from_the_input_and_the_place() {
    let input = json!({ "ImageId": "ami-1", "SubnetId": "subnet-1", "InstanceType": "t3.micro" });
    let needed = needed(&ec2(), "RunInstances", input);
    let expected = json!([
        "arn:aws:ec2:eu-west-1::image/ami-1",
        "arn:aws:ec2:eu-west-1:111122223333:instance/*",
        "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1",
    ]);
    assert_eq!(
        statements(&needed, &[]),
        [[json!("ec2:RunInstances"), expected, Value::Null]]
    );
    // No key pair was named, so none is needed.
    assert_eq!(needed.unknown, ["InstanceId"]);
    assert_eq!(needed.also, ["iam:PassRole"]);
    let elsewhere = Place {
        partition: "aws-cn",
        region: "cn-north-1",
        account: None,
    };
    let input = json!({ "TransactItems": [{ "Put": { "TableName": "t" } }] });
    let needed = Needed::read(&others(), "TransactWriteItems", &input, elsewhere).unwrap();
    assert_eq!(
        needed.grants[0].resources[0].arn,
        "arn:aws-cn:dynamodb:cn-north-1:*:table/t"
    );
    assert_eq!(needed.unknown, ["Account"]);
}

#[test]
fn conditions_are_offered_and_hold_only_for_what_knows_their_keys() {
    let tags = json!([{ "Tags": [{ "Key": "team", "Value": "a*" }] }]);
    let input =
        json!({ "ImageId": "ami-1", "InstanceType": "t3.micro", "TagSpecifications": tags });
    let needed = needed(&ec2(), "RunInstances", input);
    let keys: Vec<&str> = needed.conditions.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["ec2:InstanceType", "aws:RequestTag/team"]);
    let found = statements(&needed, &[0, 1]);
    let [[_, others, nothing], [_, instance, condition]] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(others.as_array().unwrap().len(), 2);
    assert_eq!(*nothing, Value::Null);
    assert_eq!(
        *instance,
        json!("arn:aws:ec2:eu-west-1:111122223333:instance/*")
    );
    let expected = json!({ "StringEquals": { "aws:RequestTag/team": "a${*}", "ec2:InstanceType": "t3.micro" } });
    assert_eq!(*condition, expected);
}

#[test]
fn an_operation_may_need_an_action_of_another_name() {
    let needed = needed(
        &s3(),
        "ListObjectsV2",
        json!({ "Bucket": "b", "Prefix": "p/" }),
    );
    let condition = json!({ "StringEquals": { "s3:prefix": "p/" } });
    let expected = [json!("s3:ListBucket"), json!("arn:aws:s3:::b"), condition];
    assert_eq!(statements(&needed, &[0]), [expected]);
    let object = json!({ "Bucket": "b", "Key": "a/b*c" });
    assert_eq!(
        resources(&s3(), "GetObject", object),
        "arn:aws:s3:::b/a/b${*}c"
    );
}

#[test]
fn an_arn_is_taken_as_it_is_where_it_is_of_that_kind_and_else_not_at_all() {
    let point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/p";
    assert_eq!(
        resources(&s3(), "ListObjectsV2", json!({ "Bucket": point })),
        point
    );
    // Its objects are not those of a bucket.
    let object = json!({ "Bucket": point, "Key": "k" });
    let of_point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/*/object/k";
    assert_eq!(resources(&s3(), "GetObject", object), of_point);
    let of = |id: &str| resources(&others(), "Encrypt", json!({ "KeyId": id }));
    let key = "arn:aws:kms:eu-west-1:999999999999:key/k";
    assert_eq!(of(key), key);
    assert_eq!(of("k"), "arn:aws:kms:eu-west-1:111122223333:key/k");
    // An alias doesn't say which key.
    assert_eq!(of("alias/a"), "arn:aws:kms:eu-west-1:111122223333:key/*");
    let alias = json!({ "AliasName": "alias/a" });
    assert_eq!(
        resources(&others(), "CreateAlias", alias),
        "arn:aws:kms:eu-west-1:111122223333:alias/a"
    );
}

#[test]
fn identifiers_are_found_in_addresses_paths_keys_and_arns() {
    let url = json!({ "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/q" });
    assert_eq!(
        resources(&others(), "SendMessage", url),
        "arn:aws:sqs:eu-west-1:111122223333:q"
    );
    let zone = json!({ "HostedZoneId": "/hostedzone/Z1" });
    assert_eq!(
        resources(&others(), "ChangeRecords", zone),
        "arn:aws:route53:::hostedzone/Z1"
    );
    let secret = |id: &str| resources(&others(), "GetSecretValue", json!({ "SecretId": id }));
    assert_eq!(
        secret("s"),
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-??????"
    );
    let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf";
    assert_eq!(secret(arn), arn);
    let cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/c";
    let needed = needed(
        &others(),
        "UpdateService",
        json!({ "cluster": cluster, "service": "s" }),
    );
    let arns: Vec<&str> = needed
        .grants
        .iter()
        .map(|it| it.resources[0].arn.as_str())
        .collect();
    assert_eq!(
        arns,
        [cluster, "arn:aws:ecs:eu-west-1:111122223333:service/c/s"]
    );
}

#[test]
fn actions_on_the_same_resources_are_one_statement() {
    let put = |name: &str| json!({ "Put": { "TableName": name } });
    let input =
        json!({ "TransactItems": [put("a"), put("b"), put("a")], "RequestItems": { "c": [] } });
    let table = |name: &str| format!("arn:aws:dynamodb:eu-west-1:111122223333:table/{name}");
    let expected = [
        json!(["dynamodb:PutItem", "dynamodb:DeleteItem"]),
        json!([table("a"), table("b"), table("c")]),
        Value::Null,
    ];
    assert_eq!(
        statements(&needed(&others(), "TransactWriteItems", input), &[]),
        [expected]
    );
}

#[test]
fn a_role_that_is_handed_on_may_be() {
    let role = "arn:aws:iam::111122223333:role/r";
    let needed = needed(
        &others(),
        "CreateFunction",
        json!({ "FunctionName": "f", "Role": role }),
    );
    let found = statements(&needed, &[]);
    assert_eq!(found[1], [json!("iam:PassRole"), json!(role), Value::Null]);
    assert_eq!(needed.also, ["lambda:PassCapacityProvider"]);
    // Where nobody says that it is handed on, that is only said.
    let input = json!({ "KeyId": "k", "EncryptionContext": { "role": role } });
    let needed = self::needed(&others(), "Encrypt", input);
    assert_eq!(needed.grants.len(), 1);
    assert_eq!(needed.also, ["iam:PassRole"]);
}

#[test]
fn what_cannot_be_limited_to_resources_is_said() {
    let needed = needed(&ec2(), "DescribeInstances", json!({}));
    assert_eq!(statements(&needed, &[])[0][1], "*");
    assert_eq!(needed.unlimited, ["ec2:DescribeInstances"]);
    let needed = self::needed(&s3(), "GetObject", json!({}));
    assert_eq!(
        (needed.unnamed, needed.unlimited),
        (vec!["s3:GetObject".to_owned()], vec![])
    );
}

#[test]
fn the_message_of_a_denial_names_action_and_resource() {
    let denial =
        |message: &str| Denial::read(message).map(|it| (it.action, it.resource, it.is_explicit));
    let named = |action: &str, arn: &str, is_explicit| {
        Some((action.to_owned(), Some(arn.to_owned()), is_explicit))
    };
    let user = "User: arn:aws:iam::111122223333:user/u is not authorized to perform:";
    let image = "arn:aws:ec2:eu-west-1::image/ami-1";
    assert_eq!(
        denial(&format!(
            "{user} ec2:RunInstances on resource: {image} because no identity-based policy allows the ec2:RunInstances action"
        )),
        named("ec2:RunInstances", image, false)
    );
    assert_eq!(
        denial(&format!(
            "{user} s3:PutObject on resource: \"arn:aws:s3:::b/a key\" with an explicit deny in an identity-based policy"
        )),
        named("s3:PutObject", "arn:aws:s3:::b/a key", true)
    );
    assert_eq!(
        denial(&format!("{user} sts:AssumeRole on resource: {image}.")),
        named("sts:AssumeRole", image, false)
    );
    let action = Some(("iam:ListUsers".to_owned(), None, false));
    assert_eq!(denial(&format!("{user} iam:ListUsers")), action);
    for other in [
        "",
        "Access Denied",
        "not authorized to perform this operation",
        "not authorized to perform: it",
    ] {
        assert_eq!(denial(other), None, "{other}");
    }
}

#[test]
fn what_the_message_names_is_what_the_policy_allows() {
    let denied = |action: &str, resource: Option<&str>| Denial {
        action: action.into(),
        resource: resource.map(str::to_owned),
        is_explicit: false,
    };
    let input = json!({ "ImageId": "ami-1", "SubnetId": "subnet-1" });
    let mut of_ec2 = needed(&ec2(), "RunInstances", input);
    let instance = "arn:aws:ec2:eu-west-1:111122223333:instance/i-1";
    of_ec2.heed(&denied("ec2:RunInstances", Some(instance)));
    let arns: Vec<&str> = of_ec2.grants[0]
        .resources
        .iter()
        .map(|it| it.arn.as_str())
        .collect();
    assert_eq!(arns[0], instance);
    assert_eq!(arns.len(), 3, "in the place of any instance");
    of_ec2.heed(&denied("ec2:CreateTags", Some(instance)));
    assert_eq!(of_ec2.grants[0].action, "ec2:CreateTags", "first");
    let mut of_s3 = needed(&s3(), "GetObject", json!({}));
    of_s3.heed(&denied("s3:GetObject", Some("arn:aws:s3:::b/k")));
    assert_eq!(of_s3.unnamed, Vec::<String>::new());
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    let mut guessed = Needed::guessed(service, lend);
    guessed.heed(&denied("library:LendBook", None));
    assert_eq!(
        statements(&guessed, &[]),
        [[json!("library:LendBook"), json!("*"), Value::Null]]
    );
}

#[test]
fn only_a_missing_permission_is_one() {
    let is_denied = |name: &str, status| {
        is_denied(&ServiceError {
            name: Some(name.into()),
            message: None,
            status,
            members: Map::new(),
            is_modeled: false,
        })
    };
    for name in [
        "AccessDenied",
        "AccessDeniedException",
        "NotAuthorized",
        "NotAuthorizedException",
        "UnauthorizedOperation",
    ] {
        assert!(is_denied(name, 403) && is_denied(name, 400), "{name}");
    }
    assert!(!is_denied("AccessDeniedException", 500));
    for name in ["", "ExpiredToken", "InvalidSignatureException"] {
        assert!(!is_denied(name, 403), "{name}");
    }
}
