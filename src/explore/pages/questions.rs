//! The bundled questions: a list, and for each a form, its answer as a table, and the query as it was asked.

use maud::{Markup, html};
use oxrdf::Term;
use serde::Serialize;

use crate::explore::address;
use crate::explore::answers;
use crate::explore::asking;
use crate::explore::cards::{self, Name};
use crate::explore::paging::Paging;
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Page, Visit};
use crate::query::{self, Answer, Given, Header, Library};

/// Rows on a page.
const SHOWN: usize = 100;

/// The list of questions.
#[derive(Serialize)]
struct Questions {
    questions: Vec<Entry>,
    #[serde(skip)]
    has_endpoint: bool,
}

/// A question in the list.
#[derive(Serialize)]
struct Entry {
    name: String,
    summary: String,
    needs: String,
    href: String,
}

/// A question with its answer.
#[derive(Serialize)]
struct QuestionPage {
    name: String,
    summary: String,
    description: String,
    parameters: Vec<Field>,
    remarks: Vec<String>,
    /// What is missing or wrong; then there is no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<serde_json::Value>,
    columns: Vec<String>,
    rows: Vec<Vec<Option<Name>>>,
    paging: Paging,
    query: String,
    /// Claims below this confidence are left out, if the address says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<String>,
    #[serde(skip)]
    quotes: Vec<bool>,
    #[serde(skip)]
    markup: Option<Markup>,
    #[serde(skip)]
    forms: Vec<(&'static str, String)>,
    #[serde(skip)]
    editor: Option<String>,
}

/// A parameter in the form.
#[derive(Serialize)]
struct Field {
    name: String,
    sort: &'static str,
    required: bool,
    about: String,
    example: String,
    value: String,
}

/// Answers with the list.
///
/// # Errors
/// 406.
pub fn list(visit: &Visit<'_>) -> Answered {
    let library = Library::bundled();
    let entry = |entry: &query::LibraryEntry| {
        let header = entry.header().ok()?;
        let href = format!("/q/{}", entry.name);
        Some(Entry { name: entry.name.clone(), summary: header.summary.clone(), needs: header.needs(), href })
    };
    let questions = library.entries().filter_map(entry).collect();
    visit.answer(&Questions { questions, has_endpoint: visit.settings.has_endpoint }, &[])
}

/// Answers a question.
///
/// # Errors
/// 404 if there is none of that name, 406, and what the engine says.
pub fn answer(visit: &Visit<'_>, name: &str) -> Answered {
    let library = Library::bundled();
    let entry = library.get(name).map_err(asking::wrong)?;
    let header = entry.header().map_err(asking::wrong)?;
    let base = visit.reading.directory().base().as_str();
    let question = query::parse(name, &entry.text, base, &[]).map_err(asking::wrong)?;
    let given = given(visit, &header);
    let missing = header.parameters.iter().find(|one| one.required && given.iter().all(|given| given.name != one.name));
    let asked = match missing {
        Some(one) => {
            let hint = one.example.as_ref().map(|example| format!("for example {example}")).unwrap_or_default();
            Err(Problem::new(400, format!("say {}: {}", one.name, one.about)).hint(hint))
        }
        None => {
            let least = visit.request.value("least").and_then(|value| value.parse().ok()).or(header.least);
            let asking = visit.reading.asking();
            asking.ask(visit.reading, visit.settings.limits, (name, &header), question.clone(), &given, least)
        }
    };
    let more = ["srj", "srx", "md", "rq"];
    let form = visit.form(&["html", "json", "csv", "tsv", "srj", "srx", "md", "rq"])?;
    if form.name == "rq" {
        return Ok(Response::new(200, &form.content_type(), entry.text.as_bytes().to_vec()));
    }
    if !matches!(form.name, "html" | "json") {
        let asked = asked?;
        let body = answers::write(visit, &asked.answer, form, &header.columns)?;
        return Ok(visit.told(
            Response::new(200, &form.content_type(), body),
            &["html", "json", "csv", "tsv", "srj", "srx", "md", "rq"],
        ));
    }
    // A form that is not filled in yet is a page and no error; for programs it is one.
    let (asked, problem) = match asked {
        Ok(asked) => (Some(asked), None),
        Err(problem) if form.name == "html" && missing.is_some() => (None, Some(problem)),
        Err(problem) => return Err(problem),
    };
    let is_asked = asked.is_some();
    let page = model(visit, (name, &entry.text, &header), &given, asked, problem, form.name);
    if !is_asked {
        // There is nothing to have in another form yet.
        let page = visit.page(&page.title(), &["html"], &page.body());
        return Ok(Response::new(200, "text/html; charset=utf-8", page).with("Vary", "Accept"));
    }
    visit.answer(&page, &[&["csv", "tsv"][..], &more[..]].concat())
}

/// The parameters that the address gives.
fn given(visit: &Visit<'_>, header: &Header) -> Vec<Given> {
    let said = |name: &String| visit.request.value(name).map(|value| format!("{name}={value}"));
    let named = header.parameters.iter().filter_map(|one| said(&one.name));
    named.filter_map(|pair| pair.parse().ok()).collect()
}

fn model(
    visit: &Visit<'_>,
    (name, text, header): (&str, &str, &Header),
    given: &[Given],
    asked: Option<asking::Asked>,
    problem: Option<Problem>,
    form: &str,
) -> QuestionPage {
    let fields = header.parameters.iter().map(|one| Field {
        name: one.name.clone(),
        sort: one.sort.name(),
        required: one.required,
        about: one.about.clone(),
        example: one.example.clone().unwrap_or_default(),
        value: given.iter().find(|given| given.name == one.name).map(|given| given.value.clone()).unwrap_or_default(),
    });
    let remarks = asked.as_ref().map(|asked| asked.remarks.clone()).unwrap_or_default();
    let rows = match asked.map(|asked| asked.answer) {
        Some(Answer::Rows(rows)) => rows,
        _ => query::Rows { variables: Vec::new(), rows: Vec::new() },
    };
    let shown: Vec<usize> = answers::columns(&rows, &header.columns);
    let heading = |at: usize| {
        let variable = &rows.variables[at];
        let column = header.columns.iter().find(|column| column.variable == *variable);
        column.map_or_else(|| variable.clone(), |column| column.heading.clone())
    };
    let paging = Paging::new(visit, rows.rows.len(), if form == "html" { SHOWN } else { usize::MAX });
    let cell = |term: &Option<Term>| term.as_ref().map(|term| answers::name(visit, term));
    let part = paging.part(&rows.rows).iter().map(|row| shown.iter().map(|&at| cell(&row[at])).collect());
    QuestionPage {
        name: name.to_owned(),
        summary: header.summary.clone(),
        description: header.description.trim().to_owned(),
        parameters: fields.collect(),
        remarks,
        problem: problem.as_ref().map(Problem::json),
        columns: shown.iter().map(|&at| heading(at)).collect(),
        quotes: shown.iter().map(|&at| answers::is_quote(&rows.variables[at])).collect(),
        rows: part.collect(),
        paging,
        query: text.to_owned(),
        least: visit.request.value("least").filter(|least| !least.is_empty()),
        markup: problem.map(|problem| problem.markup()),
        forms: ["csv", "tsv", "json", "srj", "md", "rq"].into_iter().map(|form| (form, visit.in_form(form))).collect(),
        editor: visit.settings.has_endpoint.then(|| address::with("/sparql", &[("edit", name)])),
    }
}

impl Page for Questions {
    fn title(&self) -> String {
        "Questions".to_owned()
    }

    fn body(&self) -> Markup {
        html! {
            h1 { "Questions" }
            p class="lead" { "Each has a form, its answer as a table and as data, and the SPARQL behind it." @if self.has_endpoint { " One of your own: " a href="/sparql" { "SPARQL" } "." } }
            ul class="plain columns" { @for entry in &self.questions {
                li class="question" { a href=(entry.href) { (entry.summary) } br; span class="faint" { code { (entry.name) } @if !entry.needs.is_empty() { " · " (entry.needs) } } }
            } }
        }
    }
}

impl Page for QuestionPage {
    fn title(&self) -> String {
        self.summary.clone()
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.summary) }
            @if !self.description.is_empty() { p class="lead" { (self.description) } }
            (self.form())
            @for remark in &self.remarks { p class="faint" { (remark) } }
            @if let Some(problem) = &self.markup { (problem) } @else { (self.table()) }
            details {
                summary { "The query" }
                pre { code { (self.query) } }
                @if let Some(editor) = &self.editor { p { a href=(editor) { "change it in the editor" } } }
            }
        }
    }
}

impl QuestionPage {
    fn form(&self) -> Markup {
        html! {
            @if !self.parameters.is_empty() {
                form class="form" action={ "/q/" (self.name) } {
                    @for field in &self.parameters {
                        label { (field.name) @if field.required { " (needed)" }
                            @let suggests = matches!(field.sort, "entity" | "topic");
                            input name=(field.name) value=(field.value) placeholder=(field.example) title=(field.about)
                                id={ "p-" (field.name) } data-suggest=[suggests.then_some("key")] autocomplete="off";
                        }
                    }
                    @if let Some(least) = &self.least { label { "least sure" input name="least" value=(least) size="5" inputmode="decimal" title="claims below this confidence, 0 to 1, are left out"; } }
                    button { "Ask" }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        html! {
            p class="count" { (crate::model::text::counted(self.paging.total, "row")) }
            @if self.paging.total > 0 {
                div class="scroller" tabindex="0" role="region" aria-label="answer" { table {
                    thead { tr { @for column in &self.columns { th scope="col" { (column) } } } }
                    tbody { @for row in &self.rows { tr { @for (at, cell) in row.iter().enumerate() {
                        td { @if let Some(name) = cell { @if self.quotes[at] { q dir="auto" { (name.name) } } @else { (cards::link(name)) } } }
                    } } } }
                } }
                (self.paging.markup())
            }
            p class="forms" { "All rows as: " @for (form, href) in &self.forms { a href=(href) { "." (form) } " " } }
        }
    }
}
