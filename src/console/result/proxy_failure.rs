//! What the proxy says of a failure: its words, what to do, and the code that others know it by.

use super::other_region;
use crate::browser::save_target;
use crate::sign_in_button::sign_in_button;
use crate::state::ShownRun;
use crate::ui::{Container, Markup, el, key_values};
use formsmith_api::protocol;
use formsmith_run::Failure;
use formsmith_wire::Code;
use formsmith_words as words;
use leptos::prelude::*;

/// None where the failure is not the proxy's.
pub fn view(shown: ShownRun, of: &Failure) -> Option<Markup> {
    let Failure::Proxy(failure) = of else {
        return None;
    };
    let or_none = |text| match text {
        "" => words::none(),
        text => text,
    };
    let facts = key_values(&[
        (words::message(), or_none(&failure.message)),
        (words::what_to_do(), or_none(&failure.action)),
        (words::code(), &failure.code),
    ]);
    let other = other_region::view(shown, &failure.region);
    let op = shown.op;
    let member = protocol::answer_file_member(op.model, op.service, op.operation);
    let is_too_large = failure.known() == Some(Code::UpstreamTooLarge);
    let to_file = (is_too_large && member.is_some()).then(|| {
        let advice = match save_target::has_disk() {
            true => words::too_large_save(words::save_to_file()),
            false => words::too_large_receive(words::receive_as_file()),
        };
        el("p").child(advice)
    });
    let sign_in = sign_in_button(shown.console, of);
    let facts: Markup = (
        facts,
        Markup::from(sign_in),
        Markup::from(to_file),
        Markup::from(other),
    )
        .into();
    Some(view! { <Container title=words::from_proxy()>{facts}</Container> }.into())
}
