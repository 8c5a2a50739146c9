//! Members of outputs and errors that tell of entries.

use super::entries::{Element, Entries};
use super::{has_status, join, names};
use crate::model::{Join, Member, Model, Operation, Shape, ShapeKind, Teller, Tells};

/// A member, and what its name and shape say.
pub struct Told<'a> {
    pub member: String,
    /// Nothing where it only counts, or says so in one structure.
    pub tells: Option<Tells>,
    kind: Kind<'a>,
    /// The answer is about something that stands so, or about others.
    is_state: bool,
    /// Nothing that was done, but what would be.
    is_validation: bool,
    /// The operation is named as one that takes several at once.
    is_of_batch: bool,
}

/// Where items come home to, and what they are.
struct Found<'a> {
    /// The list within an item, where items are groups.
    within: Option<String>,
    join: Join,
    item: &'a Shape,
}

enum Kind<'a> {
    List(&'a Shape),
    /// A map, with the shape that it has under its own, and what its keys lead to.
    Map(&'a Shape, &'a Shape),
    Count,
    Structure,
}

pub fn of_output<'a>(model: &'a Model, operation: &Operation, has_lists: bool) -> Vec<Told<'a>> {
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    let input = operation.input.as_ref().and_then(|id| model.shape(id));
    let only_looks = names::only_looks(operation.name());
    let has_status = has_status(model, operation);
    let members = output.into_iter().flat_map(|shape| shape.members());
    let told = members.filter_map(|member| {
        let name = &member.name;
        let is_echo = input.is_some_and(|input| input.member(name).is_some());
        let kind = Kind::of(model, member)?;
        let tells = match &kind {
            Kind::Count | Kind::Structure => {
                let is_it = names::names_failures(name) && !is_echo;
                return (is_it && !only_looks && !has_status).then(|| kind.alone(name));
            }
            _ if names::names_failures(name) && !is_echo => Tells::Failures,
            _ if names::names_successes(name) => Tells::Successes,
            Kind::List(item) if is_result(model, operation, member, item) => Tells::Results,
            Kind::List(_) | Kind::Map(..) => Tells::Successes,
        };
        let is_state = match only_looks && !has_lists {
            true => !names::is_failed(name) || has_status,
            false if only_looks && names::is_validation(name) => true,
            false => {
                let is_map = matches!(kind, Kind::Map(..));
                has_status && (names::is_bare(name) || names::is_not_yet(name) || is_map)
            }
        };
        Some(Told {
            member: name.clone(),
            tells: Some(tells),
            is_state,
            is_validation: names::is_validation(name),
            is_of_batch: names::is_batch(operation.name()),
            kind,
        })
    });
    told.collect()
}

/// Lists of errors whose items count the entries that were turned away.
pub fn of_errors<'a>(model: &'a Model, operation: &Operation) -> Vec<(String, Told<'a>)> {
    let shapes = operation.errors.iter().filter_map(|id| model.shape(id));
    let told = shapes.flat_map(|shape| {
        shape.members().iter().filter_map(move |member| {
            let Some(kind @ Kind::List(_)) = Kind::of(model, member) else {
                return None;
            };
            names::is_failed(&member.name).then(|| {
                let told = Told {
                    member: member.name.clone(),
                    tells: Some(Tells::Failures),
                    kind,
                    is_state: false,
                    is_validation: false,
                    is_of_batch: false,
                };
                (shape.id.name().to_owned(), told)
            })
        })
    });
    told.collect()
}

/// Lists of what was done whose items may say that it failed after all: the list, and where in an
/// item that stands.
pub fn in_place(model: &Model, operation: &Operation) -> Vec<String> {
    if names::only_looks(operation.name()) {
        return Vec::new();
    }
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    let lists = output.into_iter().flat_map(|shape| shape.members());
    let found = lists.filter_map(|member| {
        let Kind::List(item) = Kind::of(model, member)? else {
            return None;
        };
        let says = |path: &String| names::is_of_failure(path) && !names::is_of_last(path);
        let path = code(model, item).filter(says);
        let path = path.or_else(|| message(model, item).filter(says))?;
        (!names::names_failures(&member.name)).then(|| format!("{}.{path}", member.name))
    });
    found.collect()
}

impl<'a> Kind<'a> {
    fn of(model: &'a Model, member: &Member) -> Option<Self> {
        let target = model.shape(&member.target)?;
        Some(match &target.kind {
            ShapeKind::List(item) => Self::List(model.shape(&item.target)?),
            ShapeKind::Map { value, .. } => Self::Map(target, model.shape(&value.target)?),
            ShapeKind::Integer { .. } if names::is_count(&member.name) => Self::Count,
            ShapeKind::Structure(_) if names::is_failed(&member.name) => Self::Structure,
            _ => return None,
        })
    }

    fn alone(self, name: &str) -> Told<'a> {
        Told {
            member: name.to_owned(),
            tells: None,
            kind: self,
            is_state: false,
            is_validation: false,
            is_of_batch: false,
        }
    }
}

impl Told<'_> {
    /// Does it name failures of what was asked, whether or not anything is joined to it?
    pub fn is_failure(&self, is_batch: bool) -> bool {
        match self.tells {
            Some(Tells::Failures) => is_batch || !self.is_state,
            Some(_) => false,
            None => true,
        }
    }

    /// As [`Operation::failures`] has it.
    pub fn named(&self) -> String {
        match self.kind {
            Kind::Structure => format!("{}.", self.member),
            _ => self.member.clone(),
        }
    }

    pub fn is_count(&self) -> bool {
        matches!(self.kind, Kind::Count)
    }

    /// How its items come home to entries, if they do.
    pub fn join(&self, model: &Model, entries: &Entries<'_>) -> Option<Join> {
        Some(self.found(model, entries)?.join)
    }

    fn found<'s>(&'s self, model: &'s Model, entries: &Entries<'_>) -> Option<Found<'s>> {
        if self.is_validation || (self.is_state && !self.is_of_batch) {
            return None;
        }
        let of = |join, item| Found {
            within: None,
            join,
            item,
        };
        match (&self.kind, &entries.element, self.tells) {
            (Kind::Map(own, item), Element::Map(shape), _) => {
                is_same_map(own, shape).then(|| of(Join::Entry(String::new()), *item))
            }
            (Kind::List(_), Element::Map(_), _) => None,
            (Kind::List(item), _, Some(Tells::Results)) => {
                let join = match join::of_list(model, entries, item) {
                    Some(join @ (Join::Entry(_) | Join::Index(_))) => join,
                    Some(Join::Members(pairs))
                        if pairs.iter().any(|[own, _]| names::identifies(own)) =>
                    {
                        Join::Members(pairs)
                    }
                    _ => Join::Order,
                };
                entries.is_required.then(|| of(join, *item))
            }
            // Texts in a list of errors are what went wrong, and not with what.
            (Kind::List(item), _, Some(Tells::Failures))
                if names::is_bare(&self.member) && matches!(item.kind, ShapeKind::String) =>
            {
                None
            }
            (Kind::List(item), _, Some(Tells::Failures)) => join::of_list(model, entries, item)
                .map(|join| of(join, *item))
                .or_else(|| grouped(model, entries, item)),
            (Kind::List(item), ..) => Some(of(join::of_list(model, entries, item)?, *item)),
            (Kind::Map(_, item), ..) => Some(of(join::of_map(model, entries)?, *item)),
            _ => None,
        }
    }

    pub fn teller(&self, model: &Model, entries: &Entries<'_>) -> Option<Teller> {
        let tells = self.tells?;
        if tells == Tells::Successes && !self.lists_done(entries) {
            return None;
        }
        let own = match &self.kind {
            Kind::List(item) | Kind::Map(_, item) => Some(*item),
            _ => None,
        };
        let found = self.found(model, entries);
        let of = found.as_ref().map(|found| found.item).or(own);
        let status = of.filter(|_| tells == Tells::Results);
        let status = status.and_then(|shape| success_status(model, shape));
        let of_item = |find: fn(&Model, &Shape) -> Option<String>| {
            let inner = of.and_then(|shape| find(model, shape));
            let found = inner.or_else(|| own.and_then(|shape| find(model, shape)));
            // What was done may have a description, too.
            found.filter(|path| tells == Tells::Failures || names::is_of_failure(path))
        };
        let is_status = status.is_some();
        let code = status.or_else(|| of_item(code));
        let message = match is_status {
            true => of.and_then(|shape| message(model, shape).or_else(|| self::code(model, shape))),
            false => of_item(message),
        };
        let (within, join) = match found {
            Some(found) => (found.within, found.join),
            None => (None, Join::None),
        };
        Some(Teller {
            member: self.member.clone(),
            tells,
            within,
            join,
            is_unprocessed: names::is_unprocessed(&self.member) && code.is_none(),
            code: code.unwrap_or_default(),
            message: message.unwrap_or_default(),
        })
    }

    /// Does it list what was done, by its name?
    fn lists_done(&self, entries: &Entries<'_>) -> bool {
        let own = names::words(&self.member);
        names::names_successes(&self.member)
            || own == names::words(&entries.path)
            || matches!(self.kind, Kind::List(item) if has_index(item))
    }
}

/// Groups of what failed for the same reason.
fn grouped<'s>(model: &'s Model, entries: &Entries<'_>, item: &'s Shape) -> Option<Found<'s>> {
    item.members().iter().find_map(|member| {
        let target = model.shape(&member.target)?;
        let ShapeKind::List(inner) = &target.kind else {
            return None;
        };
        let inner = model.shape(&inner.target)?;
        Some(Found {
            within: Some(member.name.clone()),
            join: join::of_list(model, entries, inner)?,
            item: inner,
        })
    })
}

/// A status of which one value says that all is well.
fn success_status(model: &Model, item: &Shape) -> Option<String> {
    let mut members = item
        .members()
        .iter()
        .filter(|it| names::is_status(&it.name));
    let found = members.find(|member| {
        let target = model.shape(&member.target);
        let mut values = target.into_iter().flat_map(|shape| shape.enum_members());
        values.any(|value| names::is_success(value.enum_value()))
    });
    found.map(|member| member.name.clone())
}

fn has_index(item: &Shape) -> bool {
    item.members()
        .iter()
        .any(|it| names::words(&it.name) == ["index"])
}

fn is_same_map(one: &Shape, other: &Shape) -> bool {
    match (&one.kind, &other.kind) {
        (ShapeKind::Map { value: one, .. }, ShapeKind::Map { value: other, .. }) => {
            one.target == other.target
        }
        _ => false,
    }
}

/// Does a list have one item for each entry, of which some say what went wrong?
fn is_result(model: &Model, operation: &Operation, member: &Member, item: &Shape) -> bool {
    let says_failure = item.members().iter().any(|member| {
        let is_one = matches!(
            kind(model, member),
            Some(ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Structure(_))
        );
        is_one && names::is_of_failure(&member.name)
    });
    let stands = item.members().iter().any(|it| names::is_status(&it.name));
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    let mut others = output.into_iter().flat_map(|shape| shape.members());
    let is_counted = others.any(|it| names::is_count(&it.name) && names::names_failures(&it.name));
    let is_result = names::is_result(&member.name);
    let is_of_state = stands && (names::only_looks(operation.name()) || !is_result);
    let is_named = is_result || names::is_batch(operation.name());
    (says_failure || success_status(model, item).is_some())
        && (is_counted || is_named && !is_of_state)
}

/// Where a failed item has its code.
fn code(model: &Model, item: &Shape) -> Option<String> {
    find(item, model, &|within, member| {
        let is_simple = matches!(
            kind(model, member),
            Some(ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Integer { .. })
        );
        // The `Type` of an `ExceptionResponse` is one of an exception.
        let name = match within.is_empty() {
            true => member.name.clone(),
            false => format!("{within}.{}", member.name),
        };
        names::code_rank(&name).filter(|_| is_simple)
    })
}

/// Where it has its message.
fn message(model: &Model, item: &Shape) -> Option<String> {
    find(item, model, &|_, member| {
        let is_text =
            |kind: Option<&ShapeKind>| matches!(kind, Some(ShapeKind::String | ShapeKind::Enum(_)));
        let is_said = match kind(model, member) {
            Some(ShapeKind::List(item)) => {
                let item = model.shape(&item.target).map(|shape| &shape.kind);
                names::is_reason(&member.name) && is_text(item)
            }
            own => is_text(own),
        };
        names::message_rank(&member.name).filter(|_| is_said)
    })
}

/// The best by its rank in the item itself, or else in what it has of errors: a structure, or a list
/// of errors or of what each error is about.
fn find(item: &Shape, model: &Model, rank: &dyn Fn(&str, &Member) -> Option<u8>) -> Option<String> {
    let best = |shape: &Shape, within: &str| {
        let ranked = shape.members().iter();
        let ranked = ranked.filter_map(|member| Some((rank(within, member)?, &member.name)));
        Some(ranked.min_by_key(|(rank, _)| *rank)?.1.clone())
    };
    let inner = || {
        let mut errors = item.members().iter().filter(|it| names::is_error(&it.name));
        errors.find_map(|member| {
            let target = model.shape(&member.target)?;
            let found = match &target.kind {
                ShapeKind::List(item) => find(model.shape(&item.target)?, model, rank)?,
                _ => best(target, &member.name)?,
            };
            Some(format!("{}.{found}", member.name))
        })
    };
    best(item, "").or_else(inner)
}

fn kind<'a>(model: &'a Model, member: &Member) -> Option<&'a ShapeKind> {
    model.shape(&member.target).map(|shape| &shape.kind)
}
