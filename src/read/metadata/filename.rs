//! File names that tell of their documents: those of the UN General Debate Corpus, `IRL_75_2020.txt`.

use crate::model::{DateValue, Diagnostic, Field, Metadata, Severity};

use super::set;

/// The session of a year is the year less this.
pub(super) const FOUNDED: i16 = 1945;

/// Completes metadata from a name that ends in State code, session and year, if session and year agree.
pub(super) fn complete(name: &str, metadata: &mut Metadata) -> Option<Diagnostic> {
    let (state, session) = parts(name)?;
    let field = |value: String| Some(Field { value, span: None });
    set(&mut metadata.represents, field(state.to_owned()));
    set(&mut metadata.meeting, field(format!("{session}{} session of the General Assembly", suffix(session))));
    set(&mut metadata.session, Some(Field { value: session, span: None }));
    let year = DateValue::new(&(u32::from(FOUNDED.unsigned_abs()) + session).to_string());
    set(&mut metadata.date, Some(Field { value: year, span: None }));
    let message = format!("State ({state}), session and year are taken from the file name where the text tells none");
    Some(Diagnostic { severity: Severity::Note, message, span: None })
}

/// State code and session.
fn parts(name: &str) -> Option<(&str, u32)> {
    let stem = name.rsplit(['/', '\\']).next()?.split('.').next()?;
    let mut parts = stem.rsplit('_');
    let (year, session, state) = (parts.next()?, parts.next()?, parts.next()?);
    let is_code = state.len() == 3 && state.bytes().all(|byte| byte.is_ascii_uppercase());
    let session: u32 = session.parse().ok().filter(|session| (1..200).contains(session))?;
    let agrees =
        super::super::dates::year(year).is_some_and(|year| i64::from(year) == i64::from(FOUNDED) + i64::from(session));
    (is_code && agrees).then_some((state, session))
}

fn suffix(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_names_of_the_corpus_count() {
        for (name, found) in [
            ("IRL_62_2007.txt", Some(("IRL", 62))),
            ("a/b/x_debate_FRA_01_1946.md", Some(("FRA", 1))),
            ("IRL_62_2008.txt", None),
            ("irl_62_2007.txt", None),
            ("IRL_2007.txt", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(super::parts(name), found, "{name}");
        }
    }
}
