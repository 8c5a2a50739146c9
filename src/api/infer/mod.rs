//! What an operation's answer tells of the parts of its input, from shapes and names.
//!
//! AWS's models don't say which of an answer's members list failures, and which entry of the
//! input each is about. Shapes and names mostly do. What is found is marked as inferred; where
//! nothing certain is found, [`Operation::failures`] has the members that name failures, so that
//! no answer with some is taken for a success.

mod agree;
mod entries;
mod join;
mod names;
mod read;
mod tellers;

use crate::curated::{BATCHES, NO_FAILURES};
use crate::model::{Batch, Inferred, Join, Model, Operation, ShapeKind, Teller, Tells};
use entries::Entries;
use tellers::Told;

/// Infers the outcomes of all operations whose model says none.
pub fn outcomes(model: &mut Model) {
    let all = model.services().iter().flat_map(|service| {
        let operations = service.operations.iter();
        operations.map(|operation| of_operation(model, &service.name, operation))
    });
    let found: Vec<_> = all.collect();
    let operations = model.operations_mut();
    for (operation, (batch, failures)) in operations.zip(found) {
        if operation.traits.batch.is_none() {
            operation.traits.batch = batch;
            operation.failures = failures;
        }
    }
}

fn of_operation(
    model: &Model,
    service: &str,
    operation: &Operation,
) -> (Option<Batch>, Vec<String>) {
    let is_its = |[of, name]: &[&str; 2]| *of == service && *name == operation.name();
    if NO_FAILURES.iter().any(is_its) {
        return (None, Vec::new());
    }
    let candidates = entries::candidates(model, operation);
    let told = tellers::of_output(model, operation, !candidates.is_empty());
    let is_confirmed = BATCHES.iter().any(is_its);
    let batch = batch(model, operation, &candidates, &told, is_confirmed);
    let listed = told.iter().filter(|told| told.is_failure(batch.is_some()));
    let listed = listed.map(Told::named);
    let failures = listed.chain(tellers::in_place(model, operation)).collect();
    (batch, failures)
}

fn batch(
    model: &Model,
    operation: &Operation,
    candidates: &[Entries<'_>],
    told: &[Told<'_>],
    is_confirmed: bool,
) -> Option<Batch> {
    // Of what comes page by page, each page answers for a part.
    if operation.traits.paginated.is_some() {
        return None;
    }
    let errors = tellers::of_errors(model, operation);
    let joins = |entries: &Entries<'_>| {
        let mut lists = told
            .iter()
            .filter(|told| told.tells != Some(Tells::Successes));
        lists.any(|told| told.join(model, entries).is_some())
            || errors
                .iter()
                .any(|(_, told)| told.join(model, entries).is_some())
    };
    let entries = chosen(model, operation, candidates, told, joins)?;
    let of = |told: &Told<'_>| told.teller(model, entries);
    let mut all: Vec<_> = told.iter().filter_map(of).collect();
    // Items in the place of entries prove nothing where another member lists the failures.
    let lists_failures = all
        .iter()
        .any(|it| it.tells == Tells::Failures && it.join != Join::None);
    all.retain(|it| match it.tells {
        Tells::Failures => true,
        Tells::Successes => it.join != Join::None,
        Tells::Results => it.join != Join::None && !(lists_failures && it.join == Join::Order),
    });
    as_failures_are_joined(&mut all);
    let is_told = |list: &str| all.iter().any(|it| it.member == list);
    let in_place = tellers::in_place(model, operation).into_iter();
    let in_place = in_place.filter_map(|path| {
        let (list, code) = path.split_once('.')?;
        (!is_told(list)).then(|| Teller {
            member: list.to_owned(),
            tells: Tells::Results,
            within: None,
            join: Join::None,
            code: code.to_owned(),
            message: String::new(),
            is_unprocessed: false,
        })
    });
    let in_place: Vec<_> = in_place.collect();
    all.extend(in_place);
    let own = errors
        .iter()
        .filter_map(|(name, told)| Some((name.clone(), of(told)?)));
    let errors: Vec<_> = own.collect();
    let counts = told.iter().filter(|told| told.is_count());
    let failed = all
        .iter()
        .find(|it| it.tells != Tells::Successes && it.join != Join::None);
    let done = all.iter().find(|it| it.tells == Tells::Successes);
    failed.or(errors.first().map(|(_, told)| told))?;
    Some(Batch {
        entries: entries.path.clone(),
        failed: failed.map(|it| it.member.clone()).unwrap_or_default(),
        succeeded: done.map(|it| it.member.clone()),
        entry_key: entries.key(model, failed.map(|it| &it.join)),
        code: failed.map(|it| it.code.clone()).unwrap_or_default(),
        message: failed.map(|it| it.message.clone()).unwrap_or_default(),
        retryable: Vec::new(),
        done: String::new(),
        inferred: Some(Box::new(Inferred {
            counts: counts.map(|it| it.member.clone()).collect(),
            tellers: all,
            errors,
            is_confirmed,
            read: read::read,
        })),
    })
}

/// What was done is known by the members that failures are known by: others change.
fn as_failures_are_joined(all: &mut Vec<Teller>) {
    let mut lists = all.iter().filter(|it| it.tells == Tells::Failures);
    let own: Option<Vec<String>> = lists.find_map(|it| match &it.join {
        Join::Members(pairs) => Some(pairs.iter().map(|[own, _]| own.clone()).collect()),
        _ => None,
    });
    for it in all.iter_mut().filter(|it| it.tells == Tells::Successes) {
        if let (Some(own), Join::Members(pairs)) = (&own, &mut it.join) {
            pairs.retain(|[name, _]| own.contains(name));
        }
    }
    all.retain(|it| it.join != Join::Members(Vec::new()));
}

/// The list that the answer is about: a required one that a join leads to, or the only one there is.
/// Of several the one that is named like what the answer lists; none where what it lists is named
/// like different ones, as sending a part again would repeat the other.
fn chosen<'a, 'b>(
    model: &Model,
    operation: &Operation,
    candidates: &'a [Entries<'b>],
    told: &[Told<'_>],
    joins: impl Fn(&Entries<'_>) -> bool,
) -> Option<&'a Entries<'b>> {
    let mut found: Vec<&Entries<'_>> = candidates.iter().filter(|it| joins(it)).collect();
    let all = found.clone();
    if found.iter().any(|it| it.is_required) {
        found.retain(|it| it.is_required);
    } else if candidates.len() > 1 {
        return None;
    }
    let lists = || {
        told.iter()
            .filter(|told| told.tells == Some(Tells::Failures))
    };
    let like = |entries: &Entries<'_>, name: &str| {
        names::likeness(&names::subject(&entries.path), &names::words(name))
    };
    // A list is named like what failed, or like what an item has to say which one it is.
    let like_told = |entries: &Entries<'_>, told: &Told<'_>| {
        let members = match told.join(model, entries) {
            Some(Join::AnyOf(pairs) | Join::Members(pairs)) => pairs,
            _ => Vec::new(),
        };
        let members = members.iter().map(|[_, member]| like(entries, member));
        members.fold(like(entries, &told.member), i32::max)
    };
    let about = |entries: &Entries<'_>| {
        let named = lists().map(|told| like_told(entries, told)).max();
        let last = names::subject(&entries.path).pop().unwrap_or_default();
        let is_identifier = matches!(last.as_str(), "id" | "identifier" | "arn");
        let of_operation = like(entries, operation.name());
        (
            named.unwrap_or(of_operation).max(of_operation),
            is_identifier,
        )
    };
    let best = found.iter().map(|it| about(it)).max()?;
    found.retain(|it| about(it) == best);
    // Of equals nobody knows.
    let [one] = found[..] else {
        return None;
    };
    let is_of_other = |told: &Told<'_>| {
        let own = like_told(one, told);
        let mut others = all.iter().filter(|it| it.path != one.path);
        others.any(|it| told.join(model, it).is_some() && like_told(it, told) > own)
    };
    (!lists().any(is_of_other)).then_some(one)
}

/// Does the output say how the thing stands that it is about? Failures beside that are of the thing.
fn has_status(model: &Model, operation: &Operation) -> bool {
    let output = operation.output.as_ref().and_then(|id| model.shape(id));
    let mut members = output.into_iter().flat_map(|shape| shape.members());
    members.any(|member| {
        let kind = model.shape(&member.target).map(|shape| &shape.kind);
        let is_text = matches!(kind, Some(ShapeKind::String | ShapeKind::Enum(_)));
        is_text && names::is_status(&member.name)
    })
}
