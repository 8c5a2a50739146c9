use leptos::prelude::*;

use super::{ApiName, Button, Info, Markup, MarkupFn, el, suffix};

/// What stands above one column of the rows on a wide screen.
#[derive(Clone, Default)]
pub struct EditorColumn {
    pub label: String,
    pub suffix: &'static str,
    pub api_name: String,
    pub info: Option<MarkupFn>,
}

/// Rows of the same few fields. With one to four columns a wide screen shows
/// the labels once, above; the fields keep theirs for assistive technology.
/// `children` are the rows, `footer` the way to add one and how many still fit.
#[component]
pub fn AttributeEditor(
    columns: Vec<EditorColumn>,
    info_label: &'static str,
    #[prop(into)] footer: Markup,
    children: Markup,
) -> Markup {
    let count = columns.len().to_string();
    let mut heads = el("div").class("editor-heads");
    for column in columns {
        heads = heads.child(head(column, info_label));
    }
    el("div")
        .class("editor")
        .attr("data-columns", &count)
        .child(heads)
        .child(el("div").class("editor-rows").child(children))
        .child(el("div").class("editor-footer").child(footer))
        .into()
}

fn head(column: EditorColumn, info_label: &'static str) -> Markup {
    let label = el("span")
        .class("editor-head-label")
        .attr("aria-hidden", "true")
        .child(column.label.as_str())
        .child(suffix(column.suffix));
    let info = column.info.map(|content| {
        view! { <Info label=info_label topic=column.label content /> }
    });
    el("div")
        .class("editor-head")
        .child(el("div").class("field-label").child(label).child(info))
        .child(view! { <ApiName name=column.api_name decorative=true /> })
        .into()
}

/// One row. `label` names it ("Association 2"); `remove_label` is the button's
/// whole name ("Remove association 2"), of which `remove_text` is seen.
#[component]
pub fn AttributeRow(
    #[prop(into)] label: Signal<String>,
    remove_text: &'static str,
    #[prop(into)] remove_label: Signal<String>,
    #[prop(into)] on_remove: Callback<()>,
    described_by: Signal<Option<String>>,
    children: Markup,
) -> Markup {
    let remove = view! {
        <Button label=remove_label on_click=on_remove>
            {remove_text}
        </Button>
    };
    el("div")
        .class("editor-row")
        .attr("role", "group")
        .attr_live("aria-label", move || Some(label.get()))
        .attr_live("aria-describedby", move || described_by.get())
        .child(children)
        .child(el("div").class("editor-remove").child(remove))
        .into()
}
