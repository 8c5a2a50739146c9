//! A text taken apart as a shell does, without doing anything of what it says.

use super::{Note, Refusal};

/// What a shell makes of a text.
#[derive(Debug, PartialEq)]
pub enum Token {
    Word(Word),
    /// What ends a command: `;`, `|`, `&&`, a line's end.
    End(String),
    /// `>` and the like; the file follows as a word.
    Redirection(String),
    /// A document that follows the command: `<<EOF`.
    Document(Word),
}

#[derive(Debug, Default, Clone, PartialEq)]
pub struct Word {
    pub text: String,
    /// Parts for which a shell would put something else.
    pub expansions: Vec<String>,
}

/// Takes a text apart; comments are noted.
pub fn tokens(text: &str, notes: &mut Vec<Note>) -> Result<Vec<Token>, Refusal> {
    let mut lexer = Lexer {
        rest: text,
        documents: Vec::new(),
        tokens: Vec::new(),
    };
    while let Some(c) = lexer.peek() {
        match c {
            ' ' | '\t' | '\r' => lexer.skip(1),
            _ if lexer.continues() => {}
            '\n' => {
                lexer.skip(1);
                lexer.tokens.push(Token::End("\n".into()));
                lexer.documents()?;
            }
            '#' => notes.push(Note::NotRead(lexer.line().to_owned())),
            ';' | '&' | '|' | '(' | ')' => {
                let same = lexer.rest.chars().take_while(|next| *next == c).count();
                let end = lexer.take(same.min(2)).to_owned();
                lexer.tokens.push(Token::End(end));
            }
            '<' | '>' => lexer.redirection()?,
            _ => {
                let word = lexer.word()?;
                let is_descriptor = matches!(word.text.as_str(), "0" | "1" | "2");
                match lexer.peek() {
                    Some('<' | '>') if is_descriptor => lexer.redirection()?,
                    _ => lexer.tokens.push(Token::Word(word)),
                }
            }
        }
    }
    lexer.documents()?;
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    /// Documents whose text begins on the next line: their token, their last line, and whether
    /// the shell would change what is in them.
    documents: Vec<(usize, String, bool)>,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip(&mut self, bytes: usize) {
        self.take(bytes);
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.skip(c.len_utf8());
        Some(c)
    }

    fn line(&mut self) -> &'a str {
        self.take(self.rest.find('\n').unwrap_or(self.rest.len()))
            .trim_end()
    }

    /// Passes over a line's end that doesn't end the command. Spaces that slipped in behind the
    /// backslash are forgiven, and so are the signs of Windows' shells.
    fn continues(&mut self) -> bool {
        let Some(behind) = self.rest.strip_prefix(['\\', '`', '^']) else {
            return false;
        };
        let is_end = |c: char| matches!(c, ' ' | '\t' | '\r');
        match behind.trim_start_matches(is_end).strip_prefix('\n') {
            Some(next) => {
                self.rest = next;
                true
            }
            // Nothing follows the last backslash.
            None if self.rest.starts_with('\\') && behind.is_empty() => {
                self.rest = "";
                true
            }
            None => false,
        }
    }

    fn redirection(&mut self) -> Result<(), Refusal> {
        for sign in ["<<<", "<<-", "<<", ">>", "<&", ">&", "<(", ">(", "<", ">"] {
            if !self.rest.starts_with(sign) {
                continue;
            }
            let whole = self.rest;
            self.skip(sign.len());
            if sign.ends_with('(') {
                // The output of a command, as a file.
                self.enclosed(')')?;
                let text = whole[..whole.len() - self.rest.len()].to_owned();
                let expansions = vec![text.clone()];
                self.tokens.push(Token::Word(Word { text, expansions }));
                return Ok(());
            }
            if !matches!(sign, "<<" | "<<-") {
                self.tokens.push(Token::Redirection(sign.into()));
                return Ok(());
            }
            while self.rest.starts_with([' ', '\t']) {
                self.skip(1);
            }
            let is_quoted = self.rest.starts_with(['\'', '"', '\\']);
            let end = self.word()?.text;
            self.documents.push((self.tokens.len(), end, !is_quoted));
            self.tokens.push(Token::Document(Word::default()));
            break;
        }
        Ok(())
    }

    /// Reads the documents that were announced on the line before.
    fn documents(&mut self) -> Result<(), Refusal> {
        for (at, end, expands) in std::mem::take(&mut self.documents) {
            let mut word = Word::default();
            while !self.rest.is_empty() {
                let line = self.take(self.rest.find('\n').map_or(self.rest.len(), |at| at + 1));
                if line.trim_end_matches(['\n', '\r']).trim_start_matches('\t') == end {
                    break;
                }
                if expands && line.contains(['$', '`']) {
                    word.expansions.push(line.trim().to_owned());
                }
                word.text.push_str(line);
            }
            self.tokens[at] = Token::Document(word);
        }
        Ok(())
    }

    fn word(&mut self) -> Result<Word, Refusal> {
        let mut word = Word::default();
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | '(' | ')' => break,
                _ if self.continues() => {}
                '\\' => {
                    self.skip(1);
                    word.text.extend(self.next());
                }
                '\'' => {
                    self.skip(1);
                    let end = self.rest.find('\'').ok_or(Refusal::Unclosed('\''))?;
                    word.text.push_str(self.take(end));
                    self.skip(1);
                }
                '"' => self.double(&mut word)?,
                '$' if self.rest.starts_with("$'") => {
                    self.skip(2);
                    let text = super::ansi::text(&mut self.rest)?;
                    word.text.push_str(&text);
                }
                '$' if self.rest.starts_with("$\"") => {
                    self.skip(1);
                    self.double(&mut word)?;
                }
                '$' | '`' => self.expansion(&mut word)?,
                _ => word.text.extend(self.next()),
            }
        }
        Ok(word)
    }

    fn double(&mut self, word: &mut Word) -> Result<(), Refusal> {
        self.skip(1);
        loop {
            match self.peek().ok_or(Refusal::Unclosed('"'))? {
                '"' => {
                    self.skip(1);
                    return Ok(());
                }
                '\\' => {
                    self.skip(1);
                    match self.next() {
                        Some('\n') => {}
                        Some(c @ ('"' | '\\' | '$' | '`')) => word.text.push(c),
                        Some(c) => word.text.extend(['\\', c]),
                        None => return Err(Refusal::Unclosed('"')),
                    }
                }
                '$' | '`' => self.expansion(word)?,
                _ => word.text.extend(self.next()),
            }
        }
    }

    /// A variable or a command whose output would stand here.
    fn expansion(&mut self, word: &mut Word) -> Result<(), Refusal> {
        let whole = self.rest;
        match self.next() {
            Some('`') => self.enclosed('`')?,
            _ => match self.peek() {
                Some('{') => self.enclosed('}')?,
                Some('(') => self.enclosed(')')?,
                Some(c) if c.is_ascii_alphabetic() || c == '_' => {
                    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                    let end = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
                    self.skip(end);
                }
                Some(c) if c.is_ascii_digit() || "@*#?$!-".contains(c) => self.skip(1),
                // A dollar sign by itself.
                _ => {
                    word.text.push('$');
                    return Ok(());
                }
            },
        }
        let written = whole[..whole.len() - self.rest.len()].to_owned();
        word.text.push_str(&written);
        word.expansions.push(written);
        Ok(())
    }

    /// Passes over what stands between brackets or back quotes.
    fn enclosed(&mut self, close: char) -> Result<(), Refusal> {
        let open = match close {
            ')' => '(',
            '}' => '{',
            other => other,
        };
        let mut depth = usize::from(open == close || !self.rest.starts_with(open));
        while let Some(c) = self.next() {
            if c == '\\' {
                self.next();
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            } else if c == open {
                depth += 1;
            }
        }
        Err(Refusal::Unclosed(open))
    }
}
