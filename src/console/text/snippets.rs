//! The same call elsewhere.

pub const COPY_AS: &str = "Copy as";
pub const COPY_AS_TITLE: &str = "Copy as code";
pub const COPY_AS_HINT: &str = "Running this calls AWS with your own credentials. The text contains no secrets. Commands are for a POSIX shell.";
pub const COPY_AS_MISTAKE: &str =
    "What is written as JSON has a mistake. This is the last input that had none.";
pub const LANGUAGE: &str = "Language";
/// In the order in which they are written.
pub const LANGUAGES: [(&str, &str); 5] = [
    ("aws-cli", "AWS CLI"),
    ("boto3", "Python"),
    ("rust", "Rust"),
    ("javascript", "JavaScript"),
    ("curl", "curl"),
];

pub const PASTE_COMMAND: &str = "Paste a command";
pub const PASTED_LABEL: &str = "Command or JSON body";
pub const PASTED_HINT: &str = "An aws command as you would type it, or the JSON body of a request. It is read and never executed.";
pub const FILL_FORM: &str = "Fill the form";
pub const COMMAND_READ: &str = "The form was filled with what you pasted.";
pub const SNIPPETS_MISSING: &str =
    "A part of the page couldn't be loaded. Check your connection, then try again.";

pub fn region_pasted(region: &str, is_offered: bool) -> String {
    match is_offered {
        true => format!("The region is now {region}."),
        false => format!("The region {region} can't be chosen here."),
    }
}
