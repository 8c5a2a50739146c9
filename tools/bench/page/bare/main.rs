//! A page of rows with three text fields, and nothing else: each field has a signal of its own and
//! is checked by itself. The address says how many rows: `?rows=50`.

use leptos::prelude::*;

const LONGEST: usize = 100;
const FIELDS: [&str; 3] = ["Service action ID", "Product ID", "Product version ID"];

fn problem(text: &str) -> Option<&'static str> {
    match text.chars().count() {
        0 => Some("Enter a value."),
        length if length > LONGEST => Some("Use at most 100 characters."),
        _ => None,
    }
}

#[component]
fn Field(title: &'static str, text: String) -> impl IntoView {
    let text = RwSignal::new(text);
    let problem = Memo::new(move |_| text.with(|text| problem(text)));
    view! {
        <label>
            {title}
            <input
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
                aria-invalid=move || problem.get().map(|_| "true")
            />
            <span>{problem}</span>
        </label>
    }
}

#[component]
fn Row(at: usize) -> impl IntoView {
    let prefixes = ["act", "prod", "pa"];
    let fields = FIELDS.into_iter().zip(prefixes).map(|(title, prefix)| {
        view! { <Field title text=format!("{prefix}-{at:013}") /> }
    });
    view! { <fieldset>{fields.collect_view()}</fieldset> }
}

fn main() {
    let search = window().location().search().unwrap_or_default();
    let rows = search
        .strip_prefix("?rows=")
        .and_then(|rows| rows.parse().ok());
    let rows = rows.unwrap_or(1);
    mount_to_body(move || (0..rows).map(|at| view! { <Row at /> }).collect_view());
}
