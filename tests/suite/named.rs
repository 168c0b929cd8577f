//! What the end of a claim is called, for tests that compare claims with words.

use rapporteur::model::{Extraction, Term};

/// All names of an entity, or the words of a literal.
pub fn name(extraction: &Extraction, term: &Term) -> String {
    match term {
        Term::Literal(words) => words.clone(),
        Term::Entity(id) => {
            let entity = extraction.entity(*id);
            let names: Vec<&str> = std::iter::once(&entity.label).chain(&entity.also).map(String::as_str).collect();
            names.join(" / ")
        }
    }
}
