//! Which operation an address is that of, where a model has several files.

use super::models::{proxy, service, write};
use super::upstream::Upstream;
use formsmith_api::http::HttpRequest;
use serde_json::json;
use std::path::Path;

#[test]
fn of_a_model_in_several_files_the_most_specific_address_counts() {
    let file = |operation: &str, address: &str, header: &str| {
        service(
            json!({ "protocol": "rest-json", "endpointPrefix": "shelf", "apiVersion": "2020-01-01" }),
            json!({ operation: {
                "name": operation,
                "http": { "method": "PUT", "requestUri": address },
                "input": { "shape": "Input" },
            } }),
            json!({
                "Text": { "type": "string" },
                "Input": { "type": "structure", "members": {
                    "Id": { "shape": "Text", "location": "uri", "locationName": "Id" },
                    "Note": { "shape": "Text", "location": "header", "locationName": header },
                } },
            }),
        )
    };
    let any = file("PutAny", "/{Id+}", "x-any");
    let cover = file("PutCover", "/books/{Id}/cover", "x-cover");
    let orders = [[any.clone(), cover.clone()], [cover, any]];
    for (at, [first, second]) in orders.into_iter().enumerate() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("models-files-{at}"));
        write(&folder, [("shelf", first), ("shelf", second)]);
        let upstream = Upstream::answering("{}");
        let proxy = proxy(&upstream, &folder, true);
        // Nobody agrees to what does not travel: the headers of the operation that is not asked for.
        let put = |path: &str, operation: Option<&str>, its: &str, other: &str| {
            let mut headers = vec![("Content-Type".to_owned(), "text/plain".to_owned())];
            headers.push((its.to_owned(), "1".to_owned()));
            headers.extend(operation.map(|it| ("X-Formsmith-Operation".to_owned(), it.to_owned())));
            let request = HttpRequest {
                host_prefix: String::new(),
                method: "PUT".into(),
                path: path.into(),
                headers,
                body: b"text".to_vec(),
                file: None,
            };
            proxy.reviewed("/api/shelf/us-east-1", &request, &[(other, "1")])
        };
        let answer = put("/books/7/cover", Some("PutAny"), "x-any", "x-cover");
        assert_eq!(answer.code().as_deref(), Some("operation-not-allowed"));
        for (path, operation, its, other) in [
            ("/books/7/cover", "PutCover", "x-cover", "x-any"),
            ("/books/7/back", "PutAny", "x-any", "x-cover"),
        ] {
            for named in [Some(operation), None] {
                let answer = put(path, named, its, other);
                assert_eq!(answer.status, 200, "{path} {named:?} {answer:?}");
                let headers = upstream.last().headers;
                let has = |name: &str| {
                    headers
                        .iter()
                        .any(|(own, _)| own.eq_ignore_ascii_case(name))
                };
                assert!(has(its) && !has(other), "{path} {named:?}");
            }
        }
        assert_eq!(upstream.received().len(), 4);
    }
}
