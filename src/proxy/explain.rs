//! What an operation can do, whether it would be signed, and where it would go, for people.

use crate::config::Upstream;
use crate::credentials::DEFAULT_REGION;
use crate::destination::{Destination, Sight};
use crate::http::HeaderMap;
use crate::models::{Found, Models};
use crate::outline::Operation;
use crate::permits::{Asked, what};
use formsmith_api::class::Class;

/// What stands in the places of a path's labels.
const NAME: &str = "name";

/// Some lines about `service:Operation`, with a proxy that was started so.
pub fn explain(
    name: &str,
    region: Option<&str>,
    models: &Models,
    upstream: &Upstream,
) -> Result<String, String> {
    let (service, operation) = name
        .split_once(':')
        .ok_or_else(|| format!("{name:?} names no operation; write it like s3:PutObject"))?;
    let found = models.named(service, operation);
    let found = found.map_err(|failure| failure.message)?;
    let class = match found {
        Some((_, operation)) => operation.class,
        None => Class::of(service, operation),
    };
    let mut text = format!("{name}\n\n{}.\n", what(class, operation));
    let mut line = |title: &str, value: &str| text.push_str(&format!("{title}: {value}\n"));
    line("Class", class.word());
    if let Some(why) = Class::why(service, operation) {
        line("Why", why);
    }
    line("Needs", class.flag().unwrap_or("no flag"));
    let asked = Asked {
        service,
        operation,
        own: class,
        class,
    };
    let region = region.or(upstream.region.as_deref());
    let region = region.unwrap_or(DEFAULT_REGION);
    let permits = &upstream.permits;
    let is_permitted = permits.check(&asked).and(permits.region(region));
    line(
        "Signed",
        &match is_permitted {
            Err(refusal) => format!("no. {} {}", refusal.message, refusal.action),
            Ok(()) if class == Class::Read => "yes".into(),
            Ok(()) => "yes, with consent to each request".into(),
        },
    );
    line(
        "Endpoint",
        &match found {
            None => "unknown: its model is not at hand; --models has those of all services".into(),
            Some(_) if !models.has_region(region) => format!("none: AWS has no region {region}"),
            Some((found, operation)) => endpoint(&found, operation, region, upstream),
        },
    );
    Ok(text)
}

fn endpoint(found: &Found<'_>, operation: &Operation, region: &str, upstream: &Upstream) -> String {
    if !found.service.is_built_in && found.rules.is_none() && upstream.endpoint.is_none() {
        return "none: AWS has no rules for this service; --endpoint gives it one".into();
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
        Ok(to) => format!(
            "{}, signed for {} in {}",
            to.place, to.signing_name, to.signing_region
        ),
        Err(refusal) => format!("none. {}", refusal.message),
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
