//! Which column of a file goes into which member of a request.

mod build;
mod stored;
mod target;

pub use build::{Builder, Column, Step};
pub use target::{Target, TargetKind, targets};

use crate::sheet::Sheet;
use formsmith_run::OperationRef;
use serde_json::Value;

/// How rows become inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// What all rows have: constants, and what the form has. Columns go over it.
    pub base: Value,
    pub rules: Vec<Rule>,
    /// Numbers have a comma before their decimals.
    pub has_decimal_commas: bool,
}

/// One column that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The column's name; a file without it leaves the member out.
    pub column: String,
    /// Member names from the input down. Below a map, and below a list of keys with values as tags
    /// are, the next name is a key. Of a list of entries the only one is meant.
    pub path: Vec<String>,
    /// Several values stand in a cell, with a semicolon between them: for a list.
    pub is_split: bool,
    pub by: By,
}

/// Who has chosen a member for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// They have the same name.
    Name,
    Hand,
}

impl Mapping {
    /// The columns that are called like a member, each into it; the others are not sent.
    #[must_use]
    pub fn by_name(op: OperationRef, sheet: &Sheet, base: Value) -> Self {
        let targets = targets(op);
        let mut rules: Vec<Rule> = Vec::new();
        for column in sheet.columns() {
            let found = target::named(&targets, column);
            let Some((path, is_split)) = found else {
                continue;
            };
            // The first of several columns has it.
            if rules.iter().all(|rule| rule.path != path) {
                rules.push(Rule {
                    column: column.clone(),
                    path,
                    is_split,
                    by: By::Name,
                });
            }
        }
        Self {
            base,
            rules,
            has_decimal_commas: false,
        }
    }

    /// Sends a column into a member, and not where it or what was there went before.
    pub fn choose(&mut self, column: &str, target: &Target) {
        self.leave_out(column);
        let path = target.path.clone();
        self.rules.retain(|rule| rule.path != path);
        self.rules.push(Rule {
            column: column.to_owned(),
            path,
            is_split: target.kind == TargetKind::List,
            by: By::Hand,
        });
    }

    /// Sends a column no more.
    pub fn leave_out(&mut self, column: &str) {
        self.rules.retain(|rule| rule.column != column);
    }

    /// Where a column goes, if it is sent.
    #[must_use]
    pub fn rule(&self, column: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.column == column)
    }
}
