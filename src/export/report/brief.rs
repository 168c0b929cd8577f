//! A brief on a topic: who is for what, who against, who asks for it, who changed, mandates and numbers, in as many pages as
//! were asked for. Nothing stands in it without its sentence; what is doubtful is marked.

use std::collections::HashMap;

use crate::model::text::counted;
use crate::query::Sentences;
use crate::record::{Record, TermId};

use super::dossier::{CitedClaim, Dossier};
use super::rows::date;
use super::{Body, Cell, Page, PageDraft, TextRun, numbers, said};

/// Claims below this confidence are marked.
const DOUBTFUL: f64 = 0.6;

/// Lines of a printed page, and what its head, a row and a footnote take of it, seen on pages as they print.
const PAGE_LINES: f64 = 58.0;
const HEAD_LINES: f64 = 20.0;
const ROW_LINES: f64 = 2.2;
const NOTE_LINES: f64 = 3.0;

/// The parts behind the questions, each with how much of the room it gets at most.
const PARTS: [(BriefPart, f64); 3] = [(changes, 0.15), (mandates, 0.1), (figures, 0.15)];

/// Writes a part; gives how many lines it takes.
type BriefPart =
    for<'d> fn((&'d Dossier<'d>, &'d ByClaim<'d>), &mut PageDraft, &BriefPlan, f64, &mut Vec<String>) -> f64;

/// A matter with those who take a stance on it, each with a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BriefMatter {
    /// The topic that it is under.
    pub topic: String,
    /// In words.
    pub label: String,
    /// Who is for it.
    pub supporters: Vec<(TermId, TermId)>,
    /// Who is against it.
    pub opponents: Vec<(TermId, TermId)>,
    /// Who asks for it.
    pub askers: Vec<(TermId, TermId)>,
    /// Who speaks of it without taking a side, or by another's word.
    pub others: Vec<(TermId, TermId)>,
    /// How many more there are, for whom there was no room.
    pub unnamed: usize,
}

/// Somebody's change, with the claims that show it.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefChange {
    /// Who.
    pub actor: TermId,
    /// What happened: `turned round`.
    pub what: String,
    /// To which matter.
    pub matter: String,
    /// The claims, the older one first.
    pub claims: Vec<TermId>,
}

/// What a brief is made of, each list best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BriefPlan {
    /// What it is on.
    pub title: String,
    /// What it is made of: how many documents, of which time.
    pub scope: String,
    /// At most so many printed pages.
    pub pages: usize,
    /// The questions.
    pub matters: Vec<BriefMatter>,
    /// Who changed.
    pub changes: Vec<BriefChange>,
    /// Claims that give a mandate.
    pub mandates: Vec<TermId>,
    /// Claims that may hold numbers.
    pub numbers: Vec<TermId>,
}

/// Claims with their sentences, by the claim.
type ByClaim<'d> = HashMap<TermId, &'d CitedClaim<'d>>;

/// Writes the brief into a page. `text` gives a stored text by the first 16 digits of its hash.
pub fn page(record: &Record<'_>, plan: &BriefPlan, text: &dyn Fn(&str) -> Option<String>) -> Page {
    let dossier = Dossier::new(record, 0.0);
    let claims: ByClaim<'_> = dossier.claims.iter().map(|told| (told.claim.id, told)).collect();
    let mut draft = PageDraft::default();
    let mut left_out = Vec::new();
    let all = PAGE_LINES * plan.pages as f64 - HEAD_LINES;
    // What the smaller parts do not need is for the questions.
    let mut scratch = PageDraft::default();
    let told = (&dossier, &claims);
    let needed: f64 =
        PARTS.into_iter().map(|(part, share)| part(told, &mut scratch, plan, share * all, &mut Vec::new())).sum();
    questions(told, &mut draft, plan, all - needed, &mut left_out);
    for (part, share) in PARTS {
        part(told, &mut draft, plan, share * all, &mut left_out);
    }
    draft.page.title.clone_from(&plan.title);
    let rest =
        if left_out.is_empty() { String::new() } else { format!(" Left out for room: {}.", left_out.join(", ")) };
    let marks = if draft.order.iter().any(|id| is_doubtful(&dossier, *id)) {
        " (?) marks what was read with doubt."
    } else {
        ""
    };
    draft.page.summary = format!("{}{marks}{rest}", plan.scope);
    let order = draft.order.clone();
    let mut page = draft.finish(&dossier, text);
    let sentences = Sentences::new(|digits: &str| text(digits));
    for (note, id) in page.notes.iter_mut().zip(order) {
        let passage = claims.get(&id).and_then(|told| told.claim.passages.first());
        if let Some(sentence) = passage.and_then(|passage| sentences.at(record.quads().text(*passage))) {
            note.quote = sentence;
        }
    }
    page
}

fn is_doubtful(dossier: &Dossier<'_>, id: TermId) -> bool {
    dossier.record.claim(id).is_some_and(|claim| claim.sureness() < DOUBTFUL)
}

/// Takes rows while there is room; gives how many lines they take, and says how many did not fit.
fn filled<T>(
    all: &[T],
    (room, what): (f64, &str),
    left_out: &mut Vec<String>,
    notes: impl Fn(&T) -> usize,
    mut add: impl FnMut(&T),
) -> f64 {
    let mut used = 3.0;
    let mut missed = 0;
    for one in all {
        let lines = ROW_LINES + NOTE_LINES * notes(one) as f64;
        if used + lines > room {
            missed += 1;
            continue;
        }
        used += lines;
        add(one);
    }
    if missed > 0 {
        left_out.push(counted(missed, what));
    }
    if used > 3.0 { used } else { 0.0 }
}

fn questions(
    (dossier, claims): (&Dossier<'_>, &ByClaim<'_>),
    draft: &mut PageDraft,
    plan: &BriefPlan,
    room: f64,
    left_out: &mut Vec<String>,
) -> f64 {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let count = |matter: &BriefMatter| {
        [&matter.supporters, &matter.opponents, &matter.askers, &matter.others].iter().map(|side| side.len()).sum()
    };
    let used = filled(&plan.matters, (room, "question"), left_out, count, |matter| {
        let is_topic = matter.topic.is_empty() || matter.topic.to_lowercase() == matter.label.to_lowercase();
        let mut label = if is_topic { matter.label.clone() } else { format!("{} ({})", matter.label, matter.topic) };
        if matter.unnamed > 0 {
            label.push_str(&format!("; {} more", matter.unnamed));
        }
        let sides = [&matter.supporters, &matter.opponents, &matter.askers]
            .map(|side| actors(dossier, draft, side, |_| String::new()));
        let act = |claim: TermId| claims.get(&claim).map(|told| super::rows::act(told)).unwrap_or_default();
        let others = actors(dossier, draft, &matter.others, act);
        rows.push(std::iter::once(said(&label)).chain(sides).chain([others]).collect());
    });
    let remark = "Each name has the sentence in which it says so. An empty cell means that these documents say nothing, not that there \
                  is no position. “Also said” takes no clear side, or is another’s word.";
    draft.table("Who stands where", remark, &["On what", "For", "Against", "Asks for it", "Also said"], rows);
    used
}

/// Names with what they do and their footnotes, parted by commas.
fn actors(
    dossier: &Dossier<'_>,
    draft: &mut PageDraft,
    side: &[(TermId, TermId)],
    act: impl Fn(TermId) -> String,
) -> Cell {
    let mut cell = Cell::new();
    for (actor, claim) in side {
        if !cell.is_empty() {
            cell.push(TextRun::Words(", ".to_owned()));
        }
        let mark = if is_doubtful(dossier, *claim) { " (?)" } else { "" };
        let name = [dossier.name(*actor), act(*claim)].join(" ");
        cell.push(TextRun::Words(format!("{}{mark}", name.trim_end())));
        cell.push(draft.note(*claim));
    }
    cell
}

fn changes(
    (dossier, claims): (&Dossier<'_>, &ByClaim<'_>),
    draft: &mut PageDraft,
    plan: &BriefPlan,
    room: f64,
    left_out: &mut Vec<String>,
) -> f64 {
    let mut items: Vec<Cell> = Vec::new();
    let used = filled(
        &plan.changes,
        (room, "change"),
        left_out,
        |change| change.claims.len(),
        |change| {
            let mut cell = vec![
                TextRun::Strong(dossier.name(change.actor)),
                TextRun::Words(format!(" {}: {}", change.what, change.matter)),
            ];
            for claim in &change.claims {
                if let Some(told) = claims.get(claim) {
                    cell.push(TextRun::Words(format!(" · {} {}", date(told), super::rows::act(told))));
                    cell.push(draft.note(*claim));
                }
            }
            items.push(cell);
        },
    );
    list(draft, "Who changed", items);
    used
}

fn mandates(
    (dossier, claims): (&Dossier<'_>, &ByClaim<'_>),
    draft: &mut PageDraft,
    plan: &BriefPlan,
    room: f64,
    left_out: &mut Vec<String>,
) -> f64 {
    let mut items: Vec<Cell> = Vec::new();
    let used = filled(
        &plan.mandates,
        (room, "mandate"),
        left_out,
        |_| 1,
        |claim| {
            if let Some(told) = claims.get(claim) {
                let mark = if is_doubtful(dossier, *claim) { " (?)" } else { "" };
                let words = format!(
                    "{} {} {}{mark}",
                    dossier.name(told.claim.subject),
                    super::rows::act(told),
                    super::rows::object(dossier, told)
                );
                items.push(vec![TextRun::Words(words), draft.note(*claim)]);
            }
        },
    );
    list(draft, "Mandates", items);
    used
}

fn figures(
    (dossier, claims): (&Dossier<'_>, &ByClaim<'_>),
    draft: &mut PageDraft,
    plan: &BriefPlan,
    room: f64,
    left_out: &mut Vec<String>,
) -> f64 {
    let with_numbers: Vec<&CitedClaim<'_>> = plan
        .numbers
        .iter()
        .filter_map(|id| claims.get(id).copied())
        .filter(|told| numbers::has_any(dossier, told))
        .collect();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let used = filled(
        &with_numbers,
        (room, "number"),
        left_out,
        |_| 1,
        |told| {
            rows.extend(numbers::rows(dossier, draft, &[told], true));
        },
    );
    draft.table("Numbers", "", &["Date", "Of whom or what", "What is said", "Number"], rows);
    used
}

fn list(draft: &mut PageDraft, title: &str, items: Vec<Cell>) {
    if !items.is_empty() {
        draft.section(title, 1, "", Body::List(items));
    }
}
