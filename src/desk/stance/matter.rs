//! What a position is on, in a form in which two sentences can be on the same: a thing that texts share, or the content words
//! of a phrase; and which way it points, since who is for the end of something is against it.

use std::collections::HashMap;

use crate::desk::said::ClaimLine;
use crate::model::text::one_line;
use crate::model::{Class, Kind, Qualifier, Stance};
use crate::record::{Claim, Record, TermId};
use crate::seeds::{Lexicon, WordClass};

use super::stems::{HeadSense, head_sense, names, stems, undone, without_head};

/// Acts that tell weight or worry and take no side: one may emphasize a danger, and be concerned about a friend.
const WITHOUT_SIDE: [&str; 3] = ["emphasizes", "attachesImportanceTo", "concernedAbout"];

/// Acts whose object is the one who is asked; what is asked for stands beside.
const ADDRESSING: [&str; 2] = ["requests", "invites"];

/// How many words two phrases on the same must share, of those of the shorter and of the longer one: "the Harbour Convention"
/// and "entry into force of the Harbour Convention" are on the same, "human rights" and "the creation of a Human Rights
/// Council" are not.
const OF_FEWER: f64 = 0.7;
const OF_MORE: f64 = 0.6;

/// Claims that are looked at for one of them; phrases of more common words than that are told apart by their rarer ones.
const CANDIDATES: usize = 64;

/// On which side of its matter a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// For it: supports, asks for, promises it, or opposes its undoing.
    For,
    /// Against it.
    Against,
    /// Neither: it tells weight or worry.
    Neither,
}

/// What a position is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Matter {
    /// In words.
    pub label: String,
    /// In words, without one that undoes the rest: what its side is on.
    pub plain_label: String,
    /// The thing, if it is one that texts share.
    pub thing: Option<TermId>,
    /// Content words, stemmed, sorted, without one that undoes the rest.
    pub stems: Vec<String>,
    /// Those of them that name somebody or something, sorted.
    pub names: Vec<String>,
    /// Whether the sentence has more than the matter, so that its strength is told by words.
    pub is_put: bool,
    /// Whether nothing in the sentence's words could turn its sense: no denial, and nothing that undoes.
    pub is_plain: bool,
    /// Which side the claim takes on what the words say.
    pub side: Side,
    /// Whether something is asked for.
    pub is_ask: bool,
    /// Whether the actor promises it.
    pub is_promise: bool,
    /// 1 to 5 on the ladder of diplomatic language; 0 if the store does not say.
    pub strength: u8,
}

impl Matter {
    /// The matter of a position; `None` for courtesies, for who is asked with nothing to do, and for words that tell nothing
    /// apart.
    pub fn of(record: &Record<'_>, line: &ClaimLine) -> Option<Self> {
        let claim = record.claim(line.id)?;
        let object = object(record, &claim)?;
        if is_courtesy(record, &claim) {
            return None;
        }
        let phrase = if record.quads().is_literal(object) {
            record.quads().text(object).to_owned()
        } else {
            record.label(object)
        };
        let aspects: Vec<String> = claim.qualified(Qualifier::Aspect).map(|id| record.words(id)).collect();
        let mut words = undone(&phrase);
        words.extend(aspects.iter().flat_map(|aspect| stems(aspect)));
        words.sort_unstable();
        words.dedup();
        // Who supports or opposes a State takes a side on that State.
        let is_backed = is_backed(record, &claim, line.stance);
        let counts = |id: &TermId| is_backed || is_shared(record, *id);
        let thing = Some(object).filter(counts).filter(|_| aspects.is_empty());
        // One common word ("peace", "challenges") is spoken of in too many ways to be one matter.
        if !is_backed && (words.is_empty() || words.len() < 2 && thing.is_none_or(|id| is_bare(record, id))) {
            return None;
        }
        let is_task = ADDRESSING.contains(&claim.relation.name()) && record.quads().is_literal(object);
        let quote = claim.passages.first().and_then(|passage| record.quote(*passage).words).unwrap_or_default();
        // "eliminate the loopholes in the regime" has the regime as its object and is not against it.
        let is_mixed = aspects.iter().any(|aspect| aspect.split(' ').any(turns));
        // The whole phrase holds the name already.
        let whole = aspects.iter().find(|aspect| aspect.to_lowercase().contains(&phrase.to_lowercase()));
        let label = match (whole, aspects.is_empty()) {
            (Some(whole), _) => whole.clone(),
            (None, true) => phrase.clone(),
            (None, false) => format!("{phrase} ({})", aspects.join(", ")),
        };
        Some(Self {
            label: one_line(&label),
            plain_label: one_line(&without_head(&phrase)),
            thing,
            stems: words,
            names: names(&phrase),
            is_plain: !quote.split(|c: char| !c.is_alphanumeric()).any(turns) && (is_task || holds(quote, &phrase)),
            is_put: quote.split_whitespace().count() > phrase.split_whitespace().count(),
            side: if is_mixed || line.stance == Stance::Against && is_complement(quote, &phrase) {
                Side::Neither
            } else {
                side(&claim, line.stance, head_sense(&phrase))
            },
            is_ask: line.stance == Stance::Asks,
            is_promise: claim.relation.name() == "commitsTo",
            strength: claim.strength.and_then(|rung| rung.parse().ok()).unwrap_or(0),
        })
    }

    /// Whether it is the same as another, by thing or by words.
    pub fn is_like(&self, other: &Self) -> bool {
        if self.thing.is_some() && self.thing == other.thing {
            return true;
        }
        if !is_within(&self.names, &other.names) && !is_within(&other.names, &self.names) {
            return false;
        }
        let shared = self.shared(other);
        let (fewer, more) = (self.stems.len().min(other.stems.len()), self.stems.len().max(other.stems.len()));
        shared >= 2 && shared as f64 >= OF_FEWER * fewer as f64 && shared as f64 >= OF_MORE * more as f64
    }

    fn shared(&self, other: &Self) -> usize {
        self.stems.iter().filter(|stem| other.stems.binary_search(stem).is_ok()).count()
    }

    /// Whether two claims are so much on the same that one can contradict or outdo the other: by a thing that is no topic, body
    /// or place, or by the same names and all words but one.
    pub fn is_same(&self, record: &Record<'_>, other: &Self) -> bool {
        let is_thing = self.thing == other.thing && self.thing.is_some_and(|id| !is_bare(record, id));
        let shared = self.shared(other);
        is_thing || self.names == other.names && shared >= 2 && shared + 1 >= self.stems.len().max(other.stems.len())
    }
}

/// Whether a word may turn the sense of what stands behind it.
fn turns(word: &str) -> bool {
    let lower = word.to_lowercase();
    WordClass::UndoingWord.has(&lower) || WordClass::TurningWord.has(&lower)
}

/// Whether a quote has at least half of the content words of a phrase: else what stands between is not known.
fn holds(quote: &str, phrase: &str) -> bool {
    let (quote, phrase) = (stems(quote), stems(phrase));
    2 * phrase.iter().filter(|stem| quote.contains(stem)).count() >= phrase.len()
}

/// Whether a phrase, or what it is on, stands behind "of": who condemns the situation of something is not against the thing.
fn is_complement(quote: &str, phrase: &str) -> bool {
    let (quote, phrase) = (one_line(quote).to_lowercase(), one_line(phrase).to_lowercase());
    let before = quote.find(&phrase).and_then(|at| quote.get(..at)).unwrap_or_default();
    let mut words =
        before.split_whitespace().rev().skip_while(|word| WordClass::DefiniteWord.has(word) || *word == "all");
    let head = phrase.split_once(" of ").and_then(|(head, _)| head.rsplit(' ').next()).unwrap_or_default();
    words.next() == Some("of") || Lexicon::embedded().is_empty_noun(head)
}

fn is_within(few: &[String], many: &[String]) -> bool {
    few.iter().all(|name| many.binary_search(name).is_ok())
}

/// Whether a thing is no matter by itself: one can be for and against many sides of a topic, a body or a place.
fn is_bare(record: &Record<'_>, id: TermId) -> bool {
    let class = record.class(id);
    let is_text =
        |class: Class| matches!(class.kind(), Kind::Treaty | Kind::Resolution | Kind::Document | Kind::LegalProvision);
    class != Some(Class::Matter) && !class.is_some_and(is_text)
}

/// What is asked or judged: the object, or what one is asked to do.
fn object(record: &Record<'_>, claim: &Claim<'_>) -> Option<TermId> {
    if !ADDRESSING.contains(&claim.relation.name()) {
        return Some(claim.object);
    }
    let done = [Qualifier::Task, Qualifier::To, Qualifier::For].into_iter().find_map(|one| claim.qualified(one).next());
    // "requests the report" has no addressee.
    done.or_else(|| Some(claim.object).filter(|&id| !is_actor(record, id)))
}

/// Thanks and congratulations to people, States, offices and meetings are no positions on a matter.
fn is_courtesy(record: &Record<'_>, claim: &Claim<'_>) -> bool {
    let is_greeted =
        is_actor(record, claim.object) || record.class(claim.object).is_some_and(|class| class.kind() == Kind::Meeting);
    claim.relation.name() == "commends" && is_greeted
}

/// Whether a claim is for or against a State or group as such.
fn is_backed(record: &Record<'_>, claim: &Claim<'_>, stance: Stance) -> bool {
    let takes_side = matches!(stance, Stance::For | Stance::Against) && !ADDRESSING.contains(&claim.relation.name());
    takes_side && claim.qualified(Qualifier::Aspect).next().is_none() && is_actor(record, claim.object)
}

fn is_actor(record: &Record<'_>, id: TermId) -> bool {
    record.class(id).is_some_and(|class| {
        matches!(class, Class::StateGroup | Class::Person | Class::NonStateActor | Class::Delegation)
            || matches!(class.kind(), Kind::State | Kind::PersonRole)
    })
}

/// Whether texts share it: it is known apart from them, and no State, person or sort of people.
fn is_shared(record: &Record<'_>, id: TermId) -> bool {
    !record.quads().is_literal(id) && !is_actor(record, id) && record.class(id).is_some()
}

fn side(claim: &Claim<'_>, stance: Stance, sense: HeadSense) -> Side {
    let has_aspect = claim.qualified(Qualifier::Aspect).next().is_some();
    let side = match stance {
        _ if WITHOUT_SIDE.contains(&claim.relation.name()) => return Side::Neither,
        Stance::For | Stance::Asks => Side::For,
        Stance::Against => Side::Against,
        Stance::None => return Side::Neither,
    };
    match (sense, side) {
        (HeadSense::Plain, side) => side,
        // Who asks to watch the violations of something is not against it, nor is it told that he is for it.
        (HeadSense::Unclear, _) | (HeadSense::Harming, Side::For) => Side::Neither,
        _ if has_aspect => Side::Neither,
        (_, Side::For) => Side::Against,
        (_, _) => Side::For,
    }
}

/// Whether the side of a claim can be taken at its word: who is for something says so without a word that turns the sense.
pub fn is_clear(matter: &Matter) -> bool {
    matter.is_plain || matter.side == Side::Against
}

/// The strongest claim that fits; of equals the first.
pub fn strongest<'g>(claims: &[&'g (usize, Matter)], fits: impl Fn(&Matter) -> bool) -> Option<&'g (usize, Matter)> {
    claims
        .iter()
        .copied()
        .filter(|(_, matter)| fits(matter))
        .reduce(|best, next| if next.1.strength > best.1.strength { next } else { best })
}

/// The strongest claim that takes a side, if none takes the other.
pub fn sided<'g>(claims: &[&'g (usize, Matter)]) -> Option<&'g (usize, Matter)> {
    let takes = |side: Side| strongest(claims, |matter| matter.side == side);
    match (takes(Side::For), takes(Side::Against)) {
        (Some(claim), None) | (None, Some(claim)) => Some(claim),
        _ => None,
    }
}

/// Puts claims under matters: each goes to the first that is like it.
#[derive(Default)]
pub struct Gathered {
    groups: Vec<Vec<(usize, Matter)>>,
    by_thing: HashMap<TermId, usize>,
    by_stem: HashMap<String, Vec<usize>>,
}

impl Gathered {
    /// Adds the claim of that number.
    pub fn add(&mut self, number: usize, matter: Matter) {
        let at = self.find(&matter).unwrap_or_else(|| {
            self.groups.push(Vec::new());
            self.groups.len() - 1
        });
        if let Some(thing) = matter.thing {
            self.by_thing.entry(thing).or_insert(at);
        }
        if self.groups[at].is_empty() {
            for stem in &matter.stems {
                self.by_stem.entry(stem.clone()).or_default().push(at);
            }
        }
        self.groups[at].push((number, matter));
    }

    /// The matter that one is like: the same thing before the same words, then the first.
    fn find(&self, matter: &Matter) -> Option<usize> {
        if let Some(&at) = matter.thing.and_then(|thing| self.by_thing.get(&thing)) {
            return Some(at);
        }
        let mut lists: Vec<&Vec<usize>> = matter.stems.iter().filter_map(|stem| self.by_stem.get(stem)).collect();
        lists.sort_by_key(|list| list.len());
        // Most words are shared, and so is one of the rarest.
        let candidates = lists.into_iter().take(3).flat_map(|list| list.iter().rev().take(CANDIDATES));
        candidates.copied().filter(|&at| self.groups[at][0].1.is_like(matter)).min()
    }

    /// The groups, each in the order in which its claims were added.
    pub fn into_groups(self) -> Vec<Vec<(usize, Matter)>> {
        self.groups
    }
}
