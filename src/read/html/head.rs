//! What a page declares of itself: JSON-LD, `meta` (Open Graph, Dublin Core and its kin), `link` and `title`.

use serde_json::Value;

use super::tree::{Node, Tree};

/// The largest block of JSON-LD that is looked into, in bytes.
const LARGEST: usize = 1 << 20;

/// The longest value that is taken, in bytes.
const LONGEST: usize = 500;

/// What a page declares, under the keys of front matter; each key once.
pub(super) fn declared(tree: &Tree) -> Vec<(String, String)> {
    let linked = linked_data(tree);
    let meta = Metas::of(tree);
    let title =
        linked.get("headline").or_else(|| meta.first(&["og:title", "dc.title", "dcterms.title", "twitter:title"]));
    let site = meta.first(&["og:site_name", "application-name"]).or_else(|| linked.get("publisher"));
    let title = title.or_else(|| tree.named("title").next().map(|at| tree.words(at)));
    let title = title.map(|title| without_site(&title, site.as_deref()));
    let published = linked.get("datePublished").or_else(|| meta.first(PUBLISHED)).map(|date| day(&date));
    let canonical = tree.named("link").filter_map(|at| tree.element(at));
    let canonical = canonical.filter(|link| link.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")));
    let canonical = canonical.filter_map(|link| link.get("href")).next().map(str::to_owned);
    let source = canonical.or_else(|| meta.first(&["og:url"])).or_else(|| linked.get("url"));
    let found = [
        ("title", title),
        ("published", published),
        ("publisher", site),
        ("source_url", source.filter(|address| address.contains("://"))),
    ];
    let found = found.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    found.filter(|(_, value)| !value.trim().is_empty() && value.len() <= LONGEST).collect()
}

/// Names of the day of publication.
const PUBLISHED: &[&str] = &["article:published_time", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date"];

/// The day of a moment: `2024-05-03T10:00:00+02:00`.
fn day(moment: &str) -> String {
    let day = moment.trim().get(..10).filter(|day| {
        day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
    });
    day.unwrap_or(moment.trim()).to_owned()
}

/// "A title | The Ministry" without the name of the site.
fn without_site(title: &str, site: Option<&str>) -> String {
    for sign in [" | ", " – ", " — ", " - ", " :: ", " » "] {
        let Some((rest, last)) = title.rsplit_once(sign) else { continue };
        let of_site = site.is_some_and(|site| site.trim().eq_ignore_ascii_case(last.trim()));
        if of_site || sign == " | " && !rest.trim().is_empty() {
            return rest.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

/// Names and values of `meta`.
struct Metas<'t>(Vec<(String, &'t str)>);

impl<'t> Metas<'t> {
    fn of(tree: &'t Tree) -> Self {
        let metas = tree.nodes.iter().filter_map(|node| match node {
            Node::Element(element) if element.name == "meta" => {
                let name = element.get("property").or_else(|| element.get("name"))?;
                Some((name.trim().to_ascii_lowercase(), element.get("content")?))
            }
            _ => None,
        });
        Self(metas.collect())
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        let value = |name: &&str| self.0.iter().find(|(known, value)| known == *name && !value.trim().is_empty());
        names.iter().find_map(value).map(|(_, value)| value.trim().to_owned())
    }
}

/// What JSON-LD says of the page's article.
#[derive(Default)]
struct Article(Option<serde_json::Map<String, Value>>);

impl Article {
    fn get(&self, key: &str) -> Option<String> {
        let value = self.0.as_ref()?.get(key)?;
        let value = match value {
            Value::Array(values) => values.first()?,
            other => other,
        };
        let text = match value {
            Value::String(text) => text.as_str(),
            Value::Object(object) => object.get("name").or_else(|| object.get("@id"))?.as_str()?,
            _ => return None,
        };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}

fn linked_data(tree: &Tree) -> Article {
    for at in tree.named("script") {
        let is_linked = tree.element(at).and_then(|script| script.get("type"));
        if !is_linked.is_some_and(|sort| sort.eq_ignore_ascii_case("application/ld+json")) {
            continue;
        }
        let Some(Node::Text(text)) = tree.nodes.get(at + 1) else { continue };
        if text.value.len() > LARGEST {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(&text.value) else { continue };
        if let Some(article) = article(&value) {
            return Article(Some(article.clone()));
        }
    }
    Article::default()
}

/// The first thing that is an article, on the top or in `@graph`.
fn article(value: &Value) -> Option<&serde_json::Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().find_map(article),
        Value::Object(object) if is_article(object) => Some(object),
        Value::Object(object) => object.get("@graph").and_then(article),
        _ => None,
    }
}

fn is_article(object: &serde_json::Map<String, Value>) -> bool {
    let is =
        |sort: &str| sort.ends_with("Article") || sort.ends_with("Posting") || matches!(sort, "Report" | "SpeechAct");
    match object.get("@type") {
        Some(Value::String(sort)) => is(sort),
        Some(Value::Array(sorts)) => sorts.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::declared;

    fn said(page: &str) -> Vec<(String, String)> {
        declared(&Tree::read(page))
    }

    #[test]
    fn linked_data_stand_before_meta_and_title() {
        let page = r#"<head><title>Bridges | Elbonia</title><meta property="og:title" content="Bridges – Elbonia">
            <meta property="og:site_name" content="Elbonia"><link rel="canonical" href="https://e.example/b">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],
            "headline":"Bridges open","datePublished":"2024-05-03T10:00:00+02:00"}]}</script></head>"#;
        let wanted = [
            ("title", "Bridges open"),
            ("published", "2024-05-03"),
            ("publisher", "Elbonia"),
            ("source_url", "https://e.example/b"),
        ];
        assert_eq!(said(page), wanted.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn names_of_sites_are_no_titles() {
        let title = |page: &str| said(page).into_iter().find(|(key, _)| key == "title").map(|(_, value)| value);
        assert_eq!(title("<title>Bridges | Elbonia</title>").as_deref(), Some("Bridges"));
        assert_eq!(title("<title>North - South talks</title>").as_deref(), Some("North - South talks"));
        assert_eq!(title("<p>no title").as_deref(), None);
    }
}
