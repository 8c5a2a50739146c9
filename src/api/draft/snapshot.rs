//! A draft as a JSON value, for keeping it exactly as it is, with the identity of every node.

use super::secrets::Kept;
use super::{Content, Draft, MapEntry, Node, NodeId, Role, Union};
use crate::model::{Model, ShapeId, ShapeKind};
use serde_json::Value;

impl Draft {
    /// The draft as a value that [`Draft::from_snapshot`] reads back; of secrets it has only that
    /// they were given.
    pub fn to_snapshot(&self, model: &Model) -> Value {
        let nodes = self.kept(model).map(|kept| match kept {
            None | Some(Kept::Nothing) => Value::Null,
            Some(Kept::All(node)) => written(node),
            Some(Kept::Trace(node)) => written(&node),
        });
        Value::Array(vec![self.root.0.into(), nodes.collect()])
    }

    /// `None` for a value that is no snapshot. Whether the draft has its place in a model is
    /// for [`Draft::fits`] to say.
    pub fn from_snapshot(snapshot: &Value) -> Option<Self> {
        let [root, nodes] = snapshot.as_array()?.as_slice() else {
            return None;
        };
        let mut draft = Self {
            root: node_id(root)?,
            nodes: Vec::new(),
        };
        for value in nodes.as_array()? {
            let node = match value {
                Value::Null => None,
                _ => Some(node(value, draft.nodes.len())?),
            };
            draft.nodes.push(node);
        }
        Some(draft)
    }

    /// Does every node have its place in the model? A draft from an older model may not.
    pub fn fits(&self, model: &Model) -> bool {
        let mut pending = vec![self.root];
        while let Some(id) = pending.pop() {
            let children = self.all_children(id);
            let node_fits = self.node(id).is_some_and(|node| {
                self.place(model, id).is_some_and(|place| {
                    place.shape.id == node.shape && content_fits(&place.shape.kind, &node.content)
                })
            });
            if !node_fits {
                return false;
            }
            pending.extend(children);
        }
        true
    }
}

fn content_fits(kind: &ShapeKind, content: &Content) -> bool {
    match (kind, content) {
        (_, Content::Absent | Content::NotKept(_)) => true,
        (ShapeKind::Structure(members), Content::Structure(own)) => own.len() == members.len(),
        (ShapeKind::List(_), Content::List(_)) | (ShapeKind::Map { .. }, Content::Map(_)) => true,
        (ShapeKind::Union(members), Content::Union(own)) => own.members.len() == members.len(),
        (
            ShapeKind::Structure(_)
            | ShapeKind::List(_)
            | ShapeKind::Map { .. }
            | ShapeKind::Union(_),
            _,
        ) => false,
        (kind, content) if kind.is_json() => matches!(content, Content::Json(_)),
        (_, content) => matches!(content, Content::Text(_)),
    }
}

/// Ends a node whose text is no placeholder.
const LITERAL: &str = "literal";

fn written(node: &Node) -> Value {
    let (role, name) = match &node.role {
        Role::Root => ("root", Value::Null),
        Role::Member(name) => ("member", name.as_str().into()),
        Role::Item => ("item", Value::Null),
        Role::Key => ("key", Value::Null),
        Role::Value => ("value", Value::Null),
    };
    let (kind, content) = match &node.content {
        Content::Absent => ("absent", Value::Null),
        Content::NotKept(hash) => ("not-kept", hash.as_str().into()),
        Content::Text(text) => ("text", text.as_str().into()),
        Content::Json(text) => ("json", text.as_str().into()),
        Content::Structure(children) => ("structure", ids(children)),
        Content::List(children) => ("list", ids(children)),
        Content::Map(entries) => {
            let pairs: Vec<NodeId> = entries.iter().flat_map(MapEntry::nodes).collect();
            ("map", ids(&pairs))
        }
        Content::Union(union) => {
            let both = [&union.members, &union.given].map(|nodes| ids(nodes));
            ("union", both.into_iter().collect())
        }
    };
    let mut parts = vec![
        node.parent.map_or(Value::Null, |parent| parent.0.into()),
        role.into(),
        name,
        node.shape.as_str().into(),
        kind.into(),
        content,
    ];
    if node.is_literal {
        parts.push(LITERAL.into());
    }
    Value::Array(parts)
}

fn ids(nodes: &[NodeId]) -> Value {
    nodes.iter().map(|node| Value::from(node.0)).collect()
}

/// Reads the node at this place of the arena.
fn node(value: &Value, at: usize) -> Option<Node> {
    let [parent, role, name, shape, kind, content, rest @ ..] = value.as_array()?.as_slice() else {
        return None;
    };
    let is_literal = match rest {
        [] => false,
        [mark] if mark == LITERAL => true,
        _ => return None,
    };
    let text = || Some(content.as_str()?.to_owned());
    // Children are made after their parents: what a snapshot links is a tree.
    let nodes = |value: &Value| {
        let ids = value.as_array()?.iter().map(node_id);
        let ids: Option<Vec<NodeId>> = ids.collect();
        ids.filter(|ids| ids.iter().all(|id| id.index() > at))
    };
    let children = || nodes(content);
    Some(Node {
        parent: match parent {
            Value::Null => None,
            _ => Some(node_id(parent)?),
        },
        role: match role.as_str()? {
            "root" => Role::Root,
            "member" => Role::Member(name.as_str()?.to_owned()),
            "item" => Role::Item,
            "key" => Role::Key,
            "value" => Role::Value,
            _ => return None,
        },
        shape: ShapeId::new(shape.as_str()?),
        content: match kind.as_str()? {
            "absent" => Content::Absent,
            "not-kept" => Content::NotKept(text()?),
            "text" => Content::Text(text()?),
            "json" => Content::Json(text()?),
            "structure" => Content::Structure(children()?),
            "list" => Content::List(children()?),
            "map" => Content::Map(pairs(&children()?)?),
            "union" => {
                let [members, given] = content.as_array()?.as_slice() else {
                    return None;
                };
                let (members, given) = (nodes(members)?, nodes(given)?);
                let are_members = given.iter().all(|it| members.contains(it));
                are_members.then_some(Content::Union(Union { members, given }))?
            }
            _ => return None,
        },
        is_literal,
    })
}

fn pairs(nodes: &[NodeId]) -> Option<Vec<MapEntry>> {
    let (pairs, rest) = nodes.as_chunks();
    let entries = pairs.iter().map(|&[key, value]| MapEntry { key, value });
    rest.is_empty().then(|| entries.collect())
}

fn node_id(value: &Value) -> Option<NodeId> {
    value.as_u64()?.try_into().ok().map(NodeId)
}
