//! The endpoint: the whole answer or an error, in the form that is asked for; for browsers an editor with examples.

use maud::{Markup, html};
use oxrdf::Term;

use crate::explore::accept::{self, Form};
use crate::explore::answers;
use crate::explore::asking;
use crate::explore::cards::{self, Name};
use crate::explore::described;
use crate::explore::graphs;
use crate::explore::protocol::{self, Sent};
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Visit};
use crate::query::{self, Answer, Header, Library, Rows};

/// Rows on a page.
const SHOWN: usize = 200;

/// Forms of rows, the usual one first.
const ROWS: [&str; 5] = ["srj", "srx", "csv", "tsv", "html"];

/// Forms of graphs, the usual one first.
const GRAPHS: [&str; 7] = ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "html"];

/// Answers a request to the endpoint.
///
/// # Errors
/// What is wrong with the request, the query or its cost.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let sent = protocol::read(visit.request)?;
    match &sent.query {
        Some(query) if !query.trim().is_empty() => asked(visit, &sent, query),
        Some(_) => Err(Problem::new(400, "the query has no text")),
        None if matches!(visit.request.method.as_str(), "GET" | "HEAD") => unasked(visit),
        None => Err(Problem::new(400, "there is no query").hint("send it as the parameter query")),
    }
}

fn asked(visit: &Visit<'_>, sent: &Sent, text: &str) -> Answered {
    let base = visit.reading.directory().base().as_str();
    let mut question = match query::parse("query", text, base, &[]).map_err(asking::wrong) {
        Ok(question) => question,
        Err(problem) if is_for_a_person(visit) => {
            return Ok(editor(visit, problem.status, text, Some(Err(&problem))));
        }
        Err(problem) => return Err(problem),
    };
    question.over(&sent.default_graphs, &sent.named_graphs);
    let offered: &[&'static str] = if question.is_graph() { &GRAPHS } else { &ROWS };
    let form = form(visit, sent, offered)?;
    let header = Header::default();
    let asked =
        visit.reading.asking().ask(visit.reading, visit.settings.limits, ("query", &header), question, &[], None);
    if form.name == "html" {
        let page = match asked {
            Ok(asked) => editor(visit, 200, text, Some(Ok(&asked.answer))),
            Err(problem) => editor(visit, problem.status, text, Some(Err(&problem))),
        };
        return Ok(page);
    }
    let body = answers::write(visit, &asked?.answer, form, &[])?;
    let largest = visit.settings.largest;
    if body.len() > largest {
        return Err(Problem::new(413, format!("the answer has more than {largest} bytes")).hint("ask with LIMIT"));
    }
    Ok(Response::new(200, &form.content_type(), body).with("Vary", "Accept").with("Cache-Control", "no-cache"))
}

/// The form of an answer: clients send one list of types for all sorts of queries, so only those that fit this one count.
fn form(visit: &Visit<'_>, sent: &Sent, offered: &[&'static str]) -> Result<&'static Form, Problem> {
    let named = sent.format.as_deref().map(|format| match format {
        "json" => "srj",
        "xml" if offered.contains(&"srx") => "srx",
        "xml" => "rdf",
        "turtle" => "ttl",
        other => other,
    });
    let found = named.map(|named| {
        let fits = |name: &&&str| **name == named || Form::named(name).is_some_and(|form| form.media.contains(&named));
        offered.iter().find(fits).and_then(|name| Form::named(name))
    });
    match found {
        Some(Some(form)) => Ok(form),
        Some(None) => Err(none(sent.format.as_deref().unwrap_or_default(), offered)),
        None => {
            let mut request = visit.request.clone();
            request.query.clear();
            let suffix = visit.suffix.as_deref();
            accept::choose(&request, suffix, offered).map_err(|asked| none(&asked, offered))
        }
    }
}

fn none(asked: &str, offered: &[&str]) -> Problem {
    let media: Vec<&str> = offered.iter().filter_map(|name| Form::named(name)).map(|form| form.media[0]).collect();
    let asked: String = asked.chars().take(200).collect();
    Problem::new(406, format!("no answer as “{asked}”"))
        .hint(format!("this query is answered as  {}", media.join(", ")))
}

/// Without a query: the editor for browsers, the description for programs.
fn unasked(visit: &Visit<'_>) -> Answered {
    let offered = ["ttl", "html", "nt", "rdf", "jsonld", "trig", "nq"];
    let form = visit.form(&offered)?;
    if form.name == "html" {
        let named = visit.request.value("edit").unwrap_or_default();
        let text = Library::bundled().get(&named).map(|entry| entry.text.clone().into_owned());
        let text = text.unwrap_or_else(|_| EXAMPLE.to_owned());
        return Ok(editor(visit, 200, &text, None));
    }
    describe(visit, form)
}

/// The description of service and dataset.
///
/// # Errors
/// 406.
pub fn void(visit: &Visit<'_>) -> Answered {
    let form = visit.form(&["ttl", "jsonld", "nt", "rdf"])?;
    describe(visit, form)
}

fn describe(visit: &Visit<'_>, form: &Form) -> Answered {
    let host = visit.request.header("host").unwrap_or("localhost");
    let quads = described::description(visit.reading, Some(&format!("http://{host}/sparql")));
    let body = graphs::write(visit.reading, &quads, form)?;
    Ok(Response::new(200, &form.content_type(), body).with("Vary", "Accept"))
}

const EXAMPLE: &str = "# Who is for or against what? Known prefixes need no PREFIX line here.\n\
SELECT ?date ?who ?act ?what ?quote WHERE {\n  ?claim a rap:Position ; rdf:subject ?who ; rdf:predicate ?act ;\n    \
rdf:object ?what ; rap:evidence ?where .\n  ?where rap:quote ?quote ; oa:hasSource ?text .\n  OPTIONAL { ?text dcterms:date ?date }\n}\n\
ORDER BY ?date\nLIMIT 20\n";

/// Whether a browser asks: the editor then shows what is wrong, at its place.
fn is_for_a_person(visit: &Visit<'_>) -> bool {
    let is_page = |format: String| format == "html" || format == "text/html";
    visit
        .request
        .value("format")
        .map_or_else(|| visit.request.header("accept").is_some_and(|accepted| accepted.contains("text/html")), is_page)
}

/// The text of a query with the place at fault marked, to lie behind the field in which it is changed.
fn behind(text: &str, problem: &Problem) -> Option<Markup> {
    let (line, column) = problem.place?;
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let of_line = text.get(before..)?.lines().next().unwrap_or_default();
    let at = of_line.char_indices().nth(column.saturating_sub(1)).map_or(of_line.len(), |(at, _)| at);
    let word = of_line[at..].find(char::is_whitespace).unwrap_or(of_line.len() - at);
    let first = of_line[at..].chars().next().map_or(0, char::len_utf8);
    let (start, end) = (before + at, before + at + word.max(first));
    let wrong = if start == end { " " } else { &text[start..end] };
    Some(
        html! { pre class="behind" aria-hidden="true" { (text[..start]) mark class="wrong" { (wrong) } (text[end..]) "\n" } },
    )
}

fn editor(visit: &Visit<'_>, status: u16, text: &str, answer: Option<Result<&Answer, &Problem>>) -> Response {
    let library = Library::bundled();
    let body = html! {
        h1 { "SPARQL" }
        form action="/sparql" method="get" class="sparql" {
            label class="heard" for="query" { "Query" }
            @let problem = answer.and_then(Result::err);
            div class="editor" {
                @if let Some(behind) = problem.and_then(|problem| behind(text, problem)) { (behind) }
                textarea id="query" name="query" spellcheck="false" autocapitalize="off" autocomplete="off" rows="14"
                    aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "wrong")] { "\n" (text) }
            }
            p class="form" {
                label { "answer as" select name="format" {
                    @for (value, word) in [("html", "page"), ("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML"), ("ttl", "Turtle (graphs)")] {
                        option value=(value) { (word) }
                    }
                } }
                button { "Ask" }
            }
        }
        @match answer {
            Some(Ok(answer)) => (result(visit, answer)),
            Some(Err(problem)) => div id="wrong" { (problem.markup()) },
            None => {},
        }
        details open[answer.is_none()] {
            summary { "Examples: the bundled questions" }
            ul class="plain columns" { @for entry in library.entries() { @if let Ok(header) = entry.header() {
                li class="question" { a href={ "/sparql?edit=" (entry.name) } { (header.summary) } }
            } } }
        }
        h2 { "For programs" }
        p { "SPARQL 1.1 Protocol at " code { "/sparql" } ": GET, POST and QUERY, results as JSON, XML, CSV and TSV, graphs as Turtle, N-Triples, RDF/XML, JSON-LD, TriG and N-Quads. It only reads; an answer is whole or an error." }
        p class="faint" { "Editors on other sites reach this machine only if the browser asks you (Local Network Access) and the server was started with " code { "--cors ORIGIN" } "." }
    };
    let page = visit.page("SPARQL", &["html"], &body);
    Response::new(status, "text/html; charset=utf-8", page).with("Vary", "Accept")
}

fn result(visit: &Visit<'_>, answer: &Answer) -> Markup {
    match answer {
        Answer::Truth(truth) => html! { h2 { "Answer" } p class="answer" { @if *truth { "yes" } @else { "no" } } },
        Answer::Rows(rows) => table(visit, rows),
        Answer::Graph(triples) => {
            let terms = |triple: &oxrdf::Triple| {
                let subject = match &triple.subject {
                    oxrdf::NamedOrBlankNode::NamedNode(node) => Term::NamedNode(node.clone()),
                    oxrdf::NamedOrBlankNode::BlankNode(node) => Term::BlankNode(node.clone()),
                };
                vec![Some(subject), Some(Term::NamedNode(triple.predicate.clone())), Some(triple.object.clone())]
            };
            let variables = ["subject", "property", "object"].map(str::to_owned).to_vec();
            table(visit, &Rows { variables, rows: triples.iter().map(terms).collect() })
        }
    }
}

fn table(visit: &Visit<'_>, rows: &Rows) -> Markup {
    let cell = |term: &Option<Term>| term.as_ref().map_or_else(Name::default, |term| answers::name(visit, term));
    html! {
        h2 { "Answer " span class="count" { (crate::model::text::counted(rows.rows.len(), "row")) } }
        @if rows.rows.len() > SHOWN { p class="faint" { "The first " (SHOWN) " are shown here; the other forms have all." } }
        div class="scroller" tabindex="0" role="region" aria-label="answer" { table {
            thead { tr { @for variable in &rows.variables { th scope="col" { (variable) } } } }
            tbody { @for row in rows.rows.iter().take(SHOWN) { tr { @for term in row { td dir="auto" { (cards::link(&cell(term))) } } } } }
        } }
    }
}
