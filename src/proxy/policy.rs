//! What may be signed: the operations of the loaded models, asked for just as their protocol
//! asks, in regions that can exist. Everything else is refused before it is looked at further.

use crate::failure::Failure;
use crate::guard::single;
use crate::http::header::CONTENT_TYPE;
use crate::http::{HeaderMap, HeaderName, Method, StatusCode};
use crate::models::Found;
use crate::outline::{Operation, Service};
use crate::permits::{Asked, Permits};
use crate::uri;
use formsmith_api::class::Class;
use formsmith_api::endpoint::is_region;
use formsmith_api::model::Protocol;
use formsmith_wire::{Code, header};

pub const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
pub const OPERATION: HeaderName = HeaderName::from_static(header::OPERATION);

/// The parts of `/api/{service}/{region}/{path}`, as they were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address<'a> {
    pub service: &'a str,
    pub region: &'a str,
    /// Path and query of the protocol's request.
    pub path: String,
}

impl<'a> Address<'a> {
    /// Reads what follows `/api/`; nothing is decoded, so that nothing can hide in an encoding.
    pub fn read(path_and_query: &'a str) -> Option<Self> {
        let rest = path_and_query.strip_prefix("/api/")?;
        let (service, rest) = rest.split_once('/')?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (region, path) = rest.split_at(end);
        let path = match path.starts_with('/') {
            true => path.to_owned(),
            false => format!("/{path}"),
        };
        Some(Self {
            service,
            region,
            path,
        })
    }
}

/// The region of an address must be one that can exist, and to be signed for, one that AWS has.
pub fn region(address: &Address<'_>, is_known: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let region = address.region;
    if !names_a_region(region) {
        return Err(Failure::forbidden(
            Code::RegionNotAllowed,
            "This is not a valid region name.",
            "Use a region such as us-east-1 in the address.",
        ));
    }
    if !is_known(region) {
        return Err(Failure::forbidden(
            Code::RegionNotAllowed,
            format!("AWS has no region {region} that this proxy knows of."),
            "Choose another region. If this one is new, update Formsmith, build the models again \
             with make models, and start the proxy with --models.",
        ));
    }
    Ok(())
}

/// Words in letters, then a number: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`.
pub fn names_a_region(region: &str) -> bool {
    let Some((words, number)) = region.rsplit_once('-') else {
        return false;
    };
    let is_number = number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    let are_words = words
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    is_region(region) && words.contains('-') && are_words && is_number
}

/// The operation a request asks for, if it asks just as the protocol does.
pub fn operation<'m>(
    service: &'m Service,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Option<&'m Operation> {
    match service.protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            let target = single(headers, &TARGET).ok()??.to_str().ok()?;
            let is_of_protocol = method == Method::POST && path == "/";
            service.targeted(target).filter(|_| is_of_protocol)
        }
        Protocol::RestJson1 | Protocol::RestXml => {
            uri::operation(service, method, path, claimed(headers)?)
        }
        Protocol::RpcV2Cbor => {
            // Who routes by something else must not take it for another protocol.
            let protocol = single(headers, &PROTOCOL).ok()??;
            let path = path.strip_prefix("/service/")?;
            let path = path.strip_prefix(service.target_prefix.as_str())?;
            let operation = service.operation(path.strip_prefix("/operation/")?);
            operation.filter(|_| method == Method::POST && protocol == "rpc-v2-cbor")
        }
        // The body has to name the same.
        Protocol::AwsQuery | Protocol::Ec2Query => {
            let is_of_protocol = method == Method::POST && path == "/";
            let operation = service.operation(claimed(headers)??);
            operation.filter(|_| is_of_protocol)
        }
    }
}

/// The operation that a request says it asks for; none if it says so in a way that is none.
fn claimed(headers: &HeaderMap) -> Option<Option<&str>> {
    match single(headers, &OPERATION).ok()? {
        Some(name) => Some(Some(name.to_str().ok()?)),
        None => Some(None),
    }
}

/// Where a body names the operation, it must be the one that was admitted, and nothing in it may be
/// taken for another name of one.
pub fn body_names(service: &Service, operation: &Operation, body: &[u8]) -> Result<(), Failure> {
    if !matches!(service.protocol, Protocol::AwsQuery | Protocol::Ec2Query) {
        return Ok(());
    }
    let values = |wanted: &str| {
        let pairs = form_urlencoded::parse(body).filter(|(name, _)| name == wanted);
        pairs
            .map(|(_, value)| value.into_owned())
            .collect::<Vec<_>>()
    };
    let mut pairs = form_urlencoded::parse(body);
    let is_named = values("Action") == [&*operation.name]
        && values("Version") == [service.version.as_str()]
        && !pairs.any(|(name, _)| is_like_a_name(&name))
        // Some take it for the end of a pair; who means it writes it in an encoding.
        && !body.contains(&b';');
    match is_named {
        true => Ok(()),
        false => Err(not_listed(service)),
    }
}

/// Could a more lenient parser take it for `Action` or `Version`?
fn is_like_a_name(name: &str) -> bool {
    let is_letter = |c: &char| c.is_ascii_alphanumeric();
    let letters: String = name.chars().filter(is_letter).collect();
    let is_one = ["Action", "Version"].map(|one| letters.eq_ignore_ascii_case(one));
    is_one.contains(&true) && name != "Action" && name != "Version"
}

/// Does any of the services have the operation that a request asks for?
pub fn is_listed(services: &[Service], method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let mut services = services.iter();
    services.any(|service| operation(service, method, path, headers).is_some())
}

pub fn not_listed(service: &Service) -> Failure {
    Failure::forbidden(
        Code::OperationNotAllowed,
        format!(
            "The proxy's models list no such operation of {}, or the request does not follow the \
             service's protocol.",
            service.title
        ),
        "Only operations in the models are sent. Add the operation to the service's model.",
    )
}

/// Refuses to sign for a page that a development server passes on, unless told otherwise: that
/// server answers to any Host, so that the check of it says nothing.
pub fn forwarded(is_forwarded: bool, allow_forwarded: bool) -> Result<(), Failure> {
    if !is_forwarded || allow_forwarded {
        return Ok(());
    }
    Err(Failure::forbidden(
        Code::ForwardedNotAllowed,
        "The request came through a development server, but this proxy signs only for the page \
         that it serves itself.",
        "Start the proxy with --site, or with --allow-forwarded if you trust that server.",
    ))
}

/// An operation that may be signed.
#[derive(Debug, Clone, Copy)]
pub struct Admission<'m> {
    pub operation: &'m Operation,
    /// What the request can do.
    pub class: Class,
}

/// The operation of a request, if there is one and it is permitted. A REST operation of a folder
/// may take a body of any type.
pub fn admit<'m>(
    found: &Found<'m>,
    headers: &HeaderMap,
    permits: &Permits,
) -> Result<Admission<'m>, Failure> {
    let service = found.service;
    let operation = found.operation.ok_or_else(|| not_listed(service))?;
    let is_rest = service.protocol.is_rest();
    let any_type = is_rest && !service.is_built_in;
    let content_type = service.protocol.content_type();
    let is_allowed = match single(headers, &CONTENT_TYPE) {
        Ok(Some(value)) => {
            any_type
                || value
                    .as_bytes()
                    .eq_ignore_ascii_case(content_type.as_bytes())
        }
        Ok(None) => any_type,
        Err(_) => false,
    };
    if !is_allowed {
        return Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::ContentTypeNotAllowed,
            format!("{} takes {content_type} only.", service.title),
            "Send what the console would send.",
        ));
    }
    let own = operation.class;
    let class = own.max(added(operation, headers));
    permits.check(&Asked {
        service: &service.name,
        operation: &operation.name,
        own,
        class,
    })?;
    Ok(Admission { operation, class })
}

/// The class that headers of S3 add to a request, of those that are sent on.
fn added(operation: &Operation, headers: &HeaderMap) -> Class {
    let of_name = |name: &HeaderName| match name.as_str() {
        "x-amz-acl" => Some(Class::Permissions),
        // A lock that nobody can open before its time.
        "x-amz-object-lock-mode" | "x-amz-object-lock-retain-until-date" => Some(Class::Destroys),
        name => name
            .starts_with("x-amz-grant-")
            .then_some(Class::Permissions),
    };
    let names = headers.keys();
    let found = names.filter_map(|name| of_name(name).filter(|_| operation.sent.has(name)));
    found.max().unwrap_or(Class::Read)
}
