//! Words and their dependency trees, in the terms of Universal Dependencies v2.

use compact_str::CompactString;

use super::Span;

/// A sentence: tokens in text order, each with its head.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where, from the first token to the last.
    pub span: Span,
    /// Index into [`super::Document::blocks`].
    pub block: usize,
    /// The tokens; never empty.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// The tokens that lie wholly inside `span`, as a range of indices.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        let last = self.tokens.partition_point(|token| token.span.end <= span.end);
        first..last.max(first)
    }

    /// The span from token `first` to token `last`, both included.
    pub fn span_of(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[last].span.end)
    }
}

/// One word, number or punctuation mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where; never empty, never crossing a blank.
    pub span: Span,
    /// Dictionary form, lower case except for proper nouns.
    pub lemma: CompactString,
    /// Part of speech.
    pub upos: Upos,
    /// Index of the head in the same sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
}

/// Universal part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Upos {
    /// Adjective.
    Adj,
    /// Adposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Noun.
    Noun,
    /// Numeral.
    Num,
    /// Particle.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Other.
    X,
}

impl Upos {
    /// All, in alphabetical order; the position is the discriminant.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The name as CoNLL-U writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Universal dependency relation, with the subtypes that the English treebanks use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Deprel {
    /// `acl`.
    Acl,
    /// `acl:relcl`.
    AclRelcl,
    /// `advcl`.
    Advcl,
    /// `advcl:relcl`.
    AdvclRelcl,
    /// `advmod`.
    Advmod,
    /// `amod`.
    Amod,
    /// `appos`.
    Appos,
    /// `aux`.
    Aux,
    /// `aux:pass`.
    AuxPass,
    /// `case`.
    Case,
    /// `cc`.
    Cc,
    /// `cc:preconj`.
    CcPreconj,
    /// `ccomp`.
    Ccomp,
    /// `compound`.
    Compound,
    /// `compound:prt`.
    CompoundPrt,
    /// `conj`.
    Conj,
    /// `cop`.
    Cop,
    /// `csubj`.
    Csubj,
    /// `csubj:outer`.
    CsubjOuter,
    /// `csubj:pass`.
    CsubjPass,
    /// `dep`.
    Dep,
    /// `det`.
    Det,
    /// `det:predet`.
    DetPredet,
    /// `discourse`.
    Discourse,
    /// `dislocated`.
    Dislocated,
    /// `expl`.
    Expl,
    /// `fixed`.
    Fixed,
    /// `flat`.
    Flat,
    /// `goeswith`.
    Goeswith,
    /// `iobj`.
    Iobj,
    /// `list`.
    List,
    /// `mark`.
    Mark,
    /// `nmod`.
    Nmod,
    /// `nmod:desc`.
    NmodDesc,
    /// `nmod:poss`.
    NmodPoss,
    /// `nmod:unmarked`.
    NmodUnmarked,
    /// `nsubj`.
    Nsubj,
    /// `nsubj:outer`.
    NsubjOuter,
    /// `nsubj:pass`.
    NsubjPass,
    /// `nummod`.
    Nummod,
    /// `obj`.
    Obj,
    /// `obl`.
    Obl,
    /// `obl:agent`.
    OblAgent,
    /// `obl:unmarked`.
    OblUnmarked,
    /// `orphan`.
    Orphan,
    /// `parataxis`.
    Parataxis,
    /// `punct`.
    Punct,
    /// `reparandum`.
    Reparandum,
    /// `root`.
    Root,
    /// `vocative`.
    Vocative,
    /// `xcomp`.
    Xcomp,
}

impl Deprel {
    /// All, in alphabetical order; the position is the discriminant.
    pub const ALL: [Deprel; 51] = [
        Deprel::Acl,
        Deprel::AclRelcl,
        Deprel::Advcl,
        Deprel::AdvclRelcl,
        Deprel::Advmod,
        Deprel::Amod,
        Deprel::Appos,
        Deprel::Aux,
        Deprel::AuxPass,
        Deprel::Case,
        Deprel::Cc,
        Deprel::CcPreconj,
        Deprel::Ccomp,
        Deprel::Compound,
        Deprel::CompoundPrt,
        Deprel::Conj,
        Deprel::Cop,
        Deprel::Csubj,
        Deprel::CsubjOuter,
        Deprel::CsubjPass,
        Deprel::Dep,
        Deprel::Det,
        Deprel::DetPredet,
        Deprel::Discourse,
        Deprel::Dislocated,
        Deprel::Expl,
        Deprel::Fixed,
        Deprel::Flat,
        Deprel::Goeswith,
        Deprel::Iobj,
        Deprel::List,
        Deprel::Mark,
        Deprel::Nmod,
        Deprel::NmodDesc,
        Deprel::NmodPoss,
        Deprel::NmodUnmarked,
        Deprel::Nsubj,
        Deprel::NsubjOuter,
        Deprel::NsubjPass,
        Deprel::Nummod,
        Deprel::Obj,
        Deprel::Obl,
        Deprel::OblAgent,
        Deprel::OblUnmarked,
        Deprel::Orphan,
        Deprel::Parataxis,
        Deprel::Punct,
        Deprel::Reparandum,
        Deprel::Root,
        Deprel::Vocative,
        Deprel::Xcomp,
    ];

    /// The name as CoNLL-U writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Deprel::Acl => "acl",
            Deprel::AclRelcl => "acl:relcl",
            Deprel::Advcl => "advcl",
            Deprel::AdvclRelcl => "advcl:relcl",
            Deprel::Advmod => "advmod",
            Deprel::Amod => "amod",
            Deprel::Appos => "appos",
            Deprel::Aux => "aux",
            Deprel::AuxPass => "aux:pass",
            Deprel::Case => "case",
            Deprel::Cc => "cc",
            Deprel::CcPreconj => "cc:preconj",
            Deprel::Ccomp => "ccomp",
            Deprel::Compound => "compound",
            Deprel::CompoundPrt => "compound:prt",
            Deprel::Conj => "conj",
            Deprel::Cop => "cop",
            Deprel::Csubj => "csubj",
            Deprel::CsubjOuter => "csubj:outer",
            Deprel::CsubjPass => "csubj:pass",
            Deprel::Dep => "dep",
            Deprel::Det => "det",
            Deprel::DetPredet => "det:predet",
            Deprel::Discourse => "discourse",
            Deprel::Dislocated => "dislocated",
            Deprel::Expl => "expl",
            Deprel::Fixed => "fixed",
            Deprel::Flat => "flat",
            Deprel::Goeswith => "goeswith",
            Deprel::Iobj => "iobj",
            Deprel::List => "list",
            Deprel::Mark => "mark",
            Deprel::Nmod => "nmod",
            Deprel::NmodDesc => "nmod:desc",
            Deprel::NmodPoss => "nmod:poss",
            Deprel::NmodUnmarked => "nmod:unmarked",
            Deprel::Nsubj => "nsubj",
            Deprel::NsubjOuter => "nsubj:outer",
            Deprel::NsubjPass => "nsubj:pass",
            Deprel::Nummod => "nummod",
            Deprel::Obj => "obj",
            Deprel::Obl => "obl",
            Deprel::OblAgent => "obl:agent",
            Deprel::OblUnmarked => "obl:unmarked",
            Deprel::Orphan => "orphan",
            Deprel::Parataxis => "parataxis",
            Deprel::Punct => "punct",
            Deprel::Reparandum => "reparandum",
            Deprel::Root => "root",
            Deprel::Vocative => "vocative",
            Deprel::Xcomp => "xcomp",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn base(self) -> &'static str {
        self.name().split(':').next().unwrap_or_default()
    }
}

/// A sentence seen as a tree: children and subtrees, found once.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Token indices grouped by head, each group in text order.
    children: Vec<u32>,
    /// Where each head's group starts in `children`; one more entry than tokens.
    starts: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Indexes a sentence of `text`.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let count = sentence.tokens.len();
        let mut starts = vec![0u32; count + 1];
        for token in &sentence.tokens {
            if let Some(head) = token.head {
                starts[head as usize + 1] += 1;
            }
        }
        for i in 0..count {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts[count] as usize];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                let slot = &mut next[head as usize];
                children[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
        Self { text, sentence, children, starts }
    }

    /// The token at an index.
    pub fn token(&self, index: usize) -> &'a Token {
        &self.sentence.tokens[index]
    }

    /// The form of a token as written.
    pub fn form(&self, index: usize) -> &'a str {
        self.token(index).span.of(self.text)
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether it has no tokens.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// Index of the root.
    pub fn root(&self) -> Option<usize> {
        self.sentence.tokens.iter().position(|token| token.head.is_none())
    }

    /// The head of a token.
    pub fn head(&self, index: usize) -> Option<usize> {
        self.token(index).head.map(|head| head as usize)
    }

    /// The dependents of a token, in text order.
    pub fn children(&self, index: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.starts[index] as usize..self.starts[index + 1] as usize].iter().map(|&child| child as usize)
    }

    /// The dependents under one of these relations, in text order.
    pub fn children_by<'t>(&'t self, index: usize, relations: &'t [Deprel]) -> impl Iterator<Item = usize> + 't {
        self.children(index).filter(move |&child| relations.contains(&self.token(child).deprel))
    }

    /// The first dependent under a relation.
    pub fn child(&self, index: usize, relation: Deprel) -> Option<usize> {
        self.children(index).find(|&child| self.token(child).deprel == relation)
    }

    /// All tokens of the subtree, the head included, in text order.
    pub fn subtree(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children(found[at]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether `index` lies in the subtree of `ancestor` (a token lies in its own).
    pub fn is_under(&self, index: usize, ancestor: usize) -> bool {
        let mut at = Some(index);
        while let Some(here) = at {
            if here == ancestor {
                return true;
            }
            at = self.head(here);
        }
        false
    }

    /// The coordination that a token heads: itself and its conjuncts, in text order.
    pub fn conjuncts(&self, index: usize) -> Vec<usize> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children_by(found[at], &[Deprel::Conj]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// The first member of the coordination that a token belongs to; the token itself outside of one.
    pub fn first_conjunct(&self, index: usize) -> usize {
        let mut at = index;
        while self.token(at).deprel == Deprel::Conj {
            match self.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    }

    /// Whether a verb is in the passive: a passive auxiliary, a passive subject, or an agent.
    pub fn is_passive(&self, verb: usize) -> bool {
        self.children(verb).any(|child| {
            matches!(
                self.token(child).deprel,
                Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent
            )
        })
    }

    /// The preposition of a nominal, in lower case: `in` for "in 2011"; fixed ones joined by blanks ("in line with").
    pub fn case_of(&self, nominal: usize) -> Option<String> {
        let case = self.child(nominal, Deprel::Case)?;
        let mut words = vec![self.form(case).to_lowercase()];
        words.extend(self.children_by(case, &[Deprel::Fixed]).map(|child| self.form(child).to_lowercase()));
        Some(words.join(" "))
    }
}
