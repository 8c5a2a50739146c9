//! The files of one folder, and none that a symlink leads to from there.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use tokio::task::spawn_blocking;
use tower_http::services::fs::{Backend, TokioBackend, TokioFile};

type Pending<T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send>>;

/// What is not inside the folder is not there. The page may be built anew at any time, so each
/// file is looked at when it is asked for.
#[derive(Debug, Clone)]
pub struct Inside {
    folder: Arc<Path>,
}

impl Inside {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Where a path leads, if that is inside the folder.
    async fn real(self, path: PathBuf) -> io::Result<PathBuf> {
        spawn_blocking(move || {
            let real = path.canonicalize()?;
            match real.starts_with(self.folder.canonicalize()?) {
                true => Ok(real),
                false => Err(io::ErrorKind::NotFound.into()),
            }
        })
        .await?
    }
}

impl Backend for Inside {
    type File = TokioFile;
    type Metadata = std::fs::Metadata;
    type OpenFuture = Pending<TokioFile>;
    type MetadataFuture = Pending<std::fs::Metadata>;

    fn open(&self, path: PathBuf) -> Self::OpenFuture {
        let real = self.clone().real(path);
        Box::pin(async move { TokioBackend.open(real.await?).await })
    }

    fn metadata(&self, path: PathBuf) -> Self::MetadataFuture {
        let real = self.clone().real(path);
        Box::pin(async move { TokioBackend.metadata(real.await?).await })
    }
}
