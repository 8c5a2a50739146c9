//! A command of the AWS CLI.

use super::option::Options;
use super::shell::{Token, Word, tokens};
use super::{Note, Reading, Refusal};
use crate::names;
use formsmith_api::model::{Model, Service};

/// Options of the CLI itself that take a value.
pub const WITH_VALUE: [&str; 11] = [
    "ca-bundle",
    "cli-binary-format",
    "cli-connect-timeout",
    "cli-error-format",
    "cli-read-timeout",
    "color",
    "endpoint-url",
    "output",
    "profile",
    "query",
    "region",
];

/// Those that take none.
pub const FLAGS: [&str; 9] = [
    "cli-auto-prompt",
    "debug",
    "no-cli-auto-prompt",
    "no-cli-pager",
    "no-paginate",
    "no-sign-request",
    "no-verify-ssl",
    "v2-debug",
    "version",
];

/// One command of a text: its words, and the document that follows it.
#[derive(Default)]
struct Command {
    words: Vec<Word>,
    document: Option<Word>,
    /// Signs with the files behind them.
    redirections: Vec<(String, String)>,
}

impl Command {
    /// What this one writes to a file, with the name by which an option finds it.
    fn written(&self) -> Option<(String, Word)> {
        let ([word], [(sign, file)]) = (self.words.as_slice(), self.redirections.as_slice()) else {
            return None;
        };
        let is_written = word.text == "cat" && sign == ">";
        let name = format!("file://{file}");
        self.document
            .clone()
            .filter(|_| is_written)
            .map(|document| (name, document))
    }
}

/// How the CLI is told to read its standard input.
const STANDARD_INPUT: [&str; 3] = [
    "file:///dev/stdin",
    "file:///dev/fd/0",
    "file:///proc/self/fd/0",
];

/// The service and the operation that a text names, as the CLI has them; none where it names none.
pub fn named_in(text: &str) -> Option<[String; 2]> {
    let commands = commands(tokens(text, &mut Vec::new()).ok()?);
    let command = commands.iter().find(|command| begin(command).is_some())?;
    let words = &command.words[begin(command)? + 1..];
    Some(named(words)?.map(|at| words[at].text.clone()))
}

pub fn read<'m>(model: &'m Model, text: &str) -> Result<Reading<'m>, Refusal> {
    let mut notes = Vec::new();
    let commands = commands(tokens(text, &mut notes)?);
    let Some(first) = commands.iter().find_map(|command| command.words.first()) else {
        return Err(Refusal::Empty);
    };
    let not_aws = Refusal::NotAws(first.text.clone());
    let at = commands.iter().position(|command| begin(command).is_some());
    let Some((at, command)) = at.map(|at| (at, &commands[at])) else {
        return Err(not_aws);
    };
    let begin = begin(command).unwrap_or_default();
    let before = command.words[..begin]
        .iter()
        .filter(|word| word.text != "$");
    for word in before {
        // The value may be a secret.
        let name = word.text.split('=').next().unwrap_or_default();
        notes.push(Note::NotInput(name.to_owned()));
    }
    let words = &command.words[begin + 1..];
    let [service_at, operation_at] = named(words).ok_or(Refusal::NoOperation)?;
    let service = service(model, &words[service_at].text)?;
    let name = words[operation_at].text.as_str();
    let mut operations = service.operations.iter();
    let operation = operations.find(|it| names::separated(it.name(), '-') == name);
    let operation = operation.ok_or_else(|| Refusal::UnknownOperation {
        service: service.name.clone(),
        operation: name.to_owned(),
    })?;
    let rest = words.iter().enumerate();
    let rest = rest.filter(|(at, _)| ![service_at, operation_at].contains(at));
    let rest: Vec<&Word> = rest.map(|(_, word)| word).collect();
    let before = commands[..at].iter();
    let mut files: Vec<_> = before.filter_map(Command::written).collect();
    if let Some(document) = &command.document {
        files.extend(STANDARD_INPUT.map(|name| (name.to_owned(), document.clone())));
    }
    let mut options = Options::new(model, operation, &files, notes);
    options.read(&rest);
    let mut reading = Reading {
        service,
        operation,
        region: options.region.take(),
        input: options.input(),
        notes: options.notes,
    };
    let redirections = command.redirections.iter();
    let redirections = redirections.map(|(sign, file)| format!("{sign} {file}"));
    reading.notes.extend(redirections.map(Note::NotUnderstood));
    let others = commands.iter().enumerate();
    let others = others.filter(|(other, command)| *other != at && command.written().is_none());
    reading.notes.extend(others.filter_map(|(_, other)| {
        let words: Vec<&str> = other.words.iter().map(|word| word.text.as_str()).collect();
        (!words.is_empty()).then(|| Note::NotRead(words.join(" ")))
    }));
    Ok(reading)
}

fn commands(tokens: Vec<Token>) -> Vec<Command> {
    let mut commands = vec![Command::default()];
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let Some(command) = commands.last_mut() else {
            break;
        };
        match token {
            Token::Word(word) => command.words.push(word),
            Token::Document(document) => command.document = Some(document),
            Token::End(_) => commands.push(Command::default()),
            Token::Redirection(sign) => {
                let file = match tokens.next() {
                    Some(Token::Word(word)) => word.text,
                    _ => String::new(),
                };
                command.redirections.push((sign, file));
            }
        }
    }
    commands
}

/// Where the command `aws` stands, behind a prompt and variables for it.
fn begin(command: &Command) -> Option<usize> {
    let at = command.words.iter().position(|word| {
        let is_prompt = word.text == "$";
        let is_variable = word
            .text
            .split_once('=')
            .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
        !is_prompt && !is_variable
    })?;
    let program = command.words[at].text.rsplit(['/', '\\']).next()?;
    matches!(program, "aws" | "aws.exe" | "aws.cmd").then_some(at)
}

/// Where the names of the service and the operation stand: the first two words that are
/// neither an option nor its value.
fn named(words: &[Word]) -> Option<[usize; 2]> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match word.text.strip_prefix("--") {
            Some(option) => at += usize::from(WITH_VALUE.contains(&option)),
            None => found.push(at),
        }
        if let [service, operation] = found[..] {
            return Some([service, operation]);
        }
        at += 1;
    }
    None
}

fn service<'m>(model: &'m Model, name: &str) -> Result<&'m Service, Refusal> {
    let service = model.service(names::service_of_cli(name));
    service.ok_or_else(|| Refusal::UnknownService(name.to_owned()))
}
