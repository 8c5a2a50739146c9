//! A part of the page whose code comes later than the page.

use super::app_layout::MAIN;
use super::live::Region;
use super::{Button, Flash, Kind, Markup, StatusIndicator};
use crate::browser::{focus, task};
use crate::lazy::NotLoaded;
use crate::watch::watch;
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

/// What is said while the code is awaited, and if it does not come.
#[derive(Clone, Copy)]
pub struct DeferredWords {
    pub loading: &'static str,
    pub failed: &'static str,
    pub detail: &'static str,
    pub again: &'static str,
}

type Making = Pin<Box<dyn Future<Output = Result<Markup, NotLoaded>>>>;

/// What `make` gives, once its code is there. `say` reads out that it does not come.
pub fn deferred<F: Future<Output = Result<Markup, NotLoaded>> + 'static>(
    words: DeferredWords,
    say: Callback<&'static str>,
    make: impl Fn() -> F + 'static,
) -> Markup {
    deferred_boxed(words, say, Box::new(move || Box::pin(make())))
}

fn deferred_boxed(
    words: DeferredWords,
    say: Callback<&'static str>,
    make: Box<dyn Fn() -> Making>,
) -> Markup {
    let region = Region::new();
    let all = Markup::region(Rc::clone(&region));
    let tries = RwSignal::new(0);
    watch(move || {
        tries.track();
        region.show(view! { <StatusIndicator kind=Kind::Loading text=words.loading /> }.into());
        let region = region.clone();
        let mut making = make();
        // What the part watches ends with this place, and so does the wait for it.
        let is_wanted = StoredValue::new(());
        let fill = ScopedFuture::new_untracked(async move {
            // What is made once its place has gone could read nothing of it.
            let made = poll_fn(|context| match is_wanted.is_disposed() {
                true => Poll::Ready(None),
                false => making.as_mut().poll(context).map(Some),
            });
            let Some(made) = made.await else {
                return;
            };
            region.show(made.unwrap_or_else(|NotLoaded| {
                say.run(words.failed);
                let again = move |()| {
                    say.run(words.loading);
                    tries.update(|count| *count += 1);
                    // The button goes with its press.
                    focus::soon_selected("h1".to_owned(), MAIN.to_owned());
                };
                let action = view! { <Button on_click=again>{words.again}</Button> };
                view! { <Flash kind=Kind::Error title=words.failed action>{words.detail}</Flash> }
                    .into()
            }));
        });
        task::spawn(fill);
    });
    all
}
