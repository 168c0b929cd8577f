//! The vocabulary as one page for people: what a claim is, the classes as a tree, every term with its sense, its neighbours
//! and an example. Each term stands at the anchor that its IRI names.

mod terms;

use std::io::{self, Write};

use crate::export::graph::xml::escaped;

use terms::{Term, Vocabulary};

const STYLE: &str = include_str!("../report/page.css");
const OWN_STYLE: &str = include_str!("page.css");
const CLAIM: &str = include_str!("claim.svg");

/// The groups of relations, in the order in which the page has them; what has none stands last.
const GROUPS: [(&str, &str); 7] = [
    ("positions", "Relations: positions"),
    ("frame", "Relations: the occasion and the document"),
    ("institutions", "Relations: institutions and what they do"),
    ("law", "Relations: law and decisions"),
    ("effects", "Relations: effects"),
    ("numbers", "Relations: numbers"),
    ("", "Relations: others"),
];

/// Writes the page.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write) -> io::Result<()> {
    let vocabulary = Vocabulary::read();
    let title = escaped(vocabulary.about("http://purl.org/dc/terms/title"));
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>{title}</title>\n<style>{}\n{}</style>", STYLE.trim_end(), OWN_STYLE.trim_end())?;
    writeln!(out, "</head>\n<body>\n<main class=\"ontology\">\n<h1>{title}</h1>")?;
    head(&vocabulary, out)?;
    writeln!(out, "<h2 id=\"a-claim\">A claim</h2>\n<figure>\n{}</figure>", CLAIM)?;
    writeln!(out, "<h2 id=\"classes\">Classes</h2>")?;
    tree(&vocabulary, out)?;
    for term in vocabulary.classes() {
        self::term(&vocabulary, term, out)?;
    }
    for (group, title) in GROUPS {
        section(&vocabulary, title, vocabulary.relations(group), out)?;
    }
    section(&vocabulary, "Qualifiers", vocabulary.below("qualifier"), out)?;
    section(&vocabulary, "Other properties", vocabulary.other_properties(), out)?;
    section(&vocabulary, "Concepts", vocabulary.concepts(), out)?;
    writeln!(out, "</main>\n</body>\n</html>")
}

fn head(vocabulary: &Vocabulary, out: &mut impl Write) -> io::Result<()> {
    let about = |property: &str| escaped(vocabulary.about(property));
    writeln!(out, "<p>{}</p>", about("http://www.w3.org/2000/01/rdf-schema#comment"))?;
    writeln!(out, "<p class=\"remark\">{}</p>\n<dl>", about("http://purl.org/dc/terms/description"))?;
    let rows = [
        ("IRI", "http://purl.org/vocab/vann/preferredNamespaceUri"),
        ("Prefix", "http://purl.org/vocab/vann/preferredNamespacePrefix"),
        ("Version", "http://www.w3.org/2002/07/owl#versionInfo"),
        ("Modified", "http://purl.org/dc/terms/modified"),
        ("By", "http://purl.org/dc/terms/creator"),
        ("Licences", "http://purl.org/dc/terms/license"),
    ];
    for (name, property) in rows {
        let values: Vec<String> = vocabulary.all_about(property).iter().map(|value| link(value)).collect();
        writeln!(out, "<dt>{name}</dt><dd>{}</dd>", values.join(", "))?;
    }
    writeln!(out, "</dl>")
}

/// An address as a link, other words as they are.
fn link(value: &str) -> String {
    let shown = escaped(value);
    if value.starts_with("http") { format!("<a href=\"{shown}\">{shown}</a>") } else { shown.to_string() }
}

/// The classes as nested lists.
fn tree(vocabulary: &Vocabulary, out: &mut impl Write) -> io::Result<()> {
    fn level(vocabulary: &Vocabulary, above: Option<&str>, out: &mut impl Write) -> io::Result<()> {
        let below: Vec<&Term> = vocabulary.classes().filter(|class| class.above() == above).collect();
        if below.is_empty() {
            return Ok(());
        }
        writeln!(out, "<ul>")?;
        for class in below {
            write!(out, "<li><a href=\"#{0}\">{0}</a>", escaped(class.name()))?;
            level(vocabulary, Some(class.name()), out)?;
            writeln!(out, "</li>")?;
        }
        writeln!(out, "</ul>")
    }
    writeln!(out, "<nav class=\"tree\">")?;
    level(vocabulary, None, out)?;
    writeln!(out, "</nav>")
}

fn section<'v>(
    vocabulary: &Vocabulary,
    title: &str,
    terms: impl Iterator<Item = &'v Term>,
    out: &mut impl Write,
) -> io::Result<()> {
    let terms: Vec<&Term> = terms.collect();
    if terms.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>{}</h2>", escaped(title))?;
    terms.into_iter().try_for_each(|term| self::term(vocabulary, term, out))
}

/// One term: its sense, then what ties it to others.
fn term(vocabulary: &Vocabulary, term: &Term, out: &mut impl Write) -> io::Result<()> {
    let name = escaped(term.name());
    writeln!(out, "<section id=\"{name}\">\n<h3>{name} <small>{}</small></h3>", escaped(term.label()))?;
    writeln!(out, "<p>{}</p>", escaped(term.comment()))?;
    if let Some(example) = term.words("http://www.w3.org/2004/02/skos/core#example").next() {
        writeln!(out, "<p class=\"example\">“{}”</p>", escaped(example))?;
    }
    let mut rows: Vec<(&str, String)> = Vec::new();
    for (title, property) in terms::SHOWN {
        let ends: Vec<String> = term.nodes(property).map(|iri| vocabulary.linked(iri)).collect();
        if !ends.is_empty() {
            rows.push((title, ends.join(", ")));
        }
    }
    for (title, property) in terms::TOLD {
        let words: Vec<String> = term.words(property).map(|words| escaped(words).to_string()).collect();
        if !words.is_empty() {
            rows.push((title, words.join(", ")));
        }
    }
    if !rows.is_empty() {
        writeln!(out, "<dl>")?;
        rows.iter().try_for_each(|(title, value)| writeln!(out, "<dt>{title}</dt><dd>{value}</dd>"))?;
        writeln!(out, "</dl>")?;
    }
    writeln!(out, "</section>")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_term_has_its_place_and_every_link_of_the_page_leads_somewhere() {
        let mut page = Vec::new();
        super::write(&mut page).expect("a vector takes all");
        let page = String::from_utf8(page).expect("UTF-8");
        let after = |sign: &str| -> BTreeSet<String> {
            page.split(sign).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
        };
        let (places, links) = (after(" id=\""), after("href=\"#"));
        assert!(links.is_subset(&places), "{:?}", links.difference(&places).collect::<Vec<_>>());
        for term in super::Vocabulary::read().all() {
            assert!(places.contains(term.name()), "{}", term.name());
        }
        assert!(
            page.contains("<svg") && page.contains("<nav class=\"tree\">\n<ul>\n<li><a href=\"#Entity\">Entity</a>")
        );
        assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    }
}
