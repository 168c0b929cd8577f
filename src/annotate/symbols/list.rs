//! Citations by number: "resolution", "decision" and what follows, be it one number or a long list with dates and titles.

use super::code::{addition_at, code_at};
use super::mention;
use super::number::{NumberForm, Numbered, number_at};
use super::organ::{Claimed, Organ, Short, claimed_before, known_before, meant_by, named_after};
use crate::annotate::wording::{Shape, Words};
use crate::model::{Document, Mention, SymbolKind};
use crate::seeds::{WordClass, series};

/// How many words before "its" the organ may be named whose text it is.
const OWNER: usize = 4;

/// All citations by number and by symbol.
pub(super) fn find(doc: &Document, words: &Words) -> Vec<Mention> {
    let mut scan = Scan { doc, words, found: Vec::new() };
    let mut i = scan.own_number();
    while i < words.len() {
        i = scan.step(i);
    }
    scan.found
}

struct Scan<'a> {
    doc: &'a Document,
    words: &'a Words<'a>,
    found: Vec<Mention>,
}

/// The word that announces numbers.
#[derive(Clone, Copy)]
struct Anchor {
    /// Where it stands.
    at: usize,
    kind: SymbolKind,
    plural: bool,
}

impl Scan<'_> {
    /// Reads what begins at word `i`; gives the word to go on with.
    fn step(&mut self, i: usize) -> usize {
        if let Some(anchor) = anchor_at(self.words, i) {
            return self.anchored(anchor);
        }
        if self.words.shape(i) == Shape::Slashed {
            return self.code(i, i);
        }
        self.old_style(i)
    }

    /// A symbol at `i`, its mention beginning at word `first`; then its additions ("and Corr.1").
    fn code(&mut self, first: usize, i: usize) -> usize {
        let Some(coded) = code_at(self.words, i) else { return i + 1 };
        self.found.push(mention(self.words.span(first, coded.last), coded.symbol.clone()));
        let mut next = coded.last + 1;
        while self.words.is_one_of(next, &["and", ","])
            && let Some(addition) = addition_at(self.words, &coded.symbol, next + 1)
        {
            self.found.push(mention(self.words.span(next + 1, addition.last), addition.symbol));
            next = addition.last + 1;
        }
        next
    }

    /// The document's own number in its heading: "74/173. Promoting …".
    fn own_number(&mut self) -> usize {
        let heading = self.words.touches_next(0) && self.words.is_mark(1, '.') && self.words.is_capital(2);
        match number_at(self.words, 0) {
            Some(number) if heading && self.is_own(&number.form) => {
                self.push(0, &number, SymbolKind::Resolution, &Claimed::Nothing);
                self.title(number.last + 2);
                number.last + 1
            }
            _ => 0,
        }
    }

    /// The title after the document's own number names the same resolution.
    fn title(&mut self, first: usize) {
        let last = self.words.len().saturating_sub(1);
        let one_line = (first + 1..=last).all(|i| !self.words.starts_sentence(i)) && !self.words.is_mark(last, '.');
        if let Some(own) = self.found.last().filter(|_| one_line && first < last) {
            self.found.push(Mention { span: self.words.span(first, last), ..own.clone() });
        }
    }

    fn is_own(&self, form: &NumberForm) -> bool {
        match form {
            NumberForm::Session { session, .. } => *session > 30 || self.organ_of_document().is_some(),
            NumberForm::Annual { .. } => true,
            _ => false,
        }
    }

    fn organ_of_document(&self) -> Option<Organ> {
        let metadata = &self.doc.metadata;
        metadata.organ.as_ref().and_then(|organ| Organ::from_name(self.words.lexicon(), &organ.value))
    }

    /// "2625 (XXV)" needs no announcement: nothing else is written so.
    fn old_style(&mut self, i: usize) -> usize {
        match number_at(self.words, i) {
            Some(number) if matches!(number.form, NumberForm::Roman { .. }) => {
                self.push(i, &number, SymbolKind::Resolution, &Claimed::Nothing);
                number.last + 1
            }
            _ => i + 1,
        }
    }

    fn anchored(&mut self, anchor: Anchor) -> usize {
        let claimed = claimed_before(self.words, anchor.at);
        let first = after_number_word(self.words, anchor.at + 1);
        if self.words.shape(first) == Shape::Slashed && code_at(self.words, first).is_some() {
            return self.anchored_code(anchor, &claimed, first);
        }
        if anchor.plural {
            return self.list(anchor, &claimed, anchor.at + 1);
        }
        let Some(number) = self.first_number(anchor, first, &claimed) else { return anchor.at + 1 };
        if self.continues(&number) {
            return self.list(anchor, &claimed, first);
        }
        let claimed = self.claim_after(number.last + 1).unwrap_or(claimed);
        self.push(anchor.at, &number, anchor.kind, &claimed);
        self.wrap(&claimed, number.last);
        number.last + 1
    }

    fn anchored_code(&mut self, anchor: Anchor, claimed: &Claimed, first: usize) -> usize {
        let document = code_at(self.words, first).is_none_or(|coded| coded.symbol.kind == SymbolKind::Document);
        let start = if anchor.plural || document || first > anchor.at + 1 { first } else { anchor.at };
        let before = self.found.len();
        let next = self.code(start, first);
        if start == anchor.at && self.found.len() == before + 1 {
            self.wrap(claimed, next - 1);
        }
        next
    }

    /// The number right after the anchor; a bare one counts only for the Security Council's long series.
    fn first_number(&self, anchor: Anchor, first: usize, claimed: &Claimed) -> Option<Numbered> {
        let number = number_at(self.words, first)?;
        match number.form {
            NumberForm::Plain(n) => self.is_plain_number(anchor, n, first, claimed).then_some(number),
            _ => Some(number),
        }
    }

    fn is_plain_number(&self, anchor: Anchor, number: u32, i: usize, claimed: &Claimed) -> bool {
        let fraction_or_unit = matches!(self.words.shape(i + 1), Shape::Mark('/' | '%' | '-' | '–'));
        let long = number >= 100 || matches!(claimed, Claimed::Named(..));
        anchor.kind == SymbolKind::Resolution && long && !fraction_or_unit
    }

    /// Whether a singular "resolution 65/230" goes on: ", 66/1 and 67/2".
    fn continues(&self, number: &Numbered) -> bool {
        let next = number.last + 1;
        let more = if self.words.is_mark(next, ',') && self.words.is(next + 1, "and") { next + 2 } else { next + 1 };
        is_glue(self.words, next)
            && number_at(self.words, more)
                .is_some_and(|other| number.form.goes_with(&other.form) && !matches!(other.form, NumberForm::Plain(_)))
    }

    /// A list: numbers after commas and conjunctions up to the end of the sentence or the next anchor.
    fn list(&mut self, anchor: Anchor, claimed: &Claimed, mut i: usize) -> usize {
        let mut members: Vec<(usize, Numbered)> = Vec::new();
        let (mut placed, from) = (0, self.found.len());
        while i < self.words.len() && anchor_at(self.words, i).is_none() && !ends_list(self.words, i) {
            let ended = members.last().is_some_and(|(_, number)| number.last + 1 == i);
            if let Some(after) = self.claim_after(i).filter(|_| ended) {
                self.place(&members[placed..], anchor.kind, &after);
                placed = members.len();
            }
            i = match self.member(i, anchor, &members) {
                Some(member) => {
                    let next = member.last + 1;
                    members.push((i, member));
                    next
                }
                None if self.words.shape(i) == Shape::Slashed => self.code(i, i),
                None => i + 1,
            };
        }
        self.place(&members[placed..], anchor.kind, claimed);
        if anchor.plural {
            self.announced(anchor, claimed, from);
        }
        i
    }

    /// The number at `i`, if it is one more of the list.
    fn member(&self, i: usize, anchor: Anchor, so_far: &[(usize, Numbered)]) -> Option<Numbered> {
        let before = i.checked_sub(1)?;
        let number = number_at(self.words, i)?;
        let first = before == anchor.at || after_number_word(self.words, anchor.at + 1) == i;
        let glued =
            first || is_glue(self.words, before) || self.words.is_dash(before) || introduces(self.words, before);
        let near = first || so_far.last().is_some_and(|(_, last)| before <= last.last + 2);
        let fits = match &number.form {
            NumberForm::Plain(n) if *n < 100 || !near || anchor.kind == SymbolKind::Decision => false,
            form if so_far.is_empty() => first || by_shape(form).is_some(),
            form => so_far.iter().any(|(_, one)| one.form.goes_with(form)),
        };
        (glued && fits && !self.words.is_mark(number.last + 1, '%')).then_some(number)
    }

    /// An organ named right after a number, or after its date.
    fn claim_after(&self, i: usize) -> Option<Claimed> {
        let dated = self.words.is(i, "of") && self.words.shape(i + 1) == Shape::Number;
        let at = if dated { i + 4 } else { i };
        named_after(self.words, at).map(|organ| Claimed::Named(organ, usize::MAX))
    }

    fn place(&mut self, members: &[(usize, Numbered)], kind: SymbolKind, claimed: &Claimed) {
        for (first, number) in members {
            self.push(*first, number, kind, claimed);
        }
    }

    /// The first of a list, right behind its announcement, is cited with it: "Assembly resolutions 74/247".
    fn announced(&mut self, anchor: Anchor, claimed: &Claimed, from: usize) {
        let start = match claimed {
            Claimed::Named(_, first) | Claimed::Short(_, first) if *first < anchor.at => *first,
            _ => anchor.at,
        };
        let number = self.words.at(anchor.at + 1);
        if let Some(first) = self.found.get_mut(from..).and_then(|found| found.first_mut())
            && first.span.start == number.start
        {
            first.span.start = self.words.at(start).start;
        }
    }

    fn push(&mut self, first: usize, number: &Numbered, kind: SymbolKind, claimed: &Claimed) {
        let organ = self.organ(&number.form, claimed, self.words.at(first).start);
        let symbol = number.form.symbol(organ.as_ref(), kind);
        self.found.push(mention(self.words.span(first, number.last), symbol));
    }

    /// A citation with its organ's name in front begins with it.
    fn wrap(&mut self, claimed: &Claimed, last: usize) {
        let (Claimed::Named(_, first) | Claimed::Short(_, first)) = claimed else { return };
        if let Some(cited) = self.found.last_mut().filter(|_| *first < last) {
            cited.span.start = self.words.at(*first).start;
        }
    }

    /// The organ that a number belongs to: named by the words, if its shape can be that organ's; else by its shape.
    fn organ(&self, form: &NumberForm, claimed: &Claimed, at: usize) -> Option<Organ> {
        let named = match claimed {
            Claimed::Named(organ, _) => Some(organ.clone()).filter(|organ| suits(organ, form)),
            Claimed::Either(one, other) => [one, other].into_iter().find(|organ| suits(organ, form)).cloned(),
            Claimed::Short(short, _) => self.short(*short, form, at),
            Claimed::Its(at) => self.owner(*at, form),
            Claimed::Nothing => self.organ_of_document().filter(|organ| suits(organ, form)),
        };
        named.or_else(|| self.by_series(form)).or_else(|| by_shape(form)).or_else(|| self.last_named(at, form))
    }

    /// The General Assembly, where a bare number is one that the Security Council had not come to when the text was
    /// written, or has not come to at all.
    fn by_series(&self, form: &NumberForm) -> Option<Organ> {
        let NumberForm::Plain(number) = form else { return None };
        let of_council = match super::year_of(self.doc) {
            Some(year) => series::council_had(*number, year),
            None => *number <= series::council_last(),
        };
        (!of_council && series::is_of_assembly(*number)).then_some(Organ::Assembly)
    }

    /// Whose "its" it is: the organ right before it ("the Human Rights Council, in its resolution"), else the one that
    /// speaks in the document.
    fn owner(&self, its: usize, form: &NumberForm) -> Option<Organ> {
        let mut end = its;
        while end > 0 && (self.words.is_a(end - 1, WordClass::BeforeIts) || self.words.is_mark(end - 1, ',')) {
            end -= 1;
        }
        // "the Council's adoption of its resolution".
        let near = (end.saturating_sub(OWNER)..=end).rev().find_map(|end| known_before(self.words, end));
        let near = near.map(|named| named.organ);
        [near, self.organ_of_document()].into_iter().flatten().find(|organ| suits(organ, form))
    }

    /// The organ named last before byte `at` that numbers its texts so.
    fn last_named(&self, at: usize, form: &NumberForm) -> Option<Organ> {
        let end = (0..self.words.len()).take_while(|&i| self.words.at(i).start < at).count();
        let here = (1..=end).rev().find_map(|end| known_before(self.words, end)).map(|named| named.organ);
        let earlier = || self.doc.text.get(..at)?.rfind("Human Rights Council").map(|_| Organ::HumanRights);
        here.filter(|organ| suits(organ, form)).or_else(earlier).filter(|organ| suits(organ, form))
    }

    fn short(&self, short: Short, form: &NumberForm, at: usize) -> Option<Organ> {
        if short != Short::Council {
            return self
                .organ_of_document()
                .filter(is_other)
                .or_else(|| meant_by(self.words.lexicon(), short, self.doc, at));
        }
        match form {
            NumberForm::Session { session: ..=60, .. } | NumberForm::Special(_) => Some(Organ::HumanRights),
            NumberForm::Annual { .. } | NumberForm::Roman { .. } => Some(Organ::Economic),
            _ => Some(Organ::Security),
        }
    }
}

const fn is_other(organ: &Organ) -> bool {
    matches!(organ, Organ::Other(_))
}

/// Whether an organ numbers its texts in this shape.
fn suits(organ: &Organ, form: &NumberForm) -> bool {
    match organ {
        // Sessions below the thirty-first are not the Assembly's: it counted otherwise before.
        Organ::Assembly => !matches!(
            form,
            NumberForm::Yearly { .. } | NumberForm::Annual { .. } | NumberForm::Session { session: ..=30, .. }
        ),
        Organ::Security => matches!(form, NumberForm::Yearly { .. } | NumberForm::Plain(_)),
        Organ::Economic => matches!(form, NumberForm::Annual { .. } | NumberForm::Roman { .. }),
        Organ::HumanRights => matches!(form, NumberForm::Session { .. } | NumberForm::Special(_)),
        Organ::Trusteeship => matches!(form, NumberForm::Roman { .. }),
        Organ::Other(_) => !matches!(form, NumberForm::Yearly { .. } | NumberForm::Emergency(_)),
    }
}

/// The organ whose numbering has this shape.
const fn by_shape(form: &NumberForm) -> Option<Organ> {
    match form {
        NumberForm::Session { session: 31.., .. } => Some(Organ::Assembly),
        NumberForm::Emergency(_) | NumberForm::Special(_) | NumberForm::Roman { .. } => Some(Organ::Assembly),
        NumberForm::Annual { .. } => Some(Organ::Economic),
        NumberForm::Yearly { .. } | NumberForm::Plain(_) => Some(Organ::Security),
        NumberForm::Session { .. } | NumberForm::Parties(_) => None,
    }
}

fn anchor_at(words: &Words, i: usize) -> Option<Anchor> {
    let (kind, plural) = match words.bare(i).len() {
        3 if words.is(i, "res") && (words.is_capital(i) || words.is_mark(i + 1, '.')) => {
            (SymbolKind::Resolution, false)
        }
        5 if words.is(i, "unscr") => (SymbolKind::Resolution, false),
        8 if words.is(i, "decision") => (SymbolKind::Decision, false),
        9 if words.is(i, "decisions") => (SymbolKind::Decision, true),
        10 if words.is(i, "resolution") => (SymbolKind::Resolution, false),
        11 if words.is(i, "resolutions") => (SymbolKind::Resolution, true),
        _ => return None,
    };
    Some(Anchor { at: i, kind, plural })
}

/// Skips "No.", "number", a bracket, comma or colon between the anchor and its number.
fn after_number_word(words: &Words, i: usize) -> usize {
    let mut i = i;
    if matches!(words.shape(i), Shape::Mark('(' | ':' | ',' | '“' | '"')) {
        i += 1;
    }
    if words.is_one_of(i, &["no", "nos", "number", "numbers", "n°", "№"]) {
        i += 1;
    }
    if words.is_mark(i, '.') || words.is_mark(i, '°') { i + 1 } else { i }
}

/// What stands before a further member of a list.
fn is_glue(words: &Words, i: usize) -> bool {
    matches!(words.shape(i), Shape::Mark(',' | ';' | '&' | '('))
        || words.is_one_of(i, &["and", "or", "as", "to", "also"])
}

/// What announces the members of a list some words after "resolutions".
fn introduces(words: &Words, i: usize) -> bool {
    words.is_a(i, WordClass::ListOpener)
}

fn ends_list(words: &Words, i: usize) -> bool {
    words.starts_sentence(i) && words.shape(i) != Shape::Slashed
}
