//! Sets of characters.

/// A set of Unicode scalar values, as ranges in ascending order that don't touch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Class {
    ranges: Vec<(char, char)>,
}

impl Class {
    /// Ranges in any order, which may overlap.
    pub fn new(unsorted: &[(char, char)]) -> Self {
        let mut sorted: Vec<(char, char)> = Vec::new();
        for range in unsorted {
            let at = sorted.partition_point(|other| other < range);
            sorted.insert(at, *range);
        }
        let mut ranges: Vec<(char, char)> = Vec::new();
        for (low, high) in sorted {
            match ranges.last_mut() {
                Some(last) if next(last.1).is_none_or(|after| low <= after) => {
                    last.1 = last.1.max(high);
                }
                _ => ranges.push((low, high)),
            }
        }
        Self { ranges }
    }

    /// All characters from one code point to another. Surrogates are no characters, so none of
    /// them is in it.
    pub fn codes(low: u32, high: u32) -> Self {
        let is_surrogate = |code| (0xD800..0xE000).contains(&code);
        let low = if is_surrogate(low) { 0xE000 } else { low };
        let high = if is_surrogate(high) { 0xD7FF } else { high };
        match (char::from_u32(low), char::from_u32(high)) {
            (Some(low), Some(high)) if low <= high => Self::new(&[(low, high)]),
            _ => Self::default(),
        }
    }

    /// Every character but those of a line's end.
    pub fn dot() -> Self {
        Self::new(&['\n', '\r', '\u{2028}', '\u{2029}'].map(|c| (c, c))).negated()
    }

    pub fn any() -> Self {
        Self::default().negated()
    }

    pub fn ranges(&self) -> &[(char, char)] {
        &self.ranges
    }

    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    pub fn contains(&self, c: char) -> bool {
        let at = self.ranges.partition_point(|&(_, high)| high < c);
        self.ranges.get(at).is_some_and(|&(low, _)| low <= c)
    }

    pub fn negated(&self) -> Self {
        let mut ranges = Vec::new();
        let mut from = Some('\0');
        for &(low, high) in &self.ranges {
            if let (Some(start), Some(end)) = (from, previous(low))
                && start <= end
            {
                ranges.push((start, end));
            }
            from = next(high);
        }
        if let Some(start) = from {
            ranges.push((start, char::MAX));
        }
        Self { ranges }
    }

    /// With the other case of each ASCII letter that is in it.
    pub fn folded(&self) -> Self {
        let mut ranges = self.ranges.clone();
        for upper in b'A'..=b'Z' {
            let (upper, lower) = (char::from(upper), char::from(upper | 0x20));
            if self.contains(upper) || self.contains(lower) {
                ranges.extend([(upper, upper), (lower, lower)]);
            }
        }
        Self::new(&ranges)
    }

    pub fn union(&self, other: &Self) -> Self {
        Self::new(&[self.ranges(), other.ranges()].concat())
    }

    /// `\w`, `\d` and `\s` as AWS's services read them: ASCII only.
    pub fn named(name: char) -> Option<Self> {
        let ranges: &[(char, char)] = match name.to_ascii_lowercase() {
            'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            'd' => &[('0', '9')],
            's' => &[('\t', '\r'), (' ', ' ')],
            _ => return None,
        };
        let class = Self::new(ranges);
        Some(if name.is_ascii_uppercase() {
            class.negated()
        } else {
            class
        })
    }
}

fn next(c: char) -> Option<char> {
    match c {
        '\u{D7FF}' => Some('\u{E000}'),
        _ => char::from_u32(c as u32 + 1),
    }
}

fn previous(c: char) -> Option<char> {
    match c {
        '\u{E000}' => Some('\u{D7FF}'),
        _ => (c as u32).checked_sub(1).and_then(char::from_u32),
    }
}
