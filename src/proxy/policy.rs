//! What may be signed: the operations of the loaded models, asked for just as their protocol
//! asks, in regions that can exist. Everything else is refused before it is looked at further.

use crate::failure::Failure;
use crate::guard::single;
use crate::http::header::CONTENT_TYPE;
use crate::http::{HeaderMap, HeaderName, Method, StatusCode};
use formsmith_api::endpoint::is_region;
use formsmith_api::model::{Model, Operation, Protocol, Service};
use formsmith_wire::Code;

pub const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

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

/// The service of an address, which must be a loaded one, in a region that can exist.
pub fn service<'m>(model: &'m Model, address: &Address<'_>) -> Result<&'m Service, Failure> {
    let service = model.service(address.service).ok_or_else(|| {
        let known: Vec<_> = model
            .services()
            .iter()
            .map(|service| service.name.as_str())
            .collect();
        Failure::forbidden(
            Code::ServiceNotAllowed,
            "The proxy's models don't include this service.",
            format!("Use one of these in the address: {}.", known.join(", ")),
        )
    })?;
    if !names_a_region(address.region) {
        return Err(Failure::forbidden(
            Code::RegionNotAllowed,
            "This is not a valid region name.",
            "Use a region such as us-east-1 in the address.",
        ));
    }
    Ok(service)
}

/// Words in letters, then a number: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`.
fn names_a_region(region: &str) -> bool {
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
        Protocol::RestJson1 => service.operations.iter().find(|operation| {
            operation
                .traits
                .http
                .as_ref()
                .is_some_and(|http| method == http.method.as_str() && path == http.uri)
        }),
        // Their operations can't be told from method, path and target, or not yet.
        Protocol::RestXml | Protocol::AwsQuery | Protocol::Ec2Query | Protocol::RpcV2Cbor => None,
    }
}

/// Does any service have the operation that a request asks for?
pub fn is_listed(model: &Model, method: &Method, path: &str, headers: &HeaderMap) -> bool {
    let mut services = model.services().iter();
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

/// The operation of a request that may be signed: the one that was asked for, if there is one.
pub fn admit<'m>(
    service: &Service,
    asked: Option<&'m Operation>,
    headers: &HeaderMap,
    allow_write: bool,
) -> Result<&'m Operation, Failure> {
    let operation = asked.ok_or_else(|| not_listed(service))?;
    let content_type = service.protocol.content_type();
    let is_the_protocols = matches!(
        single(headers, &CONTENT_TYPE),
        Ok(Some(value)) if value.as_bytes().eq_ignore_ascii_case(content_type.as_bytes())
    );
    if !is_the_protocols {
        return Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Code::ContentTypeNotAllowed,
            format!("{} takes {content_type} only.", service.title),
            "Send what the console would send.",
        ));
    }
    if !operation.traits.readonly && !allow_write {
        return Err(Failure::forbidden(
            Code::WriteNotAllowed,
            format!(
                "{} can change something, but this proxy allows only reads.",
                operation.name()
            ),
            "Start the proxy with --allow-write to send this.",
        ));
    }
    Ok(operation)
}
