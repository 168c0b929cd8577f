//! Common-noun phrases: nominals ("the Group", "vice chairs") and subject-matter terms ("electronic evidence"), with the
//! spans that a careful annotator would mark: no determiner, no valuing adjective, the complement that makes the thing.

use super::text::Text;
use super::words::unmarked;
use crate::model::{Deprel, Document, Kind, Mention, MentionClass, Mentions, Reading, Span, Tree, Upos};
use crate::seeds::{Lexicon, WordClass};

/// All phrases of the sentences. A phrase never repeats what is known; a document's symbol in brackets behind one names it.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let mut found = Vec::new();
    for sentence in text.sentences {
        let first = known.partition_point(|mention| mention.span.end <= sentence.span.start);
        let last = known.first_from(sentence.span.end);
        let tree = Tree::new(&text.doc.text, sentence);
        let finder = Finder { tree, lexicon: text.lexicon, named: &known[first..last.max(first)] };
        for head in 0..sentence.tokens.len() {
            finder.phrases_of(head, &mut found);
        }
    }
    with_symbols(text.doc, &mut found, known);
    found
}

/// Where a noun stands among the names found before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NounPlace {
    /// Outside of all.
    Open,
    /// The last word of a known term: only the term with its complement is new.
    EndOfTerm,
    /// Among what a quantity counts: a mention of its own if it is a known kind of thing.
    InQuantity,
    /// No noun, or inside a name.
    Closed,
}

struct Finder<'a> {
    tree: Tree<'a>,
    lexicon: &'a Lexicon,
    named: &'a [Mention],
}

impl Finder<'_> {
    /// The phrase that a token heads; for events with its complement.
    fn phrases_of(&self, head: usize, found: &mut Vec<Mention>) {
        let place = self.place(head);
        if place == NounPlace::Closed {
            return;
        }
        let first = self.first_of(head);
        let phrase = self.lemmas(first, head);
        let kind = match self.is_capital(head) && first == head {
            true => self.lexicon.kind_of_capital(&phrase),
            false => self.lexicon.kind_of(&phrase),
        };
        let kind = kind.filter(|_| !self.is_doing(head, &phrase));
        let longer = self.complement(head, kind).map(|last| self.whole(first, last));
        let span = longer.unwrap_or_else(|| self.whole(first, head));
        if self.is_taken(span)
            || (place == NounPlace::EndOfTerm && longer.is_none())
            || self.is_nothing(first, head, kind, longer.is_some())
        {
            return;
        }
        if place == NounPlace::InQuantity && (kind.is_none() || first == head) {
            return;
        }
        found.push(self.mention(span, kind, head));
    }

    /// From token `first` to token `last`, with the whole of the words that hyphens cut there: "in-depth talks".
    fn whole(&self, first: usize, last: usize) -> Span {
        let (from, to) = self.tree.hyphened(first, last);
        let whole = self.tree.sentence.span_of(from, to);
        if self.is_taken(whole) { self.tree.sentence.span_of(first, last) } else { whole }
    }

    fn is_taken(&self, span: Span) -> bool {
        self.named.iter().any(|named| named.span == span || named.span.crosses(span))
    }

    /// Whether a phrase stands for nothing of its own: a bare or empty noun, a singular noun without a determiner that
    /// would need one, a verb taken for a noun after a name.
    fn is_nothing(&self, first: usize, head: usize, kind: Option<Kind>, has_complement: bool) -> bool {
        let lemma = self.tree.token(head).lemma.to_lowercase();
        let is_bare = first == head && !has_complement;
        let is_nominal = kind.is_some_and(|kind| !matches!(kind, Kind::Topic | Kind::Measure));
        let starts_named = self.named.iter().any(|named| {
            named.class == MentionClass::Named && named.span.start == self.tree.token(first).span.start && first < head
        });
        let lacks_determiner =
            is_bare && is_nominal && !self.is_determined(head) && !self.is_plural(head) && !self.is_capital(head);
        (kind.is_none() && (is_bare || starts_named || self.lexicon.is_empty_noun(&lemma))) || lacks_determiner
    }

    /// "the organization of the session": doing, not an organization.
    fn is_doing(&self, head: usize, phrase: &str) -> bool {
        let of = self.tree.children_by(head, &[Deprel::Nmod]).next().and_then(|of| self.tree.case_of(of));
        matches!(phrase, "organization" | "organisation" | "administration") && of.as_deref() == Some("of")
    }

    fn is_determined(&self, head: usize) -> bool {
        self.tree.children_by(head, &[Deprel::Det, Deprel::NmodPoss, Deprel::Nummod]).next().is_some()
    }

    fn is_plural(&self, head: usize) -> bool {
        let token = self.tree.token(head);
        token.upos == Upos::Noun && !self.tree.form(head).eq_ignore_ascii_case(&token.lemma)
    }

    fn is_capital(&self, head: usize) -> bool {
        self.tree.form(head).starts_with(char::is_uppercase)
    }

    fn mention(&self, span: Span, kind: Option<Kind>, head: usize) -> Mention {
        let kind = kind.unwrap_or(Kind::Topic);
        let text = span.of(self.tree.text);
        let span = Span::new(span.start, span.start + unmarked(text).len());
        let pointed = self.is_pointed_at(head);
        let class = match kind {
            Kind::Topic | Kind::Measure if !pointed => MentionClass::Term,
            _ => MentionClass::Nominal,
        };
        Mention::new(span, kind, class, Reading::Phrase)
    }

    /// Where a token stands among the names found before.
    fn place(&self, head: usize) -> NounPlace {
        let token = self.tree.token(head);
        let form = self.tree.form(head);
        let is_noun = matches!(token.upos, Upos::Noun | Upos::Propn)
            && !matches!(
                token.deprel,
                Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::Vocative
            )
            && form.starts_with(char::is_alphabetic)
            && form.len() > 2;
        if !is_noun {
            return NounPlace::Closed;
        }
        let mut around = self.named.iter().filter(|named| named.span.contains(token.span)).peekable();
        if around.peek().is_none() {
            return NounPlace::Open;
        }
        if around.clone().all(|named| named.kind == Kind::Quantity) {
            return NounPlace::InQuantity;
        }
        let ends_term = around.all(|named| named.class == MentionClass::Term && named.span.end == token.span.end);
        if ends_term { NounPlace::EndOfTerm } else { NounPlace::Closed }
    }

    /// The leftmost token of the phrase: compounds, kind-making adjectives and what hangs on them, without a gap.
    fn first_of(&self, head: usize) -> usize {
        let mut first = head;
        while first > 0 && self.belongs_left(first - 1, head) {
            first -= 1;
        }
        while first < head && self.is_stripped(first) {
            first += 1;
        }
        first
    }

    /// "Seven" in "Group of Seven": part of the name of an organisation.
    fn is_in_grouping(&self, span: Span) -> bool {
        self.named.iter().any(|name| name.kind == Kind::InternationalOrganization && name.span.contains(span))
    }

    fn belongs_left(&self, token: usize, head: usize) -> bool {
        if !self.tree.is_under(token, head) {
            return false;
        }
        let it = self.tree.token(token);
        let outside = matches!(
            it.deprel,
            Deprel::Det
                | Deprel::DetPredet
                | Deprel::NmodPoss
                | Deprel::Case
                | Deprel::CcPreconj
                | Deprel::Mark
                | Deprel::Cop
                | Deprel::Nsubj
        ) || it.deprel == Deprel::Nummod && !self.is_in_grouping(it.span);
        let inside_possessor = self.tree.head(token).is_some_and(|parent| {
            parent != head && matches!(self.tree.token(parent).deprel, Deprel::NmodPoss | Deprel::Det)
        });
        !outside
            && !inside_possessor
            && !matches!(it.upos, Upos::Pron | Upos::Det | Upos::Verb | Upos::Aux if it.deprel != Deprel::Amod)
    }

    /// Valuing adjectives, adverbs, joints and punctuation at the left edge.
    fn is_stripped(&self, token: usize) -> bool {
        let it = self.tree.token(token);
        let lower = self.tree.form(token).to_lowercase();
        matches!(it.upos, Upos::Punct | Upos::Cconj | Upos::Adv | Upos::Num | Upos::Sconj | Upos::Adp | Upos::Part)
            || (matches!(it.upos, Upos::Adj | Upos::Verb | Upos::Det) && self.lexicon.is_evaluative(&lower))
    }

    /// Where the complement ends that makes the thing: "exchange of information", "impediments at the national level".
    fn complement(&self, head: usize, kind: Option<Kind>) -> Option<usize> {
        let lemma = self.tree.token(head).lemma.as_str();
        let cases: &[&str] = match lemma {
            "study" => &["of", "on"],
            _ if is_event(self.lexicon, lemma) || kind == Some(Kind::Measure) => &["of"],
            _ => return None,
        };
        let next = self.adjacent_nominal(head, head, cases)?;
        let last = self.end_of_nominal(next);
        if !matches!(lemma, "use" | "misuse" | "abuse") {
            return Some(last);
        }
        let purpose =
            self.adjacent_nominal(head, last, &["for"]).or_else(|| self.adjacent_nominal(next, last, &["for"]));
        Some(purpose.map_or(last, |purpose| self.end_of_nominal(purpose)))
    }

    /// The prepositional nominal under `head` that starts right after token `after`.
    fn adjacent_nominal(&self, head: usize, after: usize, cases: &[&str]) -> Option<usize> {
        let nominals = self.tree.children_by(head, &[Deprel::Nmod]).filter(|&child| child > after);
        let fitting = nominals.filter(|&child| {
            let starts = self.tree.subtree(child).first().is_some_and(|&first| first == after + 1);
            starts && self.tree.case_of(child).is_some_and(|case| cases.contains(&case.as_str()))
        });
        fitting.min()
    }

    /// The last token of a nominal with its own short complements, but no clauses and no further members of a list.
    fn end_of_nominal(&self, nominal: usize) -> usize {
        let mut last = nominal;
        for child in self.tree.children(nominal).filter(|&child| child > nominal) {
            let it = self.tree.token(child);
            let goes_on = matches!(it.deprel, Deprel::Flat | Deprel::Compound | Deprel::Fixed)
                || (it.deprel == Deprel::Nmod && matches!(self.tree.case_of(child).as_deref(), Some("of" | "for")));
            let adjacent = self.tree.subtree(child).first().is_some_and(|&first| first == last + 1);
            if !goes_on || !adjacent {
                break;
            }
            last = self.end_of_nominal(child);
        }
        last
    }

    /// "this", "these", "such", "said": the phrase points back to something.
    fn is_pointed_at(&self, head: usize) -> bool {
        self.tree
            .children_by(head, &[Deprel::Det, Deprel::Amod])
            .any(|child| self.lexicon.is(&self.tree.form(child).to_lowercase(), WordClass::PointingBack))
    }

    fn lemmas(&self, first: usize, last: usize) -> String {
        let tokens = &self.tree.sentence.tokens[first..=last];
        let mut phrase = String::new();
        for (i, token) in tokens.iter().enumerate() {
            let glued = i > 0 && tokens[i - 1].span.end == token.span.start;
            if i > 0 && !glued {
                phrase.push(' ');
            }
            let word = if first + i == last {
                token.lemma.to_lowercase().to_string()
            } else {
                self.tree.form(first + i).to_lowercase()
            };
            phrase.push_str(&word);
        }
        phrase
    }
}

/// Nouns made from verbs: their "of" complement says of what.
fn is_event(lexicon: &Lexicon, lemma: &str) -> bool {
    let mut endings = lexicon.list(WordClass::EventEnding).iter();
    lexicon.is(lemma, WordClass::EventNoun)
        || (endings.any(|ending| lemma.len() > ending.len() + 2 && lemma.ends_with(ending.as_str()))
            && !lexicon.is(lemma, WordClass::ThingNoun))
}

/// A document phrase with its symbol in brackets is named by it: "report of the Committee (A/79/12)".
fn with_symbols(doc: &Document, phrases: &mut [Mention], known: &Mentions) {
    for phrase in phrases.iter_mut().filter(|phrase| phrase.kind == Kind::Document) {
        let after = phrase.span.end + 2;
        let mut starting = known.starting(after).map(|i| &known[i]);
        let symbol = starting.find(|mention| matches!(mention.reading, Reading::Symbol(_)));
        let in_brackets = symbol.filter(|symbol| {
            doc.text[phrase.span.end..].starts_with(" (") && doc.text[symbol.span.end..].starts_with(')')
        });
        if let Some(symbol) = in_brackets {
            phrase.span.end = symbol.span.end + 1;
            phrase.class = MentionClass::Named;
            phrase.reading = symbol.reading.clone();
        }
    }
}
