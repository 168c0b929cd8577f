//! What stands around the name of a State that tells whether the speaker belongs to it.

use crate::model::{Sentence, Span};
use crate::seeds::WordClass;

use super::super::Context;
use super::Evidence;

/// How many bytes count as start and end of what is said.
const START: usize = 900;
const END: usize = 1200;

/// How often each cue was met.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub named: u32,
    /// The first name beside a formula, else the first beside the first person, else the first.
    pub shown_by: Span,
    /// How well that one shows it.
    shows: u32,
    behalf: u32,
    greetings: u32,
    my_country: u32,
    government_of: u32,
    government: u32,
    /// Its delegation is named.
    pub delegation: u32,
    like: u32,
    for_it: u32,
    we_in: u32,
    we: u32,
    stance: u32,
    second_stance: u32,
    belonging: u32,
    as_a: u32,
    first_person: u32,
    my: u32,
    start: u32,
    end: u32,
    stranger: u32,
    office: u32,
    subject: u32,
    you: u32,
    committed: u32,
    deeds: u32,
    elected: u32,
    strife: u32,
    newcomer: u32,
    blessed: u32,
    neighbour: u32,
    /// The tenths of what is said in which it is named, a bit each.
    tenths: u16,
}

impl Counts {
    fn formulas(&self) -> u32 {
        self.behalf + self.greetings + self.my_country + self.like + self.we_in + self.we + self.office
    }

    /// Whether anything but its frequency shows that it is the speaker's: a formula, its delegation, what it has a mind to.
    pub fn shows_itself(&self) -> bool {
        self.formulas() + self.delegation + self.committed > 0
    }

    /// The figures that are weighed; `all` names of States are in the text, `most` of the State named most often.
    pub fn evidence(&self, all: u32, most: u32) -> Evidence {
        let of = |count: u32| (count.min(8) as f32).ln_1p();
        let share = |count: u32| count as f32 / self.named.max(1) as f32;
        let formula = self.behalf + self.greetings + self.my_country > 0;
        [
            (self.named.min(99) as f32).ln_1p(),
            self.named as f32 / all.max(1) as f32,
            of(self.behalf),
            of(self.greetings),
            of(self.my_country),
            of(self.government_of),
            of(self.government),
            of(self.delegation),
            of(self.like),
            of(self.for_it),
            of(self.we_in),
            of(self.we),
            of(self.stance),
            of(self.second_stance),
            of(self.belonging),
            of(self.as_a),
            of(self.first_person),
            of(self.my),
            of(self.start),
            of(self.end),
            share(self.stranger),
            share(self.first_person),
            of(self.office),
            f32::from(u8::from(formula)),
            share(self.stance),
            share(self.subject + self.stance),
            share(self.you),
            of(self.committed),
            of(self.deeds),
            share(self.elected),
            share(self.strife),
            of(self.newcomer),
            of(self.blessed),
            of(self.neighbour),
            self.tenths.count_ones() as f32 / 10.0,
            self.named as f32 / most.max(1) as f32,
            share(self.committed + self.deeds),
            1.0,
        ]
    }
}

/// The words of a sentence around a name.
struct Around<'a> {
    /// Before it, the last first.
    before: Vec<&'a str>,
    /// The same as the text has it, capitals kept.
    written: Vec<&'a str>,
    after: Vec<&'a str>,
}

impl<'a> Around<'a> {
    fn of(text: &'a str, lower: &'a [String], sentence: &Sentence, name: Span) -> Self {
        let first = sentence.tokens.partition_point(|token| token.span.start < name.start);
        let past = sentence.tokens.partition_point(|token| token.span.start < name.end);
        Self {
            before: lower[..first].iter().rev().map(String::as_str).collect(),
            written: sentence.tokens[..first].iter().rev().map(|token| token.span.of(text)).collect(),
            after: lower[past..].iter().map(String::as_str).collect(),
        }
    }

    fn before(&self, i: usize) -> &'a str {
        self.before.get(i).copied().unwrap_or_default()
    }

    fn after(&self, i: usize) -> &'a str {
        self.after.get(i).copied().unwrap_or_default()
    }

    /// Looks back over courtesies and names for one of the words.
    fn led_by(&self, wanted: impl Fn(usize) -> bool) -> bool {
        let courtly = |i: usize| {
            WordClass::CourtlyWord.has(self.before(i))
                || matches!(self.before(i), "," | "." | "'" | "’")
                || self.written[i].starts_with(char::is_uppercase)
        };
        (0..self.before.len()).find(|&i| wanted(i) || !courtly(i)).is_some_and(wanted)
    }
}

/// Counts what stands around one name.
pub(super) fn count(context: &Context, within: Span, name: Span, counts: &mut Counts) {
    counts.named += 1;
    counts.start += u32::from(name.start < within.start + START);
    counts.end += u32::from(name.end + END > within.end);
    let tenth = (name.start - within.start) * 10 / within.len().max(1);
    counts.tenths |= 1 << tenth.min(9);
    let at = context.sentences.partition_point(|sentence| sentence.span.end <= name.start);
    let Some(sentence) = context.sentences.get(at).filter(|sentence| sentence.span.start <= name.start) else { return };
    let text = &context.doc.text;
    let lower: Vec<String> = sentence.tokens.iter().map(|token| token.span.of(text).to_lowercase()).collect();
    let around = Around::of(text, &lower, sentence, name);
    let before = counts.formulas();
    formulas(&around, counts);
    let shows = 1
        + 2 * u32::from(counts.formulas() > before)
        + u32::from(lower.iter().any(|word| WordClass::FirstPerson.has(word)));
    if shows > counts.shows {
        (counts.shows, counts.shown_by) = (shows, name);
    }
    government(&around, counts);
    subject(&around, counts);
    let has = |words: &[&str]| lower.iter().any(|word| words.contains(&word.as_str()));
    counts.first_person += u32::from(lower.iter().any(|word| WordClass::FirstPerson.has(word)));
    counts.you += u32::from(has(&["you", "your"]));
    let mine = |pair: &[String]| {
        matches!(pair[0].as_str(), "my" | "our")
            && matches!(pair[1].as_str(), "country" | "delegation" | "government" | "people" | "nation")
    };
    counts.my += u32::from(lower.windows(2).any(mine));
    let any = |class: WordClass| lower.iter().any(|word| class.has(word));
    counts.elected += u32::from(any(WordClass::ElectionWord) && !any(WordClass::HomeNoun));
    counts.strife += u32::from(any(WordClass::StrifeWord));
    counts.newcomer += u32::from(any(WordClass::NewcomerWord));
    counts.blessed +=
        u32::from(matches!(around.before(0), "live" | "bless") || around.led_by(|i| around.before(i) == "bless"));
    deeds(&around, counts);
}

/// "X is committed to", "X has ratified", "X's neighbours" and "our neighbour X".
fn deeds(around: &Around<'_>, counts: &mut Counts) {
    let verb = (0..3).find(|&i| WordClass::OwnAuxiliary.has(around.after(i))).filter(|&i| i == 0);
    let said = verb.map_or("", |_| {
        (1..4)
            .map(|i| around.after(i))
            .find(|word| !word.ends_with("ly") && !matches!(*word, "also" | "been" | "always" | "not" | "never"))
            .unwrap_or_default()
    });
    counts.committed += u32::from(WordClass::OwnMind.has(said));
    counts.deeds += u32::from(WordClass::OwnDeed.has(said) || WordClass::OwnDeed.has(around.after(0)));
    let neighbour = (0..3).any(|i| around.before(i).starts_with("neighb"));
    counts.neighbour += u32::from(neighbour);
}

/// "on behalf of the people of X", "my country, X", "countries like X", "as President of X, I".
fn formulas(around: &Around<'_>, counts: &mut Counts) {
    let behalf = |i: usize| around.before(i) == "behalf" || around.before(i) == "name" && around.before(i + 1) == "the";
    counts.behalf += u32::from(around.led_by(behalf));
    counts.greetings += u32::from(around.led_by(|i| WordClass::GreetingNoun.has(around.before(i))));
    let words: Vec<&str> = bare(around).filter(|word| !matches!(*word, "," | "—" | "–" | "-" | "’")).take(4).collect();
    let own = words.first().is_some_and(|word| WordClass::HomeNoun.has(word))
        && words.iter().skip(1).any(|word| matches!(*word, "my" | "our"));
    let apposed =
        matches!(around.after(0), "," | "—") && matches!(around.after(1), "my" | "our") && around.after(2) == "country";
    counts.my_country += u32::from(own || apposed);
    let near: Vec<&str> = bare(around).take(7).collect();
    let likened = near.first() == Some(&"like") || near.starts_with(&["as", "such"]);
    counts.like += u32::from(likened && near.iter().any(|word| WordClass::CountryNoun.has(word)));
    let second = around.before(1);
    let opens = |word: &str| word.is_empty() || is_stop(word) || matches!(word, "we" | "as" | ",");
    counts.for_it += u32::from(matches!(around.before(0), "for" | "in" | "with" | "as") && opens(second));
    counts.we_in +=
        u32::from(matches!(around.before(0), "in" | "from" | "of") && matches!(second, "we" | "us" | "here"));
    counts.we += u32::from(matches!(bare(around).next(), Some("we" | "us" | "ourselves" | "our" | "fellow")));
    let far: Vec<&str> = around.before.iter().copied().take(22).collect();
    let has = |words: &[&str]| far.iter().any(|word| words.contains(word));
    let represents =
        far.iter().take(10).any(|word| matches!(*word, "as" | "representing" | "represent" | "leading" | "lead"));
    counts.office += u32::from(represents && has(&["i", "me", "my"]) && !has(&["you", "your"]));
}

/// The words before a name, those of its formal form left out.
fn bare<'a>(around: &'a Around<'_>) -> impl Iterator<Item = &'a str> {
    around.before.iter().copied().skip_while(|word| WordClass::FormalName.has(word))
}

/// "the Government of X", "the X delegation".
fn government(around: &Around<'_>, counts: &mut Counts) {
    let named = |word: &str| matches!(word, "delegation" | "government" | "people" | "parliament");
    let head = bare(around).next().unwrap_or_default();
    counts.government_of += u32::from(named(head) && matches!(around.before(0), "of" | "the"));
    let after = around.after(0);
    counts.government += u32::from(matches!(after, "delegation" | "government" | "people" | "authorities"));
    counts.delegation += u32::from(after == "delegation" || head == "delegation");
    let belongs = match after {
        "'s" | "’s" | "'" | "’" => (1..4).any(|i| WordClass::Belonging.has(around.after(i))),
        _ => WordClass::Belonging.has(after),
    };
    counts.belonging += u32::from(belongs);
}

/// "X welcomes", "X, as a", and "the situation in X".
fn subject(around: &Around<'_>, counts: &mut Counts) {
    let head = bare(around).next().unwrap_or_default();
    let second = bare(around).nth(1).unwrap_or_default();
    let opens = head.is_empty()
        || is_stop(head)
        || matches!(head, "that" | "why" | "therefore" | "and" | ",")
        || head.bytes().all(|byte| byte.is_ascii_digit());
    let next = around.after(0);
    if WordClass::StanceVerb.has(next) {
        let slot = if opens { &mut counts.stance } else { &mut counts.second_stance };
        *slot += 1;
    } else if opens && next.chars().all(char::is_alphabetic) && next.ends_with(['s', 'd']) {
        counts.subject += 1;
    }
    let second_after = around.after(1);
    let apart = next == "," && matches!(second_after, "as" | "like" | "which" | "for")
        || matches!(next, "itself" | "too" | "remains");
    counts.as_a += u32::from(apart);
    let strange = WordClass::StrangerWord.has(head) && !matches!(second, "we" | "." | "," | "us" | "");
    counts.stranger += u32::from(strange);
}

fn is_stop(word: &str) -> bool {
    matches!(word, "." | ";" | ":" | "!" | "?" | "”" | "\"" | "“")
}
