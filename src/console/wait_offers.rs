//! What can be waited for, as a list.

use crate::state::Offer;
use crate::ui::{Button, Markup, el};
use formsmith_words as words;
use leptos::prelude::*;

/// A button for each, with what it does.
pub fn wait_offers(offers: Vec<Offer>, press: Callback<Offer>) -> Markup {
    let mut list = el("ul").class("takers").attr("role", "list");
    for offer in offers {
        let plan = words::wait_plan(&offer.operation, &offer.what);
        let label = words::wait_until(&offer.what.waiter);
        let wait = move |()| press.run(offer.clone());
        let line = el("li")
            .child(view! { <Button on_click=wait>{label}</Button> })
            .child(el("span").class("description").child(plan));
        list = list.child(line);
    }
    list.into()
}
