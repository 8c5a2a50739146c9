//! Smithy models: services, operations, shapes and traits, read from the JSON AST.
//!
//! Loading never drops anything in silence: what a model asks for and this crate can't do is
//! listed by [`Model::unsupported`].

mod afterwards;
mod ast;
mod batch;
#[cfg(feature = "botocore")]
mod c2j;
mod catalog;
mod check;
mod embedded;
mod load;
mod mixins;
mod names;
#[cfg(feature = "botocore")]
mod own;
mod prelude;
mod refused;
mod resources;
mod service;
mod shape;
mod trait_values;
mod traits;
mod wire_traits;

pub use afterwards::{FieldErrors, Follow, LookedFor, ReadBack, Retryable};
pub(crate) use batch::text_at;
pub use batch::{Batch, Inferred, Join, KEY, NUMBER, ReadInferred, Teller, Tells};
pub use catalog::{CatalogOperation, CatalogService, catalog, translated_catalog};
pub use load::{Lacking, LoadError, Stops, Unsupported};
pub use names::{in_words, words_of};
#[cfg(feature = "botocore")]
pub use own::{NotOwn, OWN, is_own};
pub use service::{Operation, Protocol, Service};
pub use shape::{Member, Shape, ShapeId, ShapeKind};
pub use traits::{
    EndpointRule, Example, Fault, Http, Label, Length, Paginated, Range, State, Traits,
};
pub use wire_traits::{Auth, Binding, Checksum, TimestampFormat, WireTraits, XmlNamespace};

use crate::class::Class;
use crate::protocol::Codec;
#[cfg(feature = "botocore")]
use crate::protocol::Codecs;

/// A set of services with all the shapes they use.
#[derive(Debug, Default)]
pub struct Model {
    services: Vec<Service>,
    shapes: Vec<Shape>,
    /// Where the shapes are, in the order of their ids.
    by_id: Vec<usize>,
    unsupported: Vec<Unsupported>,
}

/// What holds at one place of an input or output: the traits of the member that leads there,
/// over the traits of the shape it targets.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub member: Option<&'a Traits>,
    pub shape: &'a Shape,
}

impl Model {
    /// The services that come with the project.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::load_built_in(embedded::DOCUMENTS)
    }

    /// Reads Smithy JSON AST documents; shapes may refer to each other across documents, mixins,
    /// `apply` and resources only within theirs.
    pub fn load(documents: &[&str]) -> Result<Self, LoadError> {
        load::load(documents)
    }

    /// The same for the models of this project, which need less: a document with mixins, `apply`,
    /// resources or a protocol that is not JSON is refused. The code for these is not reached from
    /// here, so that a page's first form does not wait for it.
    pub fn load_built_in(documents: &[&str]) -> Result<Self, LoadError> {
        load::load_built_in(documents)
    }

    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Reads one of botocore's models (`service-2.json`, in the language C2J): `name` is that of
    /// its folder, such as `sesv2`. Shape ids are made of that and the shapes' names. Of a protocol
    /// that `codecs` gives no code for, nothing is written before [`add_codec`](Self::add_codec).
    #[cfg(feature = "botocore")]
    pub fn load_botocore(name: &str, document: &str, codecs: Codecs) -> Result<Self, LoadError> {
        c2j::load(name, document, codecs)
    }

    /// The same without what bodies hold, for who only tells requests from each other: inputs, outputs
    /// and errors have the members that stand outside of bodies, and those in bodies that are `kept` by
    /// their names. What these lead to has no members and no constraints.
    #[cfg(feature = "botocore")]
    pub fn load_botocore_heads(
        name: &str,
        document: &str,
        kept: &dyn Fn(&str) -> bool,
        codecs: Codecs,
    ) -> Result<Self, LoadError> {
        c2j::load_heads(name, document, kept, codecs)
    }

    /// Reads a file of a person's own: Smithy's JSON AST or C2J with one service. Its name is the
    /// model's, or else that of the file, behind [`OWN`]. `codecs` as in
    /// [`load_botocore`](Self::load_botocore).
    #[cfg(feature = "botocore")]
    pub fn load_own(file: &str, document: &str, codecs: Codecs) -> Result<Self, NotOwn> {
        own::load(file, document, codecs)
    }

    /// Fills in what shapes and names tell of the outcomes of operations, where the model doesn't say
    /// it: [`Traits::batch`] and [`Operation::failures`].
    #[cfg(feature = "botocore")]
    pub fn infer_outcomes(&mut self) {
        crate::infer::outcomes(self);
    }

    /// What operations can do, from a list that knows more of it than their model. What the list
    /// doesn't have stays as it is.
    pub fn classify(&mut self, of: impl Fn(&str) -> Option<Class>) {
        let operations = self.services.iter_mut().flat_map(|it| &mut it.operations);
        for operation in operations {
            if let Some(class) = of(operation.name()) {
                operation.class = class;
            }
        }
    }

    /// All operations, in their order.
    #[cfg(feature = "botocore")]
    pub(crate) fn operations_mut(&mut self) -> impl Iterator<Item = &mut Operation> {
        self.services.iter_mut().flat_map(|it| &mut it.operations)
    }

    /// The code for a protocol, if it came later than the model.
    pub fn add_codec(&mut self, protocol: Protocol, codec: Codec) {
        let services = self.services.iter_mut();
        for service in services.filter(|service| service.protocol == protocol) {
            service.codec.get_or_insert(codec);
        }
    }

    /// The service of this name, such as `servicecatalog`.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }

    /// The shape of this id; loading has checked that every target exists.
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        let at = self.position(id).ok()?;
        self.shapes.get(*self.by_id.get(at)?)
    }

    /// The shape of an operation's error by its name, or by the code it has in answers.
    pub fn error(&self, operation: &Operation, name: &str) -> Option<&Shape> {
        let shapes = operation.errors.iter().filter_map(|id| self.shape(id));
        let mut called = shapes.filter(|shape| {
            let code = shape.traits.wire.error_code.as_deref();
            code == Some(name) || shape.id.name() == name
        });
        called.next()
    }

    /// Where in `by_id` a shape stands, or would stand.
    fn position(&self, id: &ShapeId) -> Result<usize, usize> {
        let own = |at: &usize| self.shapes.get(*at).map(|shape| shape.id.as_str());
        self.by_id
            .binary_search_by(|at| own(at).cmp(&Some(id.as_str())))
    }

    /// Adds a shape; of two with the same id the last remains.
    fn insert(&mut self, shape: Shape) {
        match self.position(&shape.id) {
            Ok(at) => self.shapes[self.by_id[at]] = shape,
            Err(at) => {
                self.by_id.insert(at, self.shapes.len());
                self.shapes.push(shape);
            }
        }
    }

    /// The members of all structures and unions.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        let shapes = self.by_id.iter().filter_map(|&at| self.shapes.get(at));
        shapes.flat_map(Shape::members)
    }

    /// What the models ask for and this crate doesn't do.
    pub fn unsupported(&self) -> &[Unsupported] {
        &self.unsupported
    }

    /// The place a member leads to.
    pub fn place<'a>(&'a self, member: &'a Member) -> Option<Place<'a>> {
        Some(Place {
            member: Some(&member.traits),
            shape: self.shape(&member.target)?,
        })
    }

    /// What a member is called: by its place, or by its name where that leads nowhere.
    pub fn title(&self, member: &Member) -> String {
        match self.place(member) {
            Some(place) => place.title(&member.name),
            None => member.name.clone(),
        }
    }

    /// The place of an operation's input; for one without it a structure that has no members.
    pub fn input(&self, operation: &Operation) -> Option<Place<'_>> {
        match &operation.input {
            Some(id) => self.root(id),
            None => self.root(&ShapeId::new(prelude::UNIT)),
        }
    }

    /// The place where a value of this shape stands by itself, without a member.
    pub fn root(&self, id: &ShapeId) -> Option<Place<'_>> {
        Some(Place {
            member: None,
            shape: self.shape(id)?,
        })
    }
}

impl<'a> Place<'a> {
    /// A fact of the member if it has one, of the shape otherwise.
    pub fn find<T>(&self, read: impl Fn(&'a Traits) -> Option<T>) -> Option<T> {
        self.member
            .and_then(&read)
            .or_else(|| read(&self.shape.traits))
    }

    /// Documented values of an open string, with what they mean.
    pub fn known_values(&self) -> &'a [(String, String)] {
        let read = |traits: &'a Traits| {
            let values = traits.known_values.as_slice();
            (!values.is_empty()).then_some(values)
        };
        self.find(read).unwrap_or_default()
    }

    /// Does the trait stand at the member or the shape?
    pub fn has(&self, read: impl Fn(&'a Traits) -> bool) -> bool {
        self.member.is_some_and(&read) || read(&self.shape.traits)
    }

    /// The member's title, or the name it has in the model in words.
    pub fn title(&self, name: &str) -> String {
        match self.member.and_then(|traits| traits.label.as_ref()) {
            Some(label) if !label.title.is_empty() => label.title.clone(),
            _ => in_words(name),
        }
    }
}
