//! awsQuery: a form goes up, XML comes down.

use super::form::{self, Dialect, below};
use super::{Answer, Call, NotSendable, NotUnderstood, xml};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::{Member, Model, Place};
use serde_json::Value;

struct Query;

impl Dialect for Query {
    fn member(model: &Model, member: &Member) -> String {
        xml::name(model, member).to_owned()
    }

    const HAS_EMPTY_LISTS: bool = true;

    fn list(model: &Model, place: Place<'_>, item: &Member, key: &str) -> String {
        let is_flattened = place.has(|traits| traits.wire.xml_flattened);
        match (is_flattened, xml::name_of_flattened(place)) {
            (true, Some(name)) => {
                let list = key.rsplit_once('.').map_or("", |(list, _)| list);
                below(list, name)
            }
            (true, None) => key.to_owned(),
            (false, _) => below(key, xml::given_name(model, item).unwrap_or("member")),
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
        let found = root.child(wrapper.unwrap_or(&usual));
        // Where botocore's models name none there may be none.
        let is_bare = wrapper.is_none() && root.name.starts_with(call.operation.name());
        found.or(is_bare.then_some(root))
    })
}
