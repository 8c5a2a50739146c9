//! Bytes of unknown encoding as text.

/// How the text of a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// What spreadsheets on Windows write in Western languages.
    Windows1252,
}

/// Turns bytes into text, piece by piece. Without a byte order mark it is UTF-8, until something
/// comes that isn't: then it is Windows-1252, if all before was ASCII and so is the same in both.
#[derive(Debug, Default)]
pub struct Decoder {
    encoding: Option<Encoding>,
    is_told: bool,
    /// Bytes of a character that has not come whole.
    rest: Vec<u8>,
    had_letters: bool,
    /// Characters that could not be read.
    pub replaced: u32,
}

impl Decoder {
    pub fn new(told: Option<Encoding>) -> Self {
        Self {
            encoding: told,
            is_told: told.is_some(),
            ..Self::default()
        }
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding.unwrap_or(Encoding::Utf8)
    }

    /// Appends the text of a piece. `is_last`: no more comes.
    pub fn push(&mut self, bytes: &[u8], is_last: bool, out: &mut String) {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        let mut bytes = all.as_slice();
        if self.encoding.is_none() || (self.is_told && out.is_empty()) {
            // A byte order mark has up to three bytes.
            if bytes.len() < 4 && !is_last {
                self.rest = all;
                return;
            }
            let (found, mark) = of_beginning(bytes);
            bytes = &bytes[mark..];
            self.encoding = self
                .encoding
                .filter(|_| self.is_told && mark == 0)
                .or(found);
            self.is_told = false;
        }
        match self.encoding() {
            Encoding::Utf8 => self.utf8(bytes, is_last, out),
            Encoding::Windows1252 => out.extend(bytes.iter().map(|byte| of_1252(*byte))),
            encoding => self.utf16(bytes, encoding == Encoding::Utf16Be, is_last, out),
        }
    }

    fn utf8(&mut self, mut bytes: &[u8], is_last: bool, out: &mut String) {
        loop {
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    self.had_letters |= !text.is_ascii();
                    return out.push_str(text);
                }
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    let valid = std::str::from_utf8(valid).unwrap_or_default();
                    self.had_letters |= !valid.is_ascii();
                    out.push_str(valid);
                    let Some(length) = error.error_len() else {
                        match is_last {
                            false => self.rest = rest.to_vec(),
                            true if self.had_letters => self.replace(out),
                            true => out.extend(rest.iter().map(|byte| of_1252(*byte))),
                        }
                        return;
                    };
                    if !self.had_letters {
                        self.encoding = Some(Encoding::Windows1252);
                        return out.extend(rest.iter().map(|byte| of_1252(*byte)));
                    }
                    self.replace(out);
                    bytes = &rest[length..];
                }
            }
        }
    }

    fn utf16(&mut self, bytes: &[u8], is_big: bool, is_last: bool, out: &mut String) {
        let mut whole = bytes.len() - bytes.len() % 2;
        let unit = |at: usize| {
            let pair = [bytes[at], bytes[at + 1]];
            match is_big {
                true => u16::from_be_bytes(pair),
                false => u16::from_le_bytes(pair),
            }
        };
        // The first half of a pair waits for the second.
        if !is_last && whole >= 2 && (0xd800..0xdc00).contains(&unit(whole - 2)) {
            whole -= 2;
        }
        for c in char::decode_utf16((0..whole).step_by(2).map(unit)) {
            match c {
                Ok(c) => out.push(c),
                Err(_) => self.replace(out),
            }
        }
        match is_last {
            true if whole < bytes.len() => self.replace(out),
            true => {}
            false => self.rest = bytes[whole..].to_vec(),
        }
    }

    fn replace(&mut self, out: &mut String) {
        self.replaced += 1;
        out.push(char::REPLACEMENT_CHARACTER);
    }
}

/// What the first bytes say, and how many of them are a byte order mark.
fn of_beginning(bytes: &[u8]) -> (Option<Encoding>, usize) {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => (Some(Encoding::Utf8), 3),
        [0xff, 0xfe, ..] => (Some(Encoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(Encoding::Utf16Be), 2),
        // No text has this byte but in UTF-16.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (Some(Encoding::Utf16Le), 0),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (Some(Encoding::Utf16Be), 0),
        _ => (Some(Encoding::Utf8), 0),
    }
}

/// The characters of the bytes from 0x80 to 0x9f, as browsers read them; the others are Latin-1.
const FROM_80: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
];

fn of_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => {
            let code = FROM_80[usize::from(byte - 0x80)];
            char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::from(byte),
    }
}
