//! Parts of the page that come and go.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Node;

use super::Markup;
use crate::watch::watch;

/// Made anew whenever a signal that `make` reads has changed.
pub fn live<M: Into<Markup>>(make: impl Fn() -> M + 'static) -> Markup {
    live_boxed(Box::new(move || make().into()))
}

fn live_boxed(make: Box<dyn Fn() -> Markup>) -> Markup {
    let region = Region::new();
    let all = Markup::region(Rc::clone(&region));
    watch(move || {
        let part = make();
        region.show(part);
    });
    all
}

/// There while `condition` holds, and left alone as long as it does.
pub fn when<M: Into<Markup>>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> M + 'static,
) -> Markup {
    let holds = Memo::new(move |_| condition());
    live(move || holds.get().then(&make))
}

/// There from the first time that `condition` holds.
pub fn once<M: Into<Markup>>(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> M + 'static,
) -> Markup {
    let held = Memo::new(move |before: Option<&bool>| before == Some(&true) || condition());
    live(move || held.get().then(&make))
}

/// One element for each key; those whose keys stay are left alone. `make` gives one element.
pub fn each<K: Copy + PartialEq + 'static>(
    keys: impl Fn() -> Vec<K> + 'static,
    make: impl Fn(K) -> Markup + 'static,
) -> Markup {
    each_boxed(Box::new(keys), Box::new(make))
}

fn each_boxed<K: Copy + PartialEq + 'static>(
    keys: Box<dyn Fn() -> Vec<K>>,
    make: Box<dyn Fn(K) -> Markup>,
) -> Markup {
    // Rows outlive a run of the effect, so they don't belong to it.
    let owner = Owner::current().unwrap_or_default();
    let region = Region::new();
    let all = Markup::region(Rc::clone(&region));
    let mut rows: Vec<Row<K>> = Vec::new();
    watch(move || {
        let keys = keys();
        rows.retain(|row| {
            let stays = keys.contains(&row.key);
            if !stays {
                row.remove();
            }
            stays
        });
        let mut next = region.end.clone();
        let parent = next.parent_node();
        let mut drawn = Vec::new();
        for &key in keys.iter().rev() {
            let known = rows
                .iter()
                .find(|row| row.key == key)
                .map(|row| row.node.clone());
            let node = known.or_else(|| {
                let owner = owner.child();
                let node = untrack(|| owner.with(|| make(key))).node()?.clone();
                rows.push(Row {
                    key,
                    owner,
                    node: node.clone(),
                });
                Some(node)
            });
            let Some(node) = node else { continue };
            // An element that is moved loses the focus, so only what has to is moved.
            if let Some(parent) = &parent
                && node.next_sibling().as_ref() != Some(&next)
            {
                let _ = parent.insert_before(&node, Some(&next));
            }
            drawn.push(Markup::new(node.clone()));
            next = node;
        }
        if parent.is_none() {
            drawn.reverse();
            region.show(Markup::sequence(drawn));
        }
    });
    all
}

struct Row<K> {
    key: K,
    owner: Owner,
    node: Node,
}

impl<K> Row<K> {
    fn remove(&self) {
        self.owner.cleanup();
        if let Some(parent) = self.node.parent_node() {
            let _ = parent.remove_child(&self.node);
        }
    }
}

/// The place between two comments, which show where it is even when it is empty.
pub(super) struct Region {
    pub start: Node,
    pub end: Node,
    /// What will stand there, as long as the comments have no parent.
    waiting: RefCell<Markup>,
}

impl Region {
    pub fn new() -> Rc<Self> {
        let mark = || document().create_comment("").into();
        Rc::new(Self {
            start: mark(),
            end: mark(),
            waiting: RefCell::default(),
        })
    }

    pub fn take_waiting(&self) -> Markup {
        self.waiting.take()
    }

    /// In place of what stands there.
    pub fn show(&self, part: Markup) {
        let Some(parent) = self.end.parent_node() else {
            self.waiting.replace(part);
            return;
        };
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            let _ = parent.remove_child(&node);
        }
        part.insert_before(&parent, Some(&self.end));
    }
}
