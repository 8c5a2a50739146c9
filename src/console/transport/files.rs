//! Files on their way, up and down.

use super::fetch::Arriving;
use crate::browser::save_target::SaveTarget;
use crate::browser::{chosen, random};
use crate::lazy::lazy;
use formsmith_api::file::FileRef;
use formsmith_api::http::HttpResponse;
use formsmith_run::Failure;
use formsmith_wire::header;
use std::pin::Pin;
use std::rc::Rc;
use web_sys::{AbortController, Blob};

/// How many bytes have arrived, of how many.
pub type Told = Rc<dyn Fn(u64, Option<u64>)>;

/// What a request has to do with files, besides the one that it may have as its body.
#[derive(Clone, Default)]
pub struct Files {
    /// Where the body of the answer goes, unless it is an error.
    pub target: Option<SaveTarget>,
    /// What breaks it off. Where there is none, it is not a file that is on its way.
    pub stop: Option<AbortController>,
    pub told: Option<Told>,
}

/// The bytes of a file that the person has chosen.
pub async fn sent_file(file: &FileRef) -> Result<Blob, Failure> {
    let missing = || Failure::FileMissing {
        name: file.name().to_owned(),
    };
    let bytes = chosen::held(file.without_digests().as_str()).ok_or_else(missing)?;
    if !chosen::is_readable(&bytes).await {
        return Err(missing());
    }
    // Its type would be a header that nobody has reviewed; a part of it has none.
    let untyped = bytes.slice_with_f64_and_f64(0.0, bytes.size());
    untyped.map_err(|_| missing())
}

impl Files {
    /// The answer, with its body in its place.
    pub async fn receive(&self, arriving: Arriving) -> Result<HttpResponse, Failure> {
        let is_own = arriving.header(header::ERROR).is_some();
        let is_success = (200..300).contains(&arriving.status) && !is_own;
        if self.target.is_none() || !is_success {
            return arriving.whole().await;
        }
        let status = arriving.status;
        match save(arriving, self.clone()).await {
            Ok(saving) => saving.await,
            Err(_) => Err(Failure::NotSaved { status }),
        }
    }

    async fn save(self, arriving: Arriving) -> Result<HttpResponse, Failure> {
        let Some(target) = &self.target else {
            return arriving.whole().await;
        };
        let total = arriving.length();
        let told = |done| {
            if let Some(told) = &self.told {
                told(done, total);
            }
        };
        let id = random::uuid();
        let (response, held) = arriving.into_file(target, &id, &told).await?;
        if let (Some(file), Some(held)) = (&response.file, held) {
            chosen::hold_answer(file.as_str(), held);
        }
        Ok(response)
    }
}

type Saving = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>>>>;

// No built-in service answers with a file.
lazy! {
    in all_services: fn save(arriving: Arriving, files: Files) -> Saving =
        Box::pin(files.save(arriving));
}
