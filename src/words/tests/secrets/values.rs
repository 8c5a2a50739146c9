//! Values with a marker in each secret place, and answers that say them.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Binding, Member, Model, Place, Protocol, Service, Shape, ShapeKind};
use formsmith_api::protocol::base64;
use formsmith_api::secret::{is_secret, may_hold_secret};
use serde_json::{Map, Value, json};

/// Below that values are left out: models have shapes that hold themselves.
const DEPTH: usize = 7;

/// Makes values by the model.
pub struct Maker<'a> {
    model: &'a Model,
    /// What must be found nowhere.
    pub markers: Vec<String>,
    name: &'static str,
}

impl<'a> Maker<'a> {
    pub fn new(model: &'a Model, name: &'static str) -> Self {
        Self {
            model,
            markers: Vec::new(),
            name,
        }
    }

    /// A value with all members, as far as there is an end to them. All of it may be secret.
    pub fn value(&mut self, place: Place<'a>, is_whole: bool) -> Value {
        self.inner(place, is_whole, DEPTH)
    }

    fn text(&mut self, is_secret: bool) -> String {
        if !is_secret {
            return "plain".into();
        }
        let marker = format!("{}-{}-hush", self.name, self.markers.len());
        self.markers.push(marker.clone());
        marker
    }

    fn inner(&mut self, place: Place<'a>, is_inside: bool, depth: usize) -> Value {
        let is_secret = is_inside || is_secret(self.model, place);
        let member = |maker: &mut Self, member: &'a Member| {
            let place = maker.model.place(member).unwrap();
            maker.inner(place, is_secret, depth - 1)
        };
        match &place.shape.kind {
            ShapeKind::Structure(_) | ShapeKind::List(_) | ShapeKind::Map { .. } if depth == 0 => {
                Value::Null
            }
            ShapeKind::Union(members) if depth > 0 => {
                // One that has a secret, where there is one.
                let mut all = members.iter();
                let model = self.model;
                let has = |it: &&'a Member| {
                    let place = model.place(it);
                    place.is_some_and(|it| may_hold_secret(model, it))
                };
                let Some(one) = all.find(has).or(members.first()) else {
                    return json!({});
                };
                let value = member(self, one);
                json!({ one.name.as_str(): value })
            }
            ShapeKind::Structure(members) => {
                let members = members.iter().map(|it| (it.name.clone(), member(self, it)));
                let given = members.filter(|(_, value)| !value.is_null());
                Value::Object(given.collect())
            }
            ShapeKind::List(item) => {
                let item = member(self, item);
                Value::Array((!item.is_null()).then_some(item).into_iter().collect())
            }
            ShapeKind::Map { key, value } => {
                let (key, value) = (member(self, key), member(self, value));
                let key = key.as_str().unwrap_or("key").to_owned();
                match value.is_null() {
                    true => json!({}),
                    false => Value::Object(Map::from_iter([(key, value)])),
                }
            }
            ShapeKind::Boolean => true.into(),
            ShapeKind::Integer { .. } => 1.into(),
            ShapeKind::Float | ShapeKind::Double => 1.into(),
            ShapeKind::Timestamp => 1_764_000_000.into(),
            ShapeKind::Enum(members) if !is_secret => members[0].enum_value().into(),
            ShapeKind::Blob => {
                let text = self.text(is_secret);
                let text = base64::text(text.as_bytes());
                // It may travel in either form.
                if is_secret {
                    self.markers.push(text.clone());
                }
                text.into()
            }
            ShapeKind::String | ShapeKind::Enum(_) => self.text(is_secret).into(),
            _ => Value::Null,
        }
    }
}

/// The response in which a service would say an output.
pub fn response(
    model: &Model,
    service: &Service,
    shape: &Shape,
    operation: &str,
    output: &Value,
) -> HttpResponse {
    let mut headers = Vec::new();
    let mut body = Map::new();
    let mut payload = None;
    for (name, value) in output.as_object().into_iter().flatten() {
        let member = shape.member(name).unwrap();
        let place = model.place(member).unwrap();
        match &member.traits.wire.binding {
            Binding::Header(header) => {
                if let Some(text) = value.as_str() {
                    headers.push((header.to_string(), text.to_owned()));
                }
            }
            Binding::StatusCode | Binding::PrefixHeaders(_) => {}
            Binding::Payload if matches!(place.shape.kind, ShapeKind::Blob) => {
                payload = value.as_str().and_then(base64::bytes);
            }
            Binding::Payload => {
                payload = Some(on_wire(model, place, value).to_string().into_bytes())
            }
            _ => {
                body.insert(
                    json_name(service, member).to_owned(),
                    on_wire(model, place, value),
                );
            }
        }
    }
    let is_xml = matches!(
        service.protocol,
        Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RestXml
    );
    let body = match payload {
        Some(bytes) => bytes,
        None if is_xml => {
            let mut inner = String::new();
            let place = Place {
                member: None,
                shape,
            };
            xml(model, place, output, &mut inner);
            let text = format!(
                "<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>"
            );
            text.into_bytes()
        }
        None => Value::Object(body).to_string().into_bytes(),
    };
    HttpResponse {
        status: 200,
        headers,
        body,
        file: None,
    }
}

fn json_name<'a>(service: &Service, member: &'a Member) -> &'a str {
    match &member.traits.wire.json_name {
        Some(name) if service.protocol == Protocol::RestJson1 => name,
        _ => &member.name,
    }
}

/// Of the services in the tests none names members anew below the top.
fn on_wire(model: &Model, place: Place<'_>, value: &Value) -> Value {
    let has_names = |member: &Member| member.traits.wire.json_name.clone();
    match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            let members = object.iter().map(|(name, value)| {
                let member = place.shape.member(name).unwrap();
                let name = has_names(member).map_or(name.clone(), |it| it.to_string());
                (name, on_wire(model, model.place(member).unwrap(), value))
            });
            Value::Object(members.collect())
        }
        (ShapeKind::List(item), Value::Array(items)) => {
            let place = model.place(item).unwrap();
            items.iter().map(|it| on_wire(model, place, it)).collect()
        }
        _ => value.clone(),
    }
}

fn element(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

fn xml(model: &Model, place: Place<'_>, value: &Value, out: &mut String) {
    let name_of = |member: &Member| {
        let place = model.place(member).unwrap();
        let name = place.find(|traits| traits.wire.xml_name.as_deref());
        name.unwrap_or(&member.name).to_owned()
    };
    let part = |member: &Member, value: &Value| {
        let mut inner = String::new();
        xml(model, model.place(member).unwrap(), value, &mut inner);
        inner
    };
    match (&place.shape.kind, value) {
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            for (name, value) in object {
                let member = place.shape.member(name).unwrap();
                out.push_str(&element(&name_of(member), &part(member, value)));
            }
        }
        (ShapeKind::List(item), Value::Array(items)) => {
            for value in items {
                out.push_str(&element(&name_of(item), &part(item, value)));
            }
        }
        (ShapeKind::Map { key, value: member }, Value::Object(entries)) => {
            for (name, value) in entries {
                let key = element(&name_of(key), name);
                let value = element(&name_of(member), &part(member, value));
                out.push_str(&element("entry", &(key + &value)));
            }
        }
        (_, Value::String(text)) => out.push_str(text),
        (_, value) => out.push_str(&value.to_string()),
    }
}
