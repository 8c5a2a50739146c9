//! Where a request goes and what it is signed for: by AWS's rules where the folder of models has
//! them, else by what is known of the built-in services, or the endpoint that was given.

use crate::bound::BoundHeaders;
use crate::config::{EndpointUrl, Upstream};
use crate::failure::Failure;
use crate::guard::single;
use crate::http::{HeaderMap, HeaderName, HeaderValue};
use crate::models::Found;
use crate::outline::{Operation, Parameter};
use crate::rules::{Rules, endpoint_refused};
use crate::sign::Scope;
use crate::signed::not_sendable;
use crate::uri;
use formsmith_api::curated::PATH_AS_SENT;
use formsmith_api::endpoint::endpoint;
use formsmith_api::json;
use formsmith_api::model::{Auth, Binding};
use formsmith_api::protocol::host_prefix;
use formsmith_endpoints::{AuthScheme, Endpoint, is_host};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Parameters of rules that a body holds and that decide on the host. All others in bodies are ARNs
/// and names that lead to hosts of their own for what the regional ones take as well; these are left
/// unset, so that where a request goes is known from its head.
const IN_BODIES: [&str; 2] = ["EndpointId", "SpaceId"];

/// What stands for a header that a proposal doesn't have: shown in braces, and sent nowhere.
const STAND_IN: &str = "000000000000";

/// What is known of a request that is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Path and query of the service's protocol.
    pub path: &'a str,
    pub headers: &'a HeaderMap,
    /// None as long as nobody has it.
    pub body: Option<&'a [u8]>,
    /// Are these all headers that it will have?
    pub is_whole: bool,
}

/// Where a request goes, and what it is signed for.
#[derive(Debug)]
pub struct Destination<'m> {
    /// Its base stands before the path.
    pub place: EndpointUrl,
    /// Path and query.
    pub path: String,
    pub signing_region: String,
    pub signing_name: String,
    /// What the rules have a request say.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub payload: Payload,
    /// Is the path signed as it is sent?
    pub is_path_literal: bool,
    /// Those of its answer.
    pub bound: &'m BoundHeaders,
}

/// What a signature says of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    Hash,
    /// S3 wants the hash in a header, too.
    HashInHeader,
    Unsigned,
    /// The operation takes no signature.
    NoSignature,
}

impl<'m> Destination<'m> {
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            region: &self.signing_region,
            service: &self.signing_name,
        }
    }

    /// Of a request for the operation in the region.
    pub fn of(
        found: &Found<'_>,
        operation: &'m Operation,
        region: &str,
        sight: &Sight<'_>,
        upstream: &Upstream,
    ) -> Result<Self, Failure> {
        let seen = Seen {
            found,
            operation,
            sight,
        };
        match found.rules {
            Some(rules) => seen.by_rules(rules, region, upstream),
            None => seen.by_service(region, upstream),
        }
    }
}

/// A request for an operation, as far as it is known.
#[derive(Clone, Copy)]
struct Seen<'a, 'f, 'm> {
    found: &'a Found<'f>,
    operation: &'m Operation,
    sight: &'a Sight<'a>,
}

impl<'a, 'm> Seen<'a, '_, 'm> {
    /// Of what is built in, where its hosts are known without rules; of anybody's own service the
    /// endpoint that was given.
    fn by_service(self, region: &str, upstream: &Upstream) -> Result<Destination<'m>, Failure> {
        let service = self.found.service;
        let own = endpoint(&service.endpoint, region).ok_or_else(not_sendable)?;
        let prefix = self.prefix()?;
        Ok(Destination {
            place: place(upstream, own.host).prefixed(&prefix),
            path: self.sight.path.to_owned(),
            signing_region: own.signing_region,
            headers: Vec::new(),
            payload: self.payload(&service.signing_name),
            is_path_literal: is_s3(&service.signing_name),
            bound: &self.operation.answered,
            signing_name: service.signing_name.clone(),
        })
    }

    fn by_rules(
        self,
        rules: &Rules,
        region: &str,
        upstream: &Upstream,
    ) -> Result<Destination<'m>, Failure> {
        let name = &self.operation.name;
        let given = upstream.endpoint.as_ref();
        let url = given.map(|given| given.to_string());
        let input = self.input(rules)?;
        let endpoint = rules.endpoint(name, &input, region, upstream.choices, url.as_deref())?;
        let scheme = scheme(name, &endpoint)?;
        let (place, path) = match given {
            // What is given is one address for everything, whose path is that of the whole service.
            Some(given) if endpoint.is_given => {
                let prefix = self.prefix()?;
                let place = given.clone().prefixed(&prefix);
                (place, Cow::Borrowed(self.sight.path))
            }
            Some(_) => {
                return Err(endpoint_refused(
                    format!("AWS's rules send this {name} to AWS, whatever --endpoint says."),
                    "Start the proxy without --endpoint to send this.",
                ));
            }
            None => (
                self.own_place(rules, &endpoint)?,
                rest(rules, self.operation, self.sight.path),
            ),
        };
        let headers = endpoint.headers.iter().map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        });
        let text = |own: Option<String>, other: &str| own.unwrap_or_else(|| other.to_owned());
        let signing_name = text(scheme.signing_name, &self.found.service.signing_name);
        let is_single = scheme.disable_double_encoding.unwrap_or_default();
        Ok(Destination {
            place,
            path: path.into_owned(),
            signing_region: text(scheme.signing_region, region),
            headers: headers.collect::<Option<_>>().ok_or_else(not_sendable)?,
            payload: self.payload(&signing_name),
            is_path_literal: is_single || is_s3(&signing_name),
            bound: &self.operation.answered,
            signing_name,
        })
    }

    fn payload(self, signing_name: &str) -> Payload {
        match self.operation.auth {
            Auth::Unsigned => Payload::NoSignature,
            Auth::UnsignedPayload => Payload::Unsigned,
            Auth::SigV4 if is_s3(signing_name) => Payload::HashInHeader,
            Auth::SigV4 => Payload::Hash,
        }
    }

    /// The host that the rules came to, with what the operation has before it.
    fn own_place(self, rules: &Rules, endpoint: &Endpoint) -> Result<EndpointUrl, Failure> {
        // What the rules put into the host themselves doesn't come twice.
        let labels = self.operation.host_prefix.as_deref();
        let labels = labels.unwrap_or_default();
        let is_label = |member: &str| labels.contains(&format!("{{{member}}}"));
        let mut members = rules.members(&self.operation.name);
        let prefix = match !labels.is_empty() && members.any(|(_, member)| is_label(member)) {
            true => String::new(),
            false => self.prefix()?,
        };
        let mut authority = [&prefix, endpoint.authority()].concat();
        // By themselves, the rules come to nothing but a host.
        let is_shown = !self.sight.is_whole && prefix.contains('{');
        if !prefix.is_empty() && !is_shown && !is_host(&authority) {
            return Err(not_sendable());
        }
        if !self.sight.is_whole
            && let Some(shown) = self.shown(rules)
        {
            authority = authority.replace(STAND_IN, &shown);
        }
        Ok(EndpointUrl {
            scheme: "https".into(),
            authority,
            base: endpoint.path().trim_end_matches('/').to_owned(),
        })
    }

    /// What a host shows in the place of a header that isn't known yet.
    fn shown(self, rules: &Rules) -> Option<String> {
        let mut members = rules.members(&self.operation.name);
        let is_header = |name: &str| {
            let member = self.member(name);
            member.is_some_and(|it| matches!(it.binding, Binding::Header(_)))
        };
        let (_, name) = members.find(|(_, name)| is_header(name))?;
        Some(format!("{{{name}}}"))
    }

    /// The members of the input that the rules ask for, as far as the request shows them.
    fn input(self, rules: &Rules) -> Result<Value, Failure> {
        let mut input = Map::new();
        for (parameter, name) in rules.members(&self.operation.name) {
            let Some(member) = self.member(name) else {
                continue;
            };
            if let Some(value) = self.value(member, parameter)? {
                // Members of S3 Control that may be ARNs stand in the path by their names alone, which
                // nobody here makes of them.
                let is_named = matches!(parameter, "AccessPointName" | "Bucket");
                if is_named
                    && value.starts_with("arn:")
                    && self.found.service.sdk_id == "S3 Control"
                {
                    return Err(endpoint_refused(
                        format!(
                            "The proxy sends no {} with an ARN of an outpost.",
                            &self.operation.name
                        ),
                        "Use AWS's own tools for this.",
                    ));
                }
                input.insert(name.to_owned(), value.into());
            }
        }
        Ok(match input.is_empty() {
            true => Value::Null,
            false => input.into(),
        })
    }

    fn member(self, name: &str) -> Option<&'m Parameter> {
        let mut members = self.operation.members.iter();
        members.find(|member| *member.name == *name)
    }

    fn value(self, member: &Parameter, parameter: &str) -> Result<Option<String>, Failure> {
        Ok(match &member.binding {
            Binding::Label(name) => {
                let http = self.operation.http.as_ref();
                let value = http.and_then(|http| uri::label(&http.uri, self.sight.path, name));
                Some(value.ok_or_else(not_sendable)?.into_owned())
            }
            Binding::Query(name) => uri::parameter(self.sight.path, name),
            Binding::Header(name) => header(name, self.sight)?.map(str::to_owned),
            Binding::Body
                if IN_BODIES.contains(&parameter) && self.found.service.protocol.is_json() =>
            {
                let name = member.json_name.as_deref();
                let name = name.unwrap_or(&member.name);
                let body = self.sight.body.and_then(|body| json::parse(body).ok());
                body.and_then(|body| Some(body.get(name)?.as_str()?.to_owned()))
            }
            _ => None,
        })
    }

    /// What an operation has before the host. Labels are members of the input that stand in headers,
    /// which the person agreed to with the rest; a proposal shows them in braces.
    fn prefix(self) -> Result<String, Failure> {
        let Some(shown) = &self.operation.host_prefix else {
            return Ok(String::new());
        };
        let value = |label: &str| match &self.member(label)?.binding {
            Binding::Header(bound) => self.sight.headers.get(&**bound)?.to_str().ok(),
            _ => None,
        };
        match host_prefix(Some(shown), value) {
            Ok(prefix) => Ok(prefix),
            Err(_) if !self.sight.is_whole => Ok(shown.to_string()),
            Err(_) => Err(not_sendable()),
        }
    }
}

/// S3 and its likes take the path for a key, in which `..` and `//` mean nothing.
fn is_s3(signing_name: &str) -> bool {
    PATH_AS_SENT.contains(&signing_name)
}

/// The first way to sign that is made here. None is asked for where the model says all of it.
fn scheme(operation: &str, endpoint: &Endpoint) -> Result<AuthScheme, Failure> {
    if endpoint.schemes.is_empty() {
        return Ok(AuthScheme::default());
    }
    let mut schemes = endpoint.schemes.iter();
    let found = schemes.find(|scheme| scheme.name == "sigv4");
    found.cloned().ok_or_else(|| {
        let needed: Vec<_> = endpoint.schemes.iter().map(|it| &*it.name).collect();
        endpoint_refused(
            format!(
                "This {operation} needs a signature that the proxy doesn't make: {}.",
                needed.join(" or ")
            ),
            "Use AWS's own tools for this operation.",
        )
    })
}

/// Path and query after what the rules have put into the endpoint: a bucket that begins a path
/// stands in the host, or at the end of the endpoint's own path.
fn rest<'p>(rules: &Rules, operation: &Operation, path: &'p str) -> Cow<'p, str> {
    let template = operation.http.as_ref().map(|http| &*http.uri);
    let mut members = rules.members(&operation.name);
    let begins = |label: &str| {
        let rest = template.and_then(|it| it.strip_prefix("/{")?.strip_prefix(label));
        rest.is_some_and(|rest| rest.starts_with('}'))
    };
    if !members.any(|(parameter, member)| parameter == "Bucket" && begins(member)) {
        return Cow::Borrowed(path);
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    match path.find(['/', '?']).map(|end| &path[end..]) {
        Some(rest) if rest.starts_with('/') => Cow::Borrowed(rest),
        Some(query) => Cow::Owned(["/", query].concat()),
        None => Cow::Borrowed("/"),
    }
}

/// A header's value; in a proposal without it, what stands in for it.
fn header<'a>(name: &str, sight: &Sight<'a>) -> Result<Option<&'a str>, Failure> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| not_sendable())?;
    match single(sight.headers, &name).map_err(|_| not_sendable())? {
        Some(value) => Ok(Some(value.to_str().map_err(|_| not_sendable())?)),
        None if !sight.is_whole => Ok(Some(STAND_IN)),
        None => Ok(None),
    }
}

/// Where requests for this host go.
pub fn place(upstream: &Upstream, host: String) -> EndpointUrl {
    upstream.endpoint.clone().unwrap_or(EndpointUrl {
        scheme: "https".into(),
        authority: host,
        base: String::new(),
    })
}
