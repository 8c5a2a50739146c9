//! The JSON AST as it is written in files.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct Document {
    pub smithy: String,
    #[serde(default)]
    pub shapes: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct AstShape {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub traits: Map<String, Value>,
    #[serde(default)]
    pub members: Map<String, Value>,
    pub member: Option<AstMember>,
    pub key: Option<AstMember>,
    pub value: Option<AstMember>,
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub operations: Vec<AstReference>,
    pub input: Option<AstReference>,
    pub output: Option<AstReference>,
    #[serde(default)]
    pub errors: Vec<AstReference>,
}

#[derive(Deserialize)]
pub struct AstMember {
    pub target: String,
    #[serde(default)]
    pub traits: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct AstReference {
    pub target: String,
}
