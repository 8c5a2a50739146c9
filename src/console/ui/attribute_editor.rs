use leptos::{html, prelude::*};

use super::{ApiName, Button, Info};

/// What stands above one column of the rows on a wide screen.
#[derive(Clone, Default)]
pub struct EditorColumn {
    pub label: String,
    pub suffix: String,
    pub api_name: String,
    pub hint: String,
    pub info: Option<ViewFn>,
}

/// Rows of the same few fields. With one to four columns a wide screen shows
/// the labels once, above; the fields keep theirs for assistive technology.
/// `children` are the rows, `footer` the way to add one and how many still fit.
#[component]
pub fn AttributeEditor(
    columns: Vec<EditorColumn>,
    #[prop(optional, into)] info_label: String,
    #[prop(into)] footer: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let count = columns.len().to_string();
    let head = move |column: EditorColumn| {
        let info_label = info_label.clone();
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        view! {
            <div class="editor-head">
                <div class="field-label">
                    <span class="editor-head-label" aria-hidden="true">
                        {column.label.clone()}
                        {filled(column.suffix)
                            .map(|text| view! { <span class="field-suffix">" " {text}</span> })}
                    </span>
                    {column
                        .info
                        .map(|info| {
                            view! { <Info label=info_label topic=column.label content=info /> }
                        })}
                </div>
                {filled(column.api_name)
                    .map(|name| view! { <ApiName name=name attr:aria-hidden="true" /> })}
                {filled(column.hint)
                    .map(|text| view! { <div class="field-line" aria-hidden="true">{text}</div> })}
            </div>
        }
    };
    view! {
        <div class="editor" data-columns=count>
            <div class="editor-heads">{columns.into_iter().map(head).collect_view()}</div>
            <div class="editor-rows">{children()}</div>
            <div class="editor-footer">{footer.run()}</div>
        </div>
    }
}

/// One row. `label` names it ("Association 2"); `remove_label` is the button's
/// whole name ("Remove association 2"), of which `remove_text` is seen.
#[component]
pub fn AttributeRow(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] remove_text: String,
    #[prop(into)] remove_label: Signal<String>,
    #[prop(into)] on_remove: Callback<()>,
    #[prop(optional)] remove_ref: NodeRef<html::Button>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="editor-row" role="group" aria-label=label>
            {children()}
            <div class="editor-remove">
                <Button node_ref=remove_ref label=remove_label on_click=move |_| on_remove.run(())>
                    {remove_text}
                </Button>
            </div>
        </div>
    }
}
