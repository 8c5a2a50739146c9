//! A mapping as JSON, as a preset has it.

use super::{By, Mapping, Rule};
use serde_json::{Value, json};

const VERSION: u32 = 1;

impl Mapping {
    /// As it is stored. What all rows have goes with it: whoever stores it takes secrets out before.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|rule| {
                json!({
                    "column": rule.column, "path": rule.path, "isSplit": rule.is_split,
                    "byHand": rule.by == By::Hand,
                })
            })
            .collect();
        json!({
            "version": VERSION, "base": self.base, "rules": rules,
            "hasDecimalCommas": self.has_decimal_commas,
        })
    }

    /// None for what is no mapping of this version.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        if value["version"] != VERSION {
            return None;
        }
        let rules = value["rules"].as_array()?.iter().map(|rule| {
            let path = rule["path"].as_array()?.iter();
            let path = path.map(|name| Some(name.as_str()?.to_owned()));
            Some(Rule {
                column: rule["column"].as_str()?.to_owned(),
                path: path.collect::<Option<_>>()?,
                is_split: rule["isSplit"] == true,
                by: match rule["byHand"] == true {
                    true => By::Hand,
                    false => By::Name,
                },
            })
        });
        Some(Self {
            rules: rules.collect::<Option<_>>()?,
            base: value["base"].clone(),
            has_decimal_commas: value["hasDecimalCommas"] == true,
        })
    }
}
