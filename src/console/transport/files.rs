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
    let bytes = chosen::held(file).ok_or_else(missing)?;
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
        let Some(target) = self.target.clone().filter(|_| is_success) else {
            return arriving.whole().await;
        };
        let status = arriving.status;
        match save(arriving, target, self.told.clone()).await {
            Ok(saving) => saving.await,
            Err(_) => Err(Failure::NotSaved { status }),
        }
    }
}

async fn save_at(
    arriving: Arriving,
    target: SaveTarget,
    told: Option<Told>,
) -> Result<HttpResponse, Failure> {
    let total = arriving.length();
    let told = |done| {
        if let Some(told) = &told {
            told(done, total);
        }
    };
    let (response, held) = arriving.into_file(&target, &random::uuid(), &told).await?;
    if let (Some(file), Some(held)) = (&response.file, held) {
        chosen::hold_answer(file, held);
    }
    Ok(response)
}

type Saving = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>>>>;

// No built-in service answers with a file.
lazy! {
    in all_services: fn save(arriving: Arriving, target: SaveTarget, told: Option<Told>) -> Saving =
        Box::pin(save_at(arriving, target, told));
}
