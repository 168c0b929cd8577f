//! What speaks for ties that data rows give, once for all documents: a row ties a thing of the catalogue in every document that
//! names it, with the same words. A document's own segment keeps the ties themselves, and thereby tells which of these it
//! holds to; the words stand in one segment beside the documents, for as long as one of them does.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::lift::Layer;
use crate::lift::vocabulary::{oa, rap};
use crate::model::Method;

use super::manifest::{DocumentEntry, SegmentEntry};
use super::note::Holding;
use super::{Damage, Directory, Error, Line, Writer, segment};

/// What the names of graphs of ties have before the vocabulary's, and those of what speaks for them.
const GRAPHS: [&str; 2] = ["/graph/links/", "/graph/link-evidence/"];

/// Lines about ties, by vocabulary, our thing and the outer thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties(BTreeMap<String, String>);

/// The ties on their way through a writer.
#[derive(Debug, Default)]
pub struct Held {
    /// All that stand; read when they are first needed.
    all: Option<Ties>,
    /// Whether they are other ones than in the store.
    is_changed: bool,
    /// Ties that a document held to that is gone or reads otherwise now.
    forsaken: BTreeSet<String>,
}

impl Ties {
    /// Takes what data rows give out of a document's lines about ties. `links` are its ties: what speaks for none of them
    /// stays.
    pub(super) fn apart(lines: &str, links: &str) -> (String, Self) {
        let (mut own, mut shared) = (String::new(), Self::default());
        let tied = keys(links);
        for group in groups(lines) {
            match key_of_row(&group).filter(|key| tied.contains(key)) {
                Some(key) => shared.0.entry(key).or_default().extend(group.iter().map(|line| line.text)),
                None => own.extend(group.iter().map(|line| line.text)),
            }
        }
        (own, shared)
    }

    /// The ties of lines that stand by themselves.
    fn read(lines: &str) -> Self {
        let mut ties = Self::default();
        for group in groups(lines) {
            if let Some(key) = key_of_row(&group) {
                ties.0.entry(key).or_default().extend(group.iter().map(|line| line.text));
            }
        }
        ties
    }

    /// The lines of a document about its ties, whole again.
    pub(super) fn with(&self, own: &str, links: &str) -> String {
        let tied = keys(links);
        let shared = tied.iter().filter_map(|key| self.0.get(key)).map(String::as_str);
        sorted(shared.chain([own]))
    }

    fn lines(&self) -> String {
        sorted(self.0.values().map(String::as_str))
    }
}

/// The lines of one subject in one graph, group by group: sorted lines have them side by side.
fn groups(lines: &str) -> Vec<Vec<Line<'_>>> {
    let mut groups: Vec<Vec<Line<'_>>> = Vec::new();
    for line in lines.split_inclusive('\n').filter_map(|line| Line::split(line.as_bytes())) {
        let goes_on = |last: &&mut Vec<Line<'_>>| {
            last.first().is_some_and(|first| (first.subject, first.graph) == (line.subject, line.graph))
        };
        match groups.last_mut().filter(goes_on) {
            Some(last) => last.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// The key of a tie that a data row gives; `None` for another one.
fn key_of_row(group: &[Line<'_>]) -> Option<String> {
    let value = |property: oxrdf::NamedNodeRef<'_>| {
        let said = group.iter().find(|line| inner(line.predicate) == Some(property.as_str()));
        said.map(|line| line.object)
    };
    let method = value(rap::LINK_METHOD)?.trim_matches('"');
    (method == Method::Row.name()).then_some(())?;
    key(group.first()?.graph?, value(oa::HAS_TARGET)?, value(oa::HAS_BODY)?)
}

/// The keys of the ties of a document. Some ties run from the outer thing to ours: each pair counts both ways.
fn keys(links: &str) -> BTreeSet<String> {
    let lines = links.split_inclusive('\n').filter_map(|line| Line::split(line.as_bytes()));
    let ties = lines.filter_map(|line| {
        let (graph, theirs) = (line.graph?, inner(line.object)?);
        let is_tie = inner(graph)?.contains(GRAPHS[0]) && line.subject != graph && !theirs.is_empty();
        is_tie.then(|| [key(graph, line.subject, line.object), key(graph, line.object, line.subject)])
    });
    ties.flatten().flatten().collect()
}

fn key(graph: &str, ours: &str, theirs: &str) -> Option<String> {
    let graph = inner(graph)?;
    let (_, scheme) = GRAPHS.iter().find_map(|start| graph.split_once(start))?;
    Some([scheme, ours, theirs].join(" "))
}

/// An IRI without its marks.
fn inner(term: &str) -> Option<&str> {
    term.strip_prefix('<')?.strip_suffix('>')
}

/// Lines as the segments have them: graph by graph, each once.
fn sorted<'l>(texts: impl Iterator<Item = &'l str>) -> String {
    let lines = texts.flat_map(|text| text.split_inclusive('\n'));
    let mut lines: Vec<(&str, &str)> = lines
        .filter_map(|line| Line::split(line.as_bytes()))
        .map(|line| (line.graph.and_then(inner).unwrap_or_default(), line.text))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().map(|(_, line)| line).collect()
}

impl Directory {
    /// What speaks for ties by data rows.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn ties(&self) -> Result<Ties, Damage> {
        Ok(Ties::read(&self.standing_lines(Layer::LinkEvidence)?))
    }

    /// The ties of a document, each pair both ways.
    fn keys_of(&self, entry: &DocumentEntry) -> Result<BTreeSet<String>, Damage> {
        let Some(segment) = entry.segments.get(Layer::Links.name()) else { return Ok(BTreeSet::new()) };
        Ok(keys(&self.lines_of(&format!("links of {}", entry.name), segment)?))
    }
}

impl Writer {
    /// Brings documents that an earlier version stored, which tell themselves what data rows say of their ties, into the present
    /// form. Gives how many there were.
    ///
    /// # Errors
    /// If a segment or text is damaged, or cannot be written.
    pub fn settle_ties(&mut self) -> Result<usize, Error> {
        let mut settled = 0;
        for sha256 in self.documents() {
            settled += usize::from(self.settle(&sha256)?);
        }
        Ok(settled)
    }

    fn settle(&mut self, sha256: &str) -> Result<bool, Error> {
        let Some(entry) = self.document(sha256).cloned() else { return Ok(false) };
        let place = self.place();
        let lines = |layer: Layer| {
            let segment = entry.segments.get(layer.name());
            segment.map_or(Ok(String::new()), |segment| place.lines_of(layer.name(), segment))
        };
        let (own, ties) = Ties::apart(&lines(Layer::LinkEvidence)?, &lines(Layer::Links)?);
        if ties.0.is_empty() {
            return Ok(false);
        }
        let text = place.text(sha256)?;
        let segment = segment::of_lines(own.as_bytes());
        if segment.quads > 0 {
            let note = self.note_of_layer(sha256, Layer::LinkEvidence, segment.quads);
            let is_sound = |file: &[u8]| segment::lines_of(file, &segment).is_ok();
            self.put_file(&segment.place(), own.as_bytes(), &note, None, is_sound)?;
        }
        self.hold_ties(&ties)?;
        self.replace_segment(sha256, Layer::LinkEvidence, segment);
        // The text tells what its document holds.
        let entry = Box::new(self.document(sha256).cloned().unwrap_or_default());
        let note = self.note(Holding::Text { entry });
        self.put_file(&format!("texts/{sha256}.txt.gz"), text.as_bytes(), &note, None, |_| true)?;
        Ok(true)
    }

    /// Puts what speaks for a document's ties beside that of others. What is said of a tie last counts.
    pub(super) fn hold_ties(&mut self, ties: &Ties) -> Result<(), Error> {
        if ties.0.is_empty() {
            return Ok(());
        }
        let (all, is_changed) = self.held()?;
        for (key, lines) in &ties.0 {
            if all.0.get(key) != Some(lines) {
                all.0.insert(key.clone(), lines.clone());
                *is_changed = true;
            }
        }
        Ok(())
    }

    /// Notes that a document holds to its ties no more, before its entry goes. A segment that cannot be read tells nothing:
    /// what spoke for its ties stays.
    pub(super) fn forsake_ties(&mut self, before: &DocumentEntry) {
        if self.manifest().standing.contains_key(Layer::LinkEvidence.name()) || self.held.all.is_some() {
            let keys = self.place().keys_of(before);
            self.held.forsaken.extend(keys.unwrap_or_default());
        }
    }

    /// Takes what speaks for ties out that stand in these graphs. Gives the number of quads that went.
    pub(super) fn drop_ties(&mut self, graphs: &[oxrdf::NamedNode]) -> Result<usize, Error> {
        let (all, is_changed) = self.held()?;
        let mut gone = 0;
        let is_dropped = |line: &Line<'_>| {
            line.graph.and_then(inner).is_some_and(|graph| graphs.iter().any(|dropped| dropped.as_str() == graph))
        };
        all.0.retain(|_, lines| {
            let first = lines.split_inclusive('\n').find_map(|line| Line::split(line.as_bytes()));
            let goes = first.as_ref().is_some_and(is_dropped);
            gone += if goes { lines.lines().count() } else { 0 };
            !goes
        });
        *is_changed |= gone > 0;
        Ok(gone)
    }

    /// Puts the ties that documents hold to now into the store, before its list of contents is written.
    pub(super) fn keep_ties(&mut self) -> Result<(), Error> {
        let mut forsaken = std::mem::take(&mut self.held.forsaken);
        if !forsaken.is_empty() {
            let (all, _) = self.held()?;
            forsaken.retain(|key| all.0.contains_key(key));
            self.spare(&mut forsaken);
            let (all, is_changed) = self.held()?;
            forsaken.iter().for_each(|key| *is_changed |= all.0.remove(key).is_some());
        }
        if !self.held.is_changed {
            return Ok(());
        }
        let lines = self.held.all.as_ref().map(Ties::lines).unwrap_or_default();
        match lines.is_empty() {
            true => drop(self.manifest_mut().standing.remove(Layer::LinkEvidence.name())),
            false => self.put_standing(Layer::LinkEvidence, segment::of_lines(lines.as_bytes()), lines.as_bytes())?,
        }
        self.held.is_changed = false;
        Ok(())
    }

    /// Leaves of some ties those alone that no document holds to. Where one cannot be read, none.
    fn spare(&self, forsaken: &mut BTreeSet<String>) {
        let directory = self.place();
        let entries: Vec<&DocumentEntry> = self.manifest().documents.values().collect();
        for batch in entries.chunks(256) {
            if forsaken.is_empty() {
                return;
            }
            let held: Result<Vec<_>, Damage> = batch.par_iter().map(|entry| directory.keys_of(entry)).collect();
            match held {
                Ok(held) => forsaken.retain(|key| !held.iter().any(|held| held.contains(key))),
                Err(_) => forsaken.clear(),
            }
        }
    }

    fn held(&mut self) -> Result<(&mut Ties, &mut bool), Error> {
        if self.held.all.is_none() {
            let entry: Option<SegmentEntry> = self.manifest().standing.get(Layer::LinkEvidence.name()).cloned();
            let lines = entry.map(|entry| self.place().lines_of(Layer::LinkEvidence.name(), &entry)).transpose()?;
            self.held.all = Some(Ties::read(&lines.unwrap_or_default()));
        }
        let Held { all, is_changed, .. } = &mut self.held;
        Ok((all.get_or_insert_default(), is_changed))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::Ties;
    use crate::lift::{Base, Layer, lift};
    use crate::model::{Extraction, fixture};
    use crate::store::{Directory, Packed, Writer, segment};

    const LAYERS: [Layer; 2] = [Layer::Links, Layer::LinkEvidence];

    fn said(dir: &Path) -> BTreeSet<String> {
        let (segments, damages) = Directory::open(dir).unwrap().quads(&LAYERS).unwrap();
        assert!(damages.is_empty(), "{damages:?}");
        segments.iter().flatten().map(ToString::to_string).collect()
    }

    fn lifted(extractions: &[&Extraction]) -> BTreeSet<String> {
        let lifted: Vec<_> = extractions.iter().map(|extraction| lift(extraction, &Base::default())).collect();
        let graphs = lifted.iter().flat_map(|lifted| LAYERS.into_iter().flat_map(|layer| lifted.layer(layer)));
        graphs.flat_map(|graph| graph.quads().map(|quad| quad.to_string()).collect::<Vec<_>>()).collect()
    }

    fn stands(dir: &Path) -> Ties {
        Directory::open(dir).unwrap().ties().unwrap()
    }

    #[test]
    fn what_rows_say_stands_once_and_as_long_as_a_document_holds_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (fixture::first(), fixture::second());
        let mut writer = Writer::open(dir.path(), None, "a test").unwrap();
        writer.add(&first, "test").unwrap();
        writer.add(&second, "test").unwrap();
        writer.commit().unwrap();
        assert_eq!(said(dir.path()), lifted(&[&first, &second]));
        let both = stands(dir.path());
        assert!(!both.0.is_empty());
        for extraction in [&first, &second] {
            let own =
                Directory::open(dir.path()).unwrap().of_document(&extraction.document.sha256, Layer::LinkEvidence);
            assert!(own.unwrap().iter().all(|quad| !quad.to_string().contains("\"row\"")));
        }
        // Without ties of its own a document holds to none.
        let untied = Extraction { links: Vec::new(), ..first.clone() };
        writer.add(&untied, "test").unwrap();
        writer.commit().unwrap();
        assert_eq!(said(dir.path()), lifted(&[&untied, &second]));
        writer.add(&first, "test").unwrap();
        writer.commit().unwrap();
        assert_eq!(stands(dir.path()), both);
        writer.remove(&first.document.sha256).unwrap();
        writer.commit().unwrap();
        assert_eq!(said(dir.path()), lifted(&[&second]));
        writer.remove(&second.document.sha256).unwrap();
        writer.commit().unwrap();
        assert!(said(dir.path()).is_empty() && Directory::open(dir.path()).unwrap().standing().is_empty());
    }

    #[test]
    fn a_document_leaves_a_store_as_it_came() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(dir.path(), None, "a test").unwrap();
        for extraction in [fixture::first(), fixture::second()] {
            writer.add(&extraction, "test").unwrap();
        }
        writer.commit().unwrap();
        let directory = Directory::open(dir.path()).unwrap();
        for extraction in [fixture::first(), fixture::second()] {
            let (packed, _) = directory.packed(&extraction.document.sha256, &stands(dir.path())).unwrap().unwrap();
            assert_eq!(packed, Packed::new(&extraction, &Base::default(), "test"));
        }
    }

    #[test]
    fn a_store_of_an_earlier_version_says_the_same_and_is_brought_into_the_present_form() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (fixture::first(), fixture::second());
        let mut writer = Writer::open(dir.path(), None, "a test").unwrap();
        writer.add(&first, "test").unwrap();
        writer.add(&second, "test").unwrap();
        writer.commit().unwrap();
        let (list, ties) = (writer.manifest().clone(), stands(dir.path()));
        // Each document tells all of its ties itself.
        for sha256 in writer.documents() {
            let (whole, _) = writer.preview().packed(&sha256, &ties).unwrap().unwrap();
            let (_, layers) = whole.parted();
            let lines = layers[Layer::LinkEvidence.name()].as_bytes();
            let entry = segment::of_lines(lines);
            let note = writer.note_of_layer(&sha256, Layer::LinkEvidence, entry.quads);
            writer.put_file(&entry.place(), lines, &note, None, |_| true).unwrap();
            writer.replace_segment(&sha256, Layer::LinkEvidence, entry);
        }
        writer.manifest_mut().standing.clear();
        writer.commit().unwrap();
        drop(writer);
        assert_eq!(said(dir.path()), lifted(&[&first, &second]));
        let mut writer = Writer::open(dir.path(), None, "a test").unwrap();
        assert_eq!(writer.settle_ties().unwrap(), 2);
        writer.commit().unwrap();
        assert_eq!((&writer.manifest().documents, &writer.manifest().standing), (&list.documents, &list.standing));
        assert_eq!(said(dir.path()), lifted(&[&first, &second]));
        assert_eq!(writer.settle_ties().unwrap(), 0);
    }
}
