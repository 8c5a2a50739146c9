//! Documentation as elements of the page: made one by one, never of markup.

use crate::ui::{Markup, el};
use formsmith_api::documentation::{self, Kind, Part};
use formsmith_words as words;

pub fn written(html: &str) -> Markup {
    let parts = documentation::read(html);
    el("div").class("written").child(all(parts)).into()
}

fn all(parts: Vec<Part>) -> Markup {
    let parts = parts.into_iter().map(one);
    parts.collect::<Vec<Markup>>().into()
}

fn one(part: Part) -> Markup {
    let (kind, parts) = match part {
        Part::Text(text) => return text.into(),
        Part::Break => return el("br").into(),
        Part::Inside(kind, parts) => (kind, parts),
    };
    let marked = |mark: &'static str| {
        el("div")
            .class("written-note")
            .child(el("strong").child(mark))
    };
    let element = match kind {
        Kind::Paragraph => el("p"),
        Kind::List => el("ul"),
        Kind::Numbered => el("ol"),
        Kind::Item => el("li"),
        Kind::Terms => el("dl"),
        Kind::Term => el("dt"),
        Kind::Meaning => el("dd"),
        Kind::Code => el("code"),
        Kind::Block => el("pre"),
        Kind::Strong => el("strong"),
        Kind::Emphasis => el("em"),
        Kind::Note => marked(words::help_note()),
        Kind::Important => marked(words::help_important()),
        Kind::Link(address) => el("a")
            .attr("href", &address)
            .attr("rel", "noopener")
            .attr("target", "_blank"),
    };
    element.child(all(parts)).into()
}
