//! Checking an audit log: is each line as it was written, and does it follow the one before?

use super::chain::{Chain, NOTHING, Record, Torn, can_be_torn};
use crate::limits;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const CHANGED: &str = "it was changed, or is not a line of an audit log";

/// What there is to say of a log that is whole.
#[derive(Debug, Default)]
pub struct Report {
    pub lines: u64,
    /// The number of the line before the first, if the log has one that was not given.
    pub after: Option<u64>,
    pub end: Chain,
    /// Places of lines that a crash cut short.
    pub torn: Vec<String>,
    /// What was to be sent, and how that ended nobody knows: by the number of the line.
    pub unknown: BTreeMap<u64, String>,
    /// Was the proxy's end noted?
    pub has_end: bool,
}

/// A line that is not what it has to be.
#[derive(Debug)]
pub struct Broken {
    pub file: PathBuf,
    /// From 1.
    pub line: u64,
    pub why: String,
}

#[derive(Debug)]
pub enum Unverified {
    Broken(Broken),
    Unread(PathBuf, io::Error),
}

/// Reads the parts of one log, the oldest first.
pub fn verify(files: &[PathBuf]) -> Result<Report, Unverified> {
    let mut verifier = Verifier::default();
    for path in files {
        let unread = |error| Unverified::Unread(path.clone(), error);
        let file = File::open(path).map_err(unread)?;
        let mut file = BufReader::new(file);
        let mut reader = Part::new(path);
        while let Some(line) = reader.next(&mut file).map_err(unread)? {
            verifier
                .line(&mut reader, &line)
                .map_err(Unverified::Broken)?;
        }
        verifier.end_of(&reader);
    }
    let mut report = verifier.report;
    let open = verifier.open.into_values();
    report.unknown.extend(open);
    Ok(report)
}

/// One file, as far as it was read.
struct Part<'a> {
    path: &'a Path,
    line: u64,
    /// Where the lines began that are not whole, and all of them.
    torn: Option<(u64, Vec<u8>)>,
}

impl<'a> Part<'a> {
    fn new(path: &'a Path) -> Self {
        Self {
            path,
            line: 0,
            torn: None,
        }
    }

    /// The next line, without its line break.
    fn next(&mut self, file: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if file
            .take(limits::AUDIT_LINE_BYTES)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(None);
        }
        self.line += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        Ok(Some(line))
    }

    fn broken(&self, line: u64, why: impl Into<String>) -> Broken {
        Broken {
            file: self.path.into(),
            line,
            why: why.into(),
        }
    }

    /// Adds a line that may be a torn one. Two in turn: the proxy died while it told of the first.
    fn tear(&mut self, line: &[u8]) {
        match &mut self.torn {
            Some((_, all)) => {
                all.push(b'\n');
                all.extend(line);
            }
            None => self.torn = Some((self.line, line.to_vec())),
        }
    }
}

#[derive(Default)]
struct Verifier {
    report: Report,
    /// Intents whose outcome is still to come, by the request.
    open: BTreeMap<String, (u64, String)>,
}

impl Verifier {
    fn line(&mut self, part: &mut Part<'_>, line: &[u8]) -> Result<(), Broken> {
        let Some(record) = Record::read(line) else {
            let (first, torn) = match &part.torn {
                Some((line, all)) => (*line, all.len()),
                None => (part.line, 0),
            };
            if !can_be_torn(line) || (torn + line.len()) as u64 > limits::AUDIT_END_BYTES {
                return Err(part.broken(first, CHANGED));
            }
            part.tear(line);
            return Ok(());
        };
        let is_first = part.torn.as_ref().map_or(part.line, |(line, _)| *line) == 1;
        self.told(part, &record)?;
        self.follows(part, &record, is_first)?;
        self.report.lines += 1;
        self.report.has_end = record.text("kind") == "note" && record.text("outcome") == "ended";
        self.pair(&record);
        self.report.end = record.chain;
        Ok(())
    }

    fn follows(&mut self, part: &Part<'_>, record: &Record, is_first: bool) -> Result<(), Broken> {
        let (last, number) = (&self.report.end, record.chain.sequence);
        let opens = |what| record.text("kind") == "note" && record.text("outcome") == what;
        if self.report.lines == 0 {
            // Only what a proxy begins a file with can be the first line of one.
            let starts = opens("started") && number == 1 && record.previous == NOTHING;
            if starts {
                return Ok(());
            }
            if is_first && opens("continued") {
                self.report.after = number.checked_sub(1);
                return Ok(());
            }
            return Err(part.broken(part.line, "lines before it are missing"));
        }
        if record.follows(last) {
            return Ok(());
        }
        let expected = last.sequence.saturating_add(1);
        let why = if is_first && opens("started") {
            "it begins another log: the proxy was started with an empty file, or lines are missing \
             in between"
                .to_owned()
        } else if number > expected {
            match number - 1 {
                missing if missing == expected => format!("number {expected} is missing before it"),
                missing => format!("numbers {expected} to {missing} are missing before it"),
            }
        } else if number < expected {
            format!(
                "it has number {number} but follows number {}: it was moved or added",
                last.sequence
            )
        } else {
            "it does not follow from the line before: one of the two was replaced".to_owned()
        };
        Err(part.broken(part.line, why))
    }

    /// A torn line is told of by the next one, and by that one only.
    fn told(&mut self, part: &mut Part<'_>, record: &Record) -> Result<(), Broken> {
        let found = part.torn.take();
        let torn = found.as_ref().map(|(_, all)| Torn::new(all));
        if torn == record.torn() {
            if let Some((line, _)) = found {
                self.tore(part, line);
            }
            return Ok(());
        }
        Err(match found {
            Some((line, _)) => part.broken(line, CHANGED),
            None => part.broken(part.line, "the torn line that it mentions is missing"),
        })
    }

    fn tore(&mut self, part: &Part<'_>, line: u64) {
        let path = part.path.display();
        self.report.torn.push(format!("{path}, line {line}"));
    }

    fn end_of(&mut self, part: &Part<'_>) {
        if let Some((line, _)) = part.torn {
            self.tore(part, line);
        }
    }

    fn pair(&mut self, record: &Record) {
        let id = record.text("id");
        match record.text("kind") {
            "intent" => {
                let names = [
                    "time",
                    "id",
                    "service",
                    "operation",
                    "region",
                    "account",
                    "hash",
                ];
                let words = names.map(|name| record.text(name));
                let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
                let told = (record.chain.sequence, words.join(" "));
                self.open.insert(id.to_owned(), told);
            }
            "outcome" => drop(self.open.remove(id)),
            _ => {}
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Chain { sequence, hash } = &self.end;
        writeln!(f, "{} lines, all intact.", self.lines)?;
        if let Some(after) = self.after {
            writeln!(
                f,
                "They continue after number {after}, which is in a part that was not given."
            )?;
        }
        for place in &self.torn {
            writeln!(f, "Torn, incompletely written: {place}.")?;
        }
        for (number, intent) in &self.unknown {
            writeln!(
                f,
                "Unknown, because its end was not written: number {number}, {intent}"
            )?;
        }
        if !self.has_end {
            writeln!(
                f,
                "The log does not say that the proxy ended: it is running, was killed, or the last lines are \
                 missing."
            )?;
        }
        writeln!(f, "The last is number {sequence} with hash {hash}.")
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, line {}: {}",
            self.file.display(),
            self.line,
            self.why
        )
    }
}
