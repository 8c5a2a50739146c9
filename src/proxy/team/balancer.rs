//! An Application Load Balancer of AWS that signs people in: what it says of them, and how that is
//! verified.

use super::jws::{Claims, Unverified};
use super::keys::Keys;
use super::person::Person;
use super::session::seconds;
use crate::failure::Failure;
use crate::guard::single;
use crate::http::{HeaderMap, HeaderName, StatusCode};
use crate::limits;
use formsmith_wire::Code;
use std::str::FromStr;
use std::time::SystemTime;

/// Claims of the person, as a token that the balancer signed.
const DATA: HeaderName = HeaderName::from_static("x-amzn-oidc-data");

/// The ARN of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn {
    pub text: String,
    pub region: String,
}

impl FromStr for Arn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.split(':');
        let parts: [Option<&str>; 6] = std::array::from_fn(|_| parts.next());
        match parts {
            [
                Some("arn"),
                Some(_),
                Some("elasticloadbalancing"),
                Some(region),
                Some(_),
                Some(name),
            ] if crate::policy::names_a_region(region) && name.starts_with("loadbalancer/app/") => {
                Ok(Self {
                    text: text.to_owned(),
                    region: region.to_owned(),
                })
            }
            _ => Err(format!(
                "{text:?} is not the ARN of an Application Load Balancer, such as \
                 arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/name/0123456789abcdef"
            )),
        }
    }
}

#[derive(Debug)]
pub struct Balancer {
    /// Who has to have signed.
    arn: Arn,
    keys: Keys,
}

impl Balancer {
    pub fn new(arn: Arn, keys: Keys) -> Self {
        Self { arn, keys }
    }

    /// Who sends a request with these headers. Whatever is wrong with the token is told alike: who
    /// makes one up learns nothing of how to do it better.
    pub async fn person(&self, headers: &HeaderMap, now: SystemTime) -> Result<Person, Failure> {
        let data = single(headers, &DATA).map_err(|_| unverified())?;
        let data = data.ok_or_else(missing)?;
        let data = data.to_str().map_err(|_| unverified())?;
        let token = Unverified::read(data).ok_or_else(unverified)?;
        let is = |name: &str, value: &str| token.header.get(name).is_some_and(|it| it == value);
        if !is("alg", "ES256") || !is("signer", &self.arn.text) {
            return Err(unverified());
        }
        let id = token.header.get("kid").and_then(|id| id.as_str());
        let key = self.keys.find(id.ok_or_else(unverified)?).await?;
        let claims = token.claims(&key).ok_or_else(unverified)?;
        let is_of_now = [Some(&token.header), Some(&claims)]
            .into_iter()
            .flatten()
            .filter_map(|told| told.get("exp"))
            .map(|end| {
                let end = end.as_u64();
                end.is_some_and(|end| seconds(now) < end.saturating_add(limits::SIGN_IN_LEEWAY))
            })
            .reduce(|one, other| one && other);
        // One without an end would be good for ever.
        if is_of_now != Some(true) || is_early(&claims, now) {
            return Err(unverified());
        }
        Person::read(&claims).ok_or_else(unverified)
    }
}

fn is_early(claims: &Claims, now: SystemTime) -> bool {
    let from = claims.get("nbf");
    from.is_some_and(|from| {
        let from = from.as_u64();
        from.is_none_or(|from| seconds(now).saturating_add(limits::SIGN_IN_LEEWAY) < from)
    })
}

const SIGN_IN: &str = "Open the console at its public address, and sign in there.";

fn missing() -> Failure {
    Failure::new(
        StatusCode::UNAUTHORIZED,
        Code::PersonUnknown,
        "The request did not come through the load balancer's sign-in.",
        SIGN_IN,
    )
}

pub fn unverified() -> Failure {
    Failure::new(
        StatusCode::UNAUTHORIZED,
        Code::PersonUnknown,
        "What the request says of its sender was not signed by this proxy's load balancer, or is \
         too old.",
        SIGN_IN,
    )
}
