//! The ways a draft changes.

use super::{Content, Draft, MapEntry, NodeId, Role, Union};
use crate::model::{Model, ShapeKind};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Text typed into a node. A member whose text is removed is absent again.
    SetText(NodeId, String),
    /// One more item or entry; a list or map that was absent is there from then on.
    Add(NodeId),
    /// An item goes, or the entry this key belongs to.
    Remove(NodeId),
    /// An optional structure, list, map or JSON value is to be sent.
    Include(NodeId),
    /// It is not, and what was in it goes.
    Omit(NodeId),
    /// The text of a node is no placeholder, whatever it looks like, until it is changed.
    TakeLiterally(NodeId),
    /// This member of a union is given, and no other; none of them where there is no node.
    Choose(NodeId, Option<NodeId>),
}

impl Draft {
    /// What the input requires and has not begins as in an empty draft: lists with one row.
    pub fn begin_required(&mut self, model: &Model) {
        let Some(root) = self.node(self.root()) else {
            return;
        };
        let shape = model.shape(&root.shape);
        let members = shape.into_iter().flat_map(|shape| shape.members());
        for member in members.filter(|member| member.traits.required) {
            let is_it = |id: &NodeId| {
                self.is_absent(*id)
                    && self
                        .node(*id)
                        .is_some_and(|it| it.role == Role::Member(member.name.clone()))
            };
            let missing = self.children(self.root()).into_iter().find(is_it);
            if let Some((id, place)) = missing.zip(model.place(member)) {
                let content = self.blank(model, id, place, true, 1);
                self.set_content(id, content);
            }
        }
    }

    /// Makes a change; returns the node that was added, if one was. An edit of a node that is
    /// gone changes nothing.
    pub fn apply(&mut self, model: &Model, edit: Edit) -> Option<NodeId> {
        match edit {
            Edit::SetText(id, text) => {
                self.set_text(model, id, text);
                None
            }
            Edit::Add(id) => self.add_child(model, id),
            Edit::Remove(id) => {
                self.remove(id);
                None
            }
            Edit::Include(id) => {
                if self.is_absent(id) {
                    let place = self.place(model, id)?;
                    let is_member = false;
                    let content = self.blank(model, id, place, is_member, 0);
                    self.set_content(id, content);
                }
                Some(id)
            }
            Edit::Omit(id) => {
                for child in self.all_children(id) {
                    self.discard(child);
                }
                self.set_content(id, Content::Absent);
                // What is no longer given can't stand among what is.
                if let Some(parent) = self.node(id).and_then(|node| node.parent)
                    && let Content::Union(union) = self.content(parent).clone()
                {
                    let given = union.given.into_iter().filter(|&it| it != id).collect();
                    self.set_content(parent, Content::Union(Union { given, ..union }));
                }
                None
            }
            Edit::TakeLiterally(id) => {
                self.set_literal(id, true);
                None
            }
            Edit::Choose(id, member) => self.choose(model, id, member),
        }
    }

    fn set_text(&mut self, model: &Model, id: NodeId, text: String) {
        let Some(node) = self.node(id) else {
            return;
        };
        let is_member = matches!(node.role, Role::Member(_)) && !self.is_alternative(id);
        let is_json = model
            .shape(&node.shape)
            .is_some_and(|shape| shape.kind.is_json());
        let content = if is_json {
            Content::Json(text)
        } else if is_member && text.is_empty() {
            Content::Absent
        } else {
            Content::Text(text)
        };
        self.set_content(id, content);
        self.set_literal(id, false);
    }

    fn choose(&mut self, model: &Model, id: NodeId, member: Option<NodeId>) -> Option<NodeId> {
        let Content::Union(union) = self.content(id).clone() else {
            return None;
        };
        let chosen = member.filter(|member| union.members.contains(member));
        let given = chosen.into_iter().collect();
        self.set_content(id, Content::Union(Union { given, ..union }));
        chosen.and_then(|chosen| self.apply(model, Edit::Include(chosen)))
    }

    fn add_child(&mut self, model: &Model, id: NodeId) -> Option<NodeId> {
        let place = self.place(model, id)?;
        match &place.shape.kind {
            ShapeKind::List(member) => {
                let item = self.blank_child(model, id, Role::Item, member, 0)?;
                let mut items = self.children(id);
                items.push(item);
                self.set_content(id, Content::List(items));
                Some(item)
            }
            ShapeKind::Map { key, value } => {
                let key = self.blank_child(model, id, Role::Key, key, 0)?;
                let value = self.blank_child(model, id, Role::Value, value, 0)?;
                let mut entries = self.entries(id);
                entries.push(MapEntry { key, value });
                self.set_content(id, Content::Map(entries));
                Some(key)
            }
            _ => None,
        }
    }

    fn remove(&mut self, id: NodeId) {
        let Some(parent) = self.node(id).and_then(|node| node.parent) else {
            return;
        };
        match self.content(parent).clone() {
            Content::List(mut items) => {
                items.retain(|&item| item != id);
                self.set_content(parent, Content::List(items));
                self.discard(id);
            }
            Content::Map(mut entries) => {
                let Some(at) = entries.iter().position(|entry| entry.key == id) else {
                    return;
                };
                let entry = entries.remove(at);
                self.set_content(parent, Content::Map(entries));
                self.discard(entry.key);
                self.discard(entry.value);
            }
            _ => {}
        }
    }
}
