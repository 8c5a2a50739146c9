//! Idempotency tokens: the same request under the same token is done once.

use super::invalid_parameters;
use crate::answer::ServiceError;
use crate::bounded::Bounded;
use crate::digest::Digest;
use crate::input::Input;
use serde::{Deserialize, Serialize};

/// The tokens of one operation, each with the digest of its request and what that made. `member`
/// is the input member that holds the token.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tokens(Bounded<(String, String)>);

impl Tokens {
    /// What the same request made before; refused if it was another one that used its token.
    pub fn made(&self, member: &str, input: Input<'_>) -> Result<Option<&str>, ServiceError> {
        let token = input.text(member);
        match self.0.get(token) {
            None => Ok(None),
            Some((earlier, made)) if *earlier == request(member, input) => Ok(Some(made)),
            Some(_) => Err(invalid_parameters(format!(
                "{member} {token} was used with different parameters."
            ))),
        }
    }

    /// A request without a token is not remembered.
    pub fn remember(&mut self, member: &str, input: Input<'_>, made: impl Into<String>) {
        if let Some(token) = input.optional_text(member) {
            let request = request(member, input);
            self.0.insert(token.into(), (request, made.into()));
        }
    }
}

/// What makes two requests the same: all but the token and the language of the answer.
fn request(member: &str, input: Input<'_>) -> String {
    let ignored = [member, "AcceptLanguage"];
    let digest = Digest::new().members(input, &ignored);
    format!("{:016x}", digest.number())
}
