//! The request itself, signed by curl.
//!
//! The credentials come from the environment and reach curl by its standard input, as a
//! configuration that the shell fills in: arguments of a command are shown to everybody on the
//! machine. A here-document and `${…:+…}` are all it takes, which every POSIX shell has.

use super::quote::{LONGEST_WORD, shell};
use super::{Call, NotWritable};
use formsmith_api::{endpoint, protocol};

/// Credentials hold neither white space nor anything else that needs quotes in the second line.
const CREDENTIALS: &str = "<<EOF\n\
    user = \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"\n\
    ${AWS_SESSION_TOKEN:+header = X-Amz-Security-Token:$AWS_SESSION_TOKEN}\n\
    EOF\n";

pub fn write(call: &Call<'_>) -> Result<String, NotWritable> {
    let request = protocol::request(call.model, call.service, call.operation, call.input)
        .map_err(|why| NotWritable::NoRequest(why.what))?;
    let region = call.region.to_owned();
    let endpoint = endpoint::endpoint(&call.service.endpoint, call.region)
        .ok_or(NotWritable::NoEndpoint { region })?;
    let (region, service) = (&endpoint.signing_region, &call.service.signing_name);
    let mut words = vec![
        format!(
            "--aws-sigv4 {}",
            shell(&format!("aws:amz:{region}:{service}"))
        ),
        format!("--request {}", shell(&request.method)),
    ];
    for (name, value) in &request.headers {
        words.push(format!("--header {}", shell(&format!("{name}: {value}"))));
    }
    let body = shell(&String::from_utf8_lossy(&request.body));
    // A text that is too long for an argument comes by the standard input, and the
    // configuration by another.
    let (before, config, redirection) = match body.len() < LONGEST_WORD {
        true => {
            // Unlike --data, it takes a text that begins with @ as it is.
            words.push(format!("--data-raw {body}"));
            (String::new(), "-", "")
        }
        false => {
            words.push("--data-binary @-".into());
            (format!("printf %s {body} |\n"), "/dev/fd/3", "3")
        }
    };
    words.push(shell(&format!("https://{}{}", endpoint.host, request.path)));
    Ok(format!(
        "{before}curl --config {config} \\\n  {} {redirection}{CREDENTIALS}",
        words.join(" \\\n  ")
    ))
}
