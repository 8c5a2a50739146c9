//! Where the parts of an input go.

use super::{PROTOCOLS, load, member, posted, request, shop, text};
use formsmith_api::protocol;
use serde_json::{Value, json};

fn rest(members: &Value, method: &str, uri: &str) -> Value {
    let http = json!({ "smithy.api#http": { "method": method, "uri": uri } });
    shop("aws.protocols#restJson1", members, &http)
}

#[test]
fn labels_queries_and_headers_take_their_members_out_of_the_body() {
    let members = json!({
        "Id": member("String", &json!({ "smithy.api#httpLabel": {}, "smithy.api#required": {} })),
        "Key": member("String", &json!({ "smithy.api#httpLabel": {}, "smithy.api#required": {} })),
        "Count": member("Integer", &json!({ "smithy.api#httpQuery": "n" })),
        "Tags": member("s#Texts", &json!({ "smithy.api#httpQuery": "tag" })),
        "More": member("s#Numbers", &json!({ "smithy.api#httpQueryParams": {} })),
        "Note": member("s#Texts", &json!({ "smithy.api#httpHeader": "X-Note" })),
        "Meta": member("s#Numbers", &json!({ "smithy.api#httpPrefixHeaders": "X-Meta-" })),
        "Until": member("Timestamp", &json!({ "smithy.api#httpHeader": "X-Until" })),
        "Left": member("String", &json!({ "smithy.api#jsonName": "left" }))
    });
    let document = rest(&members, "PUT", "/shelves/{Id}/{Key+}?list");
    let input = json!({
        "Id": "a/b c", "Key": "x/y z~ü", "Count": 3, "Tags": ["1", "&"],
        "More": { "n": 9, "m": 5 }, "Note": ["plain", "a,b", "q\"r"], "Meta": { "a": 1 },
        "Until": "2025-11-19T23:20:45.5Z", "Left": "x"
    });
    let sent = request(&document, &input).unwrap();
    assert_eq!(sent.method, "PUT");
    // A parameter that has a member of its own stands once, with the member's value.
    assert_eq!(
        sent.path,
        "/shelves/a%2Fb%20c/x/y%20z~%C3%BC?list&n=3&tag=1&tag=%26&m=5"
    );
    assert_eq!(sent.header("X-Note"), Some(r#"plain,"a,b","q\"r""#));
    assert_eq!(sent.header("X-Meta-a"), Some("1"));
    assert_eq!(
        sent.header("X-Until"),
        Some("Wed, 19 Nov 2025 23:20:45 GMT")
    );
    assert_eq!(text(&sent), r#"{"left":"x"}"#);
    assert_eq!(sent.header("Content-Type"), Some("application/json"));
}

#[test]
fn a_path_without_its_label_is_not_sent() {
    let members = json!({ "Id": member("String", &json!({ "smithy.api#httpLabel": {} })) });
    let document = rest(&members, "GET", "/shelves/{Id}");
    for input in [json!({}), json!({ "Id": "" }), json!({ "Id": null })] {
        let refused = request(&document, &input).unwrap_err();
        assert!(refused.to_string().contains("Id"), "{refused}");
    }
}

#[test]
fn there_is_no_body_where_nothing_is_bound_to_it() {
    let query = json!({ "N": member("Integer", &json!({ "smithy.api#httpQuery": "n" })) });
    let sent = request(&rest(&query, "GET", "/"), &json!({ "N": 1 })).unwrap();
    assert_eq!((text(&sent), sent.header("Content-Type")), ("", None));
    // A member that could stand in the body makes one, even without a value.
    let body = json!({ "N": member("Integer", &json!({})) });
    let sent = request(&rest(&body, "POST", "/"), &json!({})).unwrap();
    assert_eq!(
        (text(&sent), sent.header("Content-Type")),
        ("{}", Some("application/json"))
    );
}

#[test]
fn a_payload_is_the_whole_body() {
    let payload =
        |target| json!({ "Load": member(target, &json!({ "smithy.api#httpPayload": {} })) });
    let sent = |protocol, target, value: Value| {
        request(
            &shop(protocol, &payload(target), &posted()),
            &json!({ "Load": value }),
        )
        .unwrap()
    };
    let json = "aws.protocols#restJson1";
    let blob = sent(json, "Blob", "/wD+".into());
    assert_eq!(
        (blob.body.as_slice(), blob.header("Content-Type")),
        (&[255, 0, 254][..], None)
    );
    assert_eq!(text(&sent(json, "String", "a\"b".into())), "a\"b");
    assert_eq!(
        text(&sent(json, "s#Item", json!({ "Name": "x" }))),
        r#"{"Name":"x"}"#
    );
    assert_eq!(text(&sent(json, "Document", json!([1, null]))), "[1,null]");
    assert_eq!(
        text(&sent(json, "s#Pay", json!({ "Cash": {} }))),
        r#"{"Cash":{}}"#
    );
    let xml = sent("aws.protocols#restXml", "s#Item", json!({ "Name": "x" }));
    assert_eq!(
        text(&xml),
        r#"<Item xmlns="urn:shop"><Name>x</Name></Item>"#
    );
    let document = shop(json, &payload("Blob"), &posted());
    assert!(request(&document, &json!({ "Load": "not base64!" })).is_err());
}

#[test]
fn every_protocol_writes_structures_lists_maps_and_unions() {
    let members = json!({
        "Items": member("s#Items", &json!({})), "Numbers": member("s#Numbers", &json!({})),
        "Pay": member("s#Pay", &json!({})), "Flat": member("s#Texts", &json!({ "smithy.api#xmlFlattened": {} })),
        "Gone": member("String", &json!({}))
    });
    let input = json!({
        "Items": [{ "Name": "a&b", "At": 1.5 }, {}], "Numbers": { "n": 1 },
        "Pay": { "Card": { "Name": "c" } }, "Flat": ["x", "y"], "Gone": null
    });
    let json = r#"{"Items":[{"Name":"a&b","At":1.5},{}],"Numbers":{"n":1},"Pay":{"Card":{"Name":"c"}},"Flat":["x","y"]}"#;
    let form = "Action=Order&Version=2024-01-01&Items.thing.1.Name=a%26b\
        &Items.thing.1.At=1970-01-01T00%3A00%3A01.500000Z&Numbers.entry.1.key=n&Numbers.entry.1.value=1\
        &Pay.Card.Name=c&Flat.1=x&Flat.2=y";
    let ec2 = "Action=Order&Version=2024-01-01&Items.1.Name=a%26b\
        &Items.1.At=1970-01-01T00%3A00%3A01.500000Z&Numbers.entry.1.Key=n&Numbers.entry.1.Value=1\
        &Pay.Card.Name=c&Flat.1=x&Flat.2=y";
    let xml = r#"<OrderInput xmlns="urn:shop"><Items><thing><Name>a&amp;b</Name><At>1970-01-01T00:00:01.500000Z</At></thing><thing /></Items><Numbers><entry><key>n</key><value>1</value></entry></Numbers><Pay><Card><Name>c</Name></Card></Pay><Flat>x</Flat><Flat>y</Flat></OrderInput>"#;
    let expected = [json, json, json, xml, form, ec2];
    for (protocol, expected) in PROTOCOLS.into_iter().zip(expected) {
        let sent = request(&shop(protocol, &members, &posted()), &input).unwrap();
        assert_eq!(text(&sent), expected, "{protocol}");
    }
    let sent = request(&shop(PROTOCOLS[6], &members, &posted()), &input).unwrap();
    let cbor = [
        b"\xa4\x65Items\x82\xa2\x64Name\x63a&b\x62At\xc1\xfb\x3f\xf8\0\0\0\0\0\0\xa0".as_slice(),
        b"\x67Numbers\xa1\x61n\x01\x63Pay\xa1\x64Card\xa1\x64Name\x61c\x64Flat\x82\x61x\x61y",
    ];
    assert_eq!(sent.body, cbor.concat());
}

#[test]
fn paths_and_headers_name_the_operation_as_the_protocol_has_it() {
    let members = json!({ "N": member("Integer", &json!({ "smithy.api#httpQuery": "n" })) });
    let json = [
        ("Content-Type", "application/x-amz-json-1.0"),
        ("X-Amz-Target", "Shop.Order"),
    ];
    let json_1_1 = [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", "Shop.Order"),
    ];
    let form = [(
        "Content-Type",
        "application/x-www-form-urlencoded; charset=utf-8",
    )];
    let cbor = [
        ("smithy-protocol", "rpc-v2-cbor"),
        ("Accept", "application/cbor"),
        ("Content-Type", "application/cbor"),
    ];
    let expected: [(&str, &[(&str, &str)]); 7] = [
        ("/", &json),
        ("/", &json_1_1),
        ("/orders?n=1", &[]),
        ("/orders?n=1", &[]),
        ("/", &form),
        ("/", &form),
        ("/service/Shop/operation/Order", &cbor),
    ];
    for (protocol, (path, headers)) in PROTOCOLS.into_iter().zip(expected) {
        let http = if path.starts_with("/orders") {
            posted()
        } else {
            json!({})
        };
        let sent = request(&shop(protocol, &members, &http), &json!({ "N": 1 })).unwrap();
        let written: Vec<_> = sent
            .headers
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(
            (sent.path.as_str(), written.as_slice()),
            (path, headers),
            "{protocol}"
        );
    }
}

#[test]
fn a_service_that_spoke_the_query_protocol_is_told_that_the_client_knows() {
    for protocol in [PROTOCOLS[0], PROTOCOLS[6]] {
        let mut document = shop(protocol, &json!({}), &posted());
        let sent = request(&document, &json!({})).unwrap();
        assert_eq!(sent.header("x-amzn-query-mode"), None);
        document["shapes"]["s#Shop"]["traits"]["aws.protocols#awsQueryCompatible"] = json!({});
        let sent = request(&document, &json!({})).unwrap();
        assert_eq!(sent.header("x-amzn-query-mode"), Some("true"), "{protocol}");
    }
}

#[test]
fn a_host_prefix_has_its_labels_filled_or_nothing_is_sent() {
    let members = json!({
        "Account": member("String", &json!({ "smithy.api#hostLabel": {}, "smithy.api#required": {} }))
    });
    for protocol in PROTOCOLS {
        let mut traits = posted();
        traits["smithy.api#endpoint"] = json!({ "hostPrefix": "data-{Account}." });
        let document = shop(protocol, &members, &traits);
        let sent = request(&document, &json!({ "Account": "12-a.b" })).unwrap();
        assert_eq!(sent.host_prefix, "data-12-a.b.", "{protocol}");
        for wrong in [
            json!({}),
            json!({ "Account": "" }),
            json!({ "Account": "evil/x" }),
        ] {
            assert!(request(&document, &wrong).is_err(), "{protocol}: {wrong}");
        }
    }
}

#[test]
fn xml_has_names_namespaces_and_attributes_where_the_model_says() {
    let members = json!({
        "Kind": member("String", &json!({ "smithy.api#xmlAttribute": {}, "smithy.api#xmlName": "x:kind" })),
        "Text": member("String", &json!({ "smithy.api#xmlName": "t", "smithy.api#xmlNamespace": { "uri": "urn:t", "prefix": "p" } })),
        "Empty": member("String", &json!({}))
    });
    let mut document = shop("aws.protocols#restXml", &members, &posted());
    document["shapes"]["s#OrderInput"]["traits"] =
        json!({ "smithy.api#xmlName": "order", "smithy.api#xmlNamespace": { "uri": "urn:own" } });
    let input = json!({ "Text": "a<b>\r\n\"&'", "Kind": "q\"\n", "Empty": "" });
    let sent = request(&document, &input).unwrap();
    let expected = "<order xmlns=\"urn:own\" x:kind=\"q&quot;&#10;\">\
        <t xmlns:p=\"urn:t\">a&lt;b&gt;&#13;\n\"&amp;'</t><Empty /></order>";
    assert_eq!(text(&sent), expected);
    // AWS's own client gives no type for XML, and there is no element without members.
    assert_eq!(sent.header("Content-Type"), None);
    assert_eq!(text(&request(&document, &json!({})).unwrap()), "");
}

#[test]
fn forms_go_to_the_root_whatever_the_model_says() {
    for protocol in &PROTOCOLS[4..6] {
        let document = rest(&json!({}), "POST", "/?Operation=Order");
        let document = document.to_string().replace(PROTOCOLS[2], protocol);
        let document = serde_json::from_str(&document).unwrap();
        let sent = request(&document, &json!({})).unwrap();
        assert_eq!(sent.path, "/", "{protocol}");
    }
}

#[test]
fn a_stream_of_events_is_never_sent_wrong() {
    for protocol in PROTOCOLS {
        let members =
            json!({ "Events": member("s#Events", &json!({ "smithy.api#httpPayload": {} })) });
        let mut document = shop(protocol, &members, &posted());
        document["shapes"]["s#Events"] = json!({
            "type": "union", "members": { "Bell": member("s#Item", &json!({})) },
            "traits": { "smithy.api#streaming": {} }
        });
        let refused = request(&document, &json!({})).unwrap_err().to_string();
        assert!(
            refused.contains("stream of events s#Order$Events"),
            "{refused}"
        );
    }
}

#[test]
fn api_gateway_and_glacier_get_the_header_that_their_models_do_not_say() {
    let accept = member("String", &json!({ "smithy.api#httpHeader": "Accept" }));
    let mut document = shop(PROTOCOLS[2], &json!({ "Kind": accept }), &posted());
    let sent = |document: &Value, name: &str, input: &Value| {
        let model = load(document);
        let service = model.services().first().unwrap();
        let operation = service.operation("Order").unwrap();
        let sent = protocol::request(&model, service, operation, input).unwrap();
        sent.header(name).map(str::to_owned)
    };
    assert_eq!(sent(&document, "accept", &json!({})), None);
    document["shapes"]["s#Shop"]["traits"]["aws.api#service"]["sdkId"] = "API Gateway".into();
    let accepted = sent(&document, "accept", &json!({}));
    assert_eq!(accepted.as_deref(), Some("application/json"));
    let accepted = sent(&document, "accept", &json!({ "Kind": "text/plain" }));
    assert_eq!(accepted.as_deref(), Some("text/plain"));
    document["shapes"]["s#Shop"]["traits"]["aws.api#service"]["sdkId"] = "Glacier".into();
    let version = sent(&document, "x-amz-glacier-version", &json!({}));
    assert_eq!(version.as_deref(), Some("2024-01-01"));
}
