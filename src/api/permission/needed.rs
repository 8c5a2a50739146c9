//! What a request needs, and the policy that allows it.

use super::Denial;
use super::arn;
use crate::json;
use crate::model::{Operation, Service};
use serde_json::{Map, Value, json};

/// What stands for anything.
pub(super) const ANY: &str = "*";

/// Where the request goes.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The region's partition, as [`crate::endpoint::partition_of`] tells.
    pub partition: &'a str,
    pub region: &'a str,
    pub account: Option<&'a str>,
}

/// Where it is known from which actions an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// IAM's reference.
    Reference,
    /// Only the name of the operation.
    Name,
}

/// What IAM has to allow for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    pub origin: Origin,
    pub grants: Vec<Grant>,
    /// What would narrow the policy to requests like this one.
    pub conditions: Vec<Condition>,
    /// Actions that it may need besides, depending on what it asks for and how things are set up.
    pub also: Vec<String>,
    /// What `*` stands for, as the templates of ARNs call it: the request doesn't name it, or it
    /// isn't known here.
    pub unknown: Vec<String>,
    /// The actions that can't be limited to resources.
    pub unlimited: Vec<String>,
    /// Those of which the request doesn't name the resource.
    pub unnamed: Vec<String>,
}

/// An action on resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub action: String,
    pub resources: Vec<Resource>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// An ARN, with `*` for what is not known.
    pub arn: String,
    /// Which of the conditions hold for it.
    pub conditions: Vec<usize>,
}

/// What the request has in a key that IAM can compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `StringEquals`
    pub operator: String,
    /// `ec2:InstanceType`
    pub key: String,
    pub values: Vec<Value>,
}

impl Needed {
    /// What the name of an operation tells: an action of the same name, on anything.
    pub fn guessed(service: &Service, operation: &Operation) -> Self {
        let action = format!("{}:{}", service.iam_prefix, operation.name());
        let resources = vec![Resource {
            arn: ANY.into(),
            conditions: Vec::new(),
        }];
        Self {
            origin: Origin::Name,
            grants: vec![Grant { action, resources }],
            conditions: Vec::new(),
            also: Vec::new(),
            unknown: Vec::new(),
            unlimited: Vec::new(),
            unnamed: Vec::new(),
        }
    }

    /// Takes in what the service's message says was denied: it knows better.
    pub fn heed(&mut self, denial: &Denial) {
        let arn = denial.resource.as_deref();
        let known = self.grants.iter_mut().find(|it| it.action == denial.action);
        let Some(grant) = known else {
            let arn = arn.unwrap_or(ANY).to_owned();
            let conditions = Vec::new();
            let grant = Grant {
                action: denial.action.clone(),
                resources: vec![Resource { arn, conditions }],
            };
            // What the name alone told was wrong.
            match self.origin {
                Origin::Name => self.grants = vec![grant],
                Origin::Reference => self.grants.insert(0, grant),
            }
            self.also.retain(|it| *it != denial.action);
            return;
        };
        let Some(arn) = arn else { return };
        let mut conditions = Vec::new();
        grant.resources.retain_mut(|it| {
            let is_it = arn::covers(&it.arn, arn);
            if is_it {
                conditions = std::mem::take(&mut it.conditions);
            }
            !is_it
        });
        let arn = arn.to_owned();
        grant.resources.insert(0, Resource { arn, conditions });
        self.forget_known();
    }

    /// What was open and is known by now is said no more.
    fn forget_known(&mut self) {
        let grants = &self.grants;
        let is_open = |action: &String| {
            let mut of = grants.iter().filter(|it| it.action == *action);
            of.any(|it| it.resources.iter().any(|it| it.arn == ANY))
        };
        self.unnamed.retain(is_open);
        self.unlimited.retain(is_open);
        let mut arns = grants.iter().flat_map(|it| &it.resources);
        if !arns.any(|it| it.arn.contains(ANY)) {
            self.unknown.clear();
        }
    }

    /// The policy document that allows it, as text for people. `chosen` are conditions.
    pub fn policy(&self, chosen: &[usize]) -> String {
        let mut statements: Vec<Statement<'_>> = Vec::new();
        for grant in &self.grants {
            let mut parts: Vec<(Vec<usize>, Vec<&str>)> = Vec::new();
            for resource in &grant.resources {
                let held = resource.conditions.iter().copied();
                let held: Vec<usize> = held.filter(|it| chosen.contains(it)).collect();
                match parts.iter_mut().find(|(its, _)| *its == held) {
                    Some((_, arns)) => arns.push(&resource.arn),
                    None => parts.push((held, vec![&resource.arn])),
                }
            }
            for (conditions, arns) in parts {
                let same = |it: &&mut Statement<'_>| it.arns == arns && it.conditions == conditions;
                match statements.iter_mut().find(same) {
                    Some(statement) => statement.actions.push(&grant.action),
                    None => statements.push(Statement {
                        actions: vec![&grant.action],
                        arns,
                        conditions,
                    }),
                }
            }
        }
        let statements: Vec<Value> = statements.iter().map(|it| it.written(self)).collect();
        json::indented(&json!({ "Version": "2012-10-17", "Statement": statements }))
    }
}

struct Statement<'a> {
    actions: Vec<&'a str>,
    arns: Vec<&'a str>,
    conditions: Vec<usize>,
}

impl Statement<'_> {
    fn written(&self, needed: &Needed) -> Value {
        let mut statement = json!({
            "Effect": "Allow",
            "Action": one_or_all(&self.actions),
            "Resource": one_or_all(&self.arns),
        });
        let mut compared = Map::new();
        for condition in self.conditions.iter().map(|at| &needed.conditions[*at]) {
            let keys = compared
                .entry(&condition.operator)
                .or_insert_with(|| json!({}));
            keys[&condition.key] = one_or_all(&condition.values);
        }
        if !compared.is_empty() {
            statement["Condition"] = compared.into();
        }
        statement
    }
}

fn one_or_all<T: Clone + Into<Value>>(all: &[T]) -> Value {
    match all {
        [one] => one.clone().into(),
        all => Value::Array(all.iter().map(|it| it.clone().into()).collect()),
    }
}
