//! From the JSON of a rule set to rules. What isn't understood is an error: a rule that was left
//! out would send requests elsewhere.

use crate::parameters::{Filled, Given, Kind, Parameter, Source};
use crate::path::Path;
use crate::rules::{
    Condition, Expression, Flag, Outcome, Rule, RuleSet, SchemeTemplate, Substring, Template, Text,
};
use crate::scope::{Attribute, Scope, Type, attribute, template};
use crate::url::Url;
use crate::{Malformed, malformed};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl RuleSet {
    /// Reads a rule set: `version`, `parameters` and `rules` of Smithy's, and `contexts`, an object
    /// by operation and parameter, of a path into the input or an object with the `value`.
    pub fn read(document: &str) -> Result<Self, Malformed> {
        let document: Value =
            serde_json::from_str(document).map_err(|error| Malformed(error.to_string()))?;
        let version = &document["version"];
        if version != "1.0" {
            return malformed(format!("the version of the rules is {version}"));
        }
        let described = members(&document, "parameters")?;
        let parameters: Result<Vec<_>, _> = described.map(parameter).collect();
        let mut parameters = parameters?;
        let mut scope = Scope::new(&parameters);
        let rules = rules(&mut scope, &document)?;
        for (at, parameter) in parameters.iter_mut().enumerate() {
            parameter.is_used = scope.is_used(at);
        }
        let mut contexts = BTreeMap::new();
        if document.get("contexts").is_some() {
            for (operation, sources) in members(&document, "contexts")? {
                let sources = context(&parameters, sources);
                let sources = sources.map_err(|Malformed(what)| within(operation, &what))?;
                contexts.insert(operation.as_str().into(), sources);
            }
        }
        Ok(Self {
            slots: scope.most,
            parameters,
            rules,
            contexts,
        })
    }
}

fn within(at: &str, what: &str) -> Malformed {
    Malformed(format!("{at}: {what}"))
}

fn members<'a>(
    of: &'a Value,
    name: &str,
) -> Result<impl Iterator<Item = (&'a String, &'a Value)>, Malformed> {
    match of.get(name).and_then(Value::as_object) {
        Some(members) => Ok(members.iter()),
        None => malformed(format!("{name} is no object")),
    }
}

fn list<'a>(of: &'a Value, name: &str) -> Result<&'a [Value], Malformed> {
    match of.get(name).and_then(Value::as_array) {
        Some(list) => Ok(list),
        None => malformed(format!("{name} is no list")),
    }
}

fn parameter((name, described): (&String, &Value)) -> Result<Parameter, Malformed> {
    let kind = match described["type"].as_str().unwrap_or_default() {
        "string" | "String" => Kind::Text,
        "boolean" | "Boolean" => Kind::Flag,
        "stringArray" => Kind::Texts,
        other => return Err(within(name, &format!("its type is {other}"))),
    };
    let default = Given::read(&described["default"]).filter(|given| given.is_of(kind));
    let built_in = described["builtIn"].as_str();
    Ok(Parameter {
        name: name.as_str().into(),
        kind,
        built_in: built_in.map(Box::from),
        filled: Filled::of(name, built_in),
        default: default.ok_or_else(|| within(name, "its default is of another type"))?,
        is_required: described["required"].as_bool().unwrap_or_default(),
        is_used: false,
    })
}

fn context(parameters: &[Parameter], sources: &Value) -> Result<Box<[(usize, Source)]>, Malformed> {
    let Some(sources) = sources.as_object() else {
        return malformed("its context is no object");
    };
    let sources = sources.iter().map(|(name, source)| {
        let mut all = parameters.iter();
        let Some(at) = all.position(|parameter| *parameter.name == **name) else {
            return malformed(format!("there is no parameter {name}"));
        };
        let source = match source {
            Value::String(path) => Source::Input(Path::parse(path)?),
            source => {
                let is_its =
                    |given: &Given| *given != Given::Unset && given.is_of(parameters[at].kind);
                let given = Given::read(&source["value"]).filter(is_its);
                Source::Operation(
                    given.ok_or_else(|| within(name, "its value is of another type"))?,
                )
            }
        };
        Ok((at, source))
    });
    sources.collect()
}

fn rules(scope: &mut Scope, of: &Value) -> Result<Box<[Rule]>, Malformed> {
    list(of, "rules")?
        .iter()
        .map(|it| rule(scope, it))
        .collect()
}

fn rule(scope: &mut Scope, rule: &Value) -> Result<Rule, Malformed> {
    let entered = scope.enter();
    let conditions = list(rule, "conditions")?.iter();
    let conditions: Result<_, _> = conditions.map(|it| condition(scope, it)).collect();
    let conditions = conditions?;
    let outcome = match rule["type"].as_str().unwrap_or_default() {
        "tree" => Outcome::Tree(rules(scope, rule)?),
        "error" => Outcome::Error(text(scope, &rule["error"])?),
        "endpoint" => Outcome::Endpoint(Box::new(endpoint(scope, &rule["endpoint"])?)),
        other => return malformed(format!("the type of a rule is {other}")),
    };
    scope.leave(entered);
    Ok(Rule {
        conditions,
        outcome,
    })
}

fn condition(scope: &mut Scope, condition: &Value) -> Result<Condition, Malformed> {
    let (value, its) = expression(scope, condition)?;
    let assign = condition["assign"].as_str();
    let assign = assign.map(|name| scope.assign(name, its)).transpose()?;
    Ok(Condition { value, assign })
}

fn expression(scope: &Scope, of: &Value) -> Result<(Expression, Type), Malformed> {
    let arguments = of["argv"].as_array().map_or(&[] as &[_], Vec::as_slice);
    let found = match (of["fn"].as_str(), arguments) {
        (Some("aws.partition"), [region]) => {
            (Expression::Partition(text(scope, region)?), Type::Partition)
        }
        (Some("aws.parseArn"), [arn]) => (Expression::Arn(text(scope, arn)?), Type::Arn),
        (Some("parseURL"), [url]) => match variable(scope, url)? {
            (slot, Type::Endpoint) => (Expression::Url(slot), Type::Url),
            _ => return malformed("only the given endpoint may be taken apart as a URL"),
        },
        (Some("getAttr"), [of, path]) => match get_attribute(scope, of, path)? {
            (slot, Attribute::Text(it)) => {
                (Expression::Text(Text::Attribute(slot, it)), Type::Text)
            }
            (slot, Attribute::Flag(it)) => {
                (Expression::Flag(Flag::Attribute(slot, it)), Type::Flag)
            }
        },
        (Some("substring" | "uriEncode"), _) => (Expression::Text(text(scope, of)?), Type::Text),
        _ => (Expression::Flag(flag(scope, of)?), Type::Flag),
    };
    Ok(found)
}

fn variable(scope: &Scope, of: &Value) -> Result<(usize, Type), Malformed> {
    match of["ref"].as_str() {
        Some(name) => scope.find(name),
        None => malformed(format!("a reference is needed instead of {of}")),
    }
}

fn get_attribute(scope: &Scope, of: &Value, path: &Value) -> Result<(usize, Attribute), Malformed> {
    let (slot, its) = variable(scope, of)?;
    Ok((slot, attribute(its, path.as_str().unwrap_or_default())?))
}

fn text(scope: &Scope, of: &Value) -> Result<Text, Malformed> {
    if let Some(text) = of.as_str() {
        return template(scope, text);
    }
    if of.get("ref").is_some() {
        return match variable(scope, of)? {
            (slot, Type::Text | Type::Endpoint) => Ok(Text::Slot(slot)),
            _ => malformed(format!("{of} is no text")),
        };
    }
    let arguments = list(of, "argv")?;
    let place = |at: usize| {
        let number = arguments[at]
            .as_u64()
            .and_then(|it| usize::try_from(it).ok());
        number.ok_or_else(|| Malformed(format!("no place in a text: {of}")))
    };
    match (of["fn"].as_str(), arguments) {
        (Some("getAttr"), [of, path]) => match get_attribute(scope, of, path)? {
            (slot, Attribute::Text(attribute)) => Ok(Text::Attribute(slot, attribute)),
            _ => malformed(format!("{path} is no text")),
        },
        (Some("uriEncode"), [of]) => Ok(Text::UriEncode(Box::new(text(scope, of)?))),
        (Some("substring"), [of, _, _, Value::Bool(is_reverse)]) => {
            Ok(Text::Substring(Box::new(Substring {
                of: text(scope, of)?,
                start: place(1)?,
                stop: place(2)?,
                is_reverse: *is_reverse,
            })))
        }
        _ => malformed(format!("a text is needed instead of {of}")),
    }
}

fn flag(scope: &Scope, of: &Value) -> Result<Flag, Malformed> {
    if let Some(flag) = of.as_bool() {
        return Ok(Flag::Literal(flag));
    }
    if of.get("ref").is_some() {
        return match variable(scope, of)? {
            (slot, Type::Flag) => Ok(Flag::Slot(slot)),
            _ => malformed(format!("{of} is no boolean")),
        };
    }
    let label = |of: &Value, allows: &Value| Ok(Box::new((text(scope, of)?, flag(scope, allows)?)));
    match (of["fn"].as_str(), list(of, "argv")?) {
        (Some("isSet"), [of]) if of.get("ref").is_some() => {
            Ok(Flag::SlotIsSet(variable(scope, of)?.0))
        }
        (Some("isSet"), [of]) => Ok(Flag::IsSet(Box::new(expression(scope, of)?.0))),
        (Some("not"), [of]) => Ok(Flag::Not(Box::new(flag(scope, of)?))),
        (Some("stringEquals"), [one, other]) => Ok(Flag::TextsAreEqual(Box::new([
            text(scope, one)?,
            text(scope, other)?,
        ]))),
        (Some("booleanEquals"), [one, other]) => Ok(Flag::FlagsAreEqual(Box::new([
            flag(scope, one)?,
            flag(scope, other)?,
        ]))),
        (Some("isValidHostLabel"), [of, allows]) => Ok(Flag::IsHostLabel(label(of, allows)?)),
        (Some("aws.isVirtualHostableS3Bucket"), [of, allows]) => {
            Ok(Flag::IsBucketLabel(label(of, allows)?))
        }
        (Some("getAttr"), [of, path]) => match get_attribute(scope, of, path)? {
            (slot, Attribute::Flag(attribute)) => Ok(Flag::Attribute(slot, attribute)),
            _ => malformed(format!("{path} is no boolean")),
        },
        _ => malformed(format!("the function is not known: {of}")),
    }
}

fn endpoint(scope: &Scope, endpoint: &Value) -> Result<Template, Malformed> {
    let is_given = |slot| scope.type_of(slot) == Type::Endpoint;
    let url = text(scope, &endpoint["url"])?;
    let url = Url::read(url, is_given)
        .map_err(|Malformed(what)| within(&endpoint["url"].to_string(), &what))?;
    let mut properties = match &endpoint["properties"] {
        Value::Null => Map::new(),
        Value::Object(properties) => properties.clone(),
        other => return malformed(format!("properties are {other}")),
    };
    let schemes = properties.shift_remove("authSchemes").unwrap_or_default();
    let schemes = schemes.as_array().map_or(&[] as &[_], Vec::as_slice);
    for (name, property) in &properties {
        if has_parameters(property) {
            return malformed(format!("the property {name} has parameters in it"));
        }
    }
    let mut headers = Vec::new();
    let described = endpoint["headers"].as_object();
    for (name, values) in described.into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            headers.push((name.as_str().into(), text(scope, value)?));
        }
    }
    Ok(Template {
        url,
        schemes: schemes
            .iter()
            .map(|it| scheme(scope, it))
            .collect::<Result<_, _>>()?,
        headers: headers.into(),
        properties,
    })
}

fn scheme(scope: &Scope, described: &Value) -> Result<SchemeTemplate, Malformed> {
    let Some(described) = described.as_object() else {
        return malformed(format!("an authentication scheme is {described}"));
    };
    let mut scheme = SchemeTemplate {
        name: Box::default(),
        signing_name: None,
        signing_region: None,
        signing_region_set: None,
        disable_double_encoding: None,
    };
    for (member, value) in described {
        match (member.as_str(), value) {
            ("name", Value::String(name)) => scheme.name = name.as_str().into(),
            ("signingName", value) => scheme.signing_name = Some(text(scope, value)?),
            ("signingRegion", value) => scheme.signing_region = Some(text(scope, value)?),
            ("signingRegionSet", Value::Array(regions)) => {
                let regions = regions.iter().map(|region| text(scope, region));
                scheme.signing_region_set = Some(regions.collect::<Result<_, _>>()?);
            }
            ("disableDoubleEncoding", Value::Bool(flag)) => {
                scheme.disable_double_encoding = Some(*flag);
            }
            _ => return malformed(format!("an authentication scheme has {member}: {value}")),
        }
    }
    Ok(scheme)
}

fn has_parameters(property: &Value) -> bool {
    match property {
        Value::String(text) => text.contains('{'),
        Value::Array(elements) => elements.iter().any(has_parameters),
        Value::Object(members) => members.values().any(has_parameters),
        _ => false,
    }
}
