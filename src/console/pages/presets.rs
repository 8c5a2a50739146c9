//! The presets of this browser.

use super::preset_import::import_dialog;
use crate::badges::class_badge;
use crate::browser::file::Chosen;
use crate::browser::task;
use crate::form::{NameFields, PRESET_NAME_ID, PresetName};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::{counter, table};
use crate::selection::Selection;
use crate::state::{Change, Console, Route, preset_not_kept};
use crate::ui::{
    ApiName, Button, Collection, CollectionColumn, CollectionRows, Container, Dialog, FileButton,
    Flash, Kind, Markup, MarkupFn, PageHeader, StatusIndicator, Variant, description_of, el, live,
    when,
};
use formsmith_api::preset::{Label, Preset};
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

pub fn presets_page(console: Console) -> Markup {
    (
        view! { <PageHeader title=words::presets() /> },
        lazy_view(console, move || presets(console)),
    )
        .into()
}

lazy! { in presets: fn presets(console: Console) -> Markup = content(console); }

/// What the dialog with a name is for.
#[derive(Debug, Clone, PartialEq)]
enum Naming {
    Change(Preset),
    Duplicate(Preset),
}

type Shown = StoredValue<Arc<Vec<Preset>>, LocalStorage>;

#[derive(Clone, Copy)]
struct Listed {
    console: Console,
    collection: Collection,
    shown: Shown,
    naming: RwSignal<Option<Naming>>,
}

fn content(console: Console) -> Markup {
    let list = console.listed_presets();
    let first = Collection::new(0, Selection::new(Vec::new()));
    let naming = RwSignal::new(None);
    let all = live(move || -> Option<Markup> {
        let found = match list.get()? {
            Ok(found) => found,
            Err(trouble) => {
                let title = preset_not_kept(trouble.into());
                return Some(view! { <Flash kind=Kind::Warning title /> }.into());
            }
        };
        let listed = Listed {
            console,
            // What was selected were rows, which may be others now.
            collection: untrack(|| first.with_total(found.len(), Vec::new())),
            shown: StoredValue::new_local(Arc::new(found)),
            naming,
        };
        Some(listed.view())
    });
    let presets = Signal::derive(move || match list.get() {
        Some(Ok(presets)) => presets,
        _ => Vec::new(),
    });
    (
        description_of(words::presets_description()),
        deleted(console),
        all,
        naming_dialog(console, naming, presets),
        import_dialog(console),
    )
        .into()
}

impl Listed {
    fn preset(self, row: usize) -> Option<Preset> {
        self.shown.with_value(|all| all.get(row).cloned())
    }

    fn view(self) -> Markup {
        let total = self.collection.total;
        let texts = self.shown.with_value(|all| {
            let row = |preset: &Preset| self.texts(preset);
            all.iter().map(row).collect::<Vec<_>>()
        });
        let columns = [
            CollectionColumn::plain(words::name()),
            CollectionColumn::filter(words::preset_folder()),
            CollectionColumn::plain(words::operation()),
            CollectionColumn::plain(words::preset_actions()),
        ];
        let rows = CollectionRows {
            columns: Rc::new(columns.into()),
            texts: RwSignal::new_local(Arc::new(texts)),
            cell: Rc::new(move |row, column| {
                let preset = self.preset(row);
                preset.map(|preset| self.cell(preset, column)).into()
            }),
            selectable: total,
            settled: None,
            detail: None,
        };
        let (label, items) = (
            words::presets().to_owned(),
            words::in_sentence(words::presets()),
        );
        let content = match total {
            0 => el("p").child(words::presets_none()).into(),
            _ => table(self.console, self.collection, rows, label, items),
        };
        view! {
            <Container
                title=words::presets()
                counter=counter(self.collection)
                actions=self.actions()
            >
                {content}
            </Container>
        }
        .into()
    }

    /// What is shown and searched of a preset: first what stands in the columns.
    fn texts(self, preset: &Preset) -> Vec<String> {
        let operation = self.title_of(preset);
        let folder = match preset.folder.as_str() {
            "" => words::preset_no_folder(),
            folder => folder,
        };
        vec![
            preset.name.clone(),
            folder.to_owned(),
            operation,
            String::new(),
            preset.description.clone(),
            [preset.service.as_str(), &preset.operation].join("\n"),
        ]
    }

    fn title_of(self, preset: &Preset) -> String {
        self.console
            .operation_title(&preset.service, &preset.operation)
    }

    fn cell(self, preset: Preset, column: usize) -> Markup {
        match column {
            0 => {
                let link = el("a")
                    .attr("href", &Route::of_preset(&preset))
                    .child(preset.name.as_str());
                let asks = preset.placeholders.len();
                let asks = (asks > 0).then(|| description_of(&words::preset_asks(asks)));
                (link, description_of(&preset.description), asks.flatten()).into()
            }
            1 => match preset.folder.as_str() {
                "" => words::preset_no_folder().into(),
                folder => folder.into(),
            },
            2 => {
                let title = el("span").child(self.title_of(&preset));
                let name = [preset.service.as_str(), ".", &preset.operation].concat();
                (title, view! { <ApiName name /> }, self.about(preset)).into()
            }
            _ => self.buttons(preset),
        }
    }

    /// What its operation can do, or that none is known here.
    fn about(self, preset: Preset) -> Markup {
        let listed = self.console.listed(&preset.service);
        if let Some(listed) = listed.and_then(|it| it.operation(&preset.operation)) {
            return class_badge(listed.class);
        }
        let found = RwSignal::new(None);
        task::spawn(async move {
            let operation = self.console.operation_of(&preset).await;
            // The page may be gone.
            found.try_set(Some(operation.map(|(_, operation)| operation.class)));
        });
        live(move || -> Option<Markup> {
            Some(match found.get()? {
                Some(class) => class_badge(class),
                None => {
                    let text = words::preset_operation_unknown();
                    view! { <StatusIndicator kind=Kind::Warning text /> }.into()
                }
            })
        })
    }

    fn buttons(self, preset: Preset) -> Markup {
        let Self {
            console, naming, ..
        } = self;
        let (changed, copied, path) = (preset.clone(), preset.clone(), preset.path());
        let change = move |()| naming.set(Some(Naming::Change(changed.clone())));
        let duplicate = move |()| naming.set(Some(Naming::Duplicate(copied.clone())));
        let delete = move |()| console.delete_preset(path.clone());
        let named = |what: &str| Signal::stored(words::preset_action(what, &preset.name));
        let buttons = view! {
            <Button label=named(words::preset_change()) on_click=change>
                {words::preset_change()}
            </Button>
            <Button label=named(words::preset_duplicate()) on_click=duplicate>
                {words::preset_duplicate()}
            </Button>
            <Button label=named(words::delete()) on_click=delete>{words::delete()}</Button>
        };
        el("div").class("actions").child(buttons).into()
    }

    fn actions(self) -> Markup {
        let Self {
            console,
            collection,
            ..
        } = self;
        let read = move |files: Vec<Chosen>| {
            if let Some(file) = files.into_iter().next() {
                console.read_presets(file);
            }
        };
        let export = move |()| {
            let rows = untrack(|| collection.chosen()).into_iter();
            let presets: Vec<Preset> = rows.filter_map(|row| self.preset(row)).collect();
            console.export_presets(&presets);
        };
        let label = live(move || words::presets_export(collection.chosen().len()));
        let export = (collection.total > 0).then(|| {
            let disabled = Signal::derive(move || collection.chosen().is_empty());
            view! { <Button disabled on_click=export>{label}</Button> }
        });
        let import = view! { <FileButton label=words::import() on_choose=read /> };
        (export, import).into()
    }
}

/// Asks for another name or folder, for the preset itself or for a copy of it.
fn naming_dialog(
    console: Console,
    naming: RwSignal<Option<Naming>>,
    presets: Signal<Vec<Preset>>,
) -> Markup {
    let name = PresetName::new();
    let failed = RwSignal::new(None::<String>);
    let close = move |()| naming.set(None);
    let save = move || {
        let (Some(what), Some(label)) = (naming.get_untracked(), name.check()) else {
            return;
        };
        task::spawn(async move {
            let done = change(console, &what, label).await;
            match done {
                Ok((Change::Done, path)) => {
                    naming.try_set(None);
                    console.tell(Ok(words::preset_saved(&path)));
                }
                Ok((Change::Taken, path)) => name.refuse(words::preset_taken(&path)),
                Ok((Change::Gone, path)) => {
                    failed.try_set(Some(words::preset_gone(&path)));
                }
                Err(why) => {
                    failed.try_set(Some(why.into()));
                }
            }
        });
    };
    let save = Callback::new(move |()| save());
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=close>{words::cancel()}</Button>
            <Button variant=Variant::Primary on_click=save>{words::save()}</Button>
        }
    });
    let fields = move || -> Markup {
        failed.set(None);
        if let Some(naming) = naming.get_untracked() {
            name.set(begun(&naming));
        }
        let problem = live(move || {
            let title = failed.get()?;
            Some(view! { <Flash kind=Kind::Error title /> })
        });
        (
            view! { <NameFields of=name presets on_enter=save /> },
            problem,
        )
            .into()
    };
    let dialog = move |title: &'static str, is_its: fn(&Naming) -> bool| {
        let footer = footer.clone();
        let is_open = move || naming.with(|naming| naming.as_ref().is_some_and(is_its));
        view! {
            <Dialog
                open=Signal::derive(is_open)
                on_close=close
                title
                close_label=words::close()
                focus=PRESET_NAME_ID
                footer
            >
                {fields()}
            </Dialog>
        }
    };
    let change = dialog(words::preset_change(), |it| matches!(it, Naming::Change(_)));
    let copy = dialog(words::preset_duplicate(), |it| {
        matches!(it, Naming::Duplicate(_))
    });
    (change, copy).into()
}

/// What the fields begin with.
fn begun(naming: &Naming) -> Label {
    match naming {
        Naming::Change(preset) => preset.label(),
        Naming::Duplicate(preset) => Label {
            name: words::preset_copy(&preset.name),
            ..preset.label()
        },
    }
}

/// What became of it, and the path that the preset now has or should have had.
async fn change(
    console: Console,
    naming: &Naming,
    label: Label,
) -> Result<(Change, String), &'static str> {
    let (Naming::Change(before) | Naming::Duplicate(before)) = naming;
    let path = label.path();
    let done = match naming {
        Naming::Change(_) => console.change_preset(&before.path(), label).await,
        Naming::Duplicate(_) => {
            let copy = before.clone().labeled(label);
            console.keep_preset(&copy, false).await
        }
    };
    let done = done.map_err(preset_not_kept)?;
    Ok(match done {
        Change::Gone => (done, before.path()),
        _ => (done, path),
    })
}

/// The way to bring back what was deleted last.
fn deleted(console: Console) -> Markup {
    let title = move || console.deleted_preset().map(|it| it.path());
    when(
        move || title().is_some(),
        move || {
            live(move || {
                let title = words::preset_deleted(&title()?);
                let undo = view! {
                    <Button on_click=move |()| console.restore_preset()>{words::undo()}</Button>
                };
                Some(view! {
                    <Flash
                        kind=Kind::Info
                        title
                        action=Markup::from(undo)
                        on_dismiss=move |()| console.forget_deleted_preset()
                        dismiss_label=words::dismiss()
                    />
                })
            })
        },
    )
}
