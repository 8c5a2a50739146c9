//! What components draw.

use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::prelude::{Get, Signal, View, document};
use leptos::tachys::view::{Mountable, Render};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::live::Region;
use crate::watch::watch;

/// A part of the page: an element, a text, several of them, or nothing.
///
/// Every component returns this one type, so the code that puts parts together exists once and
/// not for each combination of views. The nodes exist as soon as the part does; what of them
/// changes is watched until the reactive owner they were made under is cleaned up.
#[derive(Clone, Default)]
pub struct Markup(Part);

/// Nodes get a parent once, where they stay: each move of a node is paid for by all that is in it.
#[derive(Clone, Default)]
enum Part {
    #[default]
    Nothing,
    Node(Node),
    Several(Vec<Markup>),
    Region(Rc<Region>),
}

impl Markup {
    pub(super) fn new(node: impl Into<Node>) -> Self {
        Self(Part::Node(node.into()))
    }

    pub(super) fn region(region: Rc<Region>) -> Self {
        Self(Part::Region(region))
    }

    /// Several parts, one after the other.
    pub(super) fn sequence(parts: Vec<Self>) -> Self {
        Self(Part::Several(parts))
    }

    pub(super) fn is_nothing(&self) -> bool {
        matches!(self.0, Part::Nothing)
    }

    pub(super) fn node(&self) -> Option<&Node> {
        match &self.0 {
            Part::Node(node) => Some(node),
            _ => None,
        }
    }

    /// The element, where it is one.
    pub fn element(&self) -> Option<Element> {
        self.node()?.dyn_ref().cloned()
    }

    pub(super) fn append_to(&self, parent: &Node) {
        // Only a node that contains the parent can't be appended to it.
        self.visit(&|node| drop(parent.append_child(node)));
    }

    pub(super) fn insert_before(&self, parent: &Node, before: Option<&Node>) {
        self.visit(&|node| drop(parent.insert_before(node, before)));
    }

    /// All nodes, in their order.
    fn visit(&self, visit: &dyn Fn(&Node)) {
        match &self.0 {
            Part::Nothing => {}
            Part::Node(node) => visit(node),
            Part::Several(parts) => parts.iter().for_each(|part| part.visit(visit)),
            Part::Region(region) => {
                visit(&region.start);
                region.take_waiting().visit(visit);
                visit(&region.end);
            }
        }
    }
}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        Self::new(document().create_text_node(text))
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Signal<String>> for Markup {
    fn from(text: Signal<String>) -> Self {
        let node = document().create_text_node("");
        let shown = node.clone();
        let mut last = String::new();
        watch(move || {
            let now = text.get();
            // A status region reads out whatever is set, even if it is what it was.
            if now != last {
                shown.set_data(&now);
                last = now;
            }
        });
        Self::new(node)
    }
}

impl<T: Into<Self>> From<Option<T>> for Markup {
    fn from(part: Option<T>) -> Self {
        part.map(Into::into).unwrap_or_default()
    }
}

impl<T: Into<Self>> From<Vec<T>> for Markup {
    fn from(parts: Vec<T>) -> Self {
        Self::sequence(parts.into_iter().map(Into::into).collect())
    }
}

/// What `view!` gives.
impl<T: Into<Self>> From<View<T>> for Markup {
    fn from(view: View<T>) -> Self {
        view.into_inner().into()
    }
}

macro_rules! sequences {
    ($(($($part:ident)+))+) => {$(
        impl<$($part: Into<Markup>),+> From<($($part,)+)> for Markup {
            fn from(parts: ($($part,)+)) -> Self {
                #[allow(non_snake_case)]
                let ($($part,)+) = parts;
                Self::sequence(vec![$($part.into()),+])
            }
        }
    )+};
}
sequences!((A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H));

impl<F: FnOnce() -> M, M: Into<Self>> ToChildren<F> for Markup {
    fn to_children(children: F) -> Self {
        children().into()
    }
}

impl<T: Into<Self>> ToChildren<ChildrenOptContainer<T>> for Markup {
    fn to_children(children: ChildrenOptContainer<T>) -> Self {
        children.0.into()
    }
}

/// Makes the same part anew each time it is shown.
#[derive(Clone)]
pub struct MarkupFn(Rc<dyn Fn() -> Markup>);

impl MarkupFn {
    pub fn new<M: Into<Markup>>(make: impl Fn() -> M + 'static) -> Self {
        Self(Rc::new(move || make().into()))
    }

    pub fn run(&self) -> Markup {
        (self.0)()
    }
}

impl<F: Fn() -> M + 'static, M: Into<Markup>> ToChildren<F> for MarkupFn {
    fn to_children(children: F) -> Self {
        Self::new(children)
    }
}

/// Lets parts stand in `view!` and be mounted. They are never rebuilt: they change themselves.
impl Render for Markup {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, _: &mut Self) {}
}

impl Mountable for Markup {
    fn unmount(&mut self) {}

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Self::insert_before(self, parent, marker);
    }

    fn insert_before_this(&self, _: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}
