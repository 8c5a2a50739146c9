//! The list that a field is filled from: read when it opens, filtered by what is typed, and closed
//! without having changed anything but the field.

use super::field_labels;
use super::pick_list_view;
use super::pickable::{Called, Picked, whole};
use crate::state::{Form, PickFailure};
use crate::ui::{has_words, reveal, small, turned};
use crate::watch::{listen, watch};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::picks::{self, Item, List, Picks};
use formsmith_words as words;
use leptos::ev::{Event, FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};

/// So many are drawn; whoever has more narrows them by typing.
pub const DRAWN: usize = 100;

/// How far a list has come.
#[derive(Clone, PartialEq, Eq)]
pub enum State {
    Reading,
    /// It depends on a member that is filled first.
    Needs(NodeId),
    /// There is none for what the form says.
    None,
    Failed(PickFailure),
    There,
}

/// An item that was read, with the words that it is found by.
#[derive(Clone, PartialEq, Eq)]
pub struct Read {
    pub item: Item,
    words: String,
}

impl Read {
    pub fn new(item: Item) -> Self {
        let name = item.name.as_deref().unwrap_or_default();
        let words = small(&[&item.value, name, &item.about.join(" ")].join(" "));
        Self { item, words }
    }
}

#[derive(Clone, Copy)]
pub struct PickList {
    pub form: Form,
    pub node: NodeId,
    pub called: Called,
    pub lists: StoredValue<Vec<List>>,
    /// The one that is shown.
    pub at: RwSignal<usize>,
    pub state: RwSignal<State>,
    pub items: RwSignal<Vec<Read>>,
    /// The input of the next page, if there is one.
    pub next: RwSignal<Option<Value>>,
    /// What has been typed since it opened.
    pub typed: RwSignal<Option<String>>,
    /// Which of the items are shown; those that fit what the form has beside the field come first.
    pub shown: Memo<Vec<usize>>,
    /// The choice that Enter takes, by its place among those.
    pub active: RwSignal<Option<usize>>,
    /// Only the last that was asked counts.
    pub asked: StoredValue<u32>,
}

/// The list that is open; there is one at a time.
struct Open {
    owner: Owner,
    popup: Element,
    input: Element,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

/// Opens the list of a field, or closes it if it is open. What was `typed` is looked for at once.
pub fn open(form: Form, node: NodeId, called: Called, typed: Option<String>) {
    let (Some(around), Some(input)) = (
        whole(node),
        document().get_element_by_id(&field_labels::control_id(node)),
    ) else {
        return;
    };
    let was_open = OPEN.with_borrow(|open| open.as_ref().is_some_and(|it| it.input == input));
    close();
    // Whoever has gone on before the list came keeps the focus, also in a field that is called alike.
    if was_open || called.is_disposed() || document().active_element().as_ref() != Some(&input) {
        return;
    }
    let (Ok(input), Some(field)) = (input.dyn_into::<HtmlInputElement>(), Owner::current()) else {
        return;
    };
    // Whatever the list needs ends with it, and it with its field.
    let owner = field.child();
    let popup = owner.with(|| {
        on_cleanup(|| {
            close();
        });
        let list = PickList::new(form, node, called);
        list.typed.set(typed.map(|_| input.value()));
        list.follow(&input);
        let popup = pick_list_view::popup(list, &input);
        list.load(false);
        popup
    });
    let _ = around.append_child(&popup);
    pick_list_view::show(&popup, &input);
    let _ = input.set_attribute("aria-expanded", "true");
    let _ = input.set_attribute("aria-controls", pick_list_view::LIST_ID);
    let input = input.into();
    OPEN.with_borrow_mut(|open| {
        *open = Some(Open {
            owner,
            popup,
            input,
        });
    });
}

/// Closes the list that is open.
pub fn close() {
    // Taken out first: cleaning up comes here again.
    let Some(open) = OPEN.with_borrow_mut(Option::take) else {
        return;
    };
    open.popup.remove();
    let _ = open.input.set_attribute("aria-expanded", "false");
    for name in ["aria-controls", "aria-activedescendant"] {
        let _ = open.input.remove_attribute(name);
    }
    open.owner.cleanup();
}

impl PickList {
    fn new(form: Form, node: NodeId, called: Called) -> Self {
        let all = Picks(untrack(|| form.picks()).unwrap_or(&Value::Null));
        let (sources, fitting) = form.peek(|draft| {
            let path = picks::path(draft, node).unwrap_or_default();
            let sources = all.sources(form.operation.name(), &path);
            let fitting = sources.iter().filter(|list| picks::fits(list, draft, node));
            let fitting: Vec<List> = fitting.cloned().collect();
            (sources, fitting)
        });
        let state = match fitting.is_empty() {
            false => State::Reading,
            true => sources
                .iter()
                .flat_map(|list| &list.when)
                .find_map(|(member, _)| undecided(form, node, member))
                .map_or(State::None, State::Needs),
        };
        let items: RwSignal<Vec<Read>> = RwSignal::new(Vec::new());
        let typed: RwSignal<Option<String>> = RwSignal::new(None);
        let shown = Memo::new(move |_| {
            let sought = small(&typed.get().unwrap_or_default());
            items.with(|items| {
                let items = items.iter().enumerate();
                let sought = items.filter(|(_, it)| has_words(&it.words, &sought));
                let (mut fitting, others): (Vec<_>, Vec<_>) =
                    sought.partition(|(_, it)| !it.item.fits.is_empty());
                fitting.extend(others);
                fitting.into_iter().map(|(at, _)| at).collect()
            })
        });
        Self {
            form,
            node,
            called,
            lists: StoredValue::new(fitting),
            at: RwSignal::new(0),
            state: RwSignal::new(state),
            items,
            next: RwSignal::new(None),
            typed,
            shown,
            active: RwSignal::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// The list that is shown.
    pub fn list(self) -> Option<List> {
        let at = self.at.get();
        self.lists.with_value(|lists| lists.get(at).cloned())
    }

    /// Those that are drawn.
    pub fn drawn(self) -> usize {
        self.shown.with(Vec::len).min(DRAWN)
    }

    fn follow(self, input: &HtmlInputElement) {
        let field = input.clone();
        listen(input, "input", move |_: Event| {
            self.typed.set(Some(field.value()));
            self.active.set(None);
            self.search();
        });
        listen(input, "keydown", move |event: KeyboardEvent| {
            self.press(&event)
        });
        // It closes when the focus leaves field and list.
        let node = self.node;
        if let Some(around) = whole(node) {
            let left = around.clone();
            listen(&around, "focusout", move |event: FocusEvent| {
                let to = event
                    .related_target()
                    .and_then(|it| it.dyn_into::<Node>().ok());
                if !left.contains(to.as_ref()) {
                    close();
                }
            });
        }
        let field = input.clone();
        watch(move || {
            let active = self.active.get();
            let _ = match active {
                Some(at) => {
                    field.set_attribute("aria-activedescendant", &pick_list_view::option_id(at))
                }
                None => field.remove_attribute("aria-activedescendant"),
            };
        });
    }

    fn press(self, event: &KeyboardEvent) {
        let count = untrack(|| self.drawn());
        let at = self.active.get_untracked();
        if event.is_composing() {
            return;
        }
        match &*event.key() {
            key @ ("ArrowDown" | "ArrowUp") if count > 0 => {
                self.activate(turned(key == "ArrowDown", at, count));
            }
            // Who sends by key means what is typed.
            "Enter" if event.ctrl_key() || event.meta_key() => {
                close();
                return;
            }
            // It takes a choice, or leaves what is typed: no form is sent from an open list.
            "Enter" => match at.or_else(|| untrack(|| self.meant())) {
                Some(at) => self.choose(at),
                None => close(),
            },
            "Escape" => {
                close();
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// The choice that is meant by what was typed: the one of this value, or else the first that fits.
    fn meant(self) -> Option<usize> {
        let typed = self.typed.get().filter(|typed| !typed.is_empty())?;
        let is_it = |at: &usize| self.items.with(|items| items[*at].item.value == typed);
        let whole = self.shown.with(|shown| shown.iter().position(is_it));
        whole.or_else(|| (self.drawn() > 0).then_some(0))
    }

    /// The other fields whose texts a list is asked with, and the texts.
    fn asked_with(self, list: &List) -> Vec<(NodeId, String)> {
        let list = list.via.as_deref().unwrap_or(list);
        let members = list.input.iter().chain(&list.narrow).chain(&list.filters);
        self.form.peek(|draft| {
            let asked = members.filter_map(|(_, member)| {
                let at = picks::nearest(draft, self.node, member)?;
                Some((at, draft.text(at).to_owned()))
            });
            asked.filter(|(_, text)| !text.is_empty()).collect()
        })
    }

    fn activate(self, at: usize) {
        self.active.set(Some(at));
        reveal(pick_list_view::LIST_ID, &pick_list_view::option_id(at));
    }

    /// Writes a choice into the field.
    pub fn choose(self, at: usize) {
        let chosen = self.shown.with_untracked(|shown| shown.get(at).copied());
        let read = chosen.and_then(|at| self.items.with_untracked(|items| items.get(at).cloned()));
        let Some(Read { item, .. }) = read else {
            return;
        };
        let (form, node, called) = (self.form, self.node, self.called);
        let of = untrack(|| self.list()).map_or_else(Vec::new, |list| self.asked_with(&list));
        close();
        let Item { value, name, .. } = item;
        form.apply(Edit::SetText(node, value.clone()));
        form.console
            .announce(words::picked(name.as_ref().unwrap_or(&value)));
        called.try_set(Some(Picked { value, name, of }));
    }
}

/// The member on which the choice of the list depends, if it is still to be filled.
fn undecided(form: Form, node: NodeId, member: &str) -> Option<NodeId> {
    form.peek(|draft| {
        let at = picks::nearest(draft, node, member)?;
        draft.text(at).is_empty().then_some(at)
    })
}
