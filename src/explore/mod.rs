//! The explorer: a store as pages for people and as answers for programs. [`respond`] turns a request into a response and
//! knows no socket; the command line listens, prints one page, or writes all of them into a folder.
//!
//! Each page is a model that JSON writes as it is and that markup shows; both say the same. Addresses are the IRIs of the
//! data with another host, and hold all there is to know of a view. Pages read a [`Reading`], which is loaded once and
//! again when the store has changed.

mod accept;
mod access;
mod address;
mod answers;
mod asked;
mod asking;
mod assets;
mod cards;
mod chosen;
mod described;
mod elsewhere;
mod frame;
mod graphs;
mod guard;
mod language;
mod marked;
mod matrix;
mod pages;
mod paging;
mod protocol;
mod queue;
mod reading;
pub mod reconcile;
mod request;
mod response;
mod route;
mod site;
mod visit;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use crate::store::{Directory, Error, Limits};
use crate::vocabularies::Folder;

pub use access::Door;
pub use elsewhere::{Elsewhere, Unanswered, is_question};
pub use guard::Guard;
pub use queue::Review;
pub use reading::Reading;
pub use request::Request;
pub use response::{Problem, Response};
pub use route::respond;
pub use site::{Files, site};

/// How often the store is looked at for changes.
const LOOK: Duration = Duration::from_secs(2);

/// How an explorer is set up.
pub struct Settings {
    /// Who may ask.
    pub guard: Guard,
    /// What opens all pages; nothing if they are open.
    pub door: Option<Door>,
    /// What readers decide with; nothing if nobody may.
    pub review: Option<Review>,
    /// Whether free questions in SPARQL are answered.
    pub has_endpoint: bool,
    /// What one question of a visitor may use.
    pub limits: Limits,
    /// Bytes that an answer to a free question may have.
    pub largest: usize,
    /// Who answers questions instead of this process; nobody if it answers them itself.
    pub elsewhere: Option<Elsewhere>,
    /// Vocabularies whose names other programs may ask for.
    pub shelf: Option<Folder>,
}

impl Default for Settings {
    fn default() -> Self {
        // Others wait for the same machine.
        let limits = Limits { time: Some(Duration::from_secs(10)), memory: Some(1 << 30), rows: Some(1_000_000) };
        Self {
            guard: Guard::default(),
            door: None,
            review: None,
            has_endpoint: true,
            limits,
            largest: 256 << 20,
            elsewhere: None,
            shelf: None,
        }
    }
}

/// A store that pages are made of.
pub struct Explorer {
    path: PathBuf,
    settings: Settings,
    reading: RwLock<Arc<Reading>>,
    /// When the store was last looked at, and its list of contents then.
    looked: Mutex<(Instant, Directory)>,
}

impl Explorer {
    /// Opens a store and reads it.
    ///
    /// # Errors
    /// If there is no store, or it cannot be read.
    pub fn open(path: &Path, settings: Settings) -> Result<Self, Error> {
        Self::of(Directory::open(path)?, settings)
    }

    /// Reads a store that is open.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(directory: Directory, settings: Settings) -> Result<Self, Error> {
        let reading = Arc::new(Reading::open(directory.clone())?);
        Ok(Self {
            path: directory.path().to_owned(),
            settings,
            reading: RwLock::new(reading),
            looked: Mutex::new((Instant::now(), directory)),
        })
    }

    /// The folder of the store.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How it was set up.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Looks at the store at once: it was just written to.
    pub fn look_again(&self) {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.1.has_moved_on().unwrap_or(false)
            && let Ok(reading) = Reading::open(looked.1.clone())
        {
            *self.reading.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(reading);
        }
        looked.0 = Instant::now();
    }

    /// Has the store as it stands, opened for questions: what comes next waits for neither.
    pub fn make_ready(&self) {
        self.look_again();
        let reading = self.reading();
        reading.asking().open(&reading);
    }

    /// The store as it stands. Requests that run go on with the state that they began with.
    pub fn reading(&self) -> Arc<Reading> {
        // One request looks; the others take what there is.
        if let Ok(mut looked) = self.looked.try_lock()
            && looked.0.elapsed() >= LOOK
        {
            if looked.1.has_moved_on().unwrap_or(false)
                && let Ok(reading) = Reading::open(looked.1.clone())
            {
                *self.reading.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(reading);
            }
            looked.0 = Instant::now();
        }
        Arc::clone(&self.reading.read().unwrap_or_else(PoisonError::into_inner))
    }
}
