//! Parameters as people give them, `actor=Iran`, turned into RDF terms by the type that the query's header states.

use std::str::FromStr;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};

use super::header::{Header, Parameter, ParameterType};
use super::{Error, Question};
use crate::lift::vocabulary::{PREFIXES, own, relations};
use crate::model::{Class, Kind, Relation};
use crate::record::Names;

/// One parameter as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Before the first equals sign.
    pub name: String,
    /// After it.
    pub value: String,
}

impl FromStr for Given {
    type Err = Error;

    fn from_str(given: &str) -> Result<Self, Error> {
        let not_a_pair = || Error::NotAPair { given: given.to_owned() };
        let (name, value) = given.split_once('=').ok_or_else(not_a_pair)?;
        let name = name.trim().trim_start_matches('?');
        if name.is_empty() || value.trim().is_empty() {
            return Err(not_a_pair());
        }
        Ok(Self { name: name.to_owned(), value: value.trim().to_owned() })
    }
}

/// Binds what is given, and defaults for what is not. A query without a header takes any variable that it mentions, and
/// the value tells its own type. Gives a remark for each name that was not one of the thing's names in full.
pub fn set(
    question: &mut Question,
    query: &str,
    header: &Header,
    given: &[Given],
    names: &Names<'_>,
) -> Result<Vec<String>, Error> {
    let mut remarks = Vec::new();
    for one in given {
        let sort = sort_of(question, query, header, one)?;
        if sort == Some(ParameterType::Topic) && gathers(question) {
            continue;
        }
        let (term, remark) = term(sort, one, names)?;
        question.bind(&one.name, &term);
        remarks.extend(remark);
    }
    let missing = |parameter: &&Parameter| given.iter().all(|one| one.name != parameter.name);
    for parameter in header.parameters.iter().filter(missing) {
        if let Some(default) = &parameter.default {
            let one = Given { name: parameter.name.clone(), value: default.clone() };
            question.bind(&one.name, &term(Some(parameter.sort), &one, names)?.0);
        } else if parameter.required {
            let example = parameter.example.clone();
            return Err(Error::Missing { query: query.to_owned(), name: parameter.name.clone(), example });
        }
    }
    Ok(remarks)
}

/// The topic that is asked for, if the question has a column of claims by which its rows can be kept.
pub fn topic<'g>(question: &Question, header: &Header, given: &'g [Given]) -> Option<&'g Given> {
    let is_topic = |one: &&Given| header.parameter(&one.name).is_some_and(|one| one.sort == ParameterType::Topic);
    given.iter().find(is_topic).filter(|_| gathers(question))
}

fn gathers(question: &Question) -> bool {
    question.variables().iter().any(|variable| variable == "claim")
}

/// The type of a parameter; `None` where the value is to tell.
fn sort_of(question: &Question, query: &str, header: &Header, given: &Given) -> Result<Option<ParameterType>, Error> {
    if let Some(parameter) = header.parameter(&given.name) {
        return Ok(Some(parameter.sort));
    }
    let known: Vec<String> = match header.parameters.is_empty() && header.columns.is_empty() {
        true => question.mentioned().to_vec(),
        false => header.parameters.iter().map(|parameter| parameter.name.clone()).collect(),
    };
    if header.columns.is_empty() && known.contains(&given.name) {
        return Ok(None);
    }
    Err(Error::NoSuchParameter { query: query.to_owned(), name: given.name.clone(), known })
}

fn term(sort: Option<ParameterType>, given: &Given, names: &Names<'_>) -> Result<(Term, Option<String>), Error> {
    let value = given.value.as_str();
    let bad = |wanted, near| Error::BadValue { name: given.name.clone(), value: value.to_owned(), wanted, near };
    let literal = match sort {
        Some(ParameterType::Entity | ParameterType::Topic) => return entity(given, names),
        Some(ParameterType::Relation) => {
            return relation(value).map(|term| (term, None)).map_err(|near| bad("a relation", near));
        }
        Some(ParameterType::Class) => {
            return class(value).map(|term| (term, None)).map_err(|near| bad("a class", near));
        }
        Some(ParameterType::String) => Literal::new_simple_literal(value),
        Some(ParameterType::Date) => {
            date(value).ok_or_else(|| bad("a date such as 2021, 2021-04 or 2021-04-08", None))?
        }
        Some(ParameterType::Integer) => integer(value).ok_or_else(|| bad("a whole number", None))?,
        Some(ParameterType::Decimal) => decimal(value).ok_or_else(|| bad("a number", None))?,
        None => return guessed(given, names),
    };
    Ok((literal.into(), None))
}

/// Without a type: text in quotes, numbers, dates; all else is a name.
fn guessed(given: &Given, names: &Names<'_>) -> Result<(Term, Option<String>), Error> {
    let value = given.value.as_str();
    let text = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(Literal::new_simple_literal);
    let date = || if value.contains('-') { date(value) } else { None };
    match text.or_else(|| integer(value)).or_else(|| decimal(value)).or_else(date) {
        Some(literal) => Ok((literal.into(), None)),
        None => entity(given, names),
    }
}

fn entity(given: &Given, names: &Names<'_>) -> Result<(Term, Option<String>), Error> {
    if let Some(node) = prefixed(&given.value) {
        return Ok((node.into(), None));
    }
    let found = names.find(&given.value)?;
    let remark = (!found.exact).then(|| format!("{} = {}", given.name, names.describe(&found.iri)));
    Ok((NamedNode::new_unchecked(found.iri).into(), remark))
}

/// A prefixed name with a known prefix.
fn prefixed(value: &str) -> Option<NamedNode> {
    let (prefix, local) = value.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    NamedNode::new([namespace, local].concat()).ok()
}

/// A relation by its name; one that the ontology does not declare by its IRI.
fn relation(value: &str) -> Result<Term, Option<String>> {
    if let Some(node) = NamedNode::new(value).ok().filter(|node| node.as_str().contains("://")) {
        return Ok(node.into());
    }
    pick(value, relations().iter().map(Relation::name))
}

fn class(value: &str) -> Result<Term, Option<String>> {
    pick(value, Kind::ALL.map(Kind::name).into_iter().chain(Class::FINER.map(Class::name)))
}

/// The one of our terms that a value names, in any case and with any blanks; else the nearest.
fn pick(value: &str, known: impl Iterator<Item = &'static str> + Clone) -> Result<Term, Option<String>> {
    let wanted = bare(value.strip_prefix("rap:").unwrap_or(value));
    if let Some(name) = known.clone().find(|name| bare(name) == wanted || bare(name) == format!("{wanted}s")) {
        return Ok(own(name).into());
    }
    let likeness = |name: &str| strsim::jaro_winkler(&wanted, &bare(name));
    let best = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    Err(best.filter(|name| likeness(name) > 0.8).map(str::to_owned))
}

fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn integer(value: &str) -> Option<Literal> {
    value.parse::<i64>().ok().map(Literal::from)
}

fn decimal(value: &str) -> Option<Literal> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.matches('.').count() <= 1;
    (plain && digits.contains(|c: char| c.is_ascii_digit())).then(|| Literal::new_typed_literal(value, xsd::DECIMAL))
}

fn date(value: &str) -> Option<Literal> {
    let parts: Vec<&str> = value.split('-').collect();
    let number = |part: &str, length: usize| {
        (part.len() == length && part.chars().all(|c| c.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    let within = |part: &str, most: u32| number(part, 2).is_some_and(|n| (1..=most).contains(&n));
    let datatype = match parts.as_slice() {
        [year] => number(year, 4).map(|_| xsd::G_YEAR)?,
        [year, month] if within(month, 12) => number(year, 4).map(|_| xsd::G_YEAR_MONTH)?,
        [year, month, day] if within(month, 12) && within(day, 31) => number(year, 4).map(|_| xsd::DATE)?,
        _ => return None,
    };
    Some(Literal::new_typed_literal(value, datatype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_split_at_the_first_equals_sign() {
        let given: Given = "topic=a=b".parse().expect("a pair");
        assert_eq!((given.name.as_str(), given.value.as_str()), ("topic", "a=b"));
        for wrong in ["", "actor", "=x", "actor=", "actor= "] {
            assert!(wrong.parse::<Given>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn values_become_terms_of_their_type() {
        for (value, datatype) in [("2021", xsd::G_YEAR), ("2021-04", xsd::G_YEAR_MONTH), ("2021-04-08", xsd::DATE)] {
            assert_eq!(date(value).expect(value).datatype(), datatype);
        }
        for wrong in ["21", "2021-13", "2021-04-32", "2021-4", "x", "2021-04-08-01", ""] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
        assert_eq!(integer("12x"), None);
        assert_eq!(decimal("1e5"), None);
        assert_eq!(decimal("."), None);
        assert!(decimal("0.6").is_some());
        for value in ["opposes", "oppose", "OPPOSES", "rap:opposes"] {
            assert_eq!(relation(value), Ok(own("opposes").into()), "{value}");
        }
        assert_eq!(relation("calls for"), Ok(own("callsFor").into()));
        assert_eq!(relation("oposes"), Err(Some("opposes".to_owned())));
        assert_eq!(relation("zzz"), Err(None));
        assert_eq!(class("un body"), Ok(own("UNBody").into()));
    }
}
