//! What stands on a page, whatever library reads the file: runs of letters with their place, size and weight. The one file
//! that knows the library.

use pdfboss_core::{Document, Error};
use pdfboss_text::{ArtifactKind, FontCache, ReadingOrder, extract_spans_reporting_cached, placed_images};

use super::super::sealed::Failure;

/// The longest content of a page, in bytes; beyond that lie bombs.
const CONTENT: usize = 12 << 20;

/// Letters that were shown in one go. Places are in points from the lower left corner of the page as
/// it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// The line that the letters stand on.
    pub base: f32,
    pub bottom: f32,
    pub top: f32,
    pub size: f32,
    pub bold: bool,
    /// The file says that it belongs to the page: a running head, a page number.
    pub furniture: bool,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    pub runs: Vec<Run>,
    /// Not all of it could be read.
    pub broken: bool,
    /// The letters lie behind a picture: a program recognised them.
    pub recognised: bool,
}

/// How a page is turned before it is shown.
#[derive(Clone, Copy)]
struct Turn {
    by: i32,
    width: f32,
    height: f32,
}

impl Turn {
    /// Where a point of the file is shown.
    fn of(self, x: f32, y: f32) -> (f32, f32) {
        match self.by {
            90 => (y, self.width - x),
            180 => (self.width - x, self.height - y),
            270 => (self.height - y, x),
            _ => (x, y),
        }
    }
}

/// An open file.
pub(super) struct PageSource {
    document: Document,
    fonts: FontCache,
}

impl PageSource {
    /// Opens a file; one under an empty password is open to all.
    pub fn load(bytes: Vec<u8>) -> Result<Self, Failure> {
        let document = Document::load(bytes).map_err(|error| match error {
            Error::Encrypted => Failure::Locked,
            error => Failure::Broken(error.to_string()),
        })?;
        if document.is_locked() {
            return Err(Failure::Locked);
        }
        Ok(Self { document, fonts: FontCache::default() })
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.document.flattened_page_count()
    }

    /// The runs of a page in the order in which the file shows them; `None` for a page that cannot be read at all.
    pub fn runs(&self, number: usize) -> Option<Shown> {
        let page = self.document.page(number).ok()?;
        if page.content(&self.document).is_ok_and(|content| content.len() > CONTENT) {
            return None;
        }
        let turn =
            Turn { by: page.rotate.rem_euclid(360), width: page.crop_box.width(), height: page.crop_box.height() };
        let read = extract_spans_reporting_cached(&self.document, &page, &self.fonts, ReadingOrder::Content);
        let (spans, report) = read.ok()?;
        // Programs that recognise the letters of a scan lay them behind its picture, where nobody sees them.
        let seen = spans.iter().any(|span| !span.invisible && span.text.contains(char::is_alphanumeric));
        let recognised = !seen && spans.iter().any(|span| span.invisible && !span.text.trim().is_empty());
        let upright = spans
            .into_iter()
            .filter(|span| span.rotate.rem_euclid(360) == turn.by && (recognised || !span.invisible) && !span.vertical);
        let runs = upright.map(|span| {
            let (start, end) = (turn.of(span.x, span.y), turn.of(span.end_x, span.end_y));
            let (low, high) = (turn.of(span.bbox.x0, span.bbox.y0).1, turn.of(span.bbox.x1, span.bbox.y1).1);
            Run {
                text: span.text,
                left: start.0.min(end.0),
                right: start.0.max(end.0),
                base: start.1,
                bottom: low.min(high),
                top: low.max(high),
                size: span.size,
                bold: span.bold,
                furniture: span.artifact.is_some_and(|artifact| artifact.kind == ArtifactKind::Pagination),
            }
        });
        let finite = |run: &Run| {
            [run.left, run.right, run.base, run.bottom, run.top, run.size].iter().all(|number| number.is_finite())
                && run.size > 0.1
        };
        Some(Shown { runs: runs.filter(finite).collect(), broken: !report.skipped.is_empty(), recognised })
    }

    /// Whether a page shows pictures.
    pub fn has_pictures(&self, number: usize) -> bool {
        let page = self.document.page(number).ok();
        page.and_then(|page| placed_images(&self.document, &page).ok()).is_some_and(|pictures| !pictures.is_empty())
    }
}
