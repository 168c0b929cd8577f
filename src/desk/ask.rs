//! A question to a store: what it needs is opened, names are bound to things, and the answer gets its sentences.

use oxrdf::QuadRef;

use crate::lift::Layer;
use crate::model::Fault;
use crate::query::{self, Answer, Given, Header, ParameterType, Question, SentenceAt, Topic, Topics};
use crate::record::{Labels, NameError, Names, Quads, Record, is_naming};
use crate::store::{Damage, Dataset, Error, Indexed, Store, View};

use super::{Desk, fold};

/// An open question: the part of the store that it can touch, and the names of things in it.
pub struct Inquiry {
    /// What is asked.
    pub store: Store,
    /// What things are called; empty if neither question nor answer needs it.
    pub record: Record<'static>,
    /// Names that were taken for those of things, in words.
    pub remarks: Vec<String>,
    /// The topic that is asked for.
    pub topic: Option<Topic>,
    /// What is damaged of that which only gives names; what is damaged of the rest, the store knows.
    pub damages: Vec<Damage>,
}

impl Desk {
    /// Opens what a question needs and binds its parameters. `is_shown` says that the answer will be read by people, who
    /// want names.
    ///
    /// # Errors
    /// When the store cannot be read, or a parameter does not fit.
    pub fn inquire(
        &mut self,
        question: &mut Question,
        (name, header): (&str, &Header),
        given: &[Given],
        is_shown: bool,
    ) -> Result<Inquiry, Box<dyn Fault>> {
        let topic = query::topic(question, header, given);
        let mut layers = question.layers().to_vec();
        for layer in [Layer::Claims].into_iter().chain(topic.map(|_| Layer::Evidence)) {
            if !layers.contains(&layer) {
                layers.push(layer);
            }
        }
        let view = if question.names_graphs() { View::Asked } else { View::Merged };
        let is_named =
            is_shown || !given.is_empty() || header.parameters.iter().any(|parameter| parameter.default.is_some());
        let few = if is_shown || topic.is_some() { None } else { self.few_names(&layers, header, given)? };
        let is_named = is_named && few.is_none();
        let mut named = Quads::default();
        // What things are called is noted on the way into the database: nothing is read twice.
        let wanted = |property: &str| topic.is_some() || is_named && is_naming(property);
        let mut note = |quad: QuadRef<'_>| named.insert(quad);
        let store = Store::open_noting(self.directory.path(), &layers, view, &wanted, &mut note)?;
        if let Dataset::Index(index) = store.dataset() {
            named = Quads::of_index(index, index.with_properties(&wanted));
        }
        let mut damages = Vec::new();
        if is_named && !layers.contains(&Layer::Catalogue) {
            // All that ships is known by name too; the tree of topics is part of it.
            let (catalogue, damaged) = Quads::from_directory(&mut self.directory, &[Layer::Catalogue])?;
            named.absorb(&catalogue);
            damages = damaged;
        }
        let record = few.unwrap_or_else(|| Record::of_quads(named, store.base()));
        let mut remarks = query::set(question, name, header, given, &Names::new(&record))?;
        let topic = match topic {
            Some(given) => {
                let (topic, more) = self::topic(&record, &given.value, &self.behind_quotes())?;
                remarks.extend(more);
                Some(topic)
            }
            None => None,
        };
        Ok(Inquiry { store, record, remarks, topic, damages })
    }

    /// Of an indexed store the names that a question's parameters need, if each is exactly one thing's: then no others are read.
    fn few_names(
        &mut self,
        layers: &[Layer],
        header: &Header,
        given: &[Given],
    ) -> Result<Option<Record<'static>>, Error> {
        let is_thing = |sort: ParameterType| matches!(sort, ParameterType::Entity | ParameterType::Topic);
        let sorts: Option<Vec<ParameterType>> =
            given.iter().map(|one| Some(header.parameter(&one.name)?.sort)).collect();
        let Some(sorts) = sorts else { return Ok(None) };
        let asked = given.iter().zip(sorts).filter(|(_, sort)| is_thing(*sort)).map(|(one, _)| one.value.as_str());
        let defaults = header.parameters.iter().filter(|one| is_thing(one.sort));
        let names: Vec<&str> = asked.chain(defaults.filter_map(|one| one.default.as_deref())).collect();
        let layers = [layers, &[Layer::Catalogue, Layer::Loaded]].concat();
        let index = Indexed::open(&mut self.directory, &layers)?;
        Ok(index.and_then(|(index, _)| Record::of_names(&index, self.directory.base(), &names)))
    }

    /// The stored texts in which the words of a topic stand, most often first: short name and how often.
    pub fn mentions(&self, record: &Record<'_>, topic: &Topic) -> Vec<(String, usize)> {
        let labels = Labels::new(record);
        let base = self.directory.base();
        let texts = self.directory.documents().keys().filter_map(|sha256| {
            let times = topic.times_in(&self.directory.text(sha256).ok()?);
            (times > 0).then(|| (labels.text(base.text(sha256).as_str()), times))
        });
        let mut texts: Vec<(String, usize)> = texts.collect();
        texts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        texts
    }

    /// Makes the rows of an answer those that a person wants: one for each sentence, matter and stance, and only names among the
    /// sayers.
    pub fn fold(&self, answer: &mut Answer, inquiry: &Inquiry) {
        if let Answer::Rows(rows) = answer {
            let (labels, sentences) = (Labels::new(&inquiry.record), self.sentences());
            fold::fold(rows, &labels, inquiry.store.dataset(), |passage| sentences.at(passage));
            fold::name_sayers(rows, &labels);
        }
    }

    /// Asks, fills in sentences, and leaves out claims that are less sure than `least`: the answer, and how many rows those were.
    ///
    /// # Errors
    /// When the question cannot be answered.
    pub fn answer(
        &self,
        question: &Question,
        inquiry: &Inquiry,
        least: Option<f64>,
    ) -> Result<(Answer, usize), query::Error> {
        let store = &inquiry.store;
        let mut answer = question.ask(store.dataset())?;
        let mut unsure = 0;
        if let Answer::Rows(rows) = &mut answer {
            let sentences = self.sentences();
            if let Some(topic) = &inquiry.topic {
                rows.keep_topic(&topic.claims(&inquiry.record, &self.behind_quotes()));
            }
            rows.fill_sentences(|passage| sentences.at(passage));
            if let Some(least) = least {
                unsure = rows.keep_sure(store.dataset(), least);
            }
        }
        Ok((answer, unsure))
    }
}

/// The topic of a name, with remarks. Words that no thing is called must stand in some claim, or behind it in its sentence.
///
/// # Errors
/// If nothing has the name and no claim has the words.
pub fn topic(record: &Record<'_>, name: &str, sentence: SentenceAt<'_>) -> Result<(Topic, Vec<String>), NameError> {
    let (topic, remark) = Topic::find(record, name)?;
    let mut remarks: Vec<String> = remark.into_iter().collect();
    if topic.is_words() {
        if topic.claims(record, sentence).is_empty() {
            return Err(NameError::NoEntity { name: name.to_owned(), near: Topics::new(record).near(name) });
        }
        remarks.push(format!("no topic is called “{name}”: these rows have the words"));
    }
    Ok((topic, remarks))
}
