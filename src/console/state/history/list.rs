//! Runs as a list shows them: at first only the newest, which is all that is drawn of thousands.

use super::overview::{BY_TIME, Known, Overview, moment, open_runs};
use super::record::read_head;
use super::store::{self, HEAD, begin, failure};
use crate::browser::clock;
use formsmith_run::{Head, StoreFailure, Tone};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// So many are read before anything is asked of the list.
const NEWEST: u32 = 50;

/// The newest first.
#[derive(Debug, Clone)]
pub struct List {
    /// All of them, or the newest.
    pub runs: Arc<Vec<ListedRun>>,
    /// What is shown and searched of each.
    pub texts: Arc<Vec<Vec<String>>>,
    /// How many there are.
    pub total: usize,
    /// How many go when all are deleted that may go.
    pub may_go: usize,
    /// How many ended so.
    pub tones: Vec<(Tone, usize)>,
    /// How many are of each operation, by its name.
    pub of_operations: Vec<(String, usize)>,
    /// Whose words say what became of them.
    pub operations: BTreeSet<(String, String)>,
    /// Tell whether a run is as it was: comparing thousands themselves would be felt.
    prints: Vec<u64>,
}

/// A run of a list. It stays text until its row is drawn: freeing thousands of parsed runs takes
/// long.
#[derive(Debug)]
pub struct ListedRun {
    pub id: String,
    head: String,
    parsed: OnceLock<Option<Head>>,
}

impl ListedRun {
    /// The run without its facts.
    pub fn head(&self) -> Option<&Head> {
        let parse = || read_head(&self.head).map(|(head, _)| head);
        self.parsed.get_or_init(parse).as_ref()
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.total == other.total
            && self.may_go == other.may_go
            && self.tones == other.tones
            && self.of_operations == other.of_operations
            && self.prints == other.prints
    }
}

/// Makes the texts of a run of its head and its facts, which the newest do without: they are only
/// searched.
pub type Row = fn(&Head, &str) -> Vec<String>;

/// What has been read of a list, run by run.
struct Reading {
    row: Row,
    runs: Vec<(String, ListedRun, Vec<String>, u64)>,
    operations: BTreeSet<(String, String)>,
}

impl Reading {
    fn new(row: Row) -> Self {
        Self {
            row,
            runs: Vec::new(),
            operations: BTreeSet::new(),
        }
    }

    fn take(&mut self, text: String, facts: &str, is_open: bool) {
        let Some((head, _)) = read_head(&text) else {
            return;
        };
        let mut print = DefaultHasher::new();
        (&text, facts, is_open).hash(&mut print);
        let texts = (self.row)(&head, facts);
        let order = [moment(head.started_ms).as_str(), &head.id].concat();
        self.operations.insert((head.service, head.operation));
        let run = ListedRun {
            id: head.id,
            head: text,
            parsed: OnceLock::new(),
        };
        self.runs.push((order, run, texts, print.finish()));
    }

    fn end(mut self, overview: &Overview, stay: usize) -> List {
        // As the newest stand in the overview.
        self.runs.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let mut list = (Vec::new(), Vec::new(), Vec::new());
        for (_, run, texts, print) in self.runs {
            list.0.push(run);
            list.1.push(texts);
            list.2.push(print);
        }
        let tones = Tone::ALL.into_iter().zip(overview.tones);
        let mut of_operations = overview.operations.clone();
        of_operations.sort();
        List {
            runs: Arc::new(list.0),
            texts: Arc::new(list.1),
            total: overview.runs,
            may_go: overview.runs.saturating_sub(stay),
            tones: tones.filter(|(_, count)| *count > 0).collect(),
            of_operations,
            operations: self.operations,
            prints: list.2,
        }
    }
}

/// The whole list, or what is drawn of it at first. Reads and prepares run by run, so that the page
/// goes on meanwhile.
pub async fn read(row: Row, is_whole: bool) -> Result<List, StoreFailure> {
    let transaction = begin(false).await?;
    let overview = Overview::read(&transaction).await.map_err(failure)?;
    let open = open_runs(&transaction).await.map_err(failure)?;
    let stay = overview.staying(&transaction, &open).await;
    let (stay, _) = stay.map_err(failure)?;
    let mut reading = Reading::new(row);
    if !is_whole && overview.runs > NEWEST as usize {
        let mut ids = Vec::new();
        let take = |key: &str, text: &str| ids.extend(Known::read(key, text).map(|run| run.id));
        let newest = transaction.first(BY_TIME, NEWEST, take);
        newest.await.map_err(failure)?;
        for id in ids {
            let head = transaction.get(&format!("{HEAD}{id}")).await;
            if let Some(head) = head.map_err(failure)? {
                reading.take(head, "", open.contains(&id));
            }
        }
        // Fewer are there where one can't be read, which only reading all makes up for.
        if reading.runs.len() == NEWEST as usize {
            return Ok(reading.end(&overview, stay));
        }
        reading = Reading::new(row);
    }
    let take = |text, facts: &str, is_open| reading.take(text, facts, is_open);
    store::each(&transaction, &open, take).await?;
    // Whoever draws the list does so in a task of its own.
    clock::pause(1.0).await;
    let mut list = reading.end(&overview, stay);
    list.total = list.runs.len();
    Ok(list)
}
