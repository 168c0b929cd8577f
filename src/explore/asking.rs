//! Questions in SPARQL, asked of a store that is loaded once for each state: bundled ones with their parameters, and free
//! ones. What waits for a reader stays out unless a question asks for it by name.

use std::sync::OnceLock;

use oxrdf::{GraphName, Quad, Term};

use crate::desk::{self, Desk};
use crate::lift::Layer;
use crate::model::Fault;
use crate::query::{self, Answer, Given, Header, Question};
use crate::record::{Names, QuadIds, Quads};
use crate::store::{Dataset, LimitError, Limits, Store, View};

use super::described;
use super::reading::Reading;
use super::response::Problem;

/// The database of a reading, opened when it is first asked.
#[derive(Default)]
pub struct Asking {
    store: OnceLock<Result<Store, String>>,
}

/// An answer with what was made of the names in the question.
pub struct Asked {
    /// The answer.
    pub answer: Answer,
    /// Names that were taken for those of things, in words.
    pub remarks: Vec<String>,
}

impl Asking {
    /// The database, with what it says of itself in the graph of no name.
    ///
    /// # Errors
    /// 500 if the store cannot be read.
    fn store(&self, reading: &Reading) -> Result<&Store, Problem> {
        let path = reading.directory().path();
        let open = || {
            let store = Store::open(path, &Layer::STANDING, View::Named).map_err(|error| error.to_string())?;
            if let Dataset::Memory(database) = store.dataset() {
                let told = described::description(reading, None);
                for quad in told.rows().iter().filter_map(|row| unnamed(&told, row)) {
                    database.insert(&quad).map_err(|error| error.to_string())?;
                }
            }
            Ok(store)
        };
        self.store.get_or_init(open).as_ref().map_err(|reason| Problem::new(500, reason.clone()))
    }

    /// Opens the database, if it can be; a question says why it cannot.
    pub fn open(&self, reading: &Reading) {
        let _ = self.store(reading);
    }

    /// Asks a question. A topic keeps the rows whose claim is on it; claims that are less sure than `least` are left out.
    ///
    /// # Errors
    /// What is wrong with a parameter, or the limit that was reached.
    pub fn ask(
        &self,
        reading: &Reading,
        limits: Limits,
        (name, header): (&str, &Header),
        mut question: Question,
        given: &[Given],
        least: Option<f64>,
    ) -> Result<Asked, Problem> {
        question.limit(limits);
        if question.layers().contains(&Layer::Doubtful) {
            return apart(reading, (name, header), question, given);
        }
        let record = reading.record();
        let mut remarks = query::set(&mut question, name, header, given, &Names::new(record)).map_err(wrong)?;
        let sentences = query::Sentences::new(|digits: &str| super::graphs::text(reading, digits));
        let topic = query::topic(&question, header, given)
            .map(|given| desk::topic(record, &given.value, &|passage| sentences.at(passage)));
        let topic = topic.transpose().map_err(|error| Problem::of(400, &error))?;
        let store = self.store(reading)?.dataset();
        let mut answer = question.ask(store).map_err(wrong)?;
        if let Answer::Rows(rows) = &mut answer {
            if let Some((topic, more)) = topic {
                remarks.extend(more);
                rows.keep_topic(&topic.claims(record, &|passage| sentences.at(passage)));
            }
            fill(reading, rows);
            if let Some(least) = least {
                let unsure = rows.keep_sure(store, least);
                remarks.extend((unsure > 0).then(|| query::passed_over(unsure, least, "“least=0” in the address")));
            }
        }
        Ok(Asked { answer, remarks })
    }
}

/// A quad in the graph of no name.
fn unnamed(quads: &Quads, row: &QuadIds) -> Option<Quad> {
    let (Term::NamedNode(subject), Term::NamedNode(predicate)) =
        (quads.to_oxrdf(row.subject), quads.to_oxrdf(row.predicate))
    else {
        return None;
    };
    Some(Quad::new(subject, predicate, quads.to_oxrdf(row.object), GraphName::DefaultGraph))
}

/// Fills in the sentences around passages.
fn fill(reading: &Reading, rows: &mut query::Rows) {
    let sentences = query::Sentences::new(|digits: &str| super::graphs::text(reading, digits));
    rows.fill_sentences(|passage| sentences.at(passage));
}

/// Asks what needs layers that the loaded store has not, in a store of its own.
fn apart(reading: &Reading, named: (&str, &Header), mut question: Question, given: &[Given]) -> Result<Asked, Problem> {
    let mut desk = Desk::open(reading.directory().path()).map_err(|error| Problem::of(500, &error))?;
    let inquiry = desk.inquire(&mut question, named, given, true).map_err(|error| Problem::of(400, &*error))?;
    let (answer, _) = desk.answer(&question, &inquiry, None).map_err(wrong)?;
    Ok(Asked { answer, remarks: inquiry.remarks })
}

/// An error of a question as an answer: the asker's fault, or a limit.
pub fn wrong(error: query::Error) -> Problem {
    let status = match &error {
        query::Error::Update { .. } | query::Error::Service { .. } => 403,
        query::Error::NoSuchQuery { .. } => 404,
        query::Error::Limit(LimitError::Time(_)) => 503,
        query::Error::Limit(LimitError::Memory(_) | LimitError::Rows(_)) => 413,
        query::Error::Limit(LimitError::Stopped) | query::Error::Evaluation { .. } => 500,
        _ => 400,
    };
    Problem::of(status, &error as &dyn Fault)
}
