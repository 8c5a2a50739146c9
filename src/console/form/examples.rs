//! Inputs worth trying, offered where nothing that is sent lasts.

use crate::state::Form;
use crate::text;
use crate::ui::ExpandableSection;
use leptos::prelude::*;

#[component]
pub fn Examples(form: Form) -> impl IntoView {
    let examples = &form.operation.traits.examples;
    move || {
        let offered = form.console.target().is_sandbox() && !examples.is_empty();
        offered.then(|| {
            let entries = examples.iter().map(|example| {
                let press = move |_| form.load_example(example);
                view! {
                    <li>
                        <button type="button" class="text-link" on:click=press>
                            {example.title.clone()}
                        </button>
                        {example
                            .documentation
                            .clone()
                            .map(|text| view! { <p class="description">{text}</p> })}
                    </li>
                }
            });
            let entries = entries.collect_view();
            view! {
                <ExpandableSection summary=text::EXAMPLES caption=text::EXAMPLES_HINT>
                    <ul class="examples" role="list">{entries}</ul>
                </ExpandableSection>
            }
        })
    }
}
