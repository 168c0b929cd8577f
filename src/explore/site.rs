//! The explorer as files: the same pages, with links that work from any folder of any file server, and without one. What
//! needs a server (search, forms, free choices) is not there, and its links are not links.

use std::collections::{BTreeMap, BTreeSet};

use super::accept::Form;
use super::request::{Request, decoded, pairs};
use super::response::Response;
use super::{Explorer, respond};

/// Parameters whose pages become files; all other choices need a server.
const KEPT: [&str; 8] = ["page", "part", "focus", "actor", "topic", "year", "actors", "by"];

/// Parameters that only mark a place.
const MARKING: [&str; 1] = ["char"];

/// Pages that need a server.
const SERVED: [&str; 4] = ["/search", "/sparql", "/suggest", "/-/state"];

/// The files of a site, by name with `/` between folders.
pub type Files = Vec<(String, Vec<u8>)>;

/// Makes the site of a store; `most` is how many files it may have. Gives the files, and how many addresses were left out.
pub fn site(explorer: &Explorer, most: usize) -> (Files, usize) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut answers: BTreeMap<String, Response> = BTreeMap::new();
    let mut waiting: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
    let (mut refused, mut taken) = (BTreeSet::new(), BTreeSet::new());
    while let Some(target) = waiting.pop_first() {
        if answers.contains_key(&target) || refused.contains(&target) {
            continue;
        }
        let response = if answers.len() < most { Some(respond(explorer, &Request::get(&target))) } else { None };
        let Some(response) = response.filter(|response| response.status == 200) else {
            refused.insert(target);
            continue;
        };
        if is_page(&response) {
            let text = response.text();
            waiting.extend(addresses(&text).filter_map(kept).filter(|link| !answers.contains_key(link)));
        }
        let name = alone(file(&target, is_page(&response)), &mut taken);
        names.insert(target.clone(), name);
        answers.insert(target, response);
    }
    let files = answers.into_iter().map(|(target, response)| {
        let name = names[&target].clone();
        let body = if is_page(&response) { led(&response.text(), &name, &names).into_bytes() } else { response.body };
        (name, body)
    });
    (files.collect(), refused.len())
}

/// A name that no file has yet, whatever file systems think of capitals: two addresses may differ in letters that no file
/// name can have.
fn alone(name: String, taken: &mut BTreeSet<String>) -> String {
    let (stem, end) = name.rsplit_once('.').unwrap_or((&name, ""));
    let dot = if end.is_empty() { "" } else { "." };
    let others = (2..).map(|number| format!("{stem}-{number}{dot}{end}"));
    let found = std::iter::once(name.clone()).chain(others).find(|name| taken.insert(name.to_lowercase()));
    found.unwrap_or(name)
}

fn is_page(response: &Response) -> bool {
    response.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// The addresses in a page, as they are written.
fn addresses(page: &str) -> impl Iterator<Item = &str> {
    let links = ["href=\"", "src=\""].into_iter().flat_map(|mark| page.split(mark).skip(1));
    links.filter_map(|rest| rest.split('"').next()).filter(|link| link.starts_with('/'))
}

/// The address of a page that becomes a file, without what only marks a place in it; `None` if it needs a server.
fn kept(link: &str) -> Option<String> {
    let link = link.replace("&amp;", "&");
    let link = link.split('#').next().unwrap_or_default();
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    if SERVED.contains(&path) || SERVED.contains(&stem) {
        return None;
    }
    let mut left: Vec<(String, String)> = pairs(query.as_bytes());
    left.retain(|(name, value)| !MARKING.contains(&name.as_str()) && !value.is_empty());
    if left.iter().any(|(name, _)| !KEPT.contains(&name.as_str())) || left.len() > 3 {
        return None;
    }
    let left: Vec<(&str, &str)> = left.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Some(super::address::with(path, &left))
}

/// The name of the file for an address. No part of it leads out of the folder.
fn file(target: &str, is_page: bool) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let parts = path.split('/').filter(|part| !part.is_empty()).map(|part| safe(&decoded(part)));
    let mut name = parts.collect::<Vec<String>>().join("/");
    if name.is_empty() {
        name.push_str("index");
    }
    let (stem, ending) = match name.rsplit_once('.').filter(|(_, end)| !is_page || Form::named(end).is_some()) {
        Some((stem, end)) if !is_page || end == "html" => (stem.to_owned(), format!(".{end}")),
        _ => (name.clone(), if is_page { ".html".to_owned() } else { String::new() }),
    };
    let chosen: Vec<String> =
        pairs(query.as_bytes()).iter().map(|(key, value)| format!(".{key}-{}", safe(value))).collect();
    format!("{stem}{}{ending}", chosen.concat())
}

/// Letters that mean nothing to file systems.
fn safe(part: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || "-_.,()".contains(c) { c } else { '_' };
    let safe: String = part.chars().map(letter).collect();
    if safe.trim_matches('.').is_empty() { "_".to_owned() } else { safe.chars().take(150).collect() }
}

/// A page with the links of the site: to files, from where its own file lies.
fn led(page: &str, own: &str, names: &BTreeMap<String, String>) -> String {
    let up = "../".repeat(own.matches('/').count());
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find(" href=\"/").into_iter().chain(rest.find(" src=\"/")).min() {
        out.push_str(&rest[..at]);
        let attribute = &rest[at + 1..];
        let (name, value) = attribute.split_once("=\"").unwrap_or((attribute, ""));
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        let fragment = value.split_once('#').map(|(_, fragment)| format!("#{fragment}")).unwrap_or_default();
        if let Some(file) = kept(value).and_then(|target| names.get(&target)) {
            let encoded: Vec<String> = file.split('/').map(encoded).collect();
            out.push_str(&format!(" {name}=\"{up}{}{fragment}\"", encoded.join("/")));
        }
        rest = after;
    }
    out.push_str(rest);
    out.replacen("<html lang=\"en\">", "<html lang=\"en\" class=\"static\">", 1).replacen(
        "<meta charset=\"utf-8\">",
        "<meta charset=\"utf-8\"><meta name=\"static\" content=\"yes\">",
        1,
    )
}

/// A file's name as part of an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b"-_.,()".contains(&b) => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_files_that_stay_inside() {
        for (target, is_page, expected) in [
            ("/", true, "index.html"),
            ("/documents", true, "documents.html"),
            ("/documents?page=2", true, "documents.page-2.html"),
            ("/id/state/irn", true, "id/state/irn.html"),
            ("/id/state/irn.ttl", false, "id/state/irn.ttl"),
            ("/id/law/v1.2", true, "id/law/v1.2.html"),
            ("/id/%2E%2E/%2E%2E%2Fetc", true, "id/_/.._etc.html"),
            ("/-/assets/ab/style.css", false, "-/assets/ab/style.css"),
            ("/graph?focus=state%2Firn", true, "graph.focus-state_irn.html"),
        ] {
            assert_eq!(file(target, is_page), expected);
        }
    }

    #[test]
    fn what_needs_a_server_is_no_link() {
        for (link, expected) in [
            ("/id/text/ab?char=1,2#char=1,2", Some("/id/text/ab")),
            ("/documents?speaker=x", None),
            ("/search?q=x", None),
            ("/sparql", None),
            ("/documents?page=3&amp;x=1", None),
        ] {
            assert_eq!(kept(link).as_deref(), expected);
        }
        let names = BTreeMap::from([("/id/text/ab".to_owned(), "id/text/ab.html".to_owned())]);
        let page = "<a href=\"/id/text/ab?char=1,2#char=1,2\">x</a> <a href=\"/search?q=1\">y</a>";
        let expected = "<a href=\"../../id/text/ab.html#char=1,2\">x</a> <a>y</a>";
        assert_eq!(led(page, "id/state/irn.html", &names), expected);
    }
}
