//! Models of a person's own, and what of any model is not supported.

use crate::{capitalised, listed, texts};
use formsmith_api::model::{Lacking, Stops, Unsupported};
use formsmith_run::{StoreFailure, Target};

/// Why a file is not kept.
#[must_use]
pub fn own_not_kept(file: &str, why: StoreFailure) -> String {
    match why {
        StoreFailure::Full | StoreFailure::OnlyPinned => texts::own_full(file),
        StoreFailure::Forbidden => texts::own_forbidden(file),
        StoreFailure::Failed => texts::own_not_working(file),
    }
}

/// Why it is not known which there are.
#[must_use]
pub fn own_unreadable(why: StoreFailure) -> &'static str {
    match why {
        StoreFailure::Forbidden => texts::own_list_forbidden(),
        _ => texts::own_list_not_working(),
    }
}

/// What comes of sending an operation of the service of this name, which is a person's own.
#[must_use]
pub fn own_sent_to(target: Target, name: &str) -> String {
    match target {
        Target::PageSandbox | Target::ProxySandbox => texts::own_sandbox().into(),
        Target::ProxyAws => texts::own_proxy(name),
    }
}

/// Where something stands: its shape and member, by the names that the model has for them.
#[must_use]
pub fn place_in_model(unsupported: &Unsupported) -> String {
    let at = unsupported.at.rsplit_once('#');
    at.map_or(&*unsupported.at, |(_, name)| name)
        .replace('$', ".")
}

#[must_use]
pub fn lacking(unsupported: &Unsupported) -> String {
    let what = &unsupported.what;
    match unsupported.kind {
        Lacking::Trait => texts::lacking_trait(what),
        Lacking::Type => texts::lacking_type(what),
        Lacking::Pattern => texts::lacking_pattern(what),
        Lacking::Way => capitalised(what),
    }
}

/// What it means for who fills in the form.
#[must_use]
pub fn lacking_means(unsupported: &Unsupported) -> &'static str {
    match (unsupported.stops, unsupported.kind) {
        (Some(Stops::Writing), _) => texts::lacking_unwritten(),
        (Some(Stops::Reading), _) => texts::lacking_unread(),
        (Some(Stops::Signing), _) => texts::lacking_unsigned(),
        (None, Lacking::Type) => texts::lacking_json(),
        (None, Lacking::Pattern) => texts::lacking_unchecked(),
        (None, _) => texts::lacking_ignored(),
    }
}

/// Why an operation is not sent.
#[must_use]
pub fn why_refused<'a>(refusals: impl Iterator<Item = &'a Unsupported>) -> String {
    let reasons = refusals.map(|it| texts::reason_at(&it.what, &place_in_model(it)));
    texts::operation_refused_detail(&listed(&reasons.collect::<Vec<_>>()))
}
