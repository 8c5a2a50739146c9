//! The values of traits, read from the AST.

use super::Batch;
use super::ast::{Malformed, ObjectNode, must_be, text};
use super::traits::{EndpointRule, Example, Fault, Http, Label, Length, Paginated, Range, State};
use serde_json::{Number, Value};

impl Length {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            min: ast.integer("min")?.map(|min| min as usize),
            max: ast.integer("max")?.map(|max| max as usize),
        })
    }
}

impl Range {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            min: number(ast, "min")?,
            max: number(ast, "max")?,
        })
    }
}

impl Http {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            method: ast.text("method")?,
            uri: ast.text("uri")?,
            code: status(ast.integer("code")?.unwrap_or(200))?,
        })
    }
}

impl Fault {
    pub(super) fn read(value: &Value) -> Result<Self, Malformed> {
        match value.as_str() {
            Some("client") => Ok(Self::Client),
            Some("server") => Ok(Self::Server),
            _ => Err(must_be("the trait", "client or server")),
        }
    }
}

impl State {
    pub(super) fn read(value: &Value) -> Result<Self, Malformed> {
        Ok(match value.as_str() {
            Some("pending") => Self::Pending,
            Some("running") => Self::Running,
            Some("failing") => Self::Failing,
            Some("succeeded") => Self::Succeeded,
            Some("failed") => Self::Failed,
            _ => {
                let states = "pending, running, failing, succeeded or failed";
                return Err(must_be("the trait", states));
            }
        })
    }
}

impl Paginated {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            input_tokens: Vec::from_iter(ast.optional_text("inputToken")?),
            output_tokens: Vec::from_iter(ast.optional_text("outputToken")?),
            more: None,
            items: ast.optional_text("items")?,
            more_items: Vec::new(),
            page_size: ast.optional_text("pageSize")?,
        })
    }
}

impl Paginated {
    /// Where in the output stands what goes on from page to page.
    pub fn results(&self) -> impl Iterator<Item = &str> {
        self.items
            .iter()
            .chain(&self.more_items)
            .map(String::as_str)
    }

    /// Takes over what it doesn't say itself.
    pub(super) fn fill(&mut self, of_service: Option<&Self>) {
        let Some(other) = of_service else {
            return;
        };
        let tokens = [
            (&mut self.input_tokens, &other.input_tokens),
            (&mut self.output_tokens, &other.output_tokens),
        ];
        for (own, other) in tokens {
            if own.is_empty() {
                own.clone_from(other);
            }
        }
        let pairs = [
            (&mut self.items, &other.items),
            (&mut self.page_size, &other.page_size),
        ];
        for (own, other) in pairs {
            if own.is_none() {
                own.clone_from(other);
            }
        }
    }
}

impl Example {
    pub(super) fn read_all(value: &Value) -> Result<Vec<Self>, Malformed> {
        let examples = value.as_array();
        let examples = examples.ok_or_else(|| must_be("the trait", "an array"))?;
        examples.iter().map(Self::read).collect()
    }

    fn read(value: &Value) -> Result<Self, Malformed> {
        let ast = ObjectNode::of(value, "the example")?;
        Ok(Self {
            title: ast.text("title")?,
            documentation: ast.optional_text("documentation")?,
            input: ast.get("input").cloned().unwrap_or_default(),
        })
    }
}

impl Label {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            title: ast.optional_text("title")?.unwrap_or_default(),
            verb: ast.optional_text("verb")?,
            done: ast.optional_text("done")?,
            item: ast.optional_text("item")?,
            items: ast.optional_text("items")?,
        })
    }
}

impl Batch {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        let entry_key = ast.texts("entryKey")?;
        if entry_key.is_empty() {
            return Err(must_be("entryKey", "an array with the name of a member"));
        }
        Ok(Self {
            entries: ast.text("entries")?,
            failed: ast.text("failed")?,
            succeeded: ast.optional_text("succeeded")?,
            entry_key,
            code: ast.text("code")?,
            message: ast.text("message")?,
            retryable: ast.texts("retryable")?,
            done: ast.text("done")?,
            inferred: None,
        })
    }
}

impl EndpointRule {
    pub(super) fn read(ast: ObjectNode<'_>) -> Result<Self, Malformed> {
        let partition_region = match ast.object("partitionRegion")? {
            Some(regions) => texts(regions)?,
            None => Vec::new(),
        };
        Ok(Self {
            prefix: ast.text("prefix")?,
            dual_stack: ast.flag("dualStack")?,
            partition_region,
        })
    }
}

/// The members of an object whose values are all strings.
pub fn texts(ast: ObjectNode<'_>) -> Result<Vec<(String, String)>, Malformed> {
    let members = ast.members().iter();
    members
        .map(|(name, value)| Ok((name.clone(), text(value, name)?)))
        .collect()
}

/// An HTTP status.
pub fn status(number: u64) -> Result<u16, Malformed> {
    u16::try_from(number).map_err(|_| must_be("the status", "a number of HTTP"))
}

fn number(ast: ObjectNode<'_>, name: &str) -> Result<Option<Number>, Malformed> {
    match ast.get(name) {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(Some(number.clone())),
        Some(_) => Err(must_be(name, "a number")),
    }
}
