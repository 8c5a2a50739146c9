//! AWS's documentation is read as what it says, and what is hostile in it as nothing.

use formsmith_api::documentation::{Kind, Part, read};
use proptest::prelude::*;
use std::time::Duration;

use crate::processor_time::ProcessorTime;

/// The tree in a form that is easily compared: `[p text [code text]]`.
fn shown(parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Break => "[br]".to_owned(),
        Part::Inside(kind, parts) => {
            let name = match kind {
                Kind::Paragraph => "p",
                Kind::List => "ul",
                Kind::Numbered => "ol",
                Kind::Item => "li",
                Kind::Terms => "dl",
                Kind::Term => "dt",
                Kind::Meaning => "dd",
                Kind::Code => "code",
                Kind::Block => "pre",
                Kind::Strong => "b",
                Kind::Emphasis => "i",
                Kind::Note => "note",
                Kind::Important => "important",
                Kind::Link(address) => return format!("[{address}|{}]", shown(parts)),
            };
            format!("[{name} {}]", shown(parts))
        }
    };
    parts.iter().map(one).collect()
}

fn reads(html: &str, expected: &str) {
    assert_eq!(shown(&read(html)), expected, "{html}");
}

#[test]
fn what_aws_writes_is_read() {
    reads("", "");
    reads(
        "<p>The  <code>Id</code>\n of it.</p>",
        "[p The [code Id] of it.]",
    );
    reads(
        "<p>One of:</p> <ul> <li> <p> <code>a</code> - b</p> </li> <li>c</li> </ul>",
        "[p One of:][ul [li [p [code a] - b]][li c]]",
    );
    reads(
        r#"<note><p>See <a href="https://docs.aws.amazon.com/x?a=1&amp;b=2">this</a>.</p></note>"#,
        "[note [p See [https://docs.aws.amazon.com/x?a=1&b=2|this].]]",
    );
    reads("<dl><dt>a</dt><dd>b</dd></dl>", "[dl [dt a][dd b]]");
    reads(
        "1 &lt; 2 &amp;&amp; 3 &gt; 2 &#65;&#x42; &unknown; & <b>",
        "1 < 2 && 3 > 2 AB &unknown; &",
    );
    reads("<pre>a\n  b</pre>", "[pre a\n  b]");
    reads("a<br/>b", "a[br]b");
    reads("plain words, a < b", "plain words, a < b");
}

#[test]
fn what_is_not_closed_ends_where_it_can() {
    reads("<p>one<p>two", "[p one][p two]");
    reads("<ul><li>one<li>two</ul>three", "[ul [li one][li two]]three");
    reads("<dl><dt>a<dd>b<dt>c<dd>d", "[dl [dt a][dd b][dt c][dd d]]");
    reads(
        "<b>bold <i>both</b> neither</i>",
        "[b bold [i both]] neither",
    );
    reads("</p></ul>text", "text");
    reads("text <a href=\"https://x", "text <a href=\"https://x");
    // A list has items alone, and an item stands in a list.
    reads("<li>one</li>", "[p one]");
    reads("<ul>loose<li>one</li></ul>", "[ul [li loose][li one]]");
    reads("<dd>b</dd>", "[p b]");
}

#[test]
fn nothing_hostile_gets_through() {
    reads("<script>alert(1)</script>after", "after");
    reads("<SCRIPT src=x>a</sCript >after", "after");
    reads("<style>p{}</style>after", "after");
    reads("<script>a", "");
    reads("<p onclick=\"alert(1)\">a</p>", "[p a]");
    reads("<img src=x onerror=alert(1)>a", "a");
    reads("<iframe srcdoc='<p>'></iframe>a", "'>a");
    reads("<svg><a xlink:href='javascript:alert(1)'>a</a></svg>", "a");
    reads(
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<script>alert(1)</script>",
    );
    reads("<!-- <p>a</p> --><p>b</p>", "[p b]");
    reads("<!-- a", "");
    for address in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java&#10;script:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<p>",
        "http://example.com",
        "//example.com",
        "/general/latest",
        "https:example.com",
        "https://example.com/ x",
        "https://example.com/&#10;x",
        "",
    ] {
        let html = format!("<a href=\"{address}\">a</a>");
        let link = shown(&read(&html));
        assert!(!link.contains('|'), "{html}: {link}");
    }
    reads(
        "<a href='https://a.example/'>a</a>",
        "[https://a.example/|a]",
    );
    reads(
        "<a href=HTTPS://a.example/ target=x>a</a>",
        "[HTTPS://a.example/|a]",
    );
}

/// How deep a tree is.
fn depth(parts: &[Part]) -> usize {
    let below = parts.iter().map(|part| match part {
        Part::Inside(_, parts) => 1 + depth(parts),
        _ => 0,
    });
    below.max().unwrap_or_default()
}

#[test]
fn a_megabyte_of_anything_is_read_in_linear_time_and_is_not_deep() {
    for piece in [
        "<b>",
        "<ul>",
        "<ul><li>",
        "<p>",
        "</p>",
        "<dl><dd><note>",
        "<",
        "<a",
        "<!--",
        "&",
        "&#",
        "<a href=\"",
        "<script>",
        "<p>a</p> ",
        "<b></i>",
        "<b>a</b>",
        " ",
    ] {
        let html = piece.repeat(1_000_000 / piece.len());
        let begun = ProcessorTime::begin();
        let parts = read(&html);
        let spent = begun.spent();
        assert!(spent < Duration::from_secs(5), "{piece}: {spent:?}");
        assert!(depth(&parts) <= 32, "{piece}");
    }
}

fn text_of(parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Break => String::new(),
        Part::Inside(_, parts) => text_of(parts),
    };
    parts.iter().map(one).collect()
}

fn links(parts: &[Part]) -> Vec<String> {
    let of = |part: &Part| match part {
        Part::Inside(Kind::Link(address), parts) => [vec![address.clone()], links(parts)].concat(),
        Part::Inside(_, parts) => links(parts),
        _ => Vec::new(),
    };
    parts.iter().flat_map(of).collect()
}

proptest! {
    #[test]
    fn any_html_is_read(html in "([<>/&;#\"'= ]|a|href|https://|javascript:|p|ul|li|dl|dt|dd|note|script|code|&lt;|é){0,60}") {
        let parts = read(&html);
        assert!(depth(&parts) <= 32);
        assert!(links(&parts).iter().all(|link| link.to_lowercase().starts_with("https://")));
    }

    /// What is text stays text.
    #[test]
    fn text_comes_back(words in prop::collection::vec("[a-zé]{1,6}", 1..8)) {
        let html: Vec<String> = words.iter().map(|word| format!("<p><b>{word}</b></p>")).collect();
        assert_eq!(text_of(&read(&html.join("\n"))), words.concat());
    }
}
