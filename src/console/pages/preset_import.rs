//! What a file of presets would change, before anything of it is written.

use crate::state::{Console, Import};
use crate::ui::{Button, Dialog, Markup, MarkupFn, Variant, checkbox, el};
use formsmith_api::preset::Difference;
use formsmith_words as words;
use leptos::prelude::*;

/// So many of each kind are named.
const MOST: usize = 50;

pub fn import_dialog(console: Console) -> Markup {
    let replaces = RwSignal::new(false);
    let close = move |()| console.close_preset_import();
    let import = move |()| {
        if let Some(import) = untrack(|| console.preset_import()) {
            console.import_presets(import, replaces.get_untracked());
        }
    };
    let is_nothing = Signal::derive(move || {
        let import = console.preset_import();
        !import.is_some_and(|import| {
            let has = |kind| !import.paths(kind).is_empty();
            has(Difference::New) || replaces.get() && has(Difference::Changed)
        })
    });
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=close>{words::cancel()}</Button>
            <Button variant=Variant::Primary disabled=is_nothing on_click=import>{words::import()}</Button>
        }
    });
    let content = move || -> Markup {
        replaces.set(false);
        let import = untrack(|| console.preset_import());
        import.map(|import| preview(&import, replaces)).into()
    };
    view! {
        <Dialog
            open=Signal::derive(move || console.preset_import().is_some())
            on_close=close
            title=words::presets_import()
            close_label=words::close()
            footer
        >
            {content()}
        </Dialog>
    }
    .into()
}

fn preview(import: &Import, replaces: RwSignal<bool>) -> Markup {
    let (new, changed) = (
        import.paths(Difference::New),
        import.paths(Difference::Changed),
    );
    let is_known = new.is_empty() && changed.is_empty();
    let replace = (!changed.is_empty()).then(|| {
        let label = words::presets_replace(changed.len());
        let (check, _) = checkbox(label.clone(), move |is_checked| replaces.set(is_checked));
        let text = el("span").attr("aria-hidden", "true").child(label);
        check.class("check choice").child(text)
    });
    let secrets = (import.secrets > 0).then(|| words::presets_secrets(import.secrets));
    let unknown = &import.unknown;
    (
        el("p").child(match is_known {
            true => words::presets_nothing_new(&import.file),
            false => words::presets_in_file(&import.file),
        }),
        named(words::presets_new, new),
        named(words::presets_changed, changed),
        replace,
        named(words::presets_same, import.paths(Difference::Same)),
        secrets.map(|text| el("p").child(text)),
        named(words::presets_unknown, unknown.clone()),
    )
        .into()
}

/// How many there are of a kind, and which.
fn named(title: fn(usize) -> String, paths: Vec<String>) -> Option<Markup> {
    let count = paths.len();
    if count == 0 {
        return None;
    }
    let mut list = el("ul").class("named");
    for path in paths.into_iter().take(MOST) {
        list = list.child(el("li").child(path));
    }
    let more = count.saturating_sub(MOST);
    let more = (more > 0).then(|| el("p").child(words::more_of_these(more)));
    Some((el("h3").child(title(count)), list, more).into())
}
