use leptos::prelude::*;
use std::rc::Rc;
use web_sys::Element;

use super::collection_drawn::{drawn_after, drawn_rows, no_matches};
use super::collection_fold::{Fold, SettledRows, closed_while, tools_opener};
use super::collection_heads::heads;
use super::collection_line::line;
use super::collection_tools::tools;
use super::identity::fresh_id;
use super::matching::{Asked, Finder, Texts};
use super::overflow::track_overflow;
use super::{CollectionColumn, Markup, el, live};
use crate::selection::Selection;

/// No more rows than these are taken in at a glance: they need neither search nor filter.
const FEW: usize = 5;
/// Rows on a page. However many rows there are, the page draws no more.
pub(super) const PAGE: usize = 50;
/// The first rows of a page are drawn at once, the others once the browser has shown these: one
/// long task would hold the page up.
pub(super) const AT_ONCE: usize = 20;

/// What a person sees and has selected of a collection. Rows go by their index.
#[derive(Clone, Copy)]
pub struct Collection {
    pub total: usize,
    pub selection: Selection,
    /// The rows that match what was asked for, in the order asked for.
    pub(super) matching: RwSignal<Vec<usize>>,
    pub(super) asked: RwSignal<Asked>,
    pub(super) page: RwSignal<usize>,
    needs_all: RwSignal<bool>,
    /// The rows as they stand where no order is asked for; empty if that is by index.
    unsorted: RwSignal<Vec<usize>>,
    /// However many there are, they are taken in at a glance.
    is_bare: bool,
    /// On the button that opens what finds and sorts rows, or only sorts them, where that is folded on a
    /// phone.
    opener: Option<[&'static str; 2]>,
}

impl Collection {
    pub fn new(total: usize, selection: Selection) -> Self {
        Self {
            total,
            selection,
            matching: RwSignal::new((0..total).collect()),
            asked: RwSignal::new(Asked::default()),
            page: RwSignal::new(0),
            needs_all: RwSignal::new(false),
            unsorted: RwSignal::new(Vec::new()),
            is_bare: false,
            opener: None,
        }
    }

    /// The same, where what finds and sorts rows opens with a button on a phone: then the first row is
    /// in view.
    pub fn with_opener(self, labels: [&'static str; 2]) -> Self {
        Self {
            opener: Some(labels),
            ..self
        }
    }

    /// The same without search, order and filter.
    pub fn without_tools(self) -> Self {
        Self {
            is_bare: true,
            ..self
        }
    }

    /// The same with its rows in this order, until another is asked for.
    pub fn in_order(self, rows: Vec<usize>) -> Self {
        self.unsorted.set(rows.clone());
        self.matching.set(rows);
        self
    }

    pub fn is_sorted(self) -> bool {
        self.with_asked(|asked| asked.sort.is_some())
    }

    pub(super) fn finder(self, texts: Texts) -> Finder {
        let mut unsorted = self.unsorted.get_untracked();
        if unsorted.is_empty() {
            unsorted = (0..texts.len()).collect();
        }
        Finder::new(texts, unsorted)
    }

    /// Has anything been asked for that the texts of the first page don't tell? Who gives only
    /// those gives all others now.
    pub fn needs_all(self) -> bool {
        self.needs_all.get()
    }

    pub(super) fn need_all(self) {
        if !self.needs_all.get_untracked() {
            self.needs_all.set(true);
        }
    }

    /// The same with other rows, of which these are selected: what is asked for stays.
    pub fn with_total(self, total: usize, selected: Vec<usize>) -> Self {
        self.selection.choose(selected);
        if self.page.get_untracked() * PAGE >= total {
            self.page.set(0);
        }
        self.matching.set((0..total).collect());
        Self { total, ..self }
    }

    /// The same with other columns: what was asked for of those before is forgotten.
    pub fn with_columns(self) -> Self {
        self.asked.update(|asked| {
            asked.sort = None;
            asked.filters.clear();
            asked.days = Default::default();
        });
        self
    }

    /// The rows that an action on the collection is about, in the order on the screen: those the
    /// person has selected, of which the hidden ones come last, or else all shown.
    pub fn chosen(self) -> Vec<usize> {
        let (mut chosen, selected) = (self.matching.get(), self.selection.chosen());
        if !selected.is_empty() {
            let mut is_hidden = vec![true; self.total];
            chosen.retain(|row| selected.binary_search(row).is_ok());
            chosen.iter().for_each(|&row| is_hidden[row] = false);
            chosen.extend(selected.into_iter().filter(|&row| is_hidden[row]));
        }
        chosen
    }

    /// How many of these rows the search or a filter hides.
    pub fn hidden(self, rows: &[usize]) -> usize {
        self.matching.with(|matching| {
            let mut is_shown = vec![false; self.total];
            matching.iter().for_each(|&row| is_shown[row] = true);
            rows.iter().filter(|&&row| !is_shown[row]).count()
        })
    }

    pub(super) fn matching(self) -> Vec<usize> {
        self.matching.get()
    }

    /// Are these texts those of the first page only?
    pub(super) fn is_part(self, texts: &Texts) -> bool {
        texts.len() < self.total
    }

    pub fn has_tools(self) -> bool {
        self.total > FEW && !self.is_bare
    }

    /// Can its rows be ordered?
    pub(super) fn is_sortable(self) -> bool {
        self.total > 1 && !self.is_bare
    }

    /// The row that something in the table is part of.
    pub fn row_of(self, part: &Element) -> Option<usize> {
        let line = part.closest("[aria-rowindex]").ok()??;
        let number: usize = line.get_attribute("aria-rowindex")?.parse().ok()?;
        self.matching
            .with_untracked(|rows| rows.get(number.checked_sub(2)?).copied())
    }

    pub fn matching_count(self) -> usize {
        self.matching.with(Vec::len)
    }

    /// The number of the page, from 0.
    pub(super) fn page(self) -> usize {
        self.page.get()
    }

    pub(super) fn turn_to(self, page: usize) {
        self.need_all();
        self.page.set(page);
    }

    pub(super) fn with_asked<T>(self, read: impl FnOnce(&Asked) -> T) -> T {
        self.asked.with(read)
    }

    /// Asks for the rows with this text, as who writes it into the field above them.
    pub fn search(self, text: String) {
        self.ask(|asked| asked.query = text);
    }

    pub(super) fn ask(self, change: impl FnOnce(&mut Asked)) {
        self.need_all();
        self.page.set(0);
        self.asked.update(change);
    }

    pub(super) fn select(self, rows: &[usize], is_selected: bool) {
        // What is selected is known by more than its place once all are there.
        self.need_all();
        let mut all = vec![false; self.total];
        let before = untrack(|| self.selection.rows());
        for (rows, is_selected) in [(before.as_slice(), true), (rows, is_selected)] {
            for &row in rows {
                all[row] = is_selected;
            }
        }
        self.selection
            .choose((0..self.total).filter(|row| all[*row]).collect());
    }
}

/// What stands in a collection's table.
#[derive(Clone)]
pub struct CollectionRows {
    pub columns: Rc<Vec<CollectionColumn>>,
    /// What is searched, sorted and filtered, by column; what follows the last is only searched.
    /// Those of the first page are enough until the collection needs all. Other texts of the same
    /// rows may take their place; the cells follow by themselves.
    pub texts: RwSignal<Texts, LocalStorage>,
    /// Draws the cell of a row and column.
    pub cell: Rc<dyn Fn(usize, usize) -> Markup>,
    /// So many rows, the first, can be selected.
    pub selectable: usize,
    /// The rows that need nobody, where others do.
    pub settled: Option<SettledRows>,
    /// What is open beneath a row.
    pub detail: Option<RowDetail>,
}

/// Something that a row has beneath it while it is open, or beside the table.
#[derive(Clone)]
pub struct RowDetail {
    /// The row that is open, and the one that is shown beside the table.
    pub row: Signal<Option<usize>>,
    pub beside: Signal<Option<usize>>,
    pub draw: Rc<dyn Fn(usize) -> Markup>,
}

/// The words of all collections. `items` is what the rows are: "associations".
pub struct CollectionWords {
    pub find: fn(items: &str) -> String,
    pub filter: fn(column: &str) -> String,
    pub any: fn(column: &str) -> String,
    /// The first and the last day.
    pub days: [fn() -> &'static str; 2],
    pub value: fn(value: &str, count: usize) -> String,
    pub select_all: fn() -> &'static str,
    pub select: fn(number: usize, text: &str) -> String,
    pub no_matches: fn() -> &'static str,
    pub clear: fn() -> &'static str,
    pub matches: fn(count: usize) -> String,
    pub range: fn(first: usize, last: usize, count: usize) -> String,
    pub pages: fn() -> &'static str,
    /// First, previous, next and last.
    pub turns: [fn() -> &'static str; 4],
}

/// A native table of rows that can be searched, filtered, sorted and selected, a page at a time.
/// Roles are spelt out because the phone layout, which shows rows as cards, would take them away.
#[component]
pub fn CollectionTable(
    collection: Collection,
    rows: CollectionRows,
    /// The table's name, and its scroll region's.
    #[prop(into)]
    label: String,
    #[prop(into)] items: String,
    /// Stands in place of the rows when there are none.
    #[prop(into)]
    empty: String,
    words: &'static CollectionWords,
    /// Says what changed to those who don't see it.
    announce: Callback<String>,
) -> Markup {
    let find = fresh_id("find");
    let opener = collection.opener.filter(|_| collection.is_sortable());
    let opener = opener
        .map(|[all, sorting]| tools_opener(if collection.has_tools() { all } else { sorting }));
    let has_tools = opener.as_ref().map(|(_, is_open)| *is_open);
    let opener = opener.map(|(opener, _)| opener);
    let tools = collection.has_tools().then(|| {
        let tools = tools(collection, &rows, (&find, &items), words, announce);
        closed_while(tools, has_tools)
    });
    let drawn = drawn_rows(collection, rows.texts);
    let following = drawn_after(drawn);
    let fold = rows
        .settled
        .clone()
        .map(|settled| Fold::new(collection, drawn, settled));
    let is_folded = fold.as_ref().map(|fold| fold.is_folded());
    let width = (rows.columns.len() + usize::from(rows.selectable > 0)).to_string();
    let heads = heads(collection, &rows, words);
    let lines = {
        let rows = rows.clone();
        move |drawn: &[usize], before: usize| {
            let first = collection.page.get_untracked() * PAGE + before;
            let drawn = drawn.iter().enumerate();
            let lines = drawn.map(|(at, &row)| line(collection, &rows, words, row, first + at));
            Markup::from(lines.collect::<Vec<_>>())
        }
    };
    let rest = {
        let lines = lines.clone();
        live(move || lines(&following.get(), AT_ONCE))
    };
    let body = live(move || match drawn.get() {
        drawn if drawn.is_empty() => {
            let none = match collection.total {
                0 => empty.as_str().into(),
                _ => no_matches(collection, &find, words),
            };
            let cell = el("td").attr("role", "cell").attr("colspan", &width);
            let line = el("tr").attr("role", "row").class("table-empty");
            line.child(cell.child(none)).into()
        }
        drawn => lines(&drawn[..drawn.len().min(AT_ONCE)], 0),
    });
    let table = el("table")
        .class("table")
        .attr("role", "table")
        .attr("aria-label", &label)
        .attr_live("aria-rowcount", move || {
            Some((collection.matching.with(Vec::len) + 1).to_string())
        })
        .child(el("thead").attr("role", "rowgroup").child(heads))
        .child(el("tbody").attr("role", "rowgroup").child((body, rest)))
        .attr_while("data-folded", "", move || {
            is_folded.is_some_and(|it| it.get())
        });
    let texts = rows.texts;
    let is_waiting =
        move || texts.with(|texts| collection.is_part(texts)) && collection.needs_all();
    let region = el("div")
        .class("table-region")
        .attr_while("aria-busy", "true", is_waiting)
        .child(table)
        .child(fold.map(|fold| fold.line()));
    let region = closed_while(region, has_tools);
    let overflows = track_overflow(region.element());
    let region = region
        .attr_while("role", "region", move || overflows.get())
        .attr_while("tabindex", "0", move || overflows.get())
        .attr_live("aria-label", move || overflows.get().then(|| label.clone()));
    (opener, tools, region).into()
}
