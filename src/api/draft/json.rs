//! Draft ↔ JSON.

use super::mistake::{JsonMistake, MistakeKind};
use super::{Content, Draft, MapEntry, NodeId, Role};
use crate::model::{Model, Operation, Place, ShapeKind};
use crate::validate;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

impl Draft {
    /// The input this draft stands for. A number that isn't one yet stays a text, and of map
    /// entries with equal keys the last remains: neither can be sent.
    pub fn to_json(&self, model: &Model, id: NodeId) -> Value {
        serde_json::from_str(&self.to_text(model, id)).unwrap_or_default()
    }

    /// The same as text, indented, with every map entry: what the JSON view shows.
    pub fn to_text(&self, model: &Model, id: NodeId) -> String {
        let mut text = String::new();
        self.write(model, id, 0, &mut text);
        text
    }

    fn write(&self, model: &Model, id: NodeId, depth: usize, out: &mut String) {
        match self.content(id) {
            Content::Absent => out.push_str("null"),
            Content::Text(text) => out.push_str(&self.scalar(model, id, text)),
            Content::Json(text) => match serde_json::from_str::<Value>(text) {
                Ok(value) => out.push_str(&value.to_string()),
                Err(_) => out.push_str(&quoted(text)),
            },
            Content::Structure(members) => {
                let present = members
                    .iter()
                    .filter(|&&member| *self.content(member) != Content::Absent);
                let pairs = present.filter_map(|&member| match &self.node(member)?.role {
                    Role::Member(name) => Some((Some(quoted(name)), member)),
                    _ => None,
                });
                self.write_all(model, ('{', '}'), &pairs.collect::<Vec<_>>(), depth, out);
            }
            Content::List(items) => {
                let items: Vec<_> = items.iter().map(|&item| (None, item)).collect();
                self.write_all(model, ('[', ']'), &items, depth, out);
            }
            Content::Map(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|entry| (Some(quoted(self.text(entry.key))), entry.value))
                    .collect();
                self.write_all(model, ('{', '}'), &entries, depth, out);
            }
        }
    }

    fn write_all(
        &self,
        model: &Model,
        (open, close): (char, char),
        children: &[(Option<String>, NodeId)],
        depth: usize,
        out: &mut String,
    ) {
        out.push(open);
        for (at, (name, child)) in children.iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&"  ".repeat(depth + 1));
            if let Some(name) = name {
                out.push_str(name);
                out.push_str(": ");
            }
            self.write(model, *child, depth + 1, out);
        }
        if !children.is_empty() {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
        out.push(close);
    }

    fn scalar(&self, model: &Model, id: NodeId, text: &str) -> String {
        let kind = self.place(model, id).map(|place| &place.shape.kind);
        let bare = match kind {
            Some(ShapeKind::Boolean) => matches!(text, "true" | "false"),
            Some(ShapeKind::Integer { .. } | ShapeKind::Float | ShapeKind::Timestamp) => {
                serde_json::from_str::<f64>(text).is_ok()
            }
            _ => false,
        };
        if bare {
            text.trim().to_owned()
        } else {
            quoted(text)
        }
    }

    /// Reads a text as an input of the operation. Violations of constraints are no mistakes
    /// here; they show at the fields.
    pub fn from_text(
        model: &Model,
        operation: &Operation,
        text: &str,
    ) -> Option<Result<Self, JsonMistake>> {
        let place = model.root(operation.input.as_ref()?)?;
        let mut draft = Self {
            nodes: BTreeMap::new(),
            root: NodeId(0),
            next: 0,
        };
        let mut mistake = None;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let seed = Reader {
            model,
            place,
            draft: &mut draft,
            mistake: &mut mistake,
            parent: None,
            role: Role::Root,
        };
        let result = seed.deserialize(&mut deserializer);
        let result = result.and_then(|root| deserializer.end().map(|()| root));
        Some(match result {
            Ok(root) => {
                draft.root = root;
                Ok(draft)
            }
            Err(error) => Err(JsonMistake::at(text, &error, mistake)),
        })
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Reads one value into a node of the draft, guided by the model.
struct Reader<'a> {
    model: &'a Model,
    place: Place<'a>,
    draft: &'a mut Draft,
    mistake: &'a mut Option<MistakeKind>,
    parent: Option<NodeId>,
    role: Role,
}

impl<'a> Reader<'a> {
    fn child<'b>(&'b mut self, parent: NodeId, role: Role, place: Place<'b>) -> Reader<'b> {
        Reader {
            model: self.model,
            place,
            draft: self.draft,
            mistake: self.mistake,
            parent: Some(parent),
            role,
        }
    }

    fn add(&mut self) -> NodeId {
        let shape = self.place.shape.id.clone();
        self.draft.add(self.parent, self.role.clone(), shape)
    }

    fn refuse<E: Error>(&mut self, kind: MistakeKind) -> E {
        self.mistake.get_or_insert(kind);
        E::custom("")
    }

    fn wrong_type<E: Error>(&mut self) -> E {
        let expected = validate::expected(&self.place.shape.kind);
        self.refuse(MistakeKind::WrongType { expected })
    }

    fn text<E: Error>(mut self, text: String) -> Result<NodeId, E> {
        let id = self.add();
        self.draft.set_content(id, Content::Text(text));
        Ok(id)
    }

    fn number<E: Error>(mut self, text: String) -> Result<NodeId, E> {
        match self.place.shape.kind {
            ShapeKind::Integer { .. } | ShapeKind::Float | ShapeKind::Timestamp => self.text(text),
            _ => Err(self.wrong_type()),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = NodeId;

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<NodeId, D::Error> {
        if matches!(self.place.shape.kind, ShapeKind::Other(_)) {
            let value = <Value as serde::Deserialize>::deserialize(deserializer)?;
            let id = self.add();
            self.draft.set_content(id, Content::Json(value.to_string()));
            return Ok(id);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = NodeId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(validate::expected(&self.place.shape.kind))
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<NodeId, E> {
        match self.place.shape.kind {
            ShapeKind::String | ShapeKind::Enum(_) => self.text(text.into()),
            _ => Err(self.wrong_type()),
        }
    }

    fn visit_bool<E: Error>(mut self, value: bool) -> Result<NodeId, E> {
        match self.place.shape.kind {
            ShapeKind::Boolean => self.text(value.to_string()),
            _ => Err(self.wrong_type()),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<NodeId, E> {
        self.number(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<NodeId, E> {
        self.number(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<NodeId, E> {
        self.number(value.to_string())
    }

    /// `null` is how some clients write "absent"; an item has to be something.
    fn visit_unit<E: Error>(mut self) -> Result<NodeId, E> {
        match self.role {
            Role::Member(_) => Ok(self.add()),
            _ => Err(self.wrong_type()),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<NodeId, A::Error> {
        let place = match &self.place.shape.kind {
            ShapeKind::List(member) => self.model.place(member),
            _ => None,
        };
        let Some(place) = place else {
            return Err(self.wrong_type());
        };
        let id = self.add();
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self.child(id, Role::Item, place))? {
            items.push(item);
        }
        self.draft.set_content(id, Content::List(items));
        Ok(id)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NodeId, A::Error> {
        match &self.place.shape.kind {
            ShapeKind::Structure(_) => self.structure(map),
            ShapeKind::Map { .. } => self.map(map),
            _ => {
                let mut reader = self;
                Err(reader.wrong_type())
            }
        }
    }
}

impl<'a> Reader<'a> {
    fn structure<'de, A: MapAccess<'de>>(mut self, mut map: A) -> Result<NodeId, A::Error> {
        let id = self.add();
        let members = self.place.shape.members();
        let mut children: BTreeMap<usize, NodeId> = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let Some(at) = members.iter().position(|member| member.name == name) else {
                let known = members.iter().map(|member| member.name.clone()).collect();
                return Err(self.refuse(MistakeKind::UnknownMember { name, known }));
            };
            let Some(place) = self.model.place(&members[at]) else {
                return Err(self.wrong_type());
            };
            if children.contains_key(&at) {
                return Err(self.refuse(MistakeKind::Twice { name }));
            }
            let child = map.next_value_seed(self.child(id, Role::Member(name), place))?;
            children.insert(at, child);
        }
        // Every member has a node, whether it was written or not.
        for (at, member) in members.iter().enumerate() {
            if children.contains_key(&at) {
                continue;
            }
            if let Some(place) = self.model.place(member) {
                let role = Role::Member(member.name.clone());
                let child = self.draft.add(Some(id), role, place.shape.id.clone());
                children.insert(at, child);
            }
        }
        let children = children.into_values().collect();
        self.draft.set_content(id, Content::Structure(children));
        Ok(id)
    }

    fn map<'de, A: MapAccess<'de>>(mut self, mut map: A) -> Result<NodeId, A::Error> {
        let places = match &self.place.shape.kind {
            ShapeKind::Map { key, value } => self.model.place(key).zip(self.model.place(value)),
            _ => None,
        };
        let Some((key_place, value_place)) = places else {
            return Err(self.wrong_type());
        };
        let id = self.add();
        let mut entries: Vec<MapEntry> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if entries.iter().any(|entry| self.draft.text(entry.key) == name) {
                return Err(self.refuse(MistakeKind::Twice { name }));
            }
            let key = self.child(id, Role::Key, key_place).text(name)?;
            let value = map.next_value_seed(self.child(id, Role::Value, value_place))?;
            entries.push(MapEntry { key, value });
        }
        self.draft.set_content(id, Content::Map(entries));
        Ok(id)
    }
}
