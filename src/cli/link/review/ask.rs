//! One card at a time on a terminal.

use std::io::{BufRead, Write};

use rapporteur::model::{Decision, Decisions, Ruling};

use super::cards::Card;

/// What a reader answered.
enum Reply {
    Ruling(Ruling),
    Skip,
    Undo,
    Quit,
    Unclear,
}

fn reply(word: &str) -> Reply {
    match word.trim().to_lowercase().as_str() {
        "s" | "skip" | "" => Reply::Skip,
        "u" | "undo" => Reply::Undo,
        "q" | "quit" => Reply::Quit,
        word => Ruling::from_word(word).map_or(Reply::Unclear, Reply::Ruling),
    }
}

/// Asks about each card until all are answered or the reader stops; what was decided stands in `decisions`.
pub fn ask(cards: &[Card], decisions: &mut Decisions, input: &mut impl BufRead, out: &mut impl Write) {
    let mut at = 0;
    while let Some(card) = cards.get(at) {
        // A screen that takes no more is no reason to lose what was decided.
        let _ = show(card, at + 1, cards.len(), out);
        let mut line = String::new();
        if !input.read_line(&mut line).is_ok_and(|read| read > 0) {
            break;
        }
        match reply(&line) {
            Reply::Ruling(ruling) => {
                decisions.put(decision(card, ruling));
                at += 1;
                // One accepted candidate settles its thing in its vocabulary.
                while ruling == Ruling::Accept && cards.get(at).is_some_and(|next| is_rival(card, next)) {
                    at += 1;
                }
            }
            Reply::Skip => at += 1,
            Reply::Undo => {
                at = at.saturating_sub(1);
                while at > 0 && cards.get(at).is_some_and(|card| decisions.ruling(&card.key, &card.iri).is_none()) {
                    at -= 1;
                }
                if let Some(card) = cards.get(at) {
                    decisions.forget(&card.key, &card.iri);
                }
            }
            Reply::Quit => break,
            Reply::Unclear => {
                let _ = writeln!(out, "  answer a, r, n, s, u or q");
            }
        }
    }
}

fn is_rival(card: &Card, next: &Card) -> bool {
    card.key == next.key && card.scheme == next.scheme
}

/// The decision about a card.
pub fn decision(card: &Card, ruling: Ruling) -> Decision {
    Decision { key: card.key.clone(), iri: card.iri.clone(), scheme: card.scheme.clone(), ruling }
}

fn show(card: &Card, number: usize, all: usize, out: &mut impl Write) -> std::io::Result<()> {
    let documents = if card.documents == 1 { "1 document".to_owned() } else { format!("{} documents", card.documents) };
    writeln!(out, "\n{number} of {all}   {} ({}, {}; in {documents})", card.name, card.kind, card.key)?;
    writeln!(out, "  is it {}?   {}   {}", card.label, card.scheme, card.iri)?;
    writeln!(out, "  {:.2}  {}", card.score, card.why)?;
    write!(out, "[a]ccept  [r]eject  [n]ever  [s]kip  [u]ndo  [q]uit > ")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use rapporteur::model::{Decisions, Ruling};

    use super::{Card, ask};

    #[test]
    fn answers_become_decisions() {
        let card = |key: &str, iri: &str| Card {
            key: key.to_owned(),
            iri: iri.to_owned(),
            scheme: "ports".to_owned(),
            ..Card::default()
        };
        let cards = [card("body/a", "x:1"), card("body/a", "x:2"), card("body/b", "x:1"), card("body/c", "x:9")];
        /// Key, IRI and what was decided.
        type Decided = (&'static str, &'static str, Ruling);
        let rows: [(&str, &[Decided]); 6] = [
            ("a\ns\ns\n", &[("body/a", "x:1", Ruling::Accept)]),
            ("r\nhuh\nn\nq\n", &[("body/a", "x:1", Ruling::Reject), ("body/a", "x:2", Ruling::Never)]),
            ("r\nu\ns\n", &[]),
            ("r\ns\ns\nu\na\n", &[("body/a", "x:1", Ruling::Accept)]),
            ("", &[]),
            ("s\ns\nr\nr\nr\n", &[("body/b", "x:1", Ruling::Reject), ("body/c", "x:9", Ruling::Reject)]),
        ];
        for (typed, expected) in rows {
            let mut decisions = Decisions::default();
            ask(&cards, &mut decisions, &mut typed.as_bytes(), &mut Vec::new());
            let found: Vec<_> = decisions.iter().map(|one| (one.key.as_str(), one.iri.as_str(), one.ruling)).collect();
            assert_eq!(found, expected, "{typed:?}");
        }
    }
}
