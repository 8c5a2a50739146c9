//! A history's file taken apart while it is read: each run by itself, as soon as it is whole.
//!
//! A file of many megabytes is one JSON document. Read in one go it would hold the page up for
//! seconds; so only its brackets and strings are followed here, and each run is read as JSON by
//! itself.

/// The member whose items are given one by one.
const RUNS: &[u8] = b"\"runs\"";

/// What is beside the runs is no longer than this in a file that holds a history.
const MAX_FRAME: usize = 10_000;

/// This is no file that holds a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoHistory;

#[derive(Debug, Default)]
pub struct TakenApart {
    /// The document without its runs.
    frame: Vec<u8>,
    /// The item that is being read.
    item: Vec<u8>,
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    /// Are these the runs? They are items at depth 2.
    is_in_runs: bool,
    /// Where in the frame the last string of the outermost object begins.
    name: usize,
    items: usize,
}

impl TakenApart {
    /// The next bytes of the file; `take` gets each item of the runs that is whole by then.
    pub fn feed(&mut self, bytes: &[u8], take: &mut dyn FnMut(&[u8])) -> Result<(), NoHistory> {
        for &byte in bytes {
            self.follow(byte, take)?;
        }
        match self.frame.len() > MAX_FRAME {
            true => Err(NoHistory),
            false => Ok(()),
        }
    }

    fn follow(&mut self, byte: u8, take: &mut dyn FnMut(&[u8])) -> Result<(), NoHistory> {
        if self.is_in_string {
            self.keep(byte);
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_in_string = false,
                _ => {}
            }
            return Ok(());
        }
        let is_between = self.is_in_runs && self.depth == 2;
        match byte {
            b'"' => {
                self.is_in_string = true;
                if self.depth == 1 {
                    self.name = self.frame.len();
                }
            }
            b'[' if self.depth == 1 && self.is_after_name() => {
                self.keep(byte);
                self.depth += 1;
                self.is_in_runs = true;
                return Ok(());
            }
            b'[' | b'{' => self.depth += 1,
            b']' if is_between => {
                // An empty list is the only one with nothing before its end.
                if self.items > 0 || !self.item.is_empty() {
                    self.give(take)?;
                }
                (self.is_in_runs, self.items) = (false, 0);
                self.depth -= 1;
            }
            b']' | b'}' => self.depth = self.depth.checked_sub(1).ok_or(NoHistory)?,
            b',' if is_between => return self.give(take),
            b' ' | b'\t' | b'\r' | b'\n' if is_between && self.item.is_empty() => return Ok(()),
            _ => {}
        }
        self.keep(byte);
        Ok(())
    }

    fn keep(&mut self, byte: u8) {
        match self.is_in_runs {
            true => self.item.push(byte),
            false => self.frame.push(byte),
        }
    }

    fn is_after_name(&self) -> bool {
        let before = self.frame.get(self.name..).unwrap_or_default();
        let name = before.trim_ascii_end().strip_suffix(b":");
        name.map(<[u8]>::trim_ascii_end) == Some(RUNS)
    }

    fn give(&mut self, take: &mut dyn FnMut(&[u8])) -> Result<(), NoHistory> {
        if self.item.is_empty() {
            return Err(NoHistory);
        }
        take(&self.item);
        self.item.clear();
        self.items += 1;
        Ok(())
    }

    /// The document without its runs; whether it is JSON is still to be seen.
    pub fn end(self) -> Result<Vec<u8>, NoHistory> {
        match self.depth == 0 && !self.is_in_string {
            true => Ok(self.frame),
            false => Err(NoHistory),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(pieces: &[&[u8]]) -> Result<(String, Vec<String>), NoHistory> {
        let mut apart = TakenApart::default();
        let mut items = Vec::new();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(' ', "");
        for piece in pieces {
            apart.feed(piece, &mut |item| items.push(text(item)))?;
        }
        Ok((text(&apart.end()?), items))
    }

    #[test]
    fn each_run_comes_by_itself_wherever_the_file_is_cut() {
        let file = r#" { "a" : [ 1 ] , "runs" : [ {"b":"]\"},[ x","runs":[1, 2]} , 7 ,[ [ ] ] ],"c": {"runs":[3]} } "#;
        let expected = (
            r#"{"a":[1],"runs":[],"c":{"runs":[3]}}"#.to_owned(),
            [r#"{"b":"]\"},[x","runs":[1,2]}"#, "7", "[[]]"]
                .map(str::to_owned)
                .to_vec(),
        );
        assert_eq!(taken(&[file.as_bytes()]), Ok(expected.clone()));
        for at in 0..file.len() {
            let (one, other) = file.as_bytes().split_at(at);
            assert_eq!(taken(&[one, other]), Ok(expected.clone()), "{at}");
        }
        let bytes: Vec<&[u8]> = file.as_bytes().chunks(1).collect();
        assert_eq!(taken(&bytes), Ok(expected));
    }

    #[test]
    fn what_is_not_whole_holds_no_history() {
        for text in [
            "]",
            "{",
            r#"{"runs":["#,
            r#"{"runs":[{}"#,
            r#"{"runs":[,1]}"#,
            r#"{"runs":[1,]}"#,
            r#"{"runs":"#,
            r#"{"a"#,
        ] {
            assert_eq!(taken(&[text.as_bytes()]), Err(NoHistory), "{text}");
        }
        let long = format!("[{}]", "1,".repeat(MAX_FRAME));
        assert_eq!(taken(&[long.as_bytes()]), Err(NoHistory));
        let none = r#"{"runs":[]}"#;
        assert_eq!(taken(&[none.as_bytes()]), Ok((none.into(), Vec::new())));
    }
}
