//! Learns where sentences end that no full stop closes: logistic regression over the features of `syntax::breaks`.

use rapporteur::model::Span;
use rapporteur::syntax::breaks::{FEATURES, Past, UNIT, WEIGHTS, is_closer, rows};
use rapporteur::syntax::conllu::Gold;

use super::random::Random;

/// Passes over all places.
const PASSES: usize = 6;

/// A place's features, and whether a sentence ends there.
type Place = ([u16; FEATURES], bool);

/// The weights, a byte each.
pub fn learn(gold: &[Gold]) -> Vec<u8> {
    let mut places = Vec::new();
    let mut start = 0;
    for i in 1..=gold.len() {
        if i == gold.len() || gold[i].opens_document {
            document(&gold[start..i], &mut places);
            start = i;
        }
    }
    let mut random = Random(7);
    let (mut weights, mut squares) = (vec![0f32; WEIGHTS], vec![0.01f32; WEIGHTS]);
    for _ in 0..PASSES {
        random.shuffle(&mut places);
        for (rows, end) in &places {
            let sum: f32 = rows.iter().map(|&row| weights[usize::from(row)]).sum();
            let error = f32::from(u8::from(*end)) - 1.0 / (1.0 + (-sum.clamp(-30.0, 30.0)).exp());
            for row in rows.map(usize::from) {
                let gradient = error - 0.002 * weights[row];
                squares[row] += gradient * gradient;
                weights[row] += 0.15 * gradient / squares[row].sqrt();
            }
        }
    }
    weights.iter().map(|weight| (weight * UNIT).round().clamp(-127.0, 127.0) as i8 as u8).collect()
}

/// Appends the places of a document, its sentences standing in one line, where a full stop tells nothing.
fn document(gold: &[Gold], places: &mut Vec<Place>) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    let mut ends = Vec::new();
    for sentence in gold {
        for (i, (form, space)) in sentence.forms.iter().zip(&sentence.space_after).enumerate() {
            tokens.push(Span::new(text.len(), text.len() + form.len()));
            ends.push(i + 1 == sentence.len());
            text.push_str(form);
            text.push_str(if *space { " " } else { "" });
        }
    }
    let mut past = Past::default();
    let mut closed = false;
    for at in 0..tokens.len().saturating_sub(1) {
        let form = tokens[at].of(&text);
        past.pass(form);
        closed = form.ends_with(['.', '!', '?', '…']) || (closed && is_closer(form));
        if !closed {
            places.extend(rows(&text, &tokens, at, &past).map(|rows| (rows, ends[at])));
        }
        if ends[at] {
            past = Past::default();
        }
    }
}
