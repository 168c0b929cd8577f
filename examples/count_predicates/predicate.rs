//! What counts as a clause: a verb, a deverbal noun or an adjective with a named thing or the speaker as an end.

use rapporteur::model::{BlockKind, Deprel, Extraction, Kind, MentionClass, Sentence, Span, Tree, Upos, ZoneKind};

/// A predicate with one end that names something.
pub struct Clause {
    /// Its words: `verb: give > support +to`, `noun: support +for`, `adjective: ready +to do`.
    pub key: String,
    /// The word.
    pub word: Span,
    /// The end.
    pub end: Span,
}

/// Verbs that say little without their object.
const LIGHT: &[&str] = &[
    "make", "take", "have", "give", "do", "pay", "express", "play", "hold", "put", "bring", "draw", "set", "lay",
    "keep", "bear", "pose", "offer", "provide", "lend", "extend", "convey", "voice", "raise", "show", "attach",
    "place", "find", "reach", "meet", "share", "gain", "get", "lead", "cause", "run", "serve", "enter", "carry",
    "exert", "render", "reiterate", "reaffirm", "renew", "declare", "announce",
];

/// Verbs that only introduce a clause which is counted for itself: "we believe that", "he said", "I should like to".
const WRAPPERS: &[&str] = &[
    "say", "think", "believe", "know", "like", "wish", "want", "hope", "tell", "feel", "mean", "go", "continue",
    "begin", "start", "try", "let", "see", "state", "note", "find", "consider", "note", "understand", "expect",
    "remain", "seem", "appear", "have", "need", "come", "tend", "add", "recall", "stress", "emphasize", "underline",
    "point", "indicate", "observe", "reiterate",
];

/// All clauses of a sentence of the body.
pub fn clauses(extraction: &Extraction, sentence: &Sentence) -> Vec<Clause> {
    let block = extraction.document.blocks.get(sentence.block);
    let prose = block.is_some_and(|block| {
        block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
    });
    if !prose {
        return Vec::new();
    }
    let scene = Scene { extraction, tree: Tree::new(&extraction.document.text, sentence) };
    (0..scene.tree.len()).filter_map(|token| scene.clause(token)).collect()
}

struct Scene<'a> {
    extraction: &'a Extraction,
    tree: Tree<'a>,
}

impl Scene<'_> {
    fn clause(&self, token: usize) -> Option<Clause> {
        let it = self.tree.token(token);
        if self.in_name(it.span) {
            return None;
        }
        let (key, end) = match it.upos {
            Upos::Verb if !matches!(it.deprel, Deprel::Amod | Deprel::Case | Deprel::Compound) => self.verb(token)?,
            Upos::Adj if self.is_predicate(token) => self.adjective(token)?,
            Upos::Noun if self.is_predicate(token) => self.predicate_noun(token)?,
            Upos::Noun => self.noun(token)?,
            _ => return None,
        };
        Some(Clause { key, word: it.span, end })
    }

    fn verb(&self, verb: usize) -> Option<(String, Span)> {
        let lemma = |token: usize| self.tree.token(token).lemma.to_lowercase();
        let mut key = format!("verb: {}", lemma(verb));
        if let Some(particle) = self.tree.child(verb, Deprel::CompoundPrt) {
            key.push(' ');
            key.push_str(&lemma(particle));
        }
        let object = self.tree.child(verb, Deprel::Obj).or_else(|| self.tree.child(verb, Deprel::NsubjPass));
        let light = LIGHT.contains(&lemma(verb).as_str());
        if let Some(object) = object.filter(|_| light) {
            key.push_str(" > ");
            key.push_str(&lemma(object));
        }
        let ends = [
            Deprel::Nsubj,
            Deprel::NsubjPass,
            Deprel::Obj,
            Deprel::Iobj,
            Deprel::Obl,
            Deprel::OblAgent,
            Deprel::Xcomp,
            Deprel::Ccomp,
        ];
        let clause = [Deprel::Ccomp, Deprel::Xcomp];
        let wraps = object.is_none() && self.tree.children_by(verb, &clause).next().is_some();
        if wraps && WRAPPERS.contains(&lemma(verb).as_str()) {
            return None;
        }
        let end = self.tree.children_by(verb, &ends).find_map(|child| self.thing(child))?;
        match object {
            Some(object) if light => self.add_preposition(&mut key, &[verb, object]),
            Some(_) => {}
            None => self.add_preposition(&mut key, &[verb]),
        }
        Some((key, end))
    }

    /// "X is ready to …", "X is a champion of …": the predicate has a copula.
    fn is_predicate(&self, token: usize) -> bool {
        self.tree.child(token, Deprel::Cop).is_some()
    }

    fn adjective(&self, adjective: usize) -> Option<(String, Span)> {
        let mut key = format!("adjective: {}", self.tree.form(adjective).to_lowercase());
        self.add_preposition(&mut key, &[adjective]);
        Some((key, self.end_of(adjective)?))
    }

    fn predicate_noun(&self, noun: usize) -> Option<(String, Span)> {
        let mut key = format!("noun: be {}", self.tree.token(noun).lemma.to_lowercase());
        self.add_preposition(&mut key, &[noun]);
        Some((key, self.end_of(noun)?))
    }

    fn end_of(&self, word: usize) -> Option<Span> {
        let ends = [Deprel::Nsubj, Deprel::Obl, Deprel::Nmod, Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Acl];
        self.tree.children_by(word, &ends).find_map(|child| self.thing(child))
    }

    /// "Kenya's support for the plan": a noun with whose it is, and a phrase of its own.
    fn noun(&self, noun: usize) -> Option<(String, Span)> {
        let by = |child: &usize| matches!(self.introduction(*child).as_deref(), Some("by" | "of"));
        let owner = self.tree.child(noun, Deprel::NmodPoss);
        let owner = owner.or_else(|| self.tree.children_by(noun, &[Deprel::Nmod, Deprel::OblAgent]).find(by))?;
        let end = self.thing(owner)?;
        let mut key = format!("noun: {}", self.tree.token(noun).lemma.to_lowercase());
        let bare = key.len();
        let phrases = [Deprel::Nmod, Deprel::Acl, Deprel::Obl];
        let other = self.tree.children_by(noun, &phrases).find(|&child| child != owner && child > noun)?;
        let introduction = self.introduction(other)?;
        if !matches!(
            introduction.as_str(),
            "for" | "to" | "on" | "with" | "against" | "about" | "at" | "over" | "towards"
        ) {
            return None;
        }
        key.push_str(" +");
        key.push_str(&introduction);
        (key.len() > bare).then_some((key, end))
    }

    fn introduction(&self, token: usize) -> Option<String> {
        let mark = self.tree.children_by(token, &[Deprel::Case, Deprel::Mark]).next()?;
        Some(self.tree.form(mark).to_lowercase())
    }

    fn add_preposition(&self, key: &mut String, words: &[usize]) {
        let roles = [Deprel::Obl, Deprel::Nmod, Deprel::Xcomp, Deprel::Ccomp, Deprel::Acl, Deprel::Advcl];
        let after =
            words.iter().flat_map(|&word| self.tree.children_by(word, &roles).filter(move |&child| child > word));
        let Some(first) = after.min() else { return };
        let verb = matches!(self.tree.token(first).upos, Upos::Verb | Upos::Aux);
        match self.introduction(first) {
            Some(word) if verb && word == "to" => key.push_str(" +to do"),
            Some(word) => key.push_str(&format!(" +{word}")),
            None => {}
        }
    }

    /// The first person, or a mention of something (dates and bare numbers left out) that the word stands in.
    fn thing(&self, token: usize) -> Option<Span> {
        let it = self.tree.token(token);
        let form = self.tree.form(token).to_lowercase();
        if matches!(form.as_str(), "i" | "we" | "us" | "our" | "my") {
            return Some(it.span);
        }
        let names = |&at: &usize| {
            let kind = self.extraction.mentions[at].kind;
            !matches!(kind, Kind::Date | Kind::Quantity | Kind::Money)
                && self.extraction.referents.get(at).copied().flatten().is_some()
        };
        self.extraction.mentions.around(it.span).find(names).map(|at| self.extraction.mentions[at].span)
    }

    /// Whether a word stands in the middle of a name.
    fn in_name(&self, span: Span) -> bool {
        let mentions = &self.extraction.mentions;
        mentions.around(span).any(|at| mentions[at].class == MentionClass::Named)
    }
}
