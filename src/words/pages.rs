//! How much of an answer that comes page by page is there.

use crate::language::in_sentence;
use crate::{duration, grouped, read_failure, size, summed_up, texts};
use formsmith_api::answer::total;
use formsmith_run::{Cost, PagesStep, Run};

/// How many items are loaded and whether there are more; nothing where the operation has no pages.
#[must_use]
pub fn pages_text(run: &Run) -> Option<String> {
    run.op.operation.traits.paginated.as_ref()?;
    let outputs = run.outputs();
    outputs.first()?;
    // Where no list is what the answer is about, its pages are counted.
    let loaded = match total(run.op.model, run.op.operation, &outputs) {
        Some((list, count)) => counted(count, &list.item_title, &list.title),
        None => texts::loaded_pages(outputs.len()),
    };
    let number = (outputs.len() + 1).to_string();
    let has_next = run.next_page().is_some();
    Some(match run.pages().map(|pages| &pages.step) {
        Some(PagesStep::Reading) => texts::loading_page(&loaded, &number),
        Some(PagesStep::Waiting) => texts::loading_waits(&loaded, &number),
        Some(PagesStep::Failed(why)) => texts::loading_failed(&loaded, &read_failure(why)),
        Some(PagesStep::Repeated) => texts::loading_repeated(&loaded),
        Some(PagesStep::Asking) => {
            texts::loaded_asking(&loaded, &texts::loaded_pages(outputs.len()))
        }
        Some(PagesStep::Idle) if has_next => texts::loaded_some(&loaded),
        None if has_next => texts::loaded_first(&loaded),
        Some(PagesStep::Idle) | None => texts::loaded_all(&loaded),
    })
}

/// What it took to load that: `5 pages · 1.9 s · 1.6 MB`. The pages of an operation that has none, and
/// bodies that were not kept, are left out.
#[must_use]
pub fn cost(cost: &Cost, has_pages: bool) -> String {
    let pages = has_pages.then(|| texts::loaded_pages(cost.pages));
    let bytes = (cost.bytes > 0).then(|| size(cost.bytes));
    let [pages, bytes] = [pages, bytes].map(Option::unwrap_or_default);
    summed_up(&[&pages, &duration(cost.ms), &bytes])
}

/// `1 instance`, `412 instances`; both names as titles.
#[must_use]
pub fn counted(count: usize, item: &str, items: &str) -> String {
    texts::loaded_items(count, &in_sentence(item), &in_sentence(items))
}

/// `1.6 MB (1,600,000 bytes)`; a size below a kilobyte says it all.
#[must_use]
pub fn size_and_bytes(bytes: u64) -> String {
    let size = size(bytes);
    match bytes < 1000 {
        true => size,
        false => texts::size_in_bytes(&size, &grouped(bytes as usize)),
    }
}

/// How many items of a list a query leaves.
#[must_use]
pub fn query_matches(found: usize, count: usize, item: &str, items: &str) -> String {
    let (item, items) = (in_sentence(item), in_sentence(items));
    texts::query_leaves(&grouped(found), count, &item, &items)
}

#[must_use]
pub fn tree_more(more: usize, left: usize) -> String {
    texts::tree_more_of(&grouped(more), &grouped(left))
}

#[must_use]
pub fn json_piece(number: usize, count: usize) -> String {
    texts::json_part(&grouped(number), count)
}

/// `what` is the message of the JMESPath parser; the most common ones are said in our own words.
#[must_use]
pub fn query_mistake(at: usize, what: &str) -> String {
    let (said, found) = what.split_once(" -- found ").unwrap_or((what, ""));
    let unclosed = said.strip_prefix("Unclosed ");
    let expected = said.strip_prefix("Expected '").filter(|_| found == "Eof");
    let missing = unclosed.or(expected).and_then(|it| it.chars().next());
    let said = match missing {
        Some(missing) => texts::query_missing(&missing.to_string()),
        None if found == "Eof" => texts::query_unfinished().to_owned(),
        None if said == "Did not parse the complete expression" => {
            texts::query_ends_here().to_owned()
        }
        None => said.to_owned(),
    };
    texts::query_mistake_at(&at.to_string(), &said)
}
