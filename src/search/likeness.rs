//! How many letters are wrong.

/// Longer words are not compared. A row of the table has one cell more than the word has letters.
const LONGEST: usize = 32;

/// A text with the set of letters that it has, which rules most others out.
pub struct Letters<'a> {
    bytes: &'a [u8],
    set: u64,
}

/// The letters and digits of a text, as bits.
pub fn set_of(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| set | 1 << (byte & 63))
}

impl<'a> Letters<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            set: set_of(text),
        }
    }

    /// So many letters may be wrong.
    pub fn most(&self) -> usize {
        match self.bytes.len() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        }
    }

    /// How many letters are wrong in a name that this may be meant to be: of a short one, which
    /// anything is like, at most one.
    pub fn wrong_in(&self, name: &str) -> Option<usize> {
        let (whole, _) = self.compared(name, set_of(name), self.most().max(1))?;
        (whole <= self.most().max(1) && self.bytes.len() > 1).then_some(whole)
    }

    /// How many letters are missing, too many, wrong or swapped with the next one, to make it a
    /// word, and to make it what the word begins with. None if either is more than it may be.
    pub fn distance(&self, word: &str, set: u64) -> Option<(usize, usize)> {
        self.compared(word, set, self.most())
    }

    fn compared(&self, word: &str, set: u64, most: usize) -> Option<(usize, usize)> {
        let unknown = (self.set & !set).count_ones() as usize;
        if unknown > most || word.len() + most < self.bytes.len() || most == 0 {
            return None;
        }
        let (word, width) = (word.as_bytes(), word.len() + 1);
        if width > LONGEST {
            return None;
        }
        // Three rows of the table, of which each has a letter more of this text.
        let mut before = [0; LONGEST];
        let mut last: [usize; LONGEST] = std::array::from_fn(|at| at);
        let mut row = [0; LONGEST];
        for (at, letter) in self.bytes.iter().enumerate() {
            row[0] = at + 1;
            let mut least_of_row = row[0];
            for (of, other) in word.iter().enumerate() {
                let wrong = usize::from(letter != other);
                let mut least = (last[of] + wrong).min(last[of + 1] + 1).min(row[of] + 1);
                let is_swapped =
                    at > 0 && of > 0 && *letter == word[of - 1] && self.bytes[at - 1] == *other;
                if is_swapped {
                    least = least.min(before[of - 1] + 1);
                }
                row[of + 1] = least;
                least_of_row = least_of_row.min(least);
            }
            if least_of_row > most {
                return None;
            }
            (before, last, row) = (last, row, before);
        }
        let whole = last[width - 1];
        let beginning = last[..width].iter().copied().min().unwrap_or(whole);
        (beginning <= most).then_some((whole, beginning))
    }
}
