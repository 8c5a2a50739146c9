//! Constraints of the model that an input breaks, in the words AWS's services have for them.

use crate::moment;
use formsmith_api::model::{Model, Place, ShapeKind};
use formsmith_api::validate::{self, Path, PathSegment, Violation};
use serde_json::Value;

/// Why an input goes no further.
pub enum Finding {
    /// A JSON value of a type that can't be read as the shape it stands for.
    WrongType(String),
    Broken(Vec<Broken>),
}

/// A constraint with the place at which it is broken.
pub struct Broken {
    pub path: Path,
    pub violation: Violation,
    /// How AWS's front ends name the place: members in lower camel case, items counted from 1.
    /// Keys, values and items of simple types are reported at the map or list.
    place_name: String,
    /// `Member must …`, as the front ends word it.
    pub requirement: String,
    /// What stands around the requirement where it is reported further out than it is broken.
    around: Vec<&'static str>,
    /// The value at that place, where it is a text or a number.
    value: Option<String>,
}

pub fn check(model: &Model, place: Place<'_>, input: &Value) -> Option<Finding> {
    if let Some(path) = moment::of_other_type(model, place, input) {
        let at = written(&path);
        let reason = format!("The value at {at} is not how this protocol has a moment.");
        return Some(Finding::WrongType(reason));
    }
    let mut broken = Vec::new();
    for located in validate::input(model, place, input) {
        let Some(steps) = walk(model, place, input, &located.path) else {
            continue;
        };
        match &located.violation {
            // Services pay no heed to members they don't know.
            Violation::UnknownMember => continue,
            // A string with documented values takes others too; an enum doesn't.
            Violation::UnknownValue { .. }
                if !matches!(steps.place.shape.kind, ShapeKind::Enum(_)) =>
            {
                continue;
            }
            Violation::WrongType { .. } | Violation::NotAnInteger => {
                let at = written(&located.path);
                return Some(Finding::WrongType(match located.violation {
                    Violation::WrongType { expected } => {
                        let found = type_name(steps.value);
                        format!("The value at {at} is of type {found}, not {expected}.")
                    }
                    _ => format!("The number at {at} is not an integer."),
                }));
            }
            // A moment written as text: one that can't be read is not of its type.
            Violation::NotAMoment => {
                let at = written(&located.path);
                let reason = format!("The text at {at} is not a moment in UTC.");
                return Some(Finding::WrongType(reason));
            }
            _ => broken.push(steps.broken(located)),
        }
    }
    (!broken.is_empty()).then_some(Finding::Broken(broken))
}

/// `1 validation error detected: Value '' at 'productId' failed to satisfy constraint: …`
pub fn detected(broken: &[Broken]) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for one in broken {
        let value = match (&one.value, &one.violation) {
            (_, Violation::Required) => "Value null at".to_owned(),
            (Some(value), _) => format!("Value '{value}' at"),
            (None, _) => "Value at".to_owned(),
        };
        let place = &one.place_name;
        let requirement = one.reported();
        let sentence = format!("{value} '{place}' failed to satisfy constraint: {requirement}");
        // Several items or keys of one list or map break the same constraint in one sentence.
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    let count = sentences.len();
    let errors = if count == 1 { "error" } else { "errors" };
    format!(
        "{count} validation {errors} detected: {}",
        sentences.join("; ")
    )
}

impl Broken {
    /// The requirement with what stands around it.
    fn reported(&self) -> String {
        let innermost_first = self.around.iter().rev();
        innermost_first.fold(self.requirement.clone(), |inner, around| {
            format!("{around}: [{inner}]")
        })
    }
}

/// Where a path leads.
struct Steps<'a> {
    place: Place<'a>,
    value: Option<&'a Value>,
    place_name: String,
    /// What stands around the requirement when it is reported further out than it is broken,
    /// such as `Map keys must satisfy constraint`.
    around: Vec<&'static str>,
}

fn walk<'a>(model: &'a Model, root: Place<'a>, input: &'a Value, path: &Path) -> Option<Steps<'a>> {
    let mut steps = Steps {
        place: root,
        value: Some(input),
        place_name: String::new(),
        around: Vec::new(),
    };
    for segment in &path.0 {
        let value = steps.value;
        steps.place = match (segment, &steps.place.shape.kind) {
            (PathSegment::Member(name), _) => {
                steps.value = value.and_then(|value| value.get(name));
                let separator = if steps.place_name.is_empty() { "" } else { "." };
                steps.place_name += &format!("{separator}{}", lower_camel(name));
                match steps.place.shape.member(name) {
                    Some(member) => model.place(member)?,
                    // A member the shape doesn't have: there is nothing beneath it.
                    None => return Some(steps),
                }
            }
            (PathSegment::Item(index), ShapeKind::List(member)) => {
                steps.value = value.and_then(|value| value.get(index));
                let is_structure = model
                    .shape(&member.target)
                    .is_some_and(|shape| matches!(shape.kind, ShapeKind::Structure(_)));
                if is_structure {
                    steps.place_name += &format!(".{}.member", index + 1);
                } else {
                    steps.around.push("Member must satisfy constraint");
                }
                model.place(member)?
            }
            (PathSegment::Key(_), ShapeKind::Map { key, .. }) => {
                steps.value = None;
                steps.around.push("Map keys must satisfy constraint");
                model.place(key)?
            }
            (PathSegment::Entry(name), ShapeKind::Map { value: member, .. }) => {
                steps.value = value.and_then(|value| value.get(name));
                steps.around.push("Map value must satisfy constraint");
                model.place(member)?
            }
            _ => return None,
        };
    }
    Some(steps)
}

impl Steps<'_> {
    fn broken(&self, located: validate::Located) -> Broken {
        let value = match self.value {
            Some(Value::String(text)) if self.around.is_empty() => Some(text.clone()),
            Some(number @ Value::Number(_)) if self.around.is_empty() => Some(number.to_string()),
            _ => None,
        };
        Broken {
            place_name: self.place_name.clone(),
            requirement: requirement(self.place, &located.violation),
            around: self.around.clone(),
            value,
            path: located.path,
            violation: located.violation,
        }
    }
}

fn requirement(place: Place<'_>, violation: &Violation) -> String {
    let pattern = || {
        let pattern = place.find(|traits| traits.pattern.as_ref());
        pattern.map_or("", |pattern| pattern.source()).to_owned()
    };
    let must = match violation {
        Violation::Required => "not be null".to_owned(),
        Violation::TooShort { min, .. } | Violation::TooFew { min, .. } => {
            format!("have length greater than or equal to {min}")
        }
        Violation::TooLong { max, .. } | Violation::TooMany { max, .. } => {
            format!("have length less than or equal to {max}")
        }
        Violation::BelowMinimum { min } => format!("have value greater than or equal to {min}"),
        Violation::AboveMaximum { max } => format!("have value less than or equal to {max}"),
        Violation::UnknownValue { .. } => {
            let members = place.shape.enum_members().iter();
            let values: Vec<&str> = members.map(|member| member.enum_value()).collect();
            format!("satisfy enum value set: [{}]", values.join(", "))
        }
        Violation::Duplicate => "have unique items".to_owned(),
        _ => format!("satisfy regular expression pattern: {}", pattern()),
    };
    format!("Member must {must}")
}

/// `ServiceActionId` → `serviceActionId`
fn lower_camel(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

fn written(path: &Path) -> String {
    if path.0.is_empty() {
        "the top level".to_owned()
    } else {
        path.to_string()
    }
}

fn type_name(value: Option<&Value>) -> &'static str {
    match value {
        None | Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    }
}
