//! What each speaker of a text says, where several speak: by the turns of a record, else by whose words coverage reports.

use crate::export::TermId;
use crate::model::text::counted;
use crate::record::Turn;

use super::dossier::{CitedClaim, Dossier};
use super::rows::plain;
use super::{Body, Cell, PageDraft, said};

/// One speaker with all that he says.
struct Speaker<'c, 'r> {
    /// Who, and for whom; what tells one from another.
    name: String,
    whom: String,
    /// The numbers of the turns.
    turns: Vec<usize>,
    claims: Vec<&'c CitedClaim<'r>>,
}

/// Adds a table of the speakers and what each of them says; `false` if one voice speaks throughout.
pub fn table(dossier: &Dossier<'_>, text: TermId, claims: &[&CitedClaim<'_>], draft: &mut PageDraft) -> bool {
    let turns = dossier.record.turns(text);
    let speakers = if turns.is_empty() { by_holder(dossier, text, claims) } else { by_turn(dossier, &turns, claims) };
    if speakers.len() < 2 {
        return false;
    }
    let rows = speakers.iter().filter(|speaker| !speaker.name.is_empty()).map(|speaker| {
        let numbers: Vec<String> = speaker.turns.iter().map(usize::to_string).collect();
        vec![
            said(&speaker.name),
            said(&speaker.whom),
            said(&numbers.join(", ")),
            said(&speaker.claims.len().to_string()),
        ]
    });
    draft.table("Who speaks", "", &["Speaker", "For", "Turns", "Claims"], rows.collect());
    draft.section("What each of them says", 1, "", Body::Nothing);
    let heads = ["Who or what", "Is said", "Of whom or what"];
    for speaker in speakers.iter().filter(|speaker| !speaker.claims.is_empty()) {
        let rows: Vec<Vec<Cell>> = speaker.claims.iter().map(|told| plain(dossier, draft, told)).collect();
        let heads = heads.iter().map(|&head| head.to_owned()).collect();
        draft.section(&speaker.heading(), 2, "", Body::Table(heads, rows));
    }
    true
}

impl Speaker<'_, '_> {
    /// `Mr. Moss, for Elbonia: 3 claims`.
    fn heading(&self) -> String {
        let count = counted(self.claims.len(), "claim");
        match (self.name.as_str(), self.whom.as_str()) {
            ("", _) => format!("Nobody in particular: {count}"),
            (name, "") => format!("{name}: {count}"),
            (name, whom) => format!("{name}, for {whom}: {count}"),
        }
    }
}

/// By the turn that a claim stands in.
fn by_turn<'c, 'r>(dossier: &Dossier<'_>, turns: &[Turn], claims: &[&'c CitedClaim<'r>]) -> Vec<Speaker<'c, 'r>> {
    let mut speakers: Vec<Speaker<'c, 'r>> = Vec::new();
    let mut at_turn: Vec<usize> = Vec::with_capacity(turns.len());
    for turn in turns {
        let name = turn.speaker.map(|speaker| dossier.name(speaker)).unwrap_or_default();
        let whom = dossier.names(turn.represents.iter().copied()).join(", ");
        let at = place(&mut speakers, name, whom);
        speakers[at].turns.push(turn.order);
        at_turn.push(at);
    }
    for &told in claims {
        let start = told.quote.place.0;
        let after = turns.partition_point(|turn| turn.place.0 <= start);
        let inside = after.checked_sub(1).filter(|&turn| start < turns[turn].place.1);
        let at = match inside {
            Some(turn) => at_turn[turn],
            None => place(&mut speakers, String::new(), String::new()),
        };
        speakers[at].claims.push(told);
    }
    speakers
}

/// By those whose claims they are, where the text itself has no voice.
fn by_holder<'c, 'r>(dossier: &Dossier<'_>, text: TermId, claims: &[&'c CitedClaim<'r>]) -> Vec<Speaker<'c, 'r>> {
    let own =
        dossier.record.voice(text).is_some_and(|voice| !voice.speakers.is_empty() || !voice.represents.is_empty());
    let mut speakers: Vec<Speaker<'c, 'r>> = Vec::new();
    for &told in claims.iter().filter(|_| !own) {
        let name = told.claim.holder.map(|holder| dossier.name(holder)).unwrap_or_default();
        let at = place(&mut speakers, name, String::new());
        speakers[at].claims.push(told);
    }
    let named = speakers.iter().filter(|speaker| !speaker.name.is_empty()).count();
    if named < 2 { Vec::new() } else { speakers }
}

/// Where a speaker stands in the list; a new one goes last.
fn place(speakers: &mut Vec<Speaker<'_, '_>>, name: String, whom: String) -> usize {
    let known = speakers.iter().position(|speaker| speaker.name == name && speaker.whom == whom);
    known.unwrap_or_else(|| {
        speakers.push(Speaker { name, whom, turns: Vec::new(), claims: Vec::new() });
        speakers.len() - 1
    })
}
