//! What stands around every page: head, search, ways, foot.

use maud::{DOCTYPE, Markup, html};

use super::accept::Form;
use super::assets;
use super::visit::Visit;

/// Where the head leads.
const WAYS: [(&str, &str); 7] = [
    ("/positions", "Positions"),
    ("/change", "Change"),
    ("/compare", "Compare"),
    ("/documents", "Documents"),
    ("/things", "Things"),
    ("/graph", "Graph"),
    ("/q", "Questions"),
];

/// A whole page. `offered` are the forms that it has.
pub fn page(visit: &Visit<'_>, title: &str, offered: &[&str], body: &Markup) -> Markup {
    let asked = visit.request.value("q").filter(|_| visit.path == "/search").unwrap_or_default();
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title, offered, visit.reading.revision(), |form| visit.in_form(form)))
            body {
                a class="skip" href="#main" { "to the content" }
                (top(&asked, &visit.path, visit.settings.review.is_some()))
                @if !visit.reading.damages().is_empty() {
                    p class="problem" role="alert" {
                        "Parts of this store are damaged and left out here: run " code { "rapporteur repair" } "."
                    }
                }
                main id="main" { (body) }
                (foot(visit, offered))
            }
        }
    }
}

/// A page around what went wrong, when there may be no store to speak of.
pub fn bare(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title, &[], "", |_| String::new()))
            body {
                a class="skip" href="#main" { "to the content" }
                (top("", "", false))
                main id="main" { h1 { (title) } (body) p { a href="/" { "to the start" } } }
            }
        }
    }
}

fn head(title: &str, offered: &[&str], revision: &str, in_form: impl Fn(&str) -> String) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            @if !revision.is_empty() { meta name="revision" content=(revision); }
            title { (title) " – rapporteur" }
            link rel="icon" href=(assets::href("icon.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(assets::href("style.css"));
            link rel="stylesheet" href=(assets::href("graph.css"));
            script src=(assets::href("script.js")) defer {}
            @for form in offered.iter().filter_map(|name| Form::named(name)).filter(|form| form.name != "html") {
                link rel="alternate" type=(form.media[0]) title=(form.title) href=(in_form(form.name));
            }
        }
    }
}

fn top(asked: &str, path: &str, reviews: bool) -> Markup {
    html! {
        header class="top" {
            a class="brand" href="/" { "rapporteur" }
            form class="search" role="search" action="/search" {
                label class="heard" for="q" { "Search things, quotes and documents" }
                input id="q" name="q" type="search" value=(asked) placeholder="a name, a resolution, words…" autocomplete="off";
                button { "Search" }
            }
            nav aria-label="pages" {
                @for (href, word) in WAYS.into_iter().chain(reviews.then_some(("/review", "Review"))) {
                    @let here = path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
                    a href=(href) aria-current=[here.then_some("page")] { (word) }
                }
            }
        }
    }
}

fn foot(visit: &Visit<'_>, offered: &[&str]) -> Markup {
    let forms = offered.iter().filter_map(|name| Form::named(name)).filter(|form| form.name != "html");
    let has_forms = forms.clone().next().is_some();
    html! {
        footer {
            @if has_forms { p class="forms" {
                "This page as "
                @for (at, form) in forms.enumerate() {
                    @if at > 0 { " · " }
                    a href=(visit.in_form(form.name)) rel="alternate nofollow" title=(form.title) { "." (form.name) }
                }
            } }
            p {
                a href="/about" { "About, sources, how to cite" } " · " a href="/claims" { "All claims" } " · "
                @if visit.settings.has_endpoint { a href="/sparql" { "SPARQL" } " · " }
                a href="/ontology" { "Terms" } " · "
                span class="faint" { "No statement without its sentence. A quote shows what was said, not that it is true." }
            }
        }
    }
}
