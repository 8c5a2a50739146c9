//! Answers that are small to send and costly to read: XML and JSON of every hostile shape.

use super::running::{TOKEN, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::{Reply, Then, Upstream, caller, http, is_for_sts};
use formsmith_proxy::Limits;
use std::time::{Duration, Instant};

/// Nobody else may wait longer for an answer.
const SOON: Duration = Duration::from_millis(250);

fn around(open: &str, inner: &str, close: &str, count: usize) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

/// Namespaces that are declared and used at each level, in so many bytes at most.
fn namespaces(bytes: usize) -> String {
    let (mut open, mut close) = (String::new(), String::new());
    for at in 0.. {
        let name = format!("a{at}");
        let start = format!("<{name}:e xmlns:{name}=\"urn:{at}\">");
        let end = format!("</{name}:e>");
        if open.len() + start.len() + close.len() + end.len() > bytes {
            break;
        }
        open += &start;
        close.insert_str(0, &end);
    }
    open + &close
}

/// What a hostile endpoint may answer. Each ends with the words an honest answer has.
pub fn shapes() -> Vec<(&'static str, String)> {
    let attributes: String = (0..105_000).map(|at| format!(" a{at}=\"\"")).collect();
    let words = "<Error><Code>ExpiredToken</Code></Error>";
    let mut shapes = vec![
        ("namespaces in 47 KB", namespaces(47 * 1024)),
        ("namespaces in 97 KB", namespaces(97 * 1024)),
        ("attributes", format!("<Error{attributes}/>")),
        ("deep", around("<a>", "", "</a>", 130_000)),
        ("long text", format!("<Error><Code>{}</Code></Error>", "x".repeat(1_000_000))),
        ("entities", format!("<Error><Code>{}</Code></Error>", "&amp;".repeat(200_000))),
        ("siblings", format!("<Error>{}{words}</Error>", "<a/>".repeat(250_000))),
        ("unclosed", "<a".repeat(500_000)),
        ("comments", format!("{}{words}", "<!---->".repeat(140_000))),
        ("CDATA", format!("<Error><Code>{}</Code></Error>", "<![CDATA[x]]>".repeat(75_000))),
        (
            "a billion laughs",
            format!(
                "<!DOCTYPE l [<!ENTITY a \"{}\">{}]><Error><Code>&j;</Code></Error>",
                "ha".repeat(500),
                ('b'..='j')
                    .map(|name| {
                        let before = char::from_u32(name as u32 - 1).unwrap();
                        format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10))
                    })
                    .collect::<Vec<_>>()
                    .concat()
            ),
        ),
        ("deep JSON", around("[", "", "]", 500_000)),
        ("deep JSON objects", around("{\"a\":", "1", "}", 150_000)),
        ("JSON members", format!("{{{}\"a\":1}}", "\"a\":1,".repeat(160_000))),
        ("JSON numbers", format!("[{}1]", "1e9,".repeat(250_000))),
        ("JSON text", format!("{{\"code\":\"{}\"}}", "\\u0041".repeat(150_000))),
    ];
    for (_, shape) in &mut shapes {
        assert!(shape.len() <= 1024 * 1024, "it is held in whole");
        
    }
    shapes
}

#[test]
fn no_answer_of_a_service_or_of_sts_keeps_anybody_waiting() {
    for (name, shape) in shapes() {
        for from_sts in [false, true] {
            for status in ["200 OK", "403 Forbidden"] {
                let shape = http(status, &[("Content-Type", "text/xml")], &shape);
                let upstream = Upstream::replying(Then::Close, move |request, _| {
                    match is_for_sts(request) == from_sts {
                        true => Reply::Aside(shape.clone()),
                        false if from_sts => Reply::Aside(http("200 OK", &[], "{}")),
                        false => Reply::Aside(caller(
                            super::upstream::ACCOUNT,
                            super::upstream::ARN,
                        )),
                    }
                });
                let proxy = start_signing(&upstream.url(), Limits::default());
                let slowest = std::thread::scope(|scope| {
                    let hostile = scope.spawn(|| match from_sts {
                        true => {
                            let host = proxy.address.to_string();
                            let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
                            proxy.send("GET", "/api/status", &headers, b"")
                        }
                        false => proxy.reviewed(PREFIX, &request(), &[]),
                    });
                    let mut slowest = Duration::ZERO;
                    while !hostile.is_finished() && slowest < SOON {
                        let asked = Instant::now();
                        assert_eq!(proxy.get("/api/status").status, 200);
                        slowest = slowest.max(asked.elapsed());
                    }
                    assert!(slowest < SOON, "{name} {from_sts} {status}: {slowest:?}");
                    hostile.join().unwrap();
                    slowest
                });
                println!("{name}, from STS: {from_sts}, {status}: {slowest:?}");
            }
        }
    }
}
