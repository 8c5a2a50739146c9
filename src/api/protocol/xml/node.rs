//! A document as a tree of elements.

use crate::protocol::{Format, NotUnderstood};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

/// Answers of AWS are far from that deep; one that is deeper is not read.
const DEPTH: usize = 128;

/// An element. Names are without their prefix.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    /// With their prefixes.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// All text directly within it.
    pub text: String,
}

impl Node {
    /// Reads a document; `None` if there is nothing in it.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, NotUnderstood> {
        let text = std::str::from_utf8(bytes).map_err(|_| NOT_XML)?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let mut reader = Reader::from_str(text);
        // The elements that are open, from a root that stands around the document.
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().map_err(|_| NOT_XML)? {
                Event::Start(start) => {
                    open.push(Self::start(&start)?);
                    if open.len() > DEPTH {
                        return Err(NOT_XML);
                    }
                }
                Event::Empty(start) => {
                    let node = Self::start(&start)?;
                    open.last_mut().ok_or(NOT_XML)?.children.push(node);
                }
                Event::End(_) => {
                    let node = open.pop().ok_or(NOT_XML)?;
                    open.last_mut().ok_or(NOT_XML)?.children.push(node);
                }
                Event::Text(text) => {
                    let text = text.xml10_content();
                    open.last_mut().ok_or(NOT_XML)?.text.push_str(&text);
                }
                Event::CData(text) => {
                    let text = text.xml10_content();
                    open.last_mut().ok_or(NOT_XML)?.text.push_str(&text);
                }
                Event::GeneralRef(reference) => {
                    let at = open.last_mut().ok_or(NOT_XML)?;
                    match reference.resolve_char_ref().map_err(|_| NOT_XML)? {
                        Some(character) => at.text.push(character),
                        None => {
                            let text = quick_xml::escape::resolve_predefined_entity(&reference);
                            at.text.push_str(text.ok_or(NOT_XML)?);
                        }
                    }
                }
                Event::Eof => break,
                // Declarations, comments and instructions say nothing. A document type does not
                // occur, and what it could define is not resolved.
                _ => {}
            }
        }
        match (open.len(), open.pop()) {
            (1, Some(mut document)) if document.children.len() == 1 => Ok(document.children.pop()),
            (1, _) => Err(NOT_XML),
            _ => Err(NotUnderstood::CutOff),
        }
    }

    fn start(start: &BytesStart<'_>) -> Result<Self, NotUnderstood> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| NOT_XML)?;
            let key = attribute.key.as_ref();
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|_| NOT_XML)?;
            attributes.push((key.to_owned(), value.into_owned()));
        }
        Ok(Self {
            name: start.local_name().as_ref().to_owned(),
            attributes,
            ..Self::default()
        })
    }

    /// The first element of this name within it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of this name.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// What a model knows nothing of: a text, or an object of the elements within. Those that
    /// occur several times are a list.
    pub fn value(&self) -> Value {
        if self.children.is_empty() {
            return self.text.as_str().into();
        }
        let mut object = Map::new();
        for child in &self.children {
            match object.get_mut(&child.name) {
                None => {
                    object.insert(child.name.clone(), child.value());
                }
                Some(Value::Array(items)) => items.push(child.value()),
                Some(first) => *first = Value::Array(vec![first.take(), child.value()]),
            }
        }
        Value::Object(object)
    }
}

pub const NOT_XML: NotUnderstood = NotUnderstood::NotInFormat(Format::Xml);
