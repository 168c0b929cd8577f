//! An end of a proposed claim, as a line points to it, and what it means: an entity or words. Both must be in the quote.

use compact_str::CompactString;
use serde_json::{Value, json};

use crate::model::text::one_line;
use crate::model::{Document, EntityId, MentionClass, Sentence, Span, Upos};

use super::place::{Place, occurrences};
use super::refusal::{Refusal, shown};
use super::scope::Scope;

/// How a line points to an end: by the number of a mention, by words, by an IRI, or by words and the IRI that they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pointer {
    mention: Option<usize>,
    entity: Option<String>,
    place: Place,
}

/// What an end means.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// An entity of the document.
    Entity(EntityId),
    /// An entry of the catalogue that the document's own names do not lead to.
    Entry(CompactString),
    /// Words.
    Words(String),
}

/// An end that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub meaning: Meaning,
    /// Where it stands; `None` where an IRI says all.
    pub span: Option<Span>,
    /// The key that the line itself gave.
    key: Option<String>,
}

/// Words that stand before a name and are no part of its mention.
const ARTICLES: [&str; 3] = ["the", "a", "an"];

impl Pointer {
    /// Reads an end of a line: a number is a mention, a string is words, an object says it with keys.
    pub fn read(what: &str, value: &Value) -> Result<Self, Refusal> {
        let whole = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
        let pointer = match value {
            Value::Number(_) => Self { mention: whole(value), ..Self::default() },
            Value::String(words) => {
                Self { place: Place { words: Some(words.clone()), ..Place::default() }, ..Self::default() }
            }
            Value::Object(parts) => {
                let text = |key: &str| parts.get(key).and_then(Value::as_str).map(str::to_owned);
                let number = |key: &str| parts.get(key).and_then(whole);
                let words = text("text").or_else(|| text("literal"));
                let place = Place { start: number("start"), end: number("end"), words };
                Self { mention: number("mention"), entity: text("entity"), place }
            }
            _ => Self::default(),
        };
        match pointer == Self::default() {
            true => Err(Refusal::new(format!(
                "its {what} is {}: name a mention, words of the text, or an entity",
                shown(&value.to_string())
            ))),
            false => Ok(pointer),
        }
    }

    /// What it means, if that stands inside the quote; `what` it is for messages.
    pub fn find(&self, scope: &Scope<'_>, what: &str) -> Result<Found, Refusal> {
        let key = self.entity.as_deref().map(|iri| scope.key(iri, what)).transpose()?;
        match (self.mention, self.place.is_empty(), key) {
            (Some(mention), _, key) => {
                let Some(seen) = scope.extraction.mentions.get(mention) else {
                    let count = scope.extraction.mentions.len();
                    return Err(Refusal::new(format!(
                        "{what}: there is no mention {mention}, the last is {}",
                        count - count.min(1)
                    )));
                };
                if !scope.within.contains(seen.span) {
                    return Err(outside(what, seen.span.of(&scope.document().text)));
                }
                means(scope, what, seen.span, key)
            }
            (None, false, key) => means(scope, what, self.stretch(scope, what)?, key),
            (None, true, Some(key)) => {
                scope.named(&key, what).map(|(meaning, span)| Found { meaning, span, key: Some(key) })
            }
            (None, true, None) => Err(Refusal::new(format!("it has no {what}"))),
        }
    }

    /// The verb of an open relation in its plain form: it needs no place, but its first word must be that of a word of the
    /// quote.
    pub fn verb(&self, scope: &Scope<'_>) -> Result<Found, Refusal> {
        let words = one_line(self.place.words.as_deref().unwrap_or_default());
        let first = words.split(' ').next().unwrap_or_default().to_lowercase();
        let tokens = scope.extraction.sentences.iter().filter(|sentence| sentence.span.overlaps(scope.within));
        let mut tokens = tokens.flat_map(|sentence| &sentence.tokens).filter(|token| scope.within.contains(token.span));
        match !first.is_empty() && tokens.any(|token| token.lemma.to_lowercase() == first) {
            true => Ok(Found { meaning: Meaning::Words(words), span: None, key: None }),
            false => Err(outside("verb", &words)),
        }
    }

    /// Where its words stand in the quote: the first place where they are a mention, else the first.
    fn stretch(&self, scope: &Scope<'_>, what: &str) -> Result<Span, Refusal> {
        let found = self.place.find(scope.document(), scope.within, what)?;
        let inside: Vec<Span> = found.into_iter().filter(|span| scope.within.contains(*span)).collect();
        let is_seen = |span: &&Span| mention_at(scope, **span).is_some();
        let best = inside.iter().find(is_seen).or(inside.first()).copied();
        best.ok_or_else(|| {
            let words = self.place.words.clone().unwrap_or_else(|| "what stands there".to_owned());
            outside(what, &words)
        })
    }
}

impl Found {
    /// It as it is kept: by place, words and key.
    pub fn kept(&self, document: &Document) -> Value {
        let mut kept = match (self.span, &self.meaning) {
            (Some(span), _) => {
                let (start, end) = document.code_points(span);
                json!({ "start": start, "end": end, "text": one_line(document.quote(span)) })
            }
            (None, Meaning::Words(words)) => json!({ "text": words }),
            (None, _) => json!({}),
        };
        if let (Some(key), Some(parts)) = (&self.key, kept.as_object_mut()) {
            parts.insert("entity".to_owned(), json!(key));
        }
        kept
    }
}

fn outside(what: &str, words: &str) -> Refusal {
    Refusal::new(format!("the quote does not hold its {what} {}", shown(words)))
}

/// What the words of a stretch mean: the entity of the mention there, which a line may not contradict; else what the line
/// says; else the words themselves.
fn means(scope: &Scope<'_>, what: &str, span: Span, key: Option<String>) -> Result<Found, Refusal> {
    let words = span.of(&scope.document().text);
    let mention = mention_at(scope, span);
    let referent = mention.and_then(|at| scope.extraction.referents.get(at).copied().flatten());
    let meaning = match (referent, &key) {
        (Some(id), Some(key)) if scope.is_read_as(id, key) => scope.meaning(key, what)?,
        (Some(id), Some(key)) if scope.extraction.entity(id).key != *key => {
            let label = &scope.extraction.entity(id).label;
            return Err(Refusal::new(format!("{what}: {} means {} here, not <{key}>", shown(words), shown(label))));
        }
        (Some(id), _) => Meaning::Entity(id),
        (None, Some(key)) => scope.meaning(key, what)?,
        (None, None) => {
            let class = mention.and_then(|at| scope.extraction.mentions.get(at)).map(|mention| mention.class);
            if class == Some(MentionClass::Pronoun) || is_pronoun(scope, span) {
                return Err(Refusal::new(format!("{what}: nothing tells what {} means here", shown(words))));
            }
            if !words.contains(char::is_alphabetic) {
                return Err(Refusal::new(format!("{what}: {} are no words", shown(words))));
            }
            Meaning::Words(one_line(words))
        }
    };
    Ok(Found { meaning, span: Some(span), key })
}

/// Whether a stretch is a pronoun of which no mention was made: "it" in "it rains".
fn is_pronoun(scope: &Scope<'_>, span: Span) -> bool {
    let sentence = Sentence::around(&scope.extraction.sentences, span);
    let mut tokens = sentence.into_iter().flat_map(|sentence| &sentence.tokens);
    tokens.any(|token| token.span == span && token.upos == Upos::Pron)
}

/// The mention of exactly a stretch, or of what follows its article.
fn mention_at(scope: &Scope<'_>, span: Span) -> Option<usize> {
    let mentions = &scope.extraction.mentions;
    mentions.at(span).or_else(|| {
        let words = span.of(&scope.document().text);
        let (article, rest) = words.split_once(char::is_whitespace)?;
        let is_article = ARTICLES.iter().any(|known| article.eq_ignore_ascii_case(known));
        mentions.at(Span::new(span.end - rest.trim_start().len(), span.end)).filter(|_| is_article)
    })
}

/// Where one of some names stands inside a stretch.
pub(super) fn named_in<'n>(text: &str, within: Span, mut names: impl Iterator<Item = &'n str>) -> Option<Span> {
    names.find_map(|name| occurrences(text, within, name).first().copied())
}
