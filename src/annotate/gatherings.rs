//! Meetings that a verb tells of: "The Group met in Lomé on 3 May". The verb is the mention.

use super::text::Text;
use crate::model::{Deprel, Document, Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, Tree, Upos};
use crate::seeds::WordClass;

/// Verbs of coming together.
const VERBS: [&str; 5] = ["meet", "convene", "gather", "assemble", "reconvene"];

/// How many words behind the verb a date or place may start.
const REACH: usize = 8;

/// The verbs that tell of a meeting with its date or place.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    text.sentences.iter().flat_map(|sentence| in_sentence(text, sentence, known)).collect()
}

fn in_sentence(text: &Text, sentence: &Sentence, known: &Mentions) -> Vec<Mention> {
    let tree = Tree::new(&text.doc.text, sentence);
    let verbs = (0..sentence.tokens.len()).filter(|&verb| tells_of_meeting(text, &tree, verb, known));
    let spans = verbs.map(|verb| sentence.tokens[verb].span);
    spans.map(|span| Mention::new(span, Kind::Meeting, MentionClass::Nominal, Reading::Phrase)).collect()
}

fn tells_of_meeting(text: &Text, tree: &Tree<'_>, verb: usize, known: &Mentions) -> bool {
    let token = tree.token(verb);
    token.upos == Upos::Verb
        && VERBS.contains(&token.lemma.to_lowercase().as_str())
        && tree.child(verb, Deprel::Obj).is_none()
        && tree.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).all(|subject| subject < verb)
        && tree
            .children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass])
            .any(|subject| !is_a_meeting(text, tree, subject, known))
        && has_circumstance(text.doc, tree, verb, known)
}

/// "The session was convened": the subject is the meeting.
fn is_a_meeting(text: &Text, tree: &Tree<'_>, subject: usize, known: &Mentions) -> bool {
    let span = tree.token(subject).span;
    let noun = tree.token(subject).lemma.to_lowercase();
    text.lexicon.is(&noun, WordClass::Gathering) || known.around(span).any(|i| known[i].kind == Kind::Meeting)
}

/// A date or place right behind, introduced as one.
fn has_circumstance(doc: &Document, tree: &Tree<'_>, verb: usize, known: &Mentions) -> bool {
    let last = (verb + REACH).min(tree.len() - 1);
    let (from, to) = (tree.token(verb).span.end, tree.token(last).span.end);
    let near = known.starting_in(Span::new(from, to)).map(|i| &known[i]);
    near.filter(|mention| matches!(mention.kind, Kind::Date | Kind::Place | Kind::State)).any(|mention| {
        let before = doc.text[from..mention.span.start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        matches!(word, "on" | "in" | "at" | "from")
    })
}
