//! The input a person is still writing, as plain values.
//!
//! A draft is an arena: every control has a node, a node keeps the text exactly as typed, and
//! nodes keep their identity however many are added or removed around them. A draft can hold
//! what no request could (letters where a number belongs, one map key twice): nothing typed is
//! ever lost for being wrong.

mod check;
mod edit;
mod hint;
mod json;
mod language;
mod mistake;
mod paste;
mod place;
mod placeholders;
mod prune_unknown;
mod read;
mod rows;
mod secrets;
mod snapshot;
#[cfg(test)]
mod tests;

pub use check::Finding;
pub use edit::Edit;
pub use hint::Hint;
pub use mistake::{JsonMistake, MistakeKind};
pub use paste::PasteRefused;
pub use placeholders::OpenPlaceholder;
pub use prune_unknown::{Tokens, prune_unknown};

use crate::model::{Member, Model, Operation, Place, ShapeId, ShapeKind};

/// So deep goes what is there from the beginning. No model of AWS's comes near it.
const MAX_DEPTH: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NodeId(u32);

impl NodeId {
    /// For element ids: the same node always has the same number.
    pub fn number(self) -> u32 {
        self.0
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The node with the number n is the n-th; `None` where it was removed.
    nodes: Vec<Option<Node>>,
    root: NodeId,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub parent: Option<NodeId>,
    pub role: Role,
    pub shape: ShapeId,
    pub content: Content,
    /// The text is meant as it is, though it reads like a placeholder.
    pub is_literal: bool,
}

/// What a node is to its parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    Root,
    Member(String),
    Item,
    Key,
    Value,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A member that is not sent.
    Absent,
    /// A string, enum, number, boolean or timestamp, as typed.
    Text(String),
    /// One node for each member of the shape, absent ones included.
    Structure(Vec<NodeId>),
    List(Vec<NodeId>),
    Map(Vec<MapEntry>),
    Union(Union),
    /// A value without a control of its own, written as JSON.
    Json(String),
    /// A secret that was given before and is stored nowhere; its hash, or nothing.
    NotKept(String),
}

/// One node for each member of the shape, and those of them that are given: one, if it can be sent.
/// The others keep what was written into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    members: Vec<NodeId>,
    given: Vec<NodeId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapEntry {
    pub key: NodeId,
    pub value: NodeId,
}

impl MapEntry {
    fn nodes(&self) -> [NodeId; 2] {
        [self.key, self.value]
    }
}

impl Draft {
    /// An empty draft: required lists with one row to begin with, optional members absent, and
    /// idempotency tokens filled by `new_token`. `None` where the model lacks the input's shape.
    pub fn new(
        model: &Model,
        operation: &Operation,
        new_token: &mut dyn FnMut() -> String,
    ) -> Option<Self> {
        let place = model.input(operation)?;
        let mut draft = Self::default();
        draft.root = draft.add_blank(model, None, Role::Root, place, true, 0);
        for id in draft.tokens(model) {
            draft.set_content(id, Content::Text(new_token()));
        }
        Some(draft)
    }

    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The node with this number.
    pub fn numbered(&self, number: u32) -> Option<NodeId> {
        let id = NodeId(number);
        self.node(id).map(|_| id)
    }

    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())?.as_ref()
    }

    pub fn content(&self, id: NodeId) -> &Content {
        self.node(id).map_or(&Content::Absent, |node| &node.content)
    }

    /// Is nothing there that could be edited? A secret that is not kept is as good as absent.
    pub fn is_absent(&self, id: NodeId) -> bool {
        matches!(self.content(id), Content::Absent | Content::NotKept(_))
    }

    /// The text of a node as typed; empty for a node that is absent or has no text.
    pub fn text(&self, id: NodeId) -> &str {
        match self.content(id) {
            Content::Text(text) | Content::Json(text) => text,
            _ => "",
        }
    }

    /// The child nodes that stand for a structure's members, the given ones of a union, or the items
    /// of a list.
    pub fn children(&self, id: NodeId) -> Vec<NodeId> {
        match self.content(id) {
            Content::Structure(children) | Content::List(children) => children.clone(),
            Content::Map(entries) => entries.iter().flat_map(MapEntry::nodes).collect(),
            Content::Union(union) => union.given.clone(),
            Content::Absent | Content::Text(_) | Content::Json(_) | Content::NotKept(_) => {
                Vec::new()
            }
        }
    }

    /// The same, with the members of a union that are not given.
    fn all_children(&self, id: NodeId) -> Vec<NodeId> {
        match self.content(id) {
            Content::Union(union) => union.members.clone(),
            _ => self.children(id),
        }
    }

    /// The members that a union may have, one of them at a time.
    pub fn alternatives(&self, id: NodeId) -> Vec<NodeId> {
        match self.content(id) {
            Content::Union(union) => union.members.clone(),
            _ => Vec::new(),
        }
    }

    /// Is it a member of a union?
    pub fn is_alternative(&self, id: NodeId) -> bool {
        let parent = self.node(id).and_then(|node| node.parent);
        parent.is_some_and(|parent| matches!(self.content(parent), Content::Union(_)))
    }

    /// The entries of a map.
    pub fn entries(&self, id: NodeId) -> Vec<MapEntry> {
        match self.content(id) {
            Content::Map(entries) => entries.clone(),
            _ => Vec::new(),
        }
    }

    /// The member node of this name under a structure node.
    pub fn member(&self, structure: NodeId, name: &str) -> Option<NodeId> {
        self.children(structure).into_iter().find(|&id| {
            matches!(self.node(id), Some(Node { role: Role::Member(own), .. }) if own == name)
        })
    }

    /// The constraints that hold at a node.
    pub fn place<'a>(&self, model: &'a Model, id: NodeId) -> Option<Place<'a>> {
        let node = self.node(id)?;
        match self.model_member(model, id) {
            Some(member) => model.place(member),
            None => model.root(&node.shape),
        }
    }

    /// The model's member that leads to a node.
    pub fn model_member<'a>(&self, model: &'a Model, id: NodeId) -> Option<&'a Member> {
        let node = self.node(id)?;
        let parent = model.shape(&self.node(node.parent?)?.shape)?;
        match (&node.role, &parent.kind) {
            (Role::Member(name), _) => parent.member(name),
            (Role::Item, ShapeKind::List(member)) => Some(member),
            (Role::Key, ShapeKind::Map { key, .. }) => Some(key),
            (Role::Value, ShapeKind::Map { value, .. }) => Some(value),
            _ => None,
        }
    }

    /// These children of a node whose place is known, with theirs. On the way down a draft this is
    /// much quicker than to ask for the place of each.
    fn with_places<'a>(
        &self,
        model: &'a Model,
        place: Place<'a>,
        children: Vec<NodeId>,
    ) -> Vec<(NodeId, Place<'a>)> {
        let members: Vec<&Member> = match &place.shape.kind {
            ShapeKind::List(member) => vec![member],
            ShapeKind::Map { key, value } => vec![key, value],
            _ => place.shape.members().iter().collect(),
        };
        // A row is like the others.
        let places = members.iter().map(|member| (*member, model.place(member)));
        let places: Vec<_> = places.collect();
        let both = children.into_iter().zip(places.iter().cycle());
        let with = |(child, (member, place)): (NodeId, &(&'a Member, Option<Place<'a>>))| {
            let place = match &self.node(child)?.role {
                // Of a union not all are given, and the model of an older draft had its members in
                // another order.
                Role::Member(name) if *name != member.name => self.place(model, child),
                _ => *place,
            };
            Some((child, place?))
        };
        both.filter_map(with).collect()
    }

    /// The nodes of all idempotency tokens at the top level.
    pub fn tokens(&self, model: &Model) -> Vec<NodeId> {
        self.children(self.root)
            .into_iter()
            .filter(|&id| {
                self.model_member(model, id)
                    .is_some_and(|member| member.traits.idempotency_token)
            })
            .collect()
    }

    /// Has nothing been written into this node or any below it?
    pub fn is_blank(&self, id: NodeId) -> bool {
        match self.content(id) {
            Content::Absent => true,
            Content::NotKept(_) => false,
            Content::Text(text) | Content::Json(text) => text.is_empty(),
            _ => self
                .all_children(id)
                .into_iter()
                .all(|child| self.is_blank(child)),
        }
    }

    fn set_content(&mut self, id: NodeId, content: Content) {
        if let Some(Some(node)) = self.nodes.get_mut(id.index()) {
            node.content = content;
        }
    }

    fn add(&mut self, parent: Option<NodeId>, role: Role, shape: ShapeId) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let node = Node {
            parent,
            role,
            shape,
            content: Content::Absent,
            is_literal: false,
        };
        self.nodes.push(Some(node));
        id
    }

    /// Adds a node with nothing in it. `present` is false for an optional member, which stays
    /// absent, so that recursive shapes end; where all is required, they end at `MAX_DEPTH`.
    fn add_blank(
        &mut self,
        model: &Model,
        parent: Option<NodeId>,
        role: Role,
        place: Place<'_>,
        present: bool,
        depth: usize,
    ) -> NodeId {
        let is_member = matches!(role, Role::Member(_));
        let id = self.add(parent, role, place.shape.id.clone());
        if present && depth < MAX_DEPTH {
            let content = self.blank(model, id, place, is_member, depth);
            self.set_content(id, content);
        }
        id
    }

    fn blank(
        &mut self,
        model: &Model,
        id: NodeId,
        place: Place<'_>,
        is_member: bool,
        depth: usize,
    ) -> Content {
        let below = depth + 1;
        match &place.shape.kind {
            ShapeKind::Structure(members) => {
                let children = members
                    .iter()
                    .filter_map(|member| {
                        let place = model.place(member)?;
                        let role = Role::Member(member.name.clone());
                        let is_there = member.traits.required;
                        Some(self.add_blank(model, Some(id), role, place, is_there, below))
                    })
                    .collect();
                Content::Structure(children)
            }
            ShapeKind::List(member) => {
                let item = self.blank_child(model, id, Role::Item, member, below);
                Content::List(item.into_iter().collect())
            }
            ShapeKind::Map { key, value } => {
                let key = self.blank_child(model, id, Role::Key, key, below);
                let value = self.blank_child(model, id, Role::Value, value, below);
                let entry = key.zip(value).map(|(key, value)| MapEntry { key, value });
                Content::Map(entry.into_iter().collect())
            }
            ShapeKind::Union(members) => {
                let blank = |draft: &mut Self, member: &Member| {
                    let role = Role::Member(member.name.clone());
                    draft.add(Some(id), role, member.target.clone())
                };
                Content::Union(Union {
                    members: members.iter().map(|it| blank(self, it)).collect(),
                    given: Vec::new(),
                })
            }
            kind if kind.is_json() => Content::Json(String::new()),
            // A member without text is absent; an item is there even when it is empty.
            _ if is_member => Content::Absent,
            _ => Content::Text(String::new()),
        }
    }

    fn blank_child(
        &mut self,
        model: &Model,
        parent: NodeId,
        role: Role,
        member: &Member,
        depth: usize,
    ) -> Option<NodeId> {
        let place = model.place(member)?;
        (depth < MAX_DEPTH).then(|| self.add_blank(model, Some(parent), role, place, true, depth))
    }

    /// Removes a node and all below it.
    fn discard(&mut self, id: NodeId) {
        for child in self.all_children(id) {
            self.discard(child);
        }
        if let Some(node) = self.nodes.get_mut(id.index()) {
            *node = None;
        }
    }
}
