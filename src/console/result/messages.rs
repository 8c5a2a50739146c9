//! The request as sent and the response as received.

use crate::state::{Console, CopyStatus};
use crate::ui::{CodeBlock, CopyButton, Markup, expandable_container, switched};
use formsmith_api::file::FileRef;
use formsmith_api::outcome::request_id;
use formsmith_run::{Attempt, Failure, Run};
use formsmith_words as words;
use leptos::prelude::*;

pub fn view(console: Console, run: &Run, attempt: &Attempt) -> Markup {
    let request = &attempt.request;
    let head = format!("{} {}", request.method, run.shown_path(request));
    let target = request.header("x-amz-target").unwrap_or_default();
    let head = words::summed_up(&[&head, &size(&request.body, request.file.as_ref()), target]);
    let title = match attempt.failure() {
        Some(Failure::Proxy(failure)) if failure.is_undone => words::request_unsent(),
        _ => words::request(),
    };
    let request = message(
        console,
        (title, words::copy_request()),
        (&head, run.has_secrets()),
        (
            &format!("{} {}", request.method, request.path),
            &request.headers,
        ),
        (&request.body, request.file.as_ref()),
    );
    let response = attempt.answer().map(|answer| {
        let response = answer.response();
        let head = format!("HTTP {}", response.status);
        let took = attempt
            .ended_ms
            .map(|end| words::duration(end - attempt.started_ms));
        let id = request_id(response).map(words::request_id_is);
        let summary = words::summed_up(&[
            &head,
            &size(&response.body, response.file.as_ref()),
            &took.unwrap_or_default(),
            &id.unwrap_or_default(),
        ]);
        message(
            console,
            (words::response(), words::copy_response()),
            (&summary, run.is_secret_answer(answer)),
            (&head, &response.headers),
            (&response.body, response.file.as_ref()),
        )
    });
    (request, response).into()
}

/// Nothing where there is no body, and of an answer with secrets, whose body was not kept.
fn size(body: &[u8], file: Option<&FileRef>) -> String {
    match file.map_or(body.len() as u64, FileRef::size) {
        0 => String::new(),
        bytes => words::size(bytes),
    }
}

fn message(
    console: Console,
    (title, copy_label): (&'static str, &'static str),
    (caption, is_secret): (&str, bool),
    (head, headers): (&str, &[(String, String)]),
    body: (&[u8], Option<&FileRef>),
) -> Markup {
    let (shown, whole) = words::http_message(head, headers, body);
    let status = CopyStatus::new();
    let code = move || -> Markup {
        let whole = whole.clone();
        let copy = move |()| console.copy(title.to_owned(), whole.clone(), status);
        let actions = view! { <CopyButton label=copy_label on_copy=copy status labelled=true /> };
        view! { <CodeBlock label=title text=shown.as_str() actions /> }.into()
    };
    let code = match is_secret {
        true => switched(
            words::secret_switch(title),
            move |is_shown| match is_shown {
                true => code(),
                false => words::request_has_secrets().into(),
            },
        ),
        false => code(),
    };
    expandable_container(title, caption, code)
}
