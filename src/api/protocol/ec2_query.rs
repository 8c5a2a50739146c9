//! ec2Query: awsQuery with lists that are always flattened and names of its own.

use super::form::{self, Dialect};
use super::{Answer, Call, NotSendable, NotUnderstood, xml};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::{Member, Model, Place};
use serde_json::Value;

struct Ec2;

impl Dialect for Ec2 {
    const HAS_EMPTY_LISTS: bool = false;

    /// A name for answers stands for requests with a capital.
    fn member(model: &Model, member: &Member) -> String {
        if let Some(name) = &member.traits.wire.ec2_query_name {
            return name.to_string();
        }
        let name = xml::name(model, member);
        let mut letters = name.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }

    fn list(_: &Model, _: Place<'_>, _: &Member, key: &str) -> String {
        key.to_owned()
    }
}

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    form::request::<Ec2>(call, input)
}

/// The output stands in the root itself.
pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    xml::respond(call, response, &|root| Some(root))
}
