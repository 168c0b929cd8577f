//! A sentence seen as a tree.

use super::{Deprel, Sentence, Span, Token};

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

    /// A stretch of tokens, both ends included, with the whole of the words that hyphens cut at its ends: "in-depth
    /// talks", "the fall-out".
    pub fn hyphened(&self, first: usize, last: usize) -> (usize, usize) {
        let tokens = &self.sentence.tokens;
        let joins = |hyphen: usize| {
            let (left, it) = (tokens[hyphen - 1].span, tokens[hyphen].span);
            let letter = |next: Span| next.of(self.text).starts_with(char::is_alphabetic);
            matches!(it.of(self.text), "-" | "\u{2010}" | "\u{2011}")
                && left.end == it.start
                && tokens.get(hyphen + 1).is_some_and(|next| next.span.start == it.end && letter(next.span))
        };
        let (mut first, mut last) = (first, last);
        while first >= 2 && joins(first - 1) {
            first -= 2;
        }
        while last + 1 < tokens.len() && joins(last + 1) {
            last += 2;
        }
        (first, last)
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
