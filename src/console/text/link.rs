//! Links that fill a form.

use super::problems::{json_type, quoted};
use super::{counted, listed};
use crate::state::{FromLink, LinkProblem, LinkRegion};

pub const LINK: &str = "Link";
pub const COPY_LINK: &str = "Copy link";
pub const LINK_TOO_LONG: &str =
    "This input is too long for a link, which holds 16 KB. Copy the JSON instead.";
pub const LINK_FILLED: &str = "A link filled this form. Nothing was sent.";
pub const LINK_REFUSED: &str = "The link could not be read. The form is as it was.";

pub fn from_link(link: &FromLink) -> String {
    let region = link.region.as_ref().map(link_region);
    format!(
        "{} {}",
        left_out(&link.left_out),
        region.unwrap_or_default()
    )
    .trim()
    .to_owned()
}

fn left_out(names: &[String]) -> String {
    const ENOUGH: usize = 5;
    let mut named: Vec<String> = names.iter().take(ENOUGH).map(|it| quoted(it)).collect();
    if let Some(more) = names.len().checked_sub(ENOUGH).filter(|more| *more > 0) {
        named.push(counted(more, "more", "more"));
    }
    match names.len() {
        0 => String::new(),
        1 => format!(
            "The operation has no member {}: it was left out.",
            listed(&named, "and")
        ),
        _ => format!(
            "The operation has no members {}: they were left out.",
            listed(&named, "and")
        ),
    }
}

pub fn link_region(region: &LinkRegion) -> String {
    match region {
        LinkRegion::Chosen(region) => format!("The region is now {region}."),
        LinkRegion::Unknown { named, stays } => format!(
            "The region {} is not known here: it is still {stays}.",
            quoted(named)
        ),
    }
}

pub fn link_problem(problem: &LinkProblem) -> String {
    match problem {
        LinkProblem::Overtaken => {
            "You wrote or sent something before the page was ready. Open the link again to fill the form."
                .into()
        }
        LinkProblem::TooLong => "It is longer than 16 KB.".into(),
        LinkProblem::Garbled => {
            "Its percent-encoding is malformed: it may have been cut off or changed on its way."
                .into()
        }
        LinkProblem::NotJson => {
            "Its input is not JSON: it may have been cut off or changed on its way.".into()
        }
        LinkProblem::WrongType { found, expected } => format!(
            "Its input does not fit the operation: {} has to be {}.",
            quoted(found),
            json_type(expected)
        ),
    }
}
