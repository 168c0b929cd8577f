//! A question to a store: what it needs is opened, names are bound to things, and the answer gets its sentences.

use oxrdf::QuadRef;

use crate::lift::Layer;
use crate::model::Fault;
use crate::query::{self, Answer, Given, Header, Question};
use crate::record::{Names, Quads, Record, is_naming};
use crate::store::{Store, View};

use super::Desk;

/// An open question: the part of the store that it can touch, and the names of things in it.
pub struct Inquiry {
    /// What is asked.
    pub store: Store,
    /// What things are called; empty if neither question nor answer needs it.
    pub record: Record<'static>,
    /// Names that were taken for those of things, in words.
    pub remarks: Vec<String>,
}

impl Desk {
    /// Opens what a question needs and binds its parameters. `is_named` says that the answer will be read by people, who
    /// want names.
    ///
    /// # Errors
    /// When the store cannot be read, or a parameter does not fit.
    pub fn inquire(
        &mut self,
        question: &mut Question,
        (name, header): (&str, &Header),
        given: &[Given],
        is_named: bool,
    ) -> Result<Inquiry, Box<dyn Fault>> {
        let mut layers = question.layers().to_vec();
        if !layers.contains(&Layer::Claims) {
            layers.push(Layer::Claims);
        }
        let view = if question.names_graphs() { View::Named } else { View::Merged };
        let is_named =
            is_named || !given.is_empty() || header.parameters.iter().any(|parameter| parameter.default.is_some());
        let mut named = Quads::default();
        // What things are called is noted on the way into the database: nothing is read twice.
        let mut note = |quad: QuadRef<'_>| {
            if is_named && is_naming(quad.predicate.as_str()) {
                named.insert(quad);
            }
        };
        let store = Store::open_noting(self.directory.path(), &layers, view, &mut note)?;
        if is_named && !layers.contains(&Layer::Catalogue) {
            // All that ships is known by name too.
            named.absorb(&Quads::from_directory(&mut self.directory, &[Layer::Catalogue])?.0);
        }
        let record = Record::of_quads(named, store.base());
        let remarks = query::set(question, name, header, given, &Names::new(&record))?;
        Ok(Inquiry { store, record, remarks })
    }

    /// Asks, fills in sentences, and leaves out claims that are less sure than `least`.
    ///
    /// # Errors
    /// When the question cannot be answered.
    pub fn answer(&self, question: &Question, store: &Store, least: Option<f64>) -> Result<Answer, query::Error> {
        let mut answer = question.ask(store.dataset())?;
        if let Answer::Rows(rows) = &mut answer {
            let sentences = self.sentences();
            rows.fill_sentences(|passage| sentences.at(passage));
            if let Some(least) = least {
                rows.keep_sure(store.dataset(), least);
            }
        }
        Ok(answer)
    }
}
