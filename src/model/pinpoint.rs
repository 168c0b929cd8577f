//! What people who cite a document call its parts: "para. 7 (b)", "art. 5", "annex II, para. 3".

use super::{Document, Span};

/// A paragraph of a document and how it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinpoint {
    /// Its words.
    pub span: Span,
    /// Its place as people write it: `para. 7 (b)`.
    pub label: String,
}

impl Document {
    /// How the paragraph is cited in which a span begins; `None` if it has no number and stands below no heading.
    pub fn pinpoint(&self, span: Span) -> Option<&str> {
        let next = self.pinpoints.partition_point(|pinpoint| pinpoint.span.start <= span.start);
        let last = self.pinpoints.get(next.checked_sub(1)?)?;
        (span.start < last.span.end).then_some(last.label.as_str())
    }

    /// Where a span stands, as a citation says it: page in the file, then the number of the paragraph: `p. 3, para. 7 (b)`.
    /// `None` where the document tells neither.
    pub fn locator(&self, span: Span) -> Option<String> {
        let map = self.source.as_ref().map(|source| &source.map);
        let pinpoint = self.pinpoint(span);
        let place = match (map, pinpoint) {
            // The number that the document counts says more than the one that the file does.
            (Some(map), Some(pinpoint)) if pinpoint.contains(|c: char| c.is_ascii_digit()) => {
                map.pages(span).and_then(|_| map.place(span))
            }
            (Some(map), _) => map.place(span),
            (None, _) => None,
        };
        match (place, pinpoint) {
            (Some(place), Some(pinpoint)) => Some(format!("{place}, {pinpoint}")),
            (place, pinpoint) => place.or_else(|| pinpoint.map(str::to_owned)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pinpoint;
    use crate::model::{Area, Document, Locus, SourceFile, SourceMap, Span};

    #[test]
    fn page_and_paragraph_make_a_locator() {
        let pinpoints = vec![Pinpoint { span: Span::new(10, 20), label: "para. 7 (b)".to_owned() }];
        let mut document = Document { pinpoints, ..Document::default() };
        assert_eq!(document.locator(Span::new(12, 25)).as_deref(), Some("para. 7 (b)"));
        assert_eq!(document.locator(Span::new(20, 25)), None);
        assert_eq!(document.locator(Span::new(0, 15)), None);
        let mut map = SourceMap::default();
        map.push(Span::new(0, 30), Locus::Page(3, Area::default()));
        document.source = Some(Box::new(SourceFile { map, ..SourceFile::default() }));
        assert_eq!(document.locator(Span::new(12, 25)).as_deref(), Some("p. 3, para. 7 (b)"));
        assert_eq!(document.locator(Span::new(22, 25)).as_deref(), Some("p. 3"));
        let mut map = SourceMap::default();
        map.parts.push("word/document.xml".to_owned());
        map.push(Span::new(0, 30), Locus::Paragraph(0, 12));
        document.source = Some(Box::new(SourceFile { map, ..SourceFile::default() }));
        assert_eq!(document.locator(Span::new(12, 25)).as_deref(), Some("para. 7 (b)"));
        assert_eq!(document.locator(Span::new(22, 25)).as_deref(), Some("paragraph 12"));
    }
}
