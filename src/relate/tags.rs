//! Second thoughts on parts of speech, where mentions and neighbours know better than the tagger.

use crate::model::{Deprel, Kind, Mention, MentionClass, Tree, Upos};
use crate::seeds::{WordClass, WordList, Words};

/// The names of several words in a sentence: for each word inside one, the first and last word of the outermost.
pub(super) fn names(tree: &Tree<'_>, mentions: &[Mention]) -> Vec<Option<(usize, usize)>> {
    let mut names = vec![None; tree.len()];
    for mention in mentions.iter().filter(|mention| is_name(mention)) {
        let tokens = tree.sentence.tokens_in(mention.span);
        if tokens.len() < 2 || names[tokens.start].is_some() {
            continue;
        }
        let (first, last) = (tokens.start, tokens.end - 1);
        names[tokens].fill(Some((first, last)));
    }
    names
}

/// A proper name, or a common noun for a body or treaty with all that belongs to it.
fn is_name(mention: &Mention) -> bool {
    let thing =
        matches!(mention.kind, Kind::ExpertGroup | Kind::UNBody | Kind::Treaty | Kind::Document | Kind::Resolution);
    match mention.class {
        MentionClass::Named => !matches!(mention.kind, Kind::Quantity | Kind::Money | Kind::Date),
        MentionClass::Nominal => thing,
        _ => false,
    }
}

/// The parts of speech of a sentence. `is_verb` tells whether a lemma is known as a verb that sets off a rule.
pub(super) fn tags(tree: &Tree<'_>, mentions: &[Mention], is_verb: &dyn Fn(&str) -> bool, words: &Words) -> Vec<Upos> {
    let mut tags: Vec<Upos> = tree.sentence.tokens.iter().map(|token| token.upos).collect();
    let mut inside = vec![false; tags.len()];
    for mention in mentions.iter().filter(|mention| !is_told(tree, mention)) {
        let tokens = tree.sentence.tokens_in(mention.span);
        let core = tokens.clone().take_while(|&token| !matches!(tags[token], Upos::Adp | Upos::Sconj));
        if let Some(last) = core.last().filter(|&last| matches!(tags[last], Upos::Verb | Upos::Adj | Upos::Adv)) {
            tags[last] = Upos::Noun;
        }
        inside[tokens].fill(true);
    }
    for token in 0..tags.len() {
        if let Some(tag) = second_thought(tree, &tags, token, inside[token], is_verb) {
            tags[token] = tag;
        } else if is_second_verb(tree, &tags, token, words) {
            tags[token] = Upos::Verb;
        }
    }
    tags
}

/// "supports the draft and thanks the Chair", "welcomes it and votes against": a verb in the form of one before it, read
/// as a noun.
fn is_second_verb(tree: &Tree<'_>, tags: &[Upos], token: usize, words: &Words) -> bool {
    let form = tree.form(token).to_lowercase();
    if tags[token] != Upos::Noun || !form.ends_with('s') || token == 0 {
        return false;
    }
    let next = tags.get(token + 1).copied();
    let stem = form.strip_suffix('s').unwrap_or_default();
    let known = words.has(WordList::SecondVerbs, stem) || words.has(WordList::SecondVerbs, &tree.token(token).lemma);
    let goes_on = match next {
        Some(Upos::Det | Upos::Propn | Upos::Pron) => true,
        Some(Upos::Adp) => !matches!(tree.form(token + 1), "of" | "from"),
        Some(Upos::Sconj) => tree.form(token + 1) == "that",
        _ => false,
    };
    let own_object = tree.token(token).deprel == Deprel::Conj && tree.child(token, Deprel::Obj).is_some();
    let finite = |at: usize| tags[at] == Upos::Verb && tree.form(at).ends_with('s');
    let joint = matches!(tags[token - 1], Upos::Cconj | Upos::Adv);
    let after_subject = matches!(tags[token - 1], Upos::Propn) && tree.child(token, Deprel::Nsubj).is_some();
    own_object && (0..token).any(finite) || known && goes_on && (after_subject || joint && (0..token).any(finite))
}

/// A meeting that a verb tells of: the verb stays one.
fn is_told(tree: &Tree<'_>, mention: &Mention) -> bool {
    let tokens = tree.sentence.tokens_in(mention.span);
    mention.kind == Kind::Meeting && tokens.len() == 1 && tree.token(tokens.start).upos == Upos::Verb
}

fn second_thought(
    tree: &Tree<'_>,
    tags: &[Upos],
    token: usize,
    inside: bool,
    is_verb: &dyn Fn(&str) -> bool,
) -> Option<Upos> {
    let form = tree.form(token).to_lowercase();
    let next = tags.get(token + 1).copied();
    let before = token.checked_sub(1).map(|before| tags[before]);
    match tags[token] {
        _ if matches!(form.as_str(), "pursuant" | "regarding" | "concerning") && next.is_some() => Some(Upos::Adp),
        _ if form == "thanks" && next.is_some() && tree.form(token + 1) == "to" => Some(Upos::Adp),
        Upos::Noun if is_clause_head(tree, token) && is_verb(&tree.token(token).lemma) => Some(Upos::Verb),
        Upos::Noun if !inside && is_finite_verb(tree, tags, token, is_verb) => Some(Upos::Verb),
        Upos::Noun if token > 0 && is_modal(tree, token - 1) && form == *tree.token(token).lemma => Some(Upos::Verb),
        Upos::Noun if !inside && form.ends_with("ing") && is_gerund(tree, tags, token) => Some(Upos::Verb),
        Upos::Verb if !inside && is_modifier(tree, token, &form, before, next) => Some(Upos::Adj),
        Upos::Verb if token > 0 && is_article(tree, token - 1) && form == *tree.token(token).lemma => Some(Upos::Noun),
        Upos::Verb if token > 0 && is_pointer(tree, token - 1) && form == *tree.token(token).lemma => Some(Upos::Noun),
        _ => None,
    }
}

/// A noun with a subject and an object of its own is a verb.
fn is_clause_head(tree: &Tree<'_>, token: usize) -> bool {
    tree.child(token, Deprel::Nsubj).is_some() && tree.child(token, Deprel::Obj).is_some()
}

fn is_modal(tree: &Tree<'_>, token: usize) -> bool {
    tree.token(token).upos == Upos::Aux && WordClass::Modal.has(&tree.form(token).to_lowercase())
}

fn is_article(tree: &Tree<'_>, token: usize) -> bool {
    WordClass::NounPointer.has(&tree.form(token).to_lowercase())
}

/// "that end", "this work": a pronoun that is a determiner.
fn is_pointer(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.form(token).to_lowercase().as_str(), "that" | "this")
        && token > 0
        && tree.token(token - 1).upos == Upos::Adp
}

/// "the State faces grave obstacles", "it consists of units", "supports the rule".
fn is_finite_verb(tree: &Tree<'_>, tags: &[Upos], token: usize, is_verb: &dyn Fn(&str) -> bool) -> bool {
    let it = tree.token(token);
    let form = tree.form(token);
    if !form.ends_with('s') || form.ends_with("ss") || *form == *it.lemma || !is_verb(&it.lemma) {
        return false;
    }
    let next = tags.get(token + 1).copied();
    let phrase = matches!(next, Some(Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num));
    let has_object = tree.child(token, Deprel::Obj).is_some();
    let after_noun = token > 0 && matches!(tags[token - 1], Upos::Noun | Upos::Propn | Upos::Punct);
    let joined = next == Some(Upos::Cconj) && it.head.is_none() && tree.child(token, Deprel::Nsubj).is_some();
    has_object
        || joined
        || next == Some(Upos::Det)
        || (it.head.is_none() && next == Some(Upos::Pron))
        || (phrase && it.deprel == Deprel::Compound)
        || (after_noun && matches!(next, Some(Upos::Adp | Upos::Sconj)) && tree.form(token + 1) != "of")
        || (after_noun && it.lemma == "consist")
}

/// "facilitating the work", "facilitating and expediting".
fn is_gerund(tree: &Tree<'_>, tags: &[Upos], token: usize) -> bool {
    let goes_on = |at: usize| tree.len() > at && tags[at] == Upos::Verb && tree.form(at).ends_with("ing");
    tags.get(token + 1) == Some(&Upos::Det) || (tags.get(token + 1) == Some(&Upos::Cconj) && goes_on(token + 2))
}

/// "specialized judicial institutions", "to organized crime": a participle before a noun.
fn is_modifier(tree: &Tree<'_>, token: usize, form: &str, before: Option<Upos>, next: Option<Upos>) -> bool {
    let opens =
        matches!(before, None | Some(Upos::Punct | Upos::Det | Upos::Adj | Upos::Adp | Upos::Cconj | Upos::Part));
    let phrase = matches!(next, Some(Upos::Adj | Upos::Noun | Upos::Propn));
    let bare = !tree
        .children(token)
        .any(|child| matches!(tree.token(child).deprel, Deprel::Nsubj | Deprel::Aux | Deprel::AuxPass));
    // "noting it, urged partners to act": no partners who were urged.
    let says = WordClass::SayingVerb.has(&tree.token(token).lemma) && tree.child(token, Deprel::Obj).is_some();
    form.ends_with("ed") && opens && phrase && bare && !says
}
