//! Traits, read into what the rest of the crate asks for.

use super::Batch;
use super::Protocol;
use super::afterwards::{FieldErrors, Follow, ReadBack, Retryable, codes};
use super::ast::{Malformed, ObjectNode, integer, text};
use super::trait_values::{status, texts};
use super::wire_traits::WireTraits;
use crate::pattern::Pattern;
use serde_json::{Map, Number, Value};

/// The traits of one shape or member. A trait that isn't there has its neutral value.
#[derive(Debug, Default)]
pub struct Traits {
    pub documentation: Option<String>,
    pub title: Option<String>,
    pub required: bool,
    pub length: Option<Length>,
    pub range: Option<Range>,
    pub pattern: Option<Pattern>,
    pub unique_items: bool,
    pub idempotency_token: bool,
    /// The value is a secret, or tells of a person: it is neither shown unasked nor kept.
    pub sensitive: bool,
    pub enum_value: Option<String>,
    pub http: Option<Http>,
    pub http_error: Option<u16>,
    pub error: Option<Fault>,
    pub retryable: Option<Retryable>,
    pub readonly: bool,
    pub idempotent: bool,
    pub paginated: Option<Paginated>,
    pub examples: Vec<Example>,
    pub label: Option<Label>,
    pub batch: Option<Batch>,
    /// Documented values of an open string, with what they mean.
    pub known_values: Vec<(String, String)>,
    /// The value that asks for a language, by the language's subtag: the page's is proposed.
    pub languages: Vec<(String, String)>,
    /// What identifiers of this kind begin with.
    pub id_prefix: Option<String>,
    /// What the person can do about an error or an entry's code.
    pub remedy: Option<String>,
    /// What a status says about the thing it is the status of.
    pub state: Option<State>,
    /// When the status that stands beside it last changed.
    pub changed: bool,
    /// The operation of the same service that takes back what this one does.
    pub inverse: Option<String>,
    pub read_back: Option<ReadBack>,
    pub follow: Option<Follow>,
    /// Errors, and codes of entries, that after an unknown outcome can mean it was done then.
    pub already_done: Vec<String>,
    pub field_errors: Option<FieldErrors>,
    pub endpoint: Option<EndpointRule>,
    pub signing_name: Option<String>,
    pub endpoint_prefix: Option<String>,
    pub arn_namespace: Option<String>,
    pub sdk_id: Option<String>,
    /// What AWS's own client calls the service, where that can't be told from its `sdkId`.
    pub service_name: Option<String>,
    pub protocol: Option<Protocol>,
    /// What changes the bytes on the wire.
    pub wire: WireTraits,
}

/// Bounds of a string (in Unicode scalar values), list or map; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    pub min: Option<usize>,
    pub max: Option<usize>,
}

/// Bounds of a number; both ends included.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    pub min: Option<Number>,
    pub max: Option<Number>,
}

#[derive(Debug, Clone)]
pub struct Http {
    pub method: String,
    pub uri: String,
    pub code: u16,
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Client,
    Server,
}

/// `formsmith#state`: how far something has come whose status is an enum value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Accepted and not begun.
    Pending,
    Running,
    /// Already lost, and not yet at its end.
    Failing,
    Succeeded,
    Failed,
}

impl State {
    /// Will the thing never have another status?
    pub fn is_over(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

/// `smithy.api#paginated`: an operation that answers page by page. What an operation leaves out
/// is filled in from the service's own trait.
#[derive(Debug, Clone)]
pub struct Paginated {
    /// The input members that take the tokens of the page before; mostly one.
    pub input_tokens: Vec<String>,
    /// Where in the output the tokens for the next page stand, in the same order: names with dots
    /// between them, `[-1]` for the last item of a list, ` || ` between one place and the next best.
    pub output_tokens: Vec<String>,
    /// Where the output says whether there is a next page, if it says so.
    pub more: Option<String>,
    /// The output member that lists the items.
    pub items: Option<String>,
    /// What else of an output goes on from page to page: further lists, and sums.
    pub more_items: Vec<String>,
    /// The input member that limits the items of a page.
    pub page_size: Option<String>,
}

/// An input worth showing, from `smithy.api#examples`.
#[derive(Debug, Clone)]
pub struct Example {
    pub title: String,
    pub documentation: Option<String>,
    pub input: Value,
}

/// `formsmith#label`: the person's words for an operation or a member.
#[derive(Debug, Clone, Default)]
pub struct Label {
    pub title: String,
    /// The verb on the button that sends.
    pub verb: Option<String>,
    /// The sentence for an empty answer that means success.
    pub done: Option<String>,
    /// One item of a list or map, and several.
    pub item: Option<String>,
    pub items: Option<String>,
}

/// `formsmith#endpoint`: where the service answers.
#[derive(Debug, Clone, Default)]
pub struct EndpointRule {
    pub prefix: String,
    /// The host always has the partition's dual-stack suffix.
    pub dual_stack: bool,
    /// Partitions in which one region answers for all.
    pub partition_region: Vec<(String, String)>,
}

/// Why a trait could not be used.
pub enum Refused {
    /// Not known, or known and not done by this crate.
    Unsupported,
    /// Known, and written in a way it can't be.
    Malformed(String),
}

impl Traits {
    /// Reads the traits of one shape or member, whose name is the member's or nothing; `refuse`
    /// hears of each that can't be used.
    pub fn read(
        name: &str,
        ast: &Map<String, Value>,
        refuse: &mut dyn FnMut(&str, Refused),
    ) -> Self {
        let mut traits = Self::default();
        for (id, value) in ast {
            if let Some(flag) = traits.flag(id) {
                *flag = true;
                continue;
            }
            let result = match traits.text(id) {
                Some(slot) => text(value, "the trait").map(|text| *slot = Some(text)),
                None => match traits.any(name, id, value) {
                    Ok(true) => Ok(()),
                    Ok(false) => {
                        refuse(id, Refused::Unsupported);
                        continue;
                    }
                    Err(malformed) => Err(malformed),
                },
            };
            if let Err(malformed) = result {
                refuse(id, Refused::Malformed(malformed));
            }
        }
        traits
    }

    /// The place of a trait that says all by being there.
    fn flag(&mut self, id: &str) -> Option<&mut bool> {
        Some(match id {
            "smithy.api#required" => &mut self.required,
            "smithy.api#uniqueItems" => &mut self.unique_items,
            "smithy.api#idempotencyToken" => &mut self.idempotency_token,
            "smithy.api#sensitive" => &mut self.sensitive,
            "smithy.api#readonly" => &mut self.readonly,
            "smithy.api#idempotent" => &mut self.idempotent,
            _ => return None,
        })
    }

    /// The place of a trait whose value is a string.
    fn text(&mut self, id: &str) -> Option<&mut Option<String>> {
        Some(match id {
            "smithy.api#documentation" => &mut self.documentation,
            "smithy.api#title" => &mut self.title,
            "smithy.api#enumValue" => &mut self.enum_value,
            "formsmith#name" => &mut self.service_name,
            "formsmith#idPrefix" => &mut self.id_prefix,
            "formsmith#remedy" => &mut self.remedy,
            _ => return None,
        })
    }

    fn any(&mut self, name: &str, id: &str, value: &Value) -> Result<bool, Malformed> {
        Ok(self.wire.read(name, id, value)? || self.structured(id, value)?)
    }

    /// Reads a trait that the wire knows nothing of; false if it is not known.
    fn structured(&mut self, id: &str, value: &Value) -> Result<bool, Malformed> {
        let object = || ObjectNode::of(value, "the trait");
        match id {
            // The first two say where a shape is used, which the operations say too; the members of
            // an enum are the loader's.
            "smithy.api#input" | "smithy.api#output" | "smithy.api#enum" => {}
            "aws.auth#sigv4" => self.signing_name = Some(object()?.text("name")?),
            "aws.api#service" => {
                self.endpoint_prefix = object()?.optional_text("endpointPrefix")?;
                self.arn_namespace = object()?.optional_text("arnNamespace")?;
                self.sdk_id = object()?.optional_text("sdkId")?;
            }
            "smithy.api#length" => self.length = Some(Length::read(object()?)?),
            "smithy.api#range" => self.range = Some(Range::read(object()?)?),
            "smithy.api#pattern" => {
                self.pattern = Some(Pattern::new(&text(value, "the trait")?));
            }
            "smithy.api#http" => self.http = Some(Http::read(object()?)?),
            "smithy.api#httpError" => self.http_error = Some(status(integer(value, "the trait")?)?),
            "smithy.api#error" => self.error = Some(Fault::read(value)?),
            "smithy.api#retryable" => {
                let throttling = object()?.flag("throttling")?;
                self.retryable = Some(Retryable { throttling });
            }
            "smithy.api#paginated" => self.paginated = Some(Paginated::read(object()?)?),
            "smithy.api#examples" => self.examples = Example::read_all(value)?,
            "formsmith#label" => self.label = Some(Label::read(object()?)?),
            "formsmith#batch" => self.batch = Some(Batch::read(object()?)?),
            "formsmith#inverse" => self.inverse = Some(object()?.text("operation")?),
            "formsmith#readBack" => self.read_back = Some(ReadBack::read(object()?)?),
            "formsmith#follow" => self.follow = Some(Follow::read(object()?)?),
            "formsmith#alreadyDone" => self.already_done = codes(value)?,
            "formsmith#fieldErrors" => self.field_errors = Some(FieldErrors::read(object()?)?),
            "formsmith#endpoint" => self.endpoint = Some(EndpointRule::read(object()?)?),
            "formsmith#state" => self.state = Some(State::read(value)?),
            "formsmith#changed" => self.changed = true,
            // The catalog alone tells it.
            "formsmith#startPage" => {}
            "formsmith#languages" => self.languages = texts(object()?)?,
            "formsmith#knownValues" => self.known_values = texts(object()?)?,
            _ => {
                let Some(protocol) = Protocol::of_trait(id) else {
                    return Ok(false);
                };
                self.protocol = self.protocol.max(Some(protocol));
            }
        }
        Ok(true)
    }
}
