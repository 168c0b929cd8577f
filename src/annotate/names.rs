//! Known names: every label of the catalogue, found by one automaton over folded text, then sifted by how the name is
//! written, by what stands around it, and by what it stands inside of.

mod around;
mod automaton;
mod labels;
mod nested;
mod standing;
mod written;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use compact_str::CompactString;

use crate::model::{Class, Document, Kind, Mention, MentionClass, Mentions, Reading, Span};
use crate::seeds::{Catalogue, Entry, Folded, Lexicon, Name, NameForm, NamesInTime, fold};

use automaton::Automaton;
use written::Capitals;

use super::text::Text;

/// All names of a catalogue, ready to be found.
pub struct NameMatcher<'a> {
    lexicon: &'a Lexicon,
    automaton: Automaton,
    /// What each name of the automaton may name.
    names: Vec<Vec<Label>>,
    entries: Vec<Known>,
    in_time: NamesInTime,
}

/// What finding needs of a catalogue entry.
struct Known {
    key: CompactString,
    kind: Kind,
    class: MentionClass,
    part_of: Option<CompactString>,
}

/// One name of one entry.
#[derive(Clone)]
struct Label {
    entry: u32,
    form: NameForm,
    /// Whether the name is matched whatever its case.
    is_term: bool,
    text: Arc<str>,
    capitals: Capitals,
}

/// A name seen in the text, before it is sifted against its neighbours.
struct Seen<'m> {
    span: Span,
    labels: Vec<&'m Label>,
}

impl<'a> NameMatcher<'a> {
    /// Takes in all names of a catalogue. Symbols are left to the grammar of symbols.
    pub fn new(catalogue: &Catalogue, lexicon: &'a Lexicon) -> Self {
        let entries = catalogue.entries().iter().map(Known::of).collect();
        let (automaton, names) = (Automaton::default(), Vec::new());
        let in_time = catalogue.names_in_time().clone();
        let mut matcher = Self { lexicon, automaton, names, entries, in_time };
        for (at, entry) in (0u32..).zip(catalogue.entries()) {
            for name in entry.names.iter().filter(|name| is_matched(entry, name)) {
                matcher.add(entry, Label::of(at, entry, name));
            }
        }
        matcher.names.iter_mut().for_each(drop_weaker);
        matcher
    }

    fn add(&mut self, entry: &Entry, label: Label) {
        let spellings = labels::spellings(self.lexicon, &label.text, label.form, label.is_term);
        let is_region = entry.class.kind() == Kind::Place && entry.part_of.is_none();
        let regions: Vec<String> =
            spellings.iter().filter(|_| is_region).map(|name| format!("{name} region")).collect();
        for spelling in spellings.into_iter().chain(regions) {
            let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
            let name = self.automaton.add(&spelling, next);
            if name == next {
                self.names.push(Vec::new());
            }
            if let Some(labels) = self.names.get_mut(name as usize) {
                labels.push(label.clone());
            }
        }
    }

    /// The known names of one block, by start, longest first, nested or disjoint.
    pub fn find(&self, doc: &Document, block: Span) -> Vec<Mention> {
        let folded = fold(&doc.text, block, doc.gaps_in(block));
        let mut seen = self.seen(doc, block, &folded);
        seen.sort_by_key(|seen| (seen.span.start, std::cmp::Reverse(seen.span.end)));
        let kept = nested::sift(self.lexicon, &doc.text, seen, &self.entries);
        kept.into_iter().map(|seen| self.in_its_time(doc, self.mention(&seen), &seen)).collect()
    }

    /// All names that are written as names and stand where names stand; they may overlap.
    fn seen(&self, doc: &Document, block: Span, folded: &Folded) -> Vec<Seen<'_>> {
        let text = &doc.text;
        let seen = self.automaton.find(&folded.text).into_iter().filter_map(|hit| {
            let labels = self.names.get(hit.name as usize)?;
            let bare = folded.origin(text, hit.span);
            let span = self.with_years(labels, text, block, bare);
            let fits = |label: &&Label| {
                written::fits(label, text, folded, hit.span)
                    && around::allows(self.lexicon, label, self.kind_of(label), text, block, span)
            };
            let labels: Vec<&Label> = labels.iter().filter(fits).collect();
            (!labels.is_empty()).then(|| Seen { span, labels: strongest(labels) })
        });
        seen.collect()
    }

    /// The years around the name of an instrument tell which one of a series it is.
    fn with_years(&self, labels: &[Label], text: &str, block: Span, name: Span) -> Span {
        match labels.first().map(|label| self.kind_of(label)) {
            Some(Kind::Document) => written::after_year(text, block, written::with_year(text, block, name)),
            Some(Kind::Treaty) => written::after_year(text, block, name),
            _ => name,
        }
    }

    fn kind_of(&self, label: &Label) -> Kind {
        self.entries.get(label.entry as usize).map_or(Kind::Topic, |known| known.kind)
    }

    /// What a name meant when the text was written, where that is another thing than today.
    fn in_its_time(&self, doc: &Document, mention: Mention, seen: &Seen<'_>) -> Mention {
        let before = doc.text[..seen.span.start].trim_end();
        let has_article = before.len().checked_sub(3).and_then(|at| before.get(at..));
        let has_article = has_article.is_some_and(|word| word.eq_ignore_ascii_case("the"));
        let date = doc.metadata.when();
        let meant = seen.labels.iter().map(|label| self.in_time.meant(&label.text, has_article, date));
        let Some(keys) = meant.into_iter().find(|keys| !keys.is_empty()) else { return mention };
        let known = |key: &CompactString| {
            self.entries.binary_search_by(|known| known.key.cmp(key)).ok().and_then(|at| self.entries.get(at))
        };
        let kinds: Vec<Kind> = keys.iter().filter_map(known).map(|known| known.kind).collect();
        let kind = kinds.iter().copied().find(|&kind| kind == Kind::State).or_else(|| kinds.first().copied());
        Mention::new(mention.span, kind.unwrap_or(mention.kind), mention.class, Reading::Catalogue(keys))
    }

    fn mention(&self, seen: &Seen<'_>) -> Mention {
        let known = seen.labels.iter().filter_map(|label| self.entries.get(label.entry as usize));
        let mut keys: Vec<CompactString> = known.clone().map(|known| known.key.clone()).collect();
        keys.dedup();
        let first = known.clone().next();
        let is_name = seen.labels.iter().any(|label| !label.is_term);
        let class = match first.map_or(MentionClass::Term, |known| known.class) {
            MentionClass::Term if is_name && !seen.labels.iter().any(|label| is_technical(label)) => {
                MentionClass::Named
            }
            class => class,
        };
        let kind = first.map_or(Kind::Topic, |known| known.kind);
        Mention::new(seen.span, kind, class, Reading::Catalogue(keys))
    }
}

/// The known names of a text, those left out that do not stand for themselves.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    let found = text.blocks.iter().flat_map(|words| text.names.find(text.doc, words.block()));
    found.filter(|mention| standing::stands(text, mention)).collect()
}

impl Label {
    fn of(at: u32, entry: &Entry, name: &Name) -> Self {
        let (text, capitals) = (Arc::from(name.text.as_str()), Capitals::of(&name.text));
        let form = if written::is_acronym(&name.text) { NameForm::Acronym } else { name.form };
        Self { entry: at, form, is_term: is_term(entry, name), text, capitals }
    }
}

impl Known {
    fn of(entry: &Entry) -> Self {
        let kind = entry.class.kind();
        let class = match (entry.class, kind) {
            (Class::StateGroup | Class::NonStateActor, _) if !is_proper(entry) => MentionClass::Nominal,
            (_, Kind::Topic | Kind::Measure) => MentionClass::Term,
            _ => MentionClass::Named,
        };
        Self { key: entry.key.clone(), kind, class, part_of: entry.part_of.clone() }
    }
}

/// Symbols and numbers are found by their grammar; a document's title in the catalogue is often shortened.
fn is_matched(entry: &Entry, name: &Name) -> bool {
    let is_symbol = name.text.contains('/') && name.text.contains(|c: char| c.is_ascii_digit());
    let is_title = name.form == NameForm::Title;
    let long_enough = !is_title || name.text.split(' ').count() >= 6;
    !is_symbol && long_enough && !(is_title && entry.class.kind() == Kind::Document)
}

/// Acronyms and single words of subject matter are its technical names: "ICT", "COVID-19".
fn is_technical(label: &Label) -> bool {
    label.form == NameForm::Acronym || !label.text.contains(char::is_whitespace)
}

/// Whether people who act together bear a proper name: "Boko Haram", not "law enforcement officials".
fn is_proper(entry: &Entry) -> bool {
    entry.class == Class::NonStateActor && Capitals::of(&entry.label).is_proper()
}

/// Subject matter, and groups and sorts of people that are named by common nouns, are matched whatever their case.
fn is_term(entry: &Entry, name: &Name) -> bool {
    let is_common = match entry.class {
        Class::StateGroup | Class::NonStateActor => !is_proper(entry),
        class => matches!(class.kind(), Kind::Topic | Kind::Measure) && !Capitals::of(&name.text).is_proper(),
    };
    is_common && name.form == NameForm::Label
}

/// A title names a document only where nothing else bears that name.
fn drop_weaker(labels: &mut Vec<Label>) {
    if labels.iter().any(|label| label.form != NameForm::Title) {
        labels.retain(|label| label.form != NameForm::Title);
    }
    labels.sort_by_key(|label| (label.entry, label.form));
    labels.dedup_by_key(|label| label.entry);
}

/// A word written as a name is one, though a term be spelled alike.
fn strongest(labels: Vec<&Label>) -> Vec<&Label> {
    let has_name = labels.iter().any(|label| !label.is_term);
    labels.into_iter().filter(|label| !has_name || !label.is_term).collect()
}
