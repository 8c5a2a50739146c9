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
                    // Before the first paragraph stands what AWS calls it.
                    let from = html.find("<p").unwrap_or_default();
                    tell(first_sentence(&html[from..]));
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

/// The text of the first paragraph, up to its first full stop.
pub(super) fn first_sentence(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        // What stands before the first tag has none.
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        if tag.starts_with("/p") && !text.trim().is_empty() {
            break;
        }
        text.push_str(words);
    }
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    decoded(&text[..end]).collect()
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
    let mut text = String::new();
    for part in html.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        // What one paragraph or item says does not go on in the next.
        if tag.starts_with("/p") || tag.starts_with("/li") {
            text.push('\n');
        }
        text.push_str(words);
    }
    let sentences = text.split('\n').flat_map(|line| line.split(". "));
    let sentences = sentences.map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    let told = sentences.filter(|it| LEFT_OUT.iter().any(|begin| it.starts_with(begin)));
    told.map(|it| {
        let sentence: String = decoded(it.trim_end_matches('.')).collect();
        sentence + "."
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::{first_sentence, if_left_out};

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
