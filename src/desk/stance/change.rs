//! How an actor's positions moved: matter by matter, what was said first, put more strongly or more weakly, turned round,
//! asked for or given a reason anew, and what later statements on the same topic do not say again. Silence is told as silence:
//! only where the words of the matter stand in none of the later statements that speak of its topic.

use std::collections::{BTreeSet, HashMap};

use crate::desk::said::{ClaimLine, Said};
use crate::model::text::counted;
use crate::query::{Placing, Topics};
use crate::record::{Labels, Record, TermId};
use crate::seeds::WordClass;

use super::heard::Heard;
use super::matter::{Gathered, Matter, Side, is_clear, sided, strongest};
use super::near::{Told, past_year, sentence_around};
use super::{Scope, own_positions, own_texts, placing};

/// With so few statements, what only one of them says is told too.
const FEW: usize = 3;

/// The least confidence of both claims of a turn: to say that a State changed sides wants two claims of which hardly one in
/// ten is wrong (`seeds/model/README.md`).
const SURE_OF_TURN: f64 = 0.8;

/// What happened to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// For before, against now, or the other way round.
    Turned,
    /// More rungs up the ladder of diplomatic language than before.
    Strengthened,
    /// Fewer.
    Weakened,
    /// Something is asked for that was not asked for before.
    NewAsk,
    /// It was said before without a reason, or with none in these words.
    NewReason,
    /// No earlier statement says it.
    FirstSaid,
    /// Later statements that speak of the topic do not say it.
    NotSaidAgain,
}

impl ChangeKind {
    /// For a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Turned => "turned round",
            Self::Strengthened => "strengthened",
            Self::Weakened => "weakened",
            Self::NewAsk => "new ask",
            Self::NewReason => "new reason",
            Self::FirstSaid => "first in this store",
            Self::NotSaidAgain => "not said again",
        }
    }
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// What happened.
    pub kind: ChangeKind,
    /// The day of the statement that shows it, ISO 8601.
    pub date: String,
    /// The narrowest topic of the matter.
    pub topic: Option<TermId>,
    /// The matter, in the words in which it was first said.
    pub matter: String,
    /// The number of the claim that was made now; `None` for silence.
    pub now: Option<usize>,
    /// The number of the claim that was made before.
    pub before: Option<usize>,
    /// What else a reader should know, in words.
    pub note: String,
}

/// What is asked.
pub struct ChangePlan<'s> {
    /// Whose positions.
    pub actor: TermId,
    /// Which of them; rows are of this time, what they are compared with may be older.
    pub scope: Scope<'s>,
    /// Also what only one statement says.
    pub all: bool,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// By topic, matter and date.
    pub rows: Vec<ChangeRow>,
    /// How many statements of the actor have a date.
    pub statements: usize,
    /// First or last words on matters of which only one statement speaks.
    pub left_out: usize,
}

impl Changes {
    /// Compares an actor's own positions. `text` gives a stored text by its SHA-256.
    pub fn of(record: &Record<'_>, said: &Said, plan: &ChangePlan<'_>, text: &dyn Fn(&str) -> Option<String>) -> Self {
        let topics = Topics::new(record);
        let own: Vec<usize> = own_texts(record, said, plan.actor)
            .into_iter()
            .filter(|&at| plan.scope.is_not_after(&said.texts()[at].date))
            .collect();
        let mut change = Change::new(record, said, plan, &topics, own, text);
        let mut gathered = Gathered::default();
        for number in own_positions(record, said, plan.actor, &plan.scope) {
            let line = &said.claims()[number];
            if plan.scope.is_not_after(said.date_of(line))
                && let Some(matter) = Matter::of(record, line)
            {
                gathered.add(number, matter);
            }
        }
        gathered.into_groups().iter().for_each(|group| change.compare(group));
        change.done()
    }
}

/// What one statement says on a matter.
struct Statement<'g> {
    text: usize,
    claims: Vec<&'g (usize, Matter)>,
}

struct Change<'a> {
    record: &'a Record<'a>,
    said: &'a Said,
    plan: &'a ChangePlan<'a>,
    labels: Labels<'a>,
    placing: Placing<'a>,
    /// The actor's texts, oldest first.
    own: Vec<usize>,
    heard: Heard,
    /// All positions of the actor, on whatever topic.
    positions: Vec<(usize, Matter)>,
    /// The topics of which each text speaks.
    spoken: HashMap<usize, BTreeSet<TermId>>,
    words: HashMap<usize, Vec<char>>,
    rows: Vec<(Order, ChangeRow)>,
    left_out: usize,
}

/// By topic, then by matter in the order in which matters came up, then by date.
type Order = (bool, String, usize, String, ChangeKind);

impl<'a> Change<'a> {
    fn new(
        record: &'a Record<'a>,
        said: &'a Said,
        plan: &'a ChangePlan<'a>,
        topics: &'a Topics<'a>,
        own: Vec<usize>,
        text: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let phrases = topics.phrases();
        let (mut heard, mut spoken, mut words) = (Heard::default(), HashMap::new(), HashMap::new());
        for &at in &own {
            let text = text(&said.texts()[at].sha256).unwrap_or_default();
            heard.add(at, &text);
            let signs: BTreeSet<TermId> = phrases.find(&text).into_iter().collect();
            let above = signs.iter().flat_map(|&sign| topics.above(sign)).collect::<BTreeSet<_>>();
            spoken.insert(at, signs.into_iter().chain(above).collect());
            words.insert(at, text.chars().collect());
        }
        let placing = placing(record, topics, &plan.scope);
        let all = Scope { topic: None, ..plan.scope };
        let position = |number: usize| Some((number, Matter::of(record, &said.claims()[number])?));
        let positions = own_positions(record, said, plan.actor, &all).into_iter().filter_map(position).collect();
        Self {
            positions,
            record,
            said,
            plan,
            labels: Labels::new(record),
            placing,
            own,
            heard,
            spoken,
            words,
            rows: Vec::new(),
            left_out: 0,
        }
    }

    fn compare(&mut self, group: &[(usize, Matter)]) {
        let mut statements: Vec<Statement<'_>> = Vec::new();
        for claim in group {
            let Some(text) = self.said.claims()[claim.0].text else { continue };
            match statements.last_mut() {
                Some(last) if last.text == text => last.claims.push(claim),
                _ => statements.push(Statement { text, claims: vec![claim] }),
            }
        }
        let claims = group.iter().filter_map(|(number, _)| self.record.claim(self.said.claims()[*number].id));
        let topic = claims.collect::<Vec<_>>().iter().find_map(|claim| self.placing.narrowest(claim));
        let (Some(first), Some(last)) = (statements.first(), statements.last()) else { return };
        let is_repeated = statements.len() > 1;
        if let Some(row) = self.first_said(first, topic) {
            self.keep(row, group[0].0, is_repeated || self.plan.scope.topic.is_some());
        }
        for pair in statements.windows(2) {
            for row in self.between(&pair[0], &pair[1], topic, group) {
                self.keep(row, group[0].0, true);
            }
        }
        // One statement may speak of what others need not.
        if let Some(row) = self.silence(last, topic).filter(|_| is_repeated || self.plan.all) {
            self.keep(ChangeRow { matter: group[0].1.label.clone(), ..row }, group[0].0, is_repeated);
        }
    }

    fn keep(&mut self, row: ChangeRow, matter: usize, is_usual: bool) {
        if !self.plan.scope.has_day(&row.date) {
            return;
        }
        if !is_usual && !self.plan.all && self.own.len() > FEW {
            self.left_out += 1;
            return;
        }
        let topic = row.topic.map(|topic| self.record.label(topic));
        let order = (topic.is_none(), topic.unwrap_or_default(), matter, row.date.clone(), row.kind);
        self.rows.push((order, row));
    }

    /// The first statement on a matter, if earlier ones have not even its words.
    fn first_said(&self, statement: &Statement<'_>, topic: Option<TermId>) -> Option<ChangeRow> {
        let (number, matter) = strongest(&statement.claims, |_| true)?;
        let earlier: Vec<usize> = self.own.iter().copied().filter(|&at| at < statement.text).collect();
        let is_heard = self.heard.texts_with(&matter.stems).iter().any(|&at| at < statement.text);
        let is_old =
            || self.says_again(*number) || self.is_past(*number) || self.is_said(*number, matter, statement.text);
        if earlier.is_empty() || is_heard || is_old() {
            return None;
        }
        let kind = if matter.is_ask { ChangeKind::NewAsk } else { ChangeKind::FirstSaid };
        let on_topic = earlier.iter().filter(|&&at| self.speaks(at, topic)).count();
        let all = counted(earlier.len(), "earlier statement");
        let note = match topic.map(|topic| self.labels.brief(self.record.quads().text(topic))) {
            Some(topic) if on_topic == 0 => format!("{all}, none on {topic}"),
            Some(topic) if on_topic == earlier.len() => format!("{all} on {topic}, none says this"),
            Some(topic) => format!("{all}, {on_topic} on {topic}, none says this"),
            None => format!("{all}, none says this"),
        };
        Some(self.row(kind, topic, matter, (*number, None), note))
    }

    /// What changed from one statement on a matter to the next.
    fn between(
        &self,
        before: &Statement<'_>,
        now: &Statement<'_>,
        topic: Option<TermId>,
        group: &[(usize, Matter)],
    ) -> Vec<ChangeRow> {
        let mut rows = Vec::new();
        if let (Some(mine), Some(theirs)) = (sided(&before.claims), sided(&now.claims))
            && mine.1.side != theirs.1.side
            && mine.1.is_same(self.record, &theirs.1)
            && is_clear(&mine.1)
            && is_clear(&theirs.1)
            && [mine.0, theirs.0].iter().all(|&number| self.said.claims()[number].confidence >= SURE_OF_TURN)
        {
            let note = format!("{} before, {} now", side_words(mine.1.side), side_words(theirs.1.side));
            rows.push(self.row(ChangeKind::Turned, topic, &theirs.1, (theirs.0, Some(mine.0)), note));
            return rows;
        }
        for (side, is_ask) in [(Side::For, true), (Side::Against, true), (Side::For, false), (Side::Against, false)] {
            let fits = |matter: &Matter| {
                matter.side == side && matter.is_ask == is_ask && matter.strength > 0 && matter.is_put
            };
            let (Some(old), Some(new)) = (strongest(&before.claims, fits), strongest(&now.claims, fits)) else {
                continue;
            };
            // What one promises and what one welcomes do not stand on one ladder.
            if old.1.is_promise != new.1.is_promise || !old.1.is_same(self.record, &new.1) {
                continue;
            }
            let kind = match new.1.strength.cmp(&old.1.strength) {
                std::cmp::Ordering::Greater => ChangeKind::Strengthened,
                std::cmp::Ordering::Less => ChangeKind::Weakened,
                std::cmp::Ordering::Equal => continue,
            };
            let note = format!("rung {} of 5 before, {} now", old.1.strength, new.1.strength);
            rows.push(self.row(kind, topic, &new.1, (new.0, Some(old.0)), note));
        }
        let asks = |matter: &Matter| matter.is_ask;
        if strongest(&before.claims, asks).is_none()
            && let (Some(new), Some(old)) = (strongest(&now.claims, asks), strongest(&before.claims, |_| true))
            && !group
                .iter()
                .any(|(number, matter)| matter.is_ask && *number < new.0 && self.text(*number) != Some(now.text))
            && rows.is_empty()
            && new.1.is_same(self.record, &old.1)
        {
            let note = "said before, and asked for now".to_owned();
            rows.push(self.row(ChangeKind::NewAsk, topic, &new.1, (new.0, Some(old.0)), note));
        }
        rows.extend(self.reason(before, now, topic, group));
        rows
    }

    /// A reason that no earlier statement on the matter gives.
    fn reason(
        &self,
        before: &Statement<'_>,
        now: &Statement<'_>,
        topic: Option<TermId>,
        group: &[(usize, Matter)],
    ) -> Option<ChangeRow> {
        let earlier = group.iter().filter(|(number, _)| self.text(*number).is_some_and(|text| text < now.text));
        if earlier.into_iter().any(|(number, _)| self.reason_of(*number).is_some()) {
            return None;
        }
        let (new, reason) = now.claims.iter().find_map(|claim| Some((claim, self.reason_of(claim.0)?)))?;
        let old = strongest(&before.claims, |_| true).filter(|old| old.1.is_same(self.record, &new.1))?;
        Some(self.row(ChangeKind::NewReason, topic, &new.1, (new.0, Some(old.0)), format!("“{reason}”")))
    }

    /// The reason behind the words of a claim, in its sentence.
    fn reason_of(&self, number: usize) -> Option<String> {
        let line = &self.said.claims()[number];
        let letters = self.words.get(&line.text?)?;
        let rest: String =
            letters.get(line.place.1..)?.iter().take(400).take_while(|c| !".;?!".contains(**c)).collect();
        let rest = crate::model::text::one_line(&rest);
        let lower = rest.to_lowercase();
        let openers = WordClass::ReasonOpener.words().iter();
        let at = openers.filter_map(|opener| Some((find_words(&lower, opener)?, opener.len()))).min()?;
        let is_near = rest.get(..at.0)?.split_whitespace().count() <= 12;
        let has_clause = rest.get(at.0 + at.1..)?.split_whitespace().count() >= 2;
        (is_near && has_clause).then(|| rest.get(at.0..).map(str::to_owned))?
    }

    /// "We reiterate our call", "Peru continues to support it": the sentence itself tells that this is not the first time.
    fn says_again(&self, number: usize) -> bool {
        let sentence = self.sentence(number).to_lowercase();
        WordClass::Renewal.words().iter().any(|words| find_words(&sentence, words).is_some())
    }

    /// Whether the sentence tells of a deed of an earlier year.
    fn is_past(&self, number: usize) -> bool {
        let line = &self.said.claims()[number];
        let claim = self.record.claim(line.id);
        let quote = claim.and_then(|claim| self.record.quote(*claim.passages.first()?).words).unwrap_or_default();
        let year = self.said.date_of(line).get(..4).unwrap_or_default();
        past_year(quote, &self.sentence(number), year).is_some()
    }

    /// Whether an earlier statement takes the same stance on the matter or on a broader one, under whatever topic.
    fn is_said(&self, number: usize, matter: &Matter, text: usize) -> bool {
        let told = |number: usize, matter| Told { line: &self.said.claims()[number], matter };
        let now = told(number, matter);
        self.positions.iter().any(|(other, matter)| {
            let before = told(*other, matter);
            self.text(*other).is_some_and(|at| at < text) && now.is_kin(&before) && now.is_within(self.record, &before)
        })
    }

    fn sentence(&self, number: usize) -> String {
        let line = &self.said.claims()[number];
        let letters = line.text.and_then(|text| self.words.get(&text));
        letters.map(|letters| sentence_around(letters, line.place)).unwrap_or_default()
    }

    /// Whether later statements that speak of the topic have nothing of a matter, not even its words.
    fn silence(&self, last: &Statement<'_>, topic: Option<TermId>) -> Option<ChangeRow> {
        let (number, matter) = strongest(&last.claims, |_| true)?;
        let label = self.labels.brief(self.record.quads().text(topic?));
        let later: Vec<usize> =
            self.own.iter().copied().filter(|&at| at > last.text && self.speaks(at, topic)).collect();
        let is_heard = self.heard.texts_with(&matter.stems).iter().any(|&at| at > last.text);
        // One statement may well be on something else.
        let is_long = later.len() > 1 || self.plan.all;
        let first = *later.first().filter(|_| !is_heard && is_long)?;
        let (date, until) = (self.said.texts()[first].date.clone(), &self.said.texts()[*later.last()?].date);
        let span = if later.len() == 1 { date.clone() } else { format!("{date} to {until}") };
        let note = format!("silence: {} on {label}, {span}, without it", counted(later.len(), "later statement"));
        Some(ChangeRow {
            date,
            now: None,
            before: Some(*number),
            ..self.row(ChangeKind::NotSaidAgain, topic, matter, (*number, None), note)
        })
    }

    fn speaks(&self, text: usize, topic: Option<TermId>) -> bool {
        topic.is_none_or(|topic| self.spoken.get(&text).is_some_and(|topics| topics.contains(&topic)))
    }

    fn text(&self, number: usize) -> Option<usize> {
        self.said.claims()[number].text
    }

    fn row(
        &self,
        kind: ChangeKind,
        topic: Option<TermId>,
        matter: &Matter,
        (now, before): (usize, Option<usize>),
        note: String,
    ) -> ChangeRow {
        let line: &ClaimLine = &self.said.claims()[now];
        let date = self.said.date_of(line).to_owned();
        ChangeRow { kind, date, topic, matter: matter.label.clone(), now: Some(now), before, note }
    }

    fn done(mut self) -> Changes {
        self.rows.sort_by(|a, b| a.0.cmp(&b.0));
        let mut rows: Vec<ChangeRow> = Vec::new();
        for (_, row) in self.rows {
            // Two matters of one sentence moved as one.
            let is_same = |other: &ChangeRow| {
                let is_told = row.now.is_some() && other.kind == row.kind && other.before == row.before;
                is_told && is_one_place(self.said, other.now, row.now)
            };
            if !rows.iter().any(is_same) {
                rows.push(row);
            }
        }
        Changes { rows, statements: self.own.len(), left_out: self.left_out }
    }
}

/// Whether two claims rest on the same words, or one on part of the other's.
fn is_one_place(said: &Said, one: Option<usize>, other: Option<usize>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    said.claims()[one].meets(&said.claims()[other])
}

const fn side_words(side: Side) -> &'static str {
    match side {
        Side::For => "for",
        Side::Against => "against",
        Side::Neither => "neither",
    }
}

/// Where whole words stand in a text, in bytes.
fn find_words(text: &str, words: &str) -> Option<usize> {
    text.match_indices(words).map(|(at, _)| at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}
