//! The way to sign in, beside whatever that would mend.

use crate::state::Console;
use crate::ui::{Button, Markup};
use formsmith_run::Failure;
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing where signing in would not help.
pub fn sign_in_button(console: Console, why: &Failure) -> Option<Markup> {
    let to = why.sign_in()?.clone();
    let press = move |()| console.sign_in(to.clone());
    Some(view! { <Button on_click=press>{words::sign_in()}</Button> }.into())
}
