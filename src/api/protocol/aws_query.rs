//! awsQuery: a form goes up, XML comes down.

use super::form::{self, Dialect, below};
use super::{Answer, Call, NotSendable, NotUnderstood, xml};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::{Member, Place};
use serde_json::Value;

struct Query;

impl Dialect for Query {
    fn member(member: &Member) -> String {
        let name = member.traits.wire.xml_name.as_deref();
        name.unwrap_or(&member.name).to_owned()
    }

    const HAS_EMPTY_LISTS: bool = true;

    fn list(place: Place<'_>, item: &Member, key: &str) -> String {
        let is_flattened = place.has(|traits| traits.wire.xml_flattened);
        match (is_flattened, xml::name_of_flattened(place)) {
            (true, Some(name)) => {
                let list = key.rsplit_once('.').map_or("", |(list, _)| list);
                below(list, name)
            }
            (true, None) => key.to_owned(),
            (false, _) => below(
                key,
                item.traits.wire.xml_name.as_deref().unwrap_or("member"),
            ),
        }
    }
}

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    form::request::<Query>(call, input)
}

/// The output stands in an element of its own.
pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    let wrapper = call.operation.traits.wire.result_wrapper.as_deref();
    let usual = [call.operation.name(), "Result"].concat();
    xml::respond(call, response, &|root| {
        // Without a wrapper in botocore's models there is none.
        let found = root.child(wrapper.unwrap_or(&usual));
        found.or(wrapper.is_none().then_some(root))
    })
}
