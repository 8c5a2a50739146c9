//! The request as sent and the response as received.

use crate::state::{Console, Exchange, TransportFailure};
use crate::text;
use crate::ui::{CodeBlock, CopyButton, ExpandableSection, Markup};
use leptos::prelude::*;

/// More than this is not drawn: it would make the page slow, and nobody reads it here.
const MAX_SHOWN: usize = 100_000;

pub fn view(console: Console, exchange: &Exchange) -> Markup {
    let request = &exchange.request;
    let head = format!("{} {}", request.method, request.path);
    let title = match &exchange.result {
        Err(TransportFailure::Proxy(failure)) if failure.is_undone => text::REQUEST_UNSENT,
        _ => text::REQUEST,
    };
    let request = message(
        console,
        (title, text::COPY_REQUEST),
        &head,
        &request.headers,
        &request.body,
    );
    let response = exchange.result.as_ref().ok().map(|(response, _)| {
        message(
            console,
            (text::RESPONSE, text::COPY_RESPONSE),
            &format!("HTTP {}", response.status),
            &response.headers,
            &response.body,
        )
    });
    (request, response).into()
}

fn message(
    console: Console,
    (title, copy_label): (&'static str, &'static str),
    head: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Markup {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    let (shown_body, all_of_body) = match std::str::from_utf8(body) {
        Ok("") => (text::NO_BODY.to_owned(), String::new()),
        Ok(body) => (text::limited(body, MAX_SHOWN), body.to_owned()),
        Err(_) => (text::not_utf_8(body.len()), String::new()),
    };
    let shown = format!("{head}\n{headers}\n{shown_body}");
    let head = head.to_owned();
    let whole = format!("{head}\n{headers}\n{all_of_body}");
    let status = RwSignal::new(None);
    let copy = move |()| console.copy(title.to_owned(), whole.clone(), status);
    let actions = view! { <CopyButton label=copy_label on_copy=copy status labelled=true /> };
    view! {
        <ExpandableSection summary=title caption=head>
            <CodeBlock label=title text=shown actions />
        </ExpandableSection>
    }
    .into()
}
