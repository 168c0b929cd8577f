//! Which of several forms an asker wants: by a suffix, by `format=`, else by the header `Accept` with its weights.

use super::request::Request;

/// A form that a page or a graph can have.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// Suffix, value of `format=`, and what it is called in lists.
    pub name: &'static str,
    /// Its media types, the registered one first.
    pub media: &'static [&'static str],
    /// What it is, for people.
    pub title: &'static str,
}

/// All forms.
pub const FORMS: &[Form] = &[
    form("html", &["text/html", "application/xhtml+xml"], "page"),
    form("json", &["application/json"], "JSON"),
    form("csv", &["text/csv"], "CSV table"),
    form("tsv", &["text/tab-separated-values"], "TSV table"),
    form("txt", &["text/plain"], "plain text"),
    form("md", &["text/markdown"], "Markdown"),
    form("bib", &["application/x-bibtex"], "BibTeX"),
    form("csl", &["application/vnd.citationstyles.csl+json"], "CSL-JSON"),
    form("ttl", &["text/turtle", "application/x-turtle"], "Turtle"),
    form("trig", &["application/trig", "application/x-trig"], "TriG"),
    form("nt", &["application/n-triples"], "N-Triples"),
    form("nq", &["application/n-quads", "text/x-nquads"], "N-Quads"),
    form("jsonld", &["application/ld+json"], "JSON-LD"),
    form("rdf", &["application/rdf+xml"], "RDF/XML"),
    form("nanopub", &["application/vnd.nanopub+trig"], "nanopublication"),
    form("srj", &["application/sparql-results+json", "application/json"], "SPARQL JSON"),
    form("srx", &["application/sparql-results+xml", "application/xml", "text/xml"], "SPARQL XML"),
    form("svg", &["image/svg+xml"], "SVG picture"),
    form("png", &["image/png"], "PNG picture"),
    form("dot", &["text/vnd.graphviz"], "GraphViz DOT"),
    form("gexf", &["application/gexf+xml"], "GEXF for Gephi"),
    form("graphml", &["application/graphml+xml"], "GraphML"),
    form("cyjs", &["application/vnd.cytoscape+json"], "Cytoscape JSON"),
    form("rq", &["application/sparql-query"], "the query"),
];

const fn form(name: &'static str, media: &'static [&'static str], title: &'static str) -> Form {
    Form { name, media, title }
}

impl Form {
    /// The form of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// What the header says.
    pub fn content_type(&self) -> String {
        let media = self.media[0];
        let is_text = media.starts_with("text/") || media == "application/json" || media == "image/svg+xml";
        if is_text { format!("{media}; charset=utf-8") } else { media.to_owned() }
    }
}

/// The form that a request wants of those offered, the first of which is the usual one. `Err` if none fits.
///
/// # Errors
/// What was asked for.
pub fn choose(request: &Request, suffix: Option<&str>, offered: &[&str]) -> Result<&'static Form, String> {
    let asked = request.value("format").or_else(|| suffix.map(str::to_owned));
    if let Some(asked) = asked {
        let wanted = offered.iter().filter_map(|name| Form::named(name));
        let fits = |form: &&Form| form.name == asked || form.media.contains(&asked.as_str());
        return wanted.into_iter().find(fits).ok_or(asked);
    }
    let Some(usual) = offered.first().and_then(|name| Form::named(name)) else { return Err(String::new()) };
    let accepted: Vec<&str> = request.all("accept").collect();
    let accepted = accepted.join(",");
    if accepted.trim().is_empty() {
        return Ok(usual);
    }
    let forms: Vec<&'static Form> = offered.iter().filter_map(|name| Form::named(name)).collect();
    // A second name of a form counts only where the header has it: a range does not choose by it.
    let named = accepted.to_ascii_lowercase();
    let names = |form: &&'static Form| {
        let (first, others) = form.media.split_first().map_or((None, &[][..]), |(first, rest)| (Some(*first), rest));
        first.into_iter().chain(others.iter().copied().filter(|other| named.contains(*other))).collect::<Vec<_>>()
    };
    let media: Vec<&str> = forms.iter().flat_map(names).collect();
    let best = best(&accepted, &media).ok_or(accepted)?;
    Ok(forms
        .iter()
        .find(|form| form.media.contains(&best))
        .map_or(usual, |form| Form::named(form.name).unwrap_or(usual)))
}

/// The media type that a header `Accept` likes best of those offered; of equals the first. An empty header likes the
/// first.
pub fn best<'m>(accepted: &str, offered: &[&'m str]) -> Option<&'m str> {
    if accepted.trim().is_empty() {
        return offered.first().copied();
    }
    let ranges: Vec<(&str, f64)> = accepted.split(',').filter_map(range).collect();
    let mut found: Option<(f64, usize, &str)> = None;
    for &media in offered {
        let fits = ranges.iter().filter_map(|(range, weight)| Some((specificity(range, media)?, *weight)));
        // The most specific range decides on a type, not the one with most weight.
        let Some((specific, weight)) = fits.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))) else { continue };
        let is_better = |(most, named, _): (f64, usize, &str)| weight > most || weight == most && specific > named;
        if weight > 0.0 && found.is_none_or(is_better) {
            found = Some((weight, specific, media));
        }
    }
    found.map(|(.., media)| media)
}

/// A range and its weight, 0 to 1.
fn range(text: &str) -> Option<(&str, f64)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let weight: f64 = weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
    Some((range, weight.clamp(0.0, 1.0)))
}

/// How well a range names a media type: 2 the type itself, 1 `text/*`, 0 `*/*`.
fn specificity(range: &str, media: &str) -> Option<usize> {
    if range == "*/*" || range == "*" {
        return Some(0);
    }
    if range.eq_ignore_ascii_case(media) {
        return Some(2);
    }
    let family = range.strip_suffix("/*")?;
    media.split('/').next().filter(|known| known.eq_ignore_ascii_case(family)).map(|_| 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_specificity_choose() {
        let offered = ["html", "json", "ttl", "jsonld"];
        for (accept, expected) in [
            ("", Some("html")),
            ("*/*", Some("html")),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some("html")),
            ("text/turtle", Some("ttl")),
            ("application/x-turtle", Some("ttl")),
            ("text/turtle;q=0.5, application/ld+json;q=0.7", Some("jsonld")),
            ("application/ld+json, text/turtle", Some("ttl")),
            ("text/*", Some("html")),
            ("text/html;q=0, text/*", Some("ttl")),
            ("application/json;q=0.9, */*;q=0.1", Some("json")),
            ("*/*, text/html;q=0.1", Some("json")),
            ("image/webp", None),
            ("text/html;q=0", None),
            ("garbage", None),
            ("TEXT/TURTLE", Some("ttl")),
        ] {
            let request = Request::get("/").with("accept", accept);
            assert_eq!(choose(&request, None, &offered).ok().map(|form| form.name), expected, "{accept}");
        }
    }

    #[test]
    fn what_the_address_says_goes_before_the_header() {
        let request = Request::get("/?format=ttl").with("accept", "application/json");
        assert_eq!(choose(&request, Some("json"), &["html", "json", "ttl"]).map(|form| form.name), Ok("ttl"));
        let request = Request::get("/").with("accept", "text/html");
        assert_eq!(choose(&request, Some("json"), &["html", "json"]).map(|form| form.name), Ok("json"));
        assert!(choose(&request, Some("png"), &["html", "json"]).is_err());
    }
}
