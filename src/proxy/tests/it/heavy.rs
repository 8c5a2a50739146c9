//! Answers that are small to send and costly to read: XML and JSON of every hostile shape.

use super::running::{Running, TOKEN, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::{ACCOUNT, ARN, Reply, Then, Upstream, caller, http, is_for_sts};
use formsmith_proxy::http::HeaderMap;
use formsmith_proxy::{Limits, refusal, xml};
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

fn code(text: &str) -> String {
    format!("<Error><Code>{text}</Code></Error>")
}

/// Entities that are made of ten others each.
fn laughs() -> String {
    let entities: Vec<_> = ('b'..='j')
        .zip('a'..)
        .map(|(name, before)| format!("<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10)))
        .collect();
    let entities = entities.concat();
    format!("<!DOCTYPE l [<!ENTITY a \"ha\">{entities}]>{}", code("&j;"))
}

/// What a hostile endpoint may answer, in so many bytes at most.
fn shapes(bytes: usize) -> Vec<(&'static str, String)> {
    let times = |part: &str| bytes.saturating_sub(100) / part.len();
    let many = |part: &str| part.repeat(times(part));
    let attributes: Vec<_> = (0..times(" a000000=\"\""))
        .map(|at| format!(" a{at:06}=\"\""))
        .collect();
    vec![
        ("namespaces", namespaces(bytes)),
        ("attributes", format!("<Error{}/>", attributes.concat())),
        ("deep", around("<a>", "", "</a>", times("<a></a>"))),
        ("open", many("<a>")),
        ("never open", many("</a>")),
        ("never closed", many("<a")),
        ("long text", code(&many("x"))),
        ("entities", code(&many("&amp;"))),
        ("unknown entities", code(&many("&a;"))),
        ("no entities", code(&many("&"))),
        ("characters", code(&many("&#65;"))),
        ("siblings", format!("<Error>{}</Error>", many("<a/>"))),
        ("roots", many("<a/>")),
        ("comments", many("<!---->")),
        ("a comment", format!("<!--{}", many("-"))),
        ("CDATA", code(&many("<![CDATA[x]]>"))),
        ("open CDATA", code(&format!("<![CDATA[{}", many("]")))),
        ("instructions", many("<?a?>")),
        ("a billion laughs", laughs()),
        (
            "a long DOCTYPE",
            format!("<!DOCTYPE a [{}", many("<!ENTITY a \"\">")),
        ),
        ("deep JSON", around("[", "", "]", times("[]"))),
        (
            "deep JSON objects",
            around("{\"a\":", "1", "}", times("{\"a\":}")),
        ),
        ("JSON members", format!("{{{}\"a\":1}}", many("\"a\":1,"))),
        ("JSON numbers", format!("[{}1]", many("1e9,"))),
        ("a JSON number", many("9")),
        ("JSON text", format!("{{\"code\":\"{}\"}}", many("\\u0041"))),
    ]
}

/// An endpoint where STS or the services answer so, and the others as they should.
fn hostile(answer: Vec<u8>, from_sts: bool) -> Upstream {
    Upstream::replying(Then::Close, move |request, _| {
        Reply::Aside(match (is_for_sts(request), from_sts) {
            (true, true) | (false, false) => answer.clone(),
            (true, false) => caller(ACCOUNT, ARN),
            (false, true) => http("200 OK", &[], "{}"),
        })
    })
}

/// How long others waited at most, while this was answered.
fn slowest(proxy: &Running, from_sts: bool) -> Duration {
    std::thread::scope(|scope| {
        let heavy = scope.spawn(|| match from_sts {
            true => {
                let host = proxy.address.to_string();
                let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
                proxy.send("GET", "/api/status", &headers, b"").status
            }
            false => proxy.reviewed(PREFIX, &request(), &[]).status,
        });
        let mut slowest = Duration::ZERO;
        while !heavy.is_finished() && slowest < SOON {
            let asked = Instant::now();
            assert_eq!(proxy.get("/api/status").status, 200);
            slowest = slowest.max(asked.elapsed());
        }
        slowest
    })
}

#[test]
fn no_answer_of_a_service_or_of_sts_keeps_anybody_waiting() {
    let mut all = shapes(1024 * 1024);
    all.push(("namespaces in 47 KB", namespaces(47 * 1024)));
    all.push(("namespaces in 97 KB", namespaces(97 * 1024)));
    for (name, shape) in all {
        for (status, from_sts) in [
            ("403 Forbidden", false),
            ("403 Forbidden", true),
            ("200 OK", true),
        ] {
            let answer = http(status, &[("Content-Type", "text/xml")], &shape);
            let upstream = hostile(answer, from_sts);
            // Once, a busy machine may keep anybody waiting.
            let is_quick = (0..3).any(|_| {
                let proxy = start_signing(&upstream.url(), Limits::default());
                slowest(&proxy, from_sts) < SOON
            });
            assert!(is_quick, "{name}, {status}, from STS: {from_sts}");
        }
    }
}

#[test]
fn what_is_read_of_an_answer_costs_no_time_whatever_its_shape() {
    let sizes = [1 << 11, 1 << 14, 1 << 16, 1 << 20, 1 << 24];
    for (name, shape) in sizes.into_iter().flat_map(shapes) {
        let runs = (0..5).map(|_| {
            let started = Instant::now();
            let headers = HeaderMap::new();
            let found = refusal::name(&headers, shape.as_bytes());
            let path = &[
                "GetCallerIdentityResponse",
                "GetCallerIdentityResult",
                "Arn",
            ];
            let [arn] = xml::texts(shape.as_bytes(), [path]);
            assert_eq!(arn, None);
            assert!(found.is_none_or(|name| name.len() < shape.len()));
            started.elapsed()
        });
        // The best of them: tests run beside each other, and not optimized.
        let took = runs.min().unwrap();
        let bytes = shape.len();
        println!("{name}: {bytes} bytes in {took:?}");
        assert!(
            took < Duration::from_millis(50),
            "{name}: {bytes} bytes in {took:?}"
        );
    }
}

#[test]
fn a_name_is_read_only_where_aws_writes_it() {
    let name = |body: &str| refusal::name(&HeaderMap::new(), body.as_bytes());
    for (body, expected) in [
        (
            "<ErrorResponse xmlns=\"urn:x\"><Error><Type>Sender</Type><Code>A</Code></Error><RequestId>r</RequestId></ErrorResponse>",
            Some("A"),
        ),
        (
            "<?xml version=\"1.0\"?>\n<Error>\n <Code> A </Code>\n</Error>\n",
            Some("A"),
        ),
        (
            "<Response><Errors><Error><Code>A</Code></Error></Errors></Response>",
            Some("A"),
        ),
        (
            "<e:Error xmlns:e=\"urn:x\"><e:Code>A&amp;<![CDATA[B]]></e:Code></e:Error>",
            Some("A&B"),
        ),
        ("<Error><Code>A</Code><Code>B</Code></Error>", Some("A")),
        ("<Error><Code><b>A</b></Code></Error>", None),
        ("<Error><Code>A</Code></Error><Error/>", None),
        ("<Error><Code>A</Code></Eror>", None),
        ("<Error><Code>A</Code>", None),
        ("<Error><Code>A B</Code></Error>", None),
        ("<Error><Code>&a;</Code></Error>", None),
        ("<Error><Code/></Error>", None),
        ("<x><Error><Code>A</Code></Error></x>", None),
        ("<Code>A</Code>", None),
        ("<html><body>Code</body></html>", None),
        ("{\"__type\":\"a.b#A\"}", Some("A")),
        ("", None),
    ] {
        assert_eq!(name(body).as_deref(), expected, "{body}");
    }
}
