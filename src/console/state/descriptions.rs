//! What AWS's documentation says of operations, a sentence each. It is a file beside each model, and
//! HTML, of which only the text is taken.

use super::all_services::FOLDER;
use super::{Console, IndexedService};
use crate::browser::task;
use crate::transport::document;
use formsmith_api::documentation::decoded;
use formsmith_api::json;

impl Console {
    /// Hands what is said of the service to `tell`, and each sentence to `take`, with the name of its
    /// operation, as the files come; nothing where there are none.
    pub fn read_descriptions(
        self,
        service: &'static IndexedService,
        tell: impl Fn(String) + 'static,
        take: impl Fn(Vec<(String, String)>) + 'static,
    ) {
        task::spawn(async move {
            for number in 0..service.files() {
                let name = &service.name;
                let address = format!("{FOLDER}/services/{name}/{number}.docs.json");
                let text = document(&address).await.unwrap_or_default();
                let document = json::parse(text.as_bytes()).unwrap_or_default();
                if let Some(html) = document["documentation"].as_str() {
                    tell(of_service(html));
                }
                let operations = document["operations"].as_object().into_iter().flatten();
                let told = operations.map(|(name, operation)| {
                    let html = operation["documentation"].as_str().unwrap_or_default();
                    (name.clone(), first_sentence(html))
                });
                take(told.collect());
            }
        });
    }
}

/// How sentences begin that are about the documentation, or lead elsewhere.
const BESIDE: [&str; 15] = [
    "this ",
    "welcome",
    "it provides",
    "it contains",
    "for ",
    "to ",
    "we ",
    "in ",
    "see ",
    "if ",
    "using ",
    "use this",
    "actions:",
    "the documentation",
    "the api reference",
];

/// So many sentences are looked at: a service that says later what it is has said other things first.
const SENTENCES: usize = 8;

/// The first sentence of a service's documentation that says what the service is; empty where none
/// does.
fn of_service(html: &str) -> String {
    // Before the first paragraph stands what AWS calls it.
    let from = html.find("<p").unwrap_or_default();
    let says = |sentence: &&String| {
        let small = sentence.to_lowercase();
        // What has no full stop is a heading, or the beginning of a list.
        let is_beside = !small.ends_with('.')
            || small.contains("api reference")
            || BESIDE.iter().any(|begin| small.starts_with(begin));
        !is_beside
    };
    let all: Vec<String> = sentences(&html[from..]).take(SENTENCES).collect();
    all.iter().find(says).cloned().unwrap_or_default()
}

/// The sentences of its paragraphs and items, as text, found as they are asked for.
fn sentences(html: &str) -> impl Iterator<Item = String> {
    lines(html).flat_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let line: String = decoded(&words.join(" ")).collect();
        let sentences = line.split_inclusive(". ").map(|it| it.trim().to_owned());
        sentences.collect::<Vec<_>>()
    })
}

/// The text, a line for each paragraph and item: what one says does not go on in the next.
fn lines(html: &str) -> impl Iterator<Item = String> {
    let mut parts = html.split('<').peekable();
    let mut line = String::new();
    std::iter::from_fn(move || {
        parts.peek()?;
        for part in parts.by_ref() {
            // What stands before the first tag has none.
            let (tag, words) = part.split_once('>').unwrap_or(("", part));
            if tag.starts_with("/p") || tag.starts_with("/li") {
                return Some(std::mem::replace(&mut line, words.to_owned()));
            }
            line.push_str(words);
        }
        Some(std::mem::take(&mut line))
    })
}

/// The text of the first paragraph, up to its first full stop.
pub(super) fn first_sentence(html: &str) -> String {
    sentences(html).next().unwrap_or_default()
}

/// How sentences begin that say what happens where nothing is given.
const LEFT_OUT: [&str; 7] = [
    "Default",
    "By default",
    "The default",
    "If you don't specify",
    "If you do not specify",
    "If not specified",
    "If this parameter is not specified",
];

/// The sentences that say so, as text.
pub(super) fn if_left_out(html: &str) -> Vec<String> {
    let says = |it: &String| LEFT_OUT.iter().any(|begin| it.starts_with(begin));
    let told = sentences(html).filter(says);
    told.map(|it| it.trim_end_matches('.').to_owned() + ".")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{first_sentence, if_left_out, of_service};

    #[test]
    fn a_service_says_what_it_is_and_not_what_its_documentation_is() {
        for (html, text) in [
            (
                "[fullname]A Queue[/fullname][p]Welcome to the [i]A Queue API Reference[/i].[/p][p]A Queue is a hosted queue. It scales.[/p]",
                "A Queue is a hosted queue.",
            ),
            (
                "[p]Overview[/p][p]This is an interface reference. A store keeps things.[/p]",
                "A store keeps things.",
            ),
            (
                "[p]This is the Amazon Cloud API Reference.[/p][p]To get a list of actions, see Actions.[/p]",
                "",
            ),
            ("[fullname]Gate[/fullname]", ""),
        ] {
            let html = html.replace('[', "<").replace(']', ">");
            assert_eq!(of_service(&html), text);
        }
    }

    #[test]
    fn what_leaving_out_means_is_found_among_other_sentences() {
        let html = "[p]The type. If you don't specify it, [code]t3.micro[/code] is used.[/p][p]Default: none[/p][p]A default VPC.[/p]";
        let html = html.replace('[', "<").replace(']', ">");
        let told = [
            "If you don't specify it, t3.micro is used.",
            "Default: none.",
        ];
        assert_eq!(if_left_out(&html), told);
    }

    #[test]
    fn the_first_sentence_is_text() {
        for (html, text) in [
            (
                "[p]Lists [code]a &lt; b[/code],\n  and more. Then others.[/p]",
                "Lists a < b, and more.",
            ),
            (
                "[p] [/p][p]Runs version 1.2[/p][p]More.[/p]",
                "Runs version 1.2",
            ),
            ("Plain", "Plain"),
            ("", ""),
        ] {
            let html = html.replace('[', "<").replace(']', ">");
            assert_eq!(first_sentence(&html), text);
        }
    }
}
