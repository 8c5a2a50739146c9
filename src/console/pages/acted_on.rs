//! What a run acts on, in a line that breaks between identifiers and not at their hyphens.

use crate::ui::{El, el};
use formsmith_run::Subject;
use formsmith_words as words;

pub fn acted_on(subject: &Subject) -> El {
    let text = words::subject(subject);
    let (mut line, mut rest) = (el("span").class("mono"), text.as_str());
    for identifier in &subject.first {
        let Some((before, after)) = rest.split_once(identifier.as_str()) else {
            break;
        };
        let whole = el("span").class("unbroken").child(identifier.as_str());
        line = line.child(before).child(whole);
        rest = after;
    }
    line.child(rest)
}
