//! What the console asks while a person signs in.

use super::Operations;
use crate::audit::{Line, Step};
use crate::body::{Bytes, Response};
use crate::failure::Failure;
use crate::http::Method;
use crate::sign_in::{self, SignIn, State};

impl Operations {
    /// Begins to sign in, or with an id, tells how that stands, takes a code for it or ends it.
    pub async fn sign_in(
        &self,
        method: &Method,
        id: Option<&str>,
        body: &Bytes,
        line: &mut Line,
    ) -> Result<Response, Failure> {
        line.note(|subject| subject.step = Step::SignIn);
        let Some(id) = id else {
            let profile = sign_in::profile(body)?;
            let signer = self.signer(profile.as_deref(), None)?;
            let signer = signer.ok_or_else(Failure::not_found)?;
            line.note(|subject| subject.profile = signer.profile.name.clone());
            return self.sign_ins.start(signer.profile).await;
        };
        let found = self.sign_ins.find(id)?;
        line.note(|subject| subject.profile = found.profile.clone());
        let answer = match *method {
            Method::DELETE => {
                line.note(|subject| subject.step = Step::Withdrawal);
                return self.sign_ins.withdraw(id);
            }
            Method::POST => sign_in::code(&found, body).await?,
            _ => sign_in::told(&found),
        };
        line.note(|subject| subject.step = step(&found));
        Ok(answer)
    }
}

fn step(sign_in: &SignIn) -> Step {
    match sign_in.state() {
        State::Done => Step::SignedIn,
        _ => Step::SignIn,
    }
}
