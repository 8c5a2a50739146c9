//! What can be waited for with what is in a form.

use crate::browser::task;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Form, Offer};
use crate::ui::{ExpandableSection, Markup, field_line, live, when};
use crate::wait_offers::wait_offers;
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing where nothing can be waited for. The list is fetched when it is opened.
pub fn waits(form: Form) -> Option<Markup> {
    let is_open = RwSignal::new(false);
    let open = Callback::new(move |()| is_open.set(true));
    let list = move || lazy_view(form.console, move || listed(form));
    form.may_wait().then(|| {
        view! {
            <ExpandableSection summary=words::wait_for() caption="" on_open=open>
                {when(move || is_open.get(), list)}
            </ExpandableSection>
        }
        .into()
    })
}

lazy! { in query: fn listed(form: Form) -> Markup = content(form); }

fn content(form: Form) -> Markup {
    let found = RwSignal::new(None::<Vec<Offer>>);
    task::spawn(async move {
        let offers = form.waits().await;
        // The form may be gone by now.
        found.try_set(Some(offers));
    });
    let of_all = Memo::new(move |_| form.is_about_all());
    let of_all = Signal::derive(move || of_all.get().then(|| words::wait_for_all().to_owned()));
    let offers = live(move || {
        let press = Callback::new(move |offer: Offer| form.wait(offer.what));
        Some(wait_offers(found.get()?, press))
    });
    (field_line("warning", "wait-for-all".into(), of_all), offers).into()
}
