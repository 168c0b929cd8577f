//! Whatever has an IRI of ours: a text, a claim, a thing. The exact key goes first; then a suffix that names a form is cut,
//! for keys may hold dots.

use crate::explore::accept::Form;
use crate::explore::response::Problem;
use crate::explore::visit::{Answered, Visit};

use super::{claim, text, thing};

/// Answers for a key, as it stands in the path.
///
/// # Errors
/// 404 for what was never there, 410 for a claim that is gone.
pub fn answer(mut visit: Visit<'_>, key: &str) -> Answered {
    let mut found = visit.reading.thing(key);
    if found.is_none() {
        let cut = key.rsplit_once('.').filter(|(_, end)| Form::named(end).is_some());
        if let Some((stem, end)) = cut {
            found = visit.reading.thing(stem);
            (visit.path, visit.suffix) = (format!("/id/{stem}"), Some(end.to_owned()));
        }
    }
    let Some(id) = found else { return Err(gone(&visit, key)) };
    if let Some(line) = visit.reading.text(id) {
        return text::answer(&visit, line);
    }
    match visit.reading.claim(id) {
        Some(line) => claim::answer(&visit, line),
        None => thing::answer(&visit, id),
    }
}

/// What is said where nothing is. The number of a claim of an earlier build still tells where it stood.
fn gone(visit: &Visit<'_>, key: &str) -> Problem {
    let place = key.strip_prefix("claim/").and_then(|number| {
        let (digits, rest) = number.split_once('-')?;
        let start: usize = rest.split(['-', '.']).next()?.parse().ok()?;
        let text = visit.reading.texts().iter().find(|text| digits.len() >= 8 && text.sha256.starts_with(digits))?;
        Some((visit.namer.text(text), start))
    });
    match place {
        Some((text, start)) => Problem::new(410, "this claim is no longer made of its text").hint(format!(
            "the place where it stood is  {}?char={start},{}",
            text.href,
            start + 1
        )),
        None => Problem::new(404, "nothing here has this address").hint("search for it by name"),
    }
}
