//! A text that is JSON, read into a draft as the model guides.
//!
//! Whether the text is JSON at all is settled first. Walking through it again, instead of
//! through the value it stands for, tells where each part was written and keeps numbers as
//! typed and members that stand twice.

use super::mistake::{JsonMistake, MistakeKind};
use super::{Content, Draft, MapEntry, NodeId, Role, Union};
use crate::model::{Member, Model, Operation, Place, ShapeKind};
use crate::placeholder;
use crate::secret;
use crate::validate;
use serde_json::Value;

impl Draft {
    /// Reads a text as an input of the operation. Violations of constraints are no mistakes
    /// here; they show at the fields.
    pub fn from_text(
        model: &Model,
        operation: &Operation,
        text: &str,
    ) -> Option<Result<Self, JsonMistake>> {
        Self::read(model, operation, text, false)
    }

    /// The same for what was saved: a text in the place of a number is taken as what its field holds,
    /// as [`Draft::to_text`] writes it, and checked there.
    pub fn from_saved(
        model: &Model,
        operation: &Operation,
        text: &str,
    ) -> Option<Result<Self, JsonMistake>> {
        Self::read(model, operation, text, true)
    }

    fn read(
        model: &Model,
        operation: &Operation,
        text: &str,
        is_saved: bool,
    ) -> Option<Result<Self, JsonMistake>> {
        let place = model.input(operation)?;
        if let Err(error) = serde_json::from_str::<Value>(text) {
            return Some(Err(JsonMistake::syntax(text, &error)));
        }
        let mut reader = Reader {
            model,
            text,
            at: 0,
            draft: Self::default(),
            is_saved,
        };
        let read = match reader.value(place, None, Role::Root) {
            Ok(root) => Ok(Self {
                root,
                ..reader.draft
            }),
            Err((at, kind)) => Err(JsonMistake::at(text, at, kind)),
        };
        Some(read)
    }
}

/// A mistake and the byte it is at.
type Found = (usize, MistakeKind);

struct Reader<'a> {
    model: &'a Model,
    /// Known to be JSON: so a string ends, and what comes next is what may come next.
    text: &'a str,
    /// The byte that comes next.
    at: usize,
    draft: Draft,
    /// Is a text in the place of a number what somebody typed there?
    is_saved: bool,
}

impl<'a> Reader<'a> {
    /// The byte that comes next, after white space.
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or_default()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    /// The text of one value, which is passed over.
    fn passed(&mut self) -> &'a str {
        self.peek();
        let bytes = self.text.as_bytes();
        let from = self.at;
        let (mut depth, mut in_string) = (0_usize, false);
        while let Some(byte) = bytes.get(self.at) {
            let is_end = match byte {
                b'\\' if in_string => {
                    self.at += 1;
                    false
                }
                b'"' => {
                    in_string = !in_string;
                    !in_string && depth == 0
                }
                _ if in_string => false,
                b'[' | b'{' => {
                    depth += 1;
                    false
                }
                b',' | b']' | b'}' if depth == 0 => break,
                b']' | b'}' => {
                    depth -= 1;
                    depth == 0
                }
                _ => depth == 0 && byte.is_ascii_whitespace(),
            };
            self.at += 1;
            if is_end {
                break;
            }
        }
        self.text.get(from..self.at).unwrap_or_default().trim_end()
    }

    /// Passes over what stands for a secret that is not stored; returns its hash.
    fn hole(&mut self) -> Option<String> {
        if self.peek() != b'{' {
            return None;
        }
        let at = self.at;
        let value = serde_json::from_str(self.passed()).ok();
        let hash = value.as_ref().and_then(secret::hole_hash);
        if hash.is_none() {
            self.at = at;
        }
        hash.map(str::to_owned)
    }

    fn string(&mut self) -> String {
        match serde_json::from_str(self.passed()) {
            Ok(Value::String(text)) => text,
            _ => String::new(),
        }
    }

    /// Reads one value into a new node.
    fn value(
        &mut self,
        place: Place<'_>,
        parent: Option<NodeId>,
        role: Role,
    ) -> Result<NodeId, Found> {
        let first = self.peek();
        let at = self.at;
        let (is_member, is_root) = (matches!(role, Role::Member(_)), role == Role::Root);
        let id = self.draft.add(parent, role, place.shape.id.clone());
        if !is_root && let Some(hash) = self.hole() {
            self.draft.set_content(id, Content::NotKept(hash));
            return Ok(id);
        }
        let content = match (&place.shape.kind, first) {
            (kind, _) if kind.is_json() && !is_root => Content::Json(self.passed().into()),
            // `null` is how some clients write "absent"; an item has to be something.
            (_, b'n') if is_member => {
                self.passed();
                Content::Absent
            }
            (ShapeKind::Structure(members), b'{') => {
                Content::Structure(self.structure(members, id)?)
            }
            (ShapeKind::Union(members), b'{') => {
                let members = self.structure(members, id)?;
                let mut given = members.clone();
                given.retain(|&member| *self.draft.content(member) != Content::Absent);
                Content::Union(Union { members, given })
            }
            (ShapeKind::Map { key, value }, b'{') => self.map(key, value, id)?,
            (ShapeKind::List(member), b'[') => self.list(member, id)?,
            (
                ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob | ShapeKind::Timestamp,
                b'"',
            ) => Content::Text(self.string()),
            (kind, b'"') if kind.is_number() || matches!(kind, ShapeKind::Boolean) => {
                let text = self.string();
                let is_float = matches!(kind, ShapeKind::Float | ShapeKind::Double);
                let is_special = is_float && validate::is_special(&text);
                let is_typed = self.is_saved && kind.is_number();
                if !is_typed && !is_special && placeholder::name(&text).is_none() {
                    let expected = validate::expected(kind);
                    return Err((at, MistakeKind::WrongType { expected }));
                }
                Content::Text(text)
            }
            (ShapeKind::Boolean, b't' | b'f') => Content::Text(self.passed().into()),
            (kind, b'-' | b'0'..=b'9') if kind.is_number() => Content::Text(self.passed().into()),
            (kind, _) => {
                let expected = validate::expected(kind);
                return Err((at, MistakeKind::WrongType { expected }));
            }
        };
        self.draft.set_content(id, content);
        Ok(id)
    }

    /// Reads the value of a member, item, key or entry.
    fn member(&mut self, member: &Member, parent: NodeId, role: Role) -> Result<NodeId, Found> {
        match self.model.place(member) {
            Some(place) => self.value(place, Some(parent), role),
            // Loading a model makes sure that every target exists.
            None => Err((self.at, MistakeKind::WrongType { expected: "value" })),
        }
    }

    fn list(&mut self, member: &Member, id: NodeId) -> Result<Content, Found> {
        let mut items = Vec::new();
        self.eat(b'[');
        while !self.eat(b']') {
            items.push(self.member(member, id, Role::Item)?);
            self.eat(b',');
        }
        Ok(Content::List(items))
    }

    /// A node for each member.
    fn structure(&mut self, members: &[Member], id: NodeId) -> Result<Vec<NodeId>, Found> {
        let mut children: Vec<Option<NodeId>> = vec![None; members.len()];
        self.eat(b'{');
        while !self.eat(b'}') {
            let (at, name) = (self.at, self.string());
            self.eat(b':');
            let Some(place) = members.iter().position(|member| member.name == name) else {
                let known = members.iter().map(|member| member.name.clone()).collect();
                return Err((at, MistakeKind::UnknownMember { name, known }));
            };
            if children[place].is_some() {
                return Err((at, MistakeKind::Twice { name }));
            }
            let child = self.member(&members[place], id, Role::Member(name))?;
            children[place] = Some(child);
            self.eat(b',');
        }
        // Every member has a node, whether it was written or not.
        let present = children.into_iter().zip(members);
        let children = present.map(|(child, member)| {
            child.unwrap_or_else(|| {
                let role = Role::Member(member.name.clone());
                self.draft.add(Some(id), role, member.target.clone())
            })
        });
        Ok(children.collect())
    }

    fn map(&mut self, key: &Member, value: &Member, id: NodeId) -> Result<Content, Found> {
        let mut entries: Vec<MapEntry> = Vec::new();
        let mut places = Vec::new();
        self.eat(b'{');
        while !self.eat(b'}') {
            places.push(self.at);
            let key = self.member(key, id, Role::Key)?;
            self.eat(b':');
            let value = self.member(value, id, Role::Value)?;
            entries.push(MapEntry { key, value });
            self.eat(b',');
        }
        if let Some(&at) = self.draft.repeated_keys(&entries).first() {
            let name = self.draft.text(entries[at].key).to_owned();
            return Err((places[at], MistakeKind::Twice { name }));
        }
        Ok(Content::Map(entries))
    }
}
