//! What an operation can do, whether it would be signed, and where it would go: for a person at a
//! terminal, and for the console before anything is typed.

use crate::config::Upstream;
use crate::credentials::DEFAULT_REGION;
use crate::destination::{Destination, Sight};
use crate::failure::Failure;
use crate::http::HeaderMap;
use crate::models::{Found, Models};
use crate::outline::Operation;
use crate::permits::{Asked, Permits, what};
use formsmith_api::class::Class;
use formsmith_api::evidence::{Evidence, ruling};
use serde_json::{Value, json};

/// What stands in the places of a path's labels.
const NAME: &str = "name";

#[derive(Debug)]
pub struct Explanation {
    service: String,
    operation: String,
    class: Class,
    /// Why nothing of it is signed, if nothing is.
    refusal: Option<Failure>,
    /// Where it would go, or why it can't.
    endpoint: Result<String, String>,
}

/// With a proxy that was started so.
pub fn explain(
    service: &str,
    operation: &str,
    profile: Option<&str>,
    region: Option<&str>,
    models: &Models,
    upstream: &Upstream,
    permits: &Permits,
) -> Result<Explanation, Failure> {
    let found = models.named(service, operation)?;
    let class = match found {
        Some((_, operation)) => operation.class,
        None => Class::of(service, operation),
    };
    let asked = Asked {
        service,
        operation,
        own: class,
        class,
    };
    let region = region.unwrap_or(DEFAULT_REGION);
    let endpoint = match found {
        None => {
            Err("unknown: its model is not at hand; --models has those of all services".to_owned())
        }
        Some(_) if !models.has_region(region) => Err(format!("none: AWS has no region {region}")),
        Some((found, operation)) => endpoint(&found, operation, region, upstream),
    };
    Ok(Explanation {
        service: service.to_owned(),
        operation: operation.to_owned(),
        class,
        refusal: permits
            .check(&asked)
            .and(permits.region(profile, region))
            .err(),
        endpoint,
    })
}

impl Explanation {
    /// Some lines of text.
    pub fn text(&self) -> String {
        let Self {
            service,
            operation,
            class,
            ..
        } = self;
        let mut text = format!("{service}:{operation}\n\n{}.\n", what(*class, operation));
        let (word, says) = (class.word(), sources(service, operation, *class));
        text.push_str(&format!("Class: {word}\nSources:\n  {says}\n"));
        let mut line = |title: &str, value: &str| text.push_str(&format!("{title}: {value}\n"));
        line("Needs", class.flag().unwrap_or("no flag"));
        line(
            "Signed",
            &match &self.refusal {
                Some(refusal) => format!("no. {} {}", refusal.message, refusal.action),
                None if *class == Class::Read => "yes".into(),
                None => "yes, with consent to each request".into(),
            },
        );
        let (Ok(endpoint) | Err(endpoint)) = &self.endpoint;
        line("Endpoint", endpoint);
        text
    }

    /// The same for the console.
    pub fn to_json(&self) -> Value {
        json!({
            "class": self.class.word(),
            "why": ruling(&self.service, &self.operation).map(|(_, why)| why),
            "flag": self.class.flag(),
            "refusal": self.refusal.as_ref().map(Failure::to_json),
        })
    }
}

/// What each source says of an operation, in lines. Whose model is at hand is judged by that as well.
fn sources(service: &str, operation: &str, class: Class) -> String {
    let Some(evidence) = Evidence::of(service, operation) else {
        return "none knows it, and what nobody knows counts as a change".into();
    };
    let says = |one: Evidence| evidence.contains(&one);
    let mut level = "it has no action of this name".to_owned();
    let mut method = "POST, which says nothing".to_owned();
    let mut others = Vec::new();
    for one in &evidence {
        match one {
            Evidence::AccessLevel(own) => level = format!("access level {own}"),
            Evidence::Method(own) => method = (*own).to_owned(),
            Evidence::Pages => {
                others.push("botocore: pages through its answers, or waits with it".into())
            }
            Evidence::Token => {
                others.push("input: has an idempotency token, as changes have".into())
            }
            Evidence::Name => others.push("name: begins like those of what can't be undone".into()),
            Evidence::Answer(part) => others.push(format!("answer: {part} looks like a secret")),
            Evidence::Listed | Evidence::Readonly | Evidence::Ruled => {}
        }
    }
    let is_listed = match says(Evidence::Listed) {
        true => "is on it",
        false => "is not on it",
    };
    let marked = match says(Evidence::Readonly) {
        true => "has the trait readonly",
        false => "has no trait readonly",
    };
    let mut lines = vec![
        format!("IAM: {level}"),
        format!("AWS's list of operations that read: {is_listed}"),
        format!("HTTP method: {method}"),
        format!("model: {marked}"),
    ];
    lines.append(&mut others);
    let ruled = ruling(service, operation);
    if let Some((ruled, why)) = ruled {
        lines.push(format!(
            "Formsmith's own ruling, which decides: {}. {why}",
            ruled.word()
        ));
    }
    if class != Class::of(service, operation) {
        lines.push(match class {
            Class::Read => "Formsmith's own model: has the trait readonly".into(),
            _ => "endpoint: AWS has no rules for one, so it counts as a change at least".into(),
        });
    }
    lines.join("\n  ")
}

fn endpoint(
    found: &Found<'_>,
    operation: &Operation,
    region: &str,
    upstream: &Upstream,
) -> Result<String, String> {
    if !found.service.is_built_in && found.rules.is_none() && upstream.endpoint.is_none() {
        return Err("none: AWS has no rules for this service; --endpoint gives it one".into());
    }
    let http = operation.http.as_ref();
    let path = http.map_or_else(|| "/".to_owned(), |http| filled(&http.uri));
    let sight = Sight {
        path: &path,
        headers: &HeaderMap::new(),
        body: None,
        is_whole: false,
    };
    match Destination::of(found, operation, region, &sight, upstream) {
        Ok(to) => Ok(format!(
            "{}, signed for {} in {}",
            to.place, to.signing_name, to.signing_region
        )),
        Err(refusal) => Err(format!("none. {}", refusal.message)),
    }
}

/// A path with a name in the place of each label.
fn filled(template: &str) -> String {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, label)) = rest.split_once('{') {
        path.push_str(before);
        path.push_str(NAME);
        rest = label.split_once('}').map_or("", |(_, after)| after);
    }
    path.push_str(rest);
    path
}
