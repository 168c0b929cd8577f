//! What may be wrong with a question that found nothing: names that the ontology does not have, prefixed names in the
//! brackets of IRIs, names without the language that names here have.

use std::collections::BTreeSet;

use super::tokens::{self, QueryToken, TokenKind};
use crate::lift::vocabulary::{ONTOLOGY, PREFIXES};
use crate::record::own_terms;

/// Properties whose values are words in a language.
const TAGGED: [&str; 5] = ["skos:prefLabel", "skos:altLabel", "rdfs:label", "dcterms:title", "rap:quote"];

/// A line for each thing in a SPARQL text that can hardly be meant, each once, in their order.
pub fn strange(text: &str) -> Vec<String> {
    let tokens = tokens::tokens(text);
    let is_ours = !tokens::declared(&tokens).contains(&"rap") || text.contains(ONTOLOGY);
    let mut said = BTreeSet::new();
    let mut lines = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let line = match token.kind {
            TokenKind::Prefixed if is_ours => {
                token.text.strip_prefix("rap:").and_then(|local| undeclared(local, own_terms()))
            }
            TokenKind::Iri => bracketed(token),
            TokenKind::Text => untagged(&tokens, at),
            _ => None,
        };
        lines.extend(line.filter(|line| said.insert(line.clone())));
    }
    lines
}

/// A name that the ontology does not have, with the nearest that it has.
fn undeclared<'k>(local: &str, known: impl Iterator<Item = &'k String> + Clone) -> Option<String> {
    if local.is_empty() || known.clone().any(|known| known == local) {
        return None;
    }
    let likeness = |known: &&String| (strsim::jaro_winkler(local, known) * 1000.0) as u32;
    let nearest = known.max_by_key(|known| (likeness(known), std::cmp::Reverse(*known)));
    let near = nearest.filter(|known| likeness(known) > 800).map(|known| format!("; did you mean rap:{known} ?"));
    Some(format!("rap:{local} is not in the ontology{}", near.unwrap_or_default()))
}

/// `<rdfs:label>`: an IRI of its own.
fn bracketed(token: &QueryToken<'_>) -> Option<String> {
    let inside = token.text.strip_prefix('<')?.strip_suffix('>')?;
    let (prefix, local) = inside.split_once(':')?;
    let is_name = !local.is_empty() && !local.starts_with('/') && PREFIXES.iter().any(|(known, _)| *known == prefix);
    is_name.then(|| format!("<{inside}> is an IRI of its own; the property is {inside}, without brackets"))
}

/// A text without a language where the values have one.
fn untagged(tokens: &[QueryToken<'_>], at: usize) -> Option<String> {
    let before = tokens.get(at.checked_sub(1)?)?;
    let is_plain = tokens.get(at + 1).is_none_or(|next| next.text != "@" && next.text != "^");
    let text = tokens.get(at)?.text;
    let is_tagged = TAGGED.contains(&before.text);
    (is_tagged && is_plain).then(|| format!("{text} has no language, and {} has one: try {text}@en", before.text))
}

#[cfg(test)]
mod tests {
    use super::strange;

    #[test]
    fn what_can_hardly_be_meant_is_said() {
        let said = |text: &str| strange(text).join(" | ");
        assert_eq!(
            said("SELECT ?s { ?s rap:suports ?o ; rap:suports ?p }"),
            "rap:suports is not in the ontology; did you mean rap:supports ?"
        );
        assert_eq!(said("SELECT ?s { ?s rap:xyzzy ?o }"), "rap:xyzzy is not in the ontology");
        assert_eq!(
            said("SELECT ?s { ?s <rdfs:label> ?o }"),
            "<rdfs:label> is an IRI of its own; the property is rdfs:label, without brackets"
        );
        assert_eq!(
            said("SELECT ?s { ?s skos:altLabel \"INTERPOL\" }"),
            "\"INTERPOL\" has no language, and skos:altLabel has one: try \"INTERPOL\"@en"
        );
        let good =
            "SELECT ?s { ?s rap:supports <https://example.org/x> ; skos:prefLabel \"a\"@en ; dcterms:date \"2021\" }";
        assert_eq!(said(good), "");
        assert_eq!(said("PREFIX rap: <https://example.org/> SELECT ?s { ?s rap:suports ?o }"), "");
    }
}
