//! Pronouns: the first person by the speaker, "it" and "they" by the nearest subject that agrees.

use crate::model::{Class, Deprel, EntityId, Kind, Mention, MentionClass, Sentence, Span, Token, Upos};

use super::Context;
use super::speaker::{Speaker, Speakers};
use super::table::Table;

/// Resolves all pronoun mentions.
pub(super) fn resolve(context: &Context, table: &mut Table, speakers: &Speakers) {
    let addresses = addresses(context);
    for (i, mention) in context.mentions.iter().enumerate() {
        if mention.class != MentionClass::Pronoun {
            continue;
        }
        let form = context.text(mention).to_lowercase();
        let speaker = speakers.at(mention.span.start);
        let id = match form.as_str() {
            "i" | "me" | "my" | "mine" | "myself" => speaker.role.or(speaker.we),
            "he" | "him" | "his" | "she" | "her" if speaker.reported => speaker.role,
            "you" => addressed(context, table, &addresses, mention.span),
            "we" | "us" | "our" | "ours" | "ourselves" => speaker.we,
            "its" => own(context, speaker, mention.span)
                .or_else(|| host(context, table, mention.span))
                .or_else(|| possessor(context, table, mention.span))
                .or_else(|| antecedent(context, table, mention.span, Number::Singular)),
            "it" | "itself" => antecedent(context, table, mention.span, Number::Singular),
            "they" | "them" | "their" if speaker.reported && is_several(table, speaker) => speaker.holder,
            "they" | "them" | "their" | "theirs" | "themselves" => {
                antecedent(context, table, mention.span, Number::Plural)
            }
            _ => None,
        };
        if let Some(id) = id {
            table.refer(i, id);
        }
    }
}

/// Whether several speak as one.
fn is_several(table: &Table, speaker: &Speaker) -> bool {
    speaker.holder.is_some_and(|holder| table.entity(holder).class == Class::StateGroup)
}

/// The mentions that address somebody: "Mr. President".
fn addresses(context: &Context) -> Vec<usize> {
    let titles = ["Mr", "Madam", "Mrs", "Ms", "Sir", "Mister"];
    let is_address = |mention: &Mention| {
        let text = context.text(mention);
        mention.kind == Kind::PersonRole
            && mention.class == MentionClass::Nominal
            && titles.iter().any(|title| text.starts_with(title))
    };
    (0..context.mentions.len()).filter(|&i| is_address(&context.mentions[i])).collect()
}

/// Who is addressed nearest to the pronoun, in its own sentence or before.
fn addressed(context: &Context, table: &Table, addresses: &[usize], pronoun: Span) -> Option<EntityId> {
    let end = context.sentences.get(Sentence::from(context.sentences, pronoun.start)?)?.span.end;
    let before = addresses.partition_point(|&i| context.mentions[i].span.start < end);
    table.of(*addresses.get(before.checked_sub(1)?)?)
}

#[derive(Clone, Copy, PartialEq)]
enum Number {
    Singular,
    Plural,
}

/// "Reaffirming its commitment" in a resolution: its organ's, where nothing but the act stands before it.
fn own(context: &Context, speaker: &Speaker, pronoun: Span) -> Option<EntityId> {
    context.doc.metadata.organ.as_ref()?;
    let at = Sentence::from(context.sentences, pronoun.start)?;
    let tokens = &context.sentences.get(at)?.tokens;
    let its = tokens.iter().position(|token| token.span == pronoun)?;
    let form = |token: &Token| token.span.of(&context.doc.text);
    let act = (0..its).rev().find(|&at| tokens[at].upos != Upos::Adv)?;
    let is_act =
        tokens[act].upos == Upos::Verb && (form(&tokens[act]).ends_with("ing") || form(&tokens[act]).ends_with('s'));
    let before = (0..act).rev().find(|&at| !matches!(tokens[at].upos, Upos::Adv | Upos::Cconj | Upos::Num));
    let opens = before.is_none_or(|at| matches!(form(&tokens[at]), "," | "." | ";"));
    speaker.holder.filter(|_| is_act && opens)
}

/// "to X at its third session": the body named right before, whose session it is.
fn host(context: &Context, table: &Table, pronoun: Span) -> Option<EntityId> {
    let before = context.doc.text[..pronoun.start].trim_end();
    let before = [" at", " during", ", at", ", during"].iter().find_map(|word| before.strip_suffix(word))?;
    let after = context.doc.text[pronoun.end..].trim_start();
    let owned = after.split([',', ';', '.', '(']).next().unwrap_or_default();
    if !owned.split_whitespace().take(4).any(|word| word.starts_with("session") || word.starts_with("meeting")) {
        return None;
    }
    let mut named = context.mentions.ending(before.len()).rev();
    let i = named.find(|&i| context.mentions[i].class != MentionClass::Pronoun)?;
    let body = matches!(context.mentions[i].kind, Kind::UNBody | Kind::ExpertGroup | Kind::InternationalOrganization);
    table.of(i).filter(|_| body)
}

/// "the works of X … its works": whoever the same noun was said to belong to earlier in the sentence.
fn possessor(context: &Context, table: &Table, pronoun: Span) -> Option<EntityId> {
    let at = Sentence::from(context.sentences, pronoun.start)?;
    let sentence = context.sentences.get(at)?;
    let its = sentence.tokens.iter().position(|token| token.span == pronoun)?;
    let owned = &sentence.tokens[sentence.tokens[its].head? as usize];
    let same = || sentence.tokens[..its].iter().position(|token| token.lemma == owned.lemma);
    let before = same().or_else(|| subject_beside(sentence, its))?;
    let owners = (0..its).filter(|&i| {
        let token = &sentence.tokens[i];
        token.head == Some(before as u32) && matches!(token.deprel, Deprel::Nmod | Deprel::NmodPoss)
    });
    owners.filter_map(|i| mention_headed_by(context, table, sentence.tokens[i].span, Number::Singular)).next()
}

/// "X's mission is over and its mandate is fulfilled": the subject of the clause before "and its".
fn subject_beside(sentence: &Sentence, its: usize) -> Option<usize> {
    let is_subject = |at: usize| matches!(sentence.tokens[at].deprel, Deprel::Nsubj | Deprel::NsubjPass);
    let owned = sentence.tokens[its].head? as usize;
    let joint = its.checked_sub(1).filter(|&joint| sentence.tokens[joint].upos == Upos::Cconj)?;
    let before = (0..joint).rfind(|&at| is_subject(at))?;
    is_subject(owned).then_some(before)
}

/// The nearest subject before the pronoun in its sentence, else the subject of the sentence before, that agrees.
fn antecedent(context: &Context, table: &Table, pronoun: Span, number: Number) -> Option<EntityId> {
    let at = Sentence::from(context.sentences, pronoun.start)?;
    let here = context.sentences.get(at)?;
    let before = Span::new(here.span.start, pronoun.start);
    if number == Number::Plural && is_list_before(here, pronoun) {
        return None;
    }
    subjects(context, table, here, before, number).or_else(|| objects(context, table, here, before, number)).or_else(
        || {
            let previous = context.sentences.get(at.checked_sub(1)?)?;
            subjects(context, table, previous, previous.span, number)
        },
    )
}

/// "X and Y reaffirm their …": the nearest subject is a list, which no one entity stands for.
fn is_list_before(sentence: &Sentence, pronoun: Span) -> bool {
    let before = sentence.tokens.partition_point(|token| token.span.start < pronoun.start);
    let subject = (0..before).rfind(|&at| sentence.tokens[at].deprel == Deprel::Nsubj);
    let joined = |at: usize| {
        sentence.tokens[at..before].iter().any(|token| token.head == Some(at as u32) && token.deprel == Deprel::Conj)
    };
    subject.is_some_and(joined)
}

/// The last agreeing subject of a sentence inside a span.
fn subjects(context: &Context, table: &Table, sentence: &Sentence, within: Span, number: Number) -> Option<EntityId> {
    let tokens = sentence.tokens.iter().filter(|token| within.contains(token.span));
    let heads = tokens.filter(|token| matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter));
    heads.filter_map(|token| mention_headed_by(context, table, token.span, number)).next_back()
}

/// The last agreeing object of a sentence inside a span, a thing rather than a subject matter: "We thank X for its work".
fn objects(context: &Context, table: &Table, sentence: &Sentence, within: Span, number: Number) -> Option<EntityId> {
    let tokens = sentence.tokens.iter().filter(|token| within.contains(token.span) && token.deprel == Deprel::Obj);
    let mut things = tokens.filter_map(|token| mention_headed_by(context, table, token.span, number));
    things.rfind(|&id| !matches!(table.kind(id), Kind::Topic | Kind::Measure | Kind::Meeting))
}

/// What the longest mention that ends in the token refers to, if it agrees with the pronoun.
fn mention_headed_by(context: &Context, table: &Table, token: Span, number: Number) -> Option<EntityId> {
    let around = context.mentions.around(token).filter(|&i| context.mentions[i].class != MentionClass::Pronoun);
    let i = around.last()?;
    let mention = &context.mentions[i];
    let id = table.of(i)?;
    let kind = table.kind(id);
    let is_plural = mention.class != MentionClass::Named && token.of(&context.doc.text).ends_with('s');
    let agrees = match number {
        Number::Singular => !is_plural && !matches!(kind, Kind::PersonRole | Kind::Date | Kind::Quantity | Kind::Money),
        Number::Plural => is_plural,
    };
    agrees.then_some(id)
}
