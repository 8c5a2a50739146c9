//! What a model says of one thing, in words that are the same for both languages.

use crate::patterns;
use formsmith_api::model::{
    Auth, Binding, Length, Member, Model, Paginated, Protocol, Service, Shape, ShapeKind,
    TimestampFormat, Traits, WireTraits,
};
use serde_json::Number;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Each by the place where it stands and what it is about.
pub type Facts = BTreeMap<String, String>;

struct At<'a> {
    facts: &'a mut Facts,
    place: &'a str,
}

impl At<'_> {
    fn say(&mut self, what: &str, value: impl Into<String>) {
        let key = format!("{} {what}", self.place);
        self.facts.insert(key.trim_start().to_owned(), value.into());
    }

    fn flag(&mut self, what: &str, is_so: bool) {
        if is_so {
            self.say(what, "yes");
        }
    }

    fn debug<T: Debug>(&mut self, what: &str, value: Option<T>) {
        if let Some(value) = value {
            self.say(what, format!("{value:?}"));
        }
    }
}

/// The title and the prefix of IAM's actions are not in botocore's models.
pub fn service(facts: &mut Facts, service: &Service) {
    let mut at = At { facts, place: "" };
    at.say("version", &service.version);
    at.say("sdkId", &service.sdk_id);
    at.say("endpointPrefix", &service.endpoint_prefix);
    at.say("signingName", &service.signing_name);
    at.say("protocol", format!("{:?}", service.protocol));
    // What REST protocols don't send.
    if !service.protocol.is_rest() {
        at.say("targetPrefix", &service.target_prefix);
    }
    at.flag("awsQueryCompatible", service.wire.query_compatible);
}

/// Two shapes that stand at the same place.
pub fn shapes(facts: &mut [Facts; 2], place: &str, pair: [&Shape; 2], protocol: Protocol) {
    // The values of an enum are compared with those of another one.
    let are_enums = pair.iter().all(|shape| !shape.enum_members().is_empty());
    for (facts, shape) in facts.iter_mut().zip(pair) {
        let mut at = At { facts, place };
        let values = shape.enum_members().iter().filter(|_| are_enums);
        values.for_each(|value| at.say(&format!("value {}", value.enum_value()), "yes"));
        match &shape.kind {
            ShapeKind::Enum(_) => at.say("type", "enum"),
            ShapeKind::List(_) => at.say("type", "list"),
            ShapeKind::Map { .. } => at.say("type", "map"),
            ShapeKind::Structure(_) => at.say("type", "structure"),
            ShapeKind::Union(_) => at.say("type", "union"),
            simple => at.say("type", format!("{simple:?}")),
        }
        if shape.traits.error.is_some() {
            let code = shape.traits.wire.error_code.as_deref();
            at.say("code", code.unwrap_or(shape.id.name()));
        }
        traits(facts, place, &shape.traits, protocol);
    }
}

pub fn member(facts: &mut Facts, place: &str, member: &Member, model: &Model, protocol: Protocol) {
    traits(facts, place, &member.traits, protocol);
    let mut at = At { facts, place };
    let wire = &member.traits.wire;
    match &wire.binding {
        bound if protocol.is_rest() && *bound != Binding::Body => {
            at.debug("stands in", Some(bound))
        }
        _ => at.say(
            "is called",
            wire.json_name.as_deref().unwrap_or(&member.name),
        ),
    }
    let Some(target) = model.place(member) else {
        return;
    };
    if matches!(target.shape.kind, ShapeKind::Timestamp) {
        let format = target.find(|traits| traits.wire.timestamp_format);
        at.say(
            "timestampFormat",
            format!("{:?}", format.unwrap_or(of_its_place(&wire.binding))),
        );
    }
}

/// How a moment is written in JSON and its protocols' HTTP messages where no trait says it.
fn of_its_place(binding: &Binding) -> TimestampFormat {
    match binding {
        Binding::Header(_) => TimestampFormat::HttpDate,
        Binding::Label(_) | Binding::Query(_) => TimestampFormat::DateTime,
        _ => TimestampFormat::EpochSeconds,
    }
}

/// What stands at a shape, a member or an operation. Every trait that is read has its place here,
/// so that none of those to come is forgotten.
pub fn traits(facts: &mut Facts, place: &str, traits: &Traits, protocol: Protocol) {
    let Traits {
        required,
        length,
        range,
        pattern,
        unique_items,
        idempotency_token,
        sensitive,
        http,
        http_error,
        error,
        retryable,
        readonly,
        idempotent,
        wire,
        paginated,
        // Of values of an enum and services: compared elsewhere.
        enum_value: _,
        signing_name: _,
        endpoint_prefix: _,
        arn_namespace: _,
        sdk_id: _,
        protocol: _,
        // Words for people.
        documentation: _,
        title: _,
        examples: _,
        // Of this project alone.
        label: _,
        batch: _,
        known_values: _,
        id_prefix: _,
        remedy: _,
        state: _,
        changed: _,
        inverse: _,
        read_back: _,
        follow: _,
        already_done: _,
        field_errors: _,
        endpoint: _,
        service_name: _,
        languages: _,
    } = traits;
    let mut at = At { facts, place };
    if let Some(paginated) = paginated {
        pages(&mut at, paginated);
    }
    at.flag("required", *required);
    at.flag("uniqueItems", *unique_items);
    at.flag("idempotencyToken", *idempotency_token);
    at.flag("sensitive", *sensitive);
    at.flag("readonly", *readonly);
    at.flag("idempotent", *idempotent);
    let source = pattern.as_ref().map(|pattern| pattern.source());
    let (pattern, folded) = source.map_or((None, None), patterns::whole);
    if let Some(Length { min, max }) = length.or(folded) {
        let min = min.unwrap_or_default();
        let max = max.map_or(String::new(), |max| max.to_string());
        if min > 0 || !max.is_empty() {
            at.say("length", format!("{min}..{max}"));
        }
    }
    if let Some(range) = range {
        let bound = |it: &Option<Number>| it.as_ref().map_or(String::new(), ToString::to_string);
        at.say(
            "range",
            format!("{}..{}", bound(&range.min), bound(&range.max)),
        );
    }
    if let Some(pattern) = pattern {
        at.say("pattern", pattern);
    }
    if let Some(http) = http.as_ref().filter(|_| protocol.is_rest()) {
        at.say(
            "http",
            format!("{} {} {}", http.method, http.uri, http.code),
        );
    }
    at.debug("httpError", *http_error);
    at.debug("fault", error.as_ref());
    at.debug("retryable", retryable.as_ref());
    wire_traits(&mut at, wire, protocol);
}

fn wire_traits(at: &mut At<'_>, wire: &WireTraits, protocol: Protocol) {
    let WireTraits {
        host_label,
        streaming,
        event_stream,
        is_json,
        sparse,
        checksum,
        auth,
        host_prefix,
        request_compression,
        // Of members, errors and services: compared with what is so without them.
        binding: _,
        json_name: _,
        timestamp_format: _,
        error_code: _,
        query_compatible: _,
        // No JSON protocol heeds these.
        xml_name: _,
        xml_root: _,
        xml_namespace: _,
        xml_flattened: _,
        xml_attribute: _,
        ec2_query_name: _,
        result_wrapper: _,
    } = wire;
    assert!(
        protocol.is_rest() || matches!(protocol, Protocol::AwsJson1_0 | Protocol::AwsJson1_1),
        "{protocol:?} has names of its own, which are not compared"
    );
    at.flag("hostLabel", *host_label);
    at.flag("streaming", *streaming);
    at.flag("eventStream", *event_stream);
    at.flag("is JSON", *is_json);
    at.flag("sparse", *sparse);
    at.flag("requestCompression", *request_compression);
    at.debug("checksum", checksum.as_deref());
    if *auth != Auth::SigV4 {
        at.say("auth", format!("{auth:?}"));
    }
    at.debug("hostPrefix", host_prefix.as_deref());
}

fn pages(at: &mut At<'_>, paginated: &Paginated) {
    let Paginated {
        input_tokens,
        output_tokens,
        more,
        items,
        // Smithy's trait has one alone.
        more_items: _,
        page_size,
    } = paginated;
    at.say("input_token", input_tokens.join(" "));
    at.say("output_token", output_tokens.join(" "));
    let values = [
        ("more_results", more),
        ("limit_key", page_size),
        ("result_key", items),
    ];
    for (what, value) in values {
        if let Some(value) = value {
            at.say(what, value);
        }
    }
}
