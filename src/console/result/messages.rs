//! The request as sent and the response as received.

use crate::state::{Console, CopyStatus};
use crate::ui::{CodeBlock, CopyButton, ExpandableSection, Markup};
use formsmith_api::file::FileRef;
use formsmith_run::{Attempt, Failure};
use formsmith_words as words;
use leptos::prelude::*;

pub fn view(console: Console, attempt: &Attempt) -> Markup {
    let request = &attempt.request;
    let head = format!("{} {}", request.method, request.path);
    let title = match attempt.failure() {
        Some(Failure::Proxy(failure)) if failure.is_undone => words::request_unsent(),
        _ => words::request(),
    };
    let request = message(
        console,
        (title, words::copy_request()),
        &head,
        &request.headers,
        (&request.body, request.file.as_ref()),
    );
    let response = attempt.answer().map(|answer| {
        let response = answer.response();
        message(
            console,
            (words::response(), words::copy_response()),
            &format!("HTTP {}", response.status),
            &response.headers,
            (&response.body, response.file.as_ref()),
        )
    });
    (request, response).into()
}

fn message(
    console: Console,
    (title, copy_label): (&'static str, &'static str),
    head: &str,
    headers: &[(String, String)],
    body: (&[u8], Option<&FileRef>),
) -> Markup {
    let (shown, whole) = words::http_message(head, headers, body);
    let head = head.to_owned();
    let status = CopyStatus::new();
    let copy = move |()| console.copy(title.to_owned(), whole.clone(), status);
    let actions = view! { <CopyButton label=copy_label on_copy=copy status labelled=true /> };
    view! {
        <ExpandableSection summary=title caption=head>
            <CodeBlock label=title text=shown actions />
        </ExpandableSection>
    }
    .into()
}
