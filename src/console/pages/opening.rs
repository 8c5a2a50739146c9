//! An operation's page before the model of its service is there.

use super::home::NotFound;
use crate::state::{Console, ModelState};
use crate::ui::{Button, Flash, Kind, Markup, PageHeader, StatusIndicator, live};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn OpeningPage(console: Console, service: String, operation: String) -> Markup {
    let listed = console.listed(&service);
    let Some(listed) = listed.and_then(|listed| listed.operation(&operation)) else {
        return view! { <NotFound /> }.into();
    };
    let told = live(move || -> Markup {
        let Some(ModelState::Failed(why)) = console.model_state(&service) else {
            return view! { <StatusIndicator kind=Kind::Loading text=words::opening() /> }.into();
        };
        let (title, detail) = match why.is_empty() {
            true => (
                words::model_missing(),
                words::model_missing_detail().to_owned(),
            ),
            false => (words::model_unreadable(), why),
        };
        let press = move |()| console.need_model();
        let action = view! { <Button on_click=press>{words::try_again()}</Button> };
        view! { <Flash kind=Kind::Error title action>{detail}</Flash> }.into()
    });
    (
        view! { <PageHeader title=listed.title.clone() description=listed.documentation.clone() api_name=operation /> },
        told,
    )
        .into()
}
