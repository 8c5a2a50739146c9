//! One operation: its form and what came of it.

use super::own;
use super::target::TargetNotice;
use super::trail::path_taken;
use crate::badges::class_badge;
use crate::form::{FormNotice, OperationForm, ways, with_help};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::{around, sent};
use crate::state::{Form, trail};
use crate::ui::{Flash, Kind, Markup, PageHeader, el, live, when};
use formsmith_api::class::Class;
use formsmith_run::Target;
use formsmith_words as words;
use leptos::prelude::*;

lazy! { in form: pub fn operation_page(form: Form) -> Markup = content(form); }

fn content(form: Form) -> Markup {
    let (console, operation) = (form.console, form.operation);
    let is_built_in = console.is_built_in(&form.service.name, operation.name());
    let about = (!is_built_in).then(|| lazy_view(console, move || own::about(form)));
    // A page that reaches no proxy does without the later part.
    let signs = move || console.target() == Target::ProxyAws;
    let refusal = when(signs, move || lazy_view(console, move || refusal(form)));
    let class = operation.class;
    let path = trail::is_begun().then(|| lazy_view(console, move || path_taken(form)));
    let said = Signal::derive(move || form.about());
    // In the line of its name, so that nothing moves when it comes.
    let description: Markup = if is_built_in {
        said.into()
    } else {
        form.tell_about_when_idle();
        let title = move || Some(said.get()).filter(|text| !text.is_empty());
        let line = el("span").class("about").attr_live("title", title);
        line.child(said).into()
    };
    let header = view! {
        <PageHeader
            title=operation.title()
            description
            api_name=operation.name().to_owned()
            badge=class_badge(class)
        />
    };
    let is_folded = move || form.is_folded();
    let line = when(is_folded, move || {
        lazy_view(form.console, move || sent(form))
    });
    let shown_form = el("div")
        .class("sent")
        .attr_while("data-folded", "", is_folded)
        .child(line)
        .child(view! { <OperationForm form /> });
    let page = view! {
        <TargetNotice console only_reads=class == Class::Read />
        {refusal}
        {about}
        <FormNotice form />
        {around(form, shown_form)}
    };
    // The path has a line of its own, beside what is at the right.
    let header = el("div").child(path).child(header);
    with_help(form, header.into(), ways(form), page.into())
}

lazy! { fn refusal(form: Form) -> Markup = refused(form); }

/// That the proxy would refuse whatever is typed here, and how that can be changed.
fn refused(form: Form) -> Markup {
    let refusal = form.proxy_refusal();
    live(move || {
        let refusal = refusal.get()?;
        Some(view! {
            <Flash kind=Kind::Warning title=words::proxy_title(&refusal)>
                {words::proxy_words(&refusal)}
            </Flash>
        })
    })
}
