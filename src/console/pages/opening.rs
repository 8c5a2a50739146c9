//! An operation's page before the model of its service is there.

use super::nearest::nearest;
use super::own::own_missing;
use super::services::not_installed;
use crate::lazy_view::lazy_view;
use crate::state::{Console, ModelState};
use crate::ui::{Button, Flash, Kind, Markup, PageHeader, StatusIndicator, description_of, live};
use formsmith_api::model::is_own;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn OpeningPage(console: Console, service: String, operation: String) -> Markup {
    let listed = console.listed(&service);
    let listed = listed.and_then(|listed| listed.operation(&operation));
    let (title, description) = match listed {
        Some(listed) => (listed.title.clone(), listed.documentation.clone()),
        None => (operation.clone(), String::new()),
    };
    let name = operation.clone();
    let address = [service.as_str(), &operation].join("/");
    let near = move || {
        let address = address.clone();
        lazy_view(console, move || nearest(console, address.clone()))
    };
    let told = live(move || -> Markup {
        let why = match console.model_state(&service, &operation) {
            Some(ModelState::Failed(why)) => why,
            Some(ModelState::Unknown) if is_own(&service) => {
                return lazy_view(console, own_missing);
            }
            Some(ModelState::Unknown) => {
                return (description_of(words::not_found()), near()).into();
            }
            Some(ModelState::NotInstalled) => {
                return (lazy_view(console, not_installed), near()).into();
            }
            _ => {
                let text = words::opening();
                return view! { <StatusIndicator kind=Kind::Loading text /> }.into();
            }
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
        view! { <PageHeader title description api_name=name /> },
        told,
    )
        .into()
}
