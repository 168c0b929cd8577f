//! The header of a query file: YAML in `#+` comment lines, in the manner of grlc, with typed parameters and column heads.

use serde_yaml_ng::{Mapping, Value};

use super::Error;
use crate::model::text::one_line;

/// What a query file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The question in one line.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Keywords.
    pub tags: Vec<String>,
    /// In the file's order.
    pub parameters: Vec<Parameter>,
    /// In the file's order; empty if the file names none.
    pub columns: Vec<Column>,
    /// How it is best shown.
    pub view: View,
    /// How sure a claim must be, 0 to 1, for its row to be an answer, unless the asker says otherwise.
    pub least: Option<f64>,
}

/// One parameter: a variable of the query that the asker may set.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The variable's name, without its question mark.
    pub name: String,
    /// What values it takes.
    pub sort: ParameterType,
    /// Whether the query means nothing without it.
    pub required: bool,
    /// The value if none is given.
    pub default: Option<String>,
    /// A value that gives an answer.
    pub example: Option<String>,
    /// What it stands for.
    pub about: String,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A thing: label, key, prefixed name or IRI.
    Entity,
    /// A topic with all that is narrower, or any thing or words: keeps the rows whose `claim` is on it.
    Topic,
    /// A relation of the ontology: `opposes`, `calls for`.
    Relation,
    /// A class of the ontology: `UNBody`.
    Class,
    /// Any text.
    String,
    /// `2021`, `2021-04` or `2021-04-08`.
    Date,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
}

/// One column of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The variable's name, without its question mark.
    pub variable: String,
    /// Its head; may be empty.
    pub heading: String,
    /// Whether tables for people leave it out.
    pub hidden: bool,
}

/// How an answer is best shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Rows and columns.
    #[default]
    Table,
    /// In time order.
    Timeline,
    /// Two columns against each other.
    Matrix,
    /// Nodes and edges.
    Graph,
}

impl Header {
    /// Reads the `#+` lines of a query text; without any, the header is empty. `name` is the file or query, for the error.
    pub fn read(name: &str, text: &str) -> Result<Self, Error> {
        let yaml: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("#+"))
            .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
            .collect();
        let fail = |reason: String| Error::Header { query: name.to_owned(), reason: one_line(&reason) };
        let map: Option<Mapping> = serde_yaml_ng::from_str(&yaml).map_err(|error| fail(error.to_string()))?;
        from_map(&map.unwrap_or_default()).map_err(fail)
    }

    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Parameter names as a usage line shows them: optional ones in brackets.
    pub fn needs(&self) -> String {
        let names = self.parameters.iter().map(|parameter| match parameter.required {
            true => parameter.name.clone(),
            false => format!("[{}]", parameter.name),
        });
        names.collect::<Vec<_>>().join(" ")
    }
}

impl ParameterType {
    const NAMES: [(&'static str, ParameterType); 8] = [
        ("entity", ParameterType::Entity),
        ("topic", ParameterType::Topic),
        ("relation", ParameterType::Relation),
        ("class", ParameterType::Class),
        ("string", ParameterType::String),
        ("date", ParameterType::Date),
        ("integer", ParameterType::Integer),
        ("decimal", ParameterType::Decimal),
    ];

    /// As headers write it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, sort)| *sort == self).map_or("string", |(name, _)| name)
    }
}

fn from_map(map: &Mapping) -> Result<Header, String> {
    let hidden = strings(map, "hide");
    let columns = mapping(map, "columns")?.unwrap_or_default();
    let parameters = mapping(map, "params")?.unwrap_or_default();
    Ok(Header {
        summary: scalar(map, "summary").unwrap_or_default(),
        description: scalar(map, "description").unwrap_or_default().trim().to_owned(),
        tags: strings(map, "tags"),
        parameters: parameters.iter().map(|(name, about)| parameter(name, about)).collect::<Result<_, _>>()?,
        columns: columns.iter().map(|(name, heading)| column(name, heading, &hidden)).collect(),
        view: view(scalar(map, "view").as_deref())?,
        least: least(scalar(map, "least").as_deref())?,
    })
}

fn parameter(name: &Value, about: &Value) -> Result<Parameter, String> {
    let name = plain(name);
    let empty = Mapping::new();
    let about = about.as_mapping().unwrap_or(&empty);
    let sort = scalar(about, "type").unwrap_or_else(|| "string".to_owned());
    let (_, sort) = ParameterType::NAMES
        .into_iter()
        .find(|(known, _)| *known == sort)
        .ok_or_else(|| format!("the parameter “{name}” has the unknown type “{sort}”"))?;
    Ok(Parameter {
        name,
        sort,
        required: about.get("required").and_then(Value::as_bool).unwrap_or(false),
        default: scalar(about, "default"),
        example: scalar(about, "example"),
        about: scalar(about, "about").unwrap_or_default(),
    })
}

fn column(name: &Value, heading: &Value, hidden: &[String]) -> Column {
    let variable = plain(name);
    Column { heading: plain(heading), hidden: hidden.contains(&variable), variable }
}

fn least(said: Option<&str>) -> Result<Option<f64>, String> {
    let share = |said: &str| said.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    said.map(|said| share(said).ok_or_else(|| format!("least is “{said}”, and not between 0 and 1"))).transpose()
}

fn view(name: Option<&str>) -> Result<View, String> {
    match name {
        None | Some("table") => Ok(View::Table),
        Some("timeline") => Ok(View::Timeline),
        Some("matrix") => Ok(View::Matrix),
        Some("graph") => Ok(View::Graph),
        Some(other) => Err(format!("the view “{other}” is none of table, timeline, matrix, graph")),
    }
}

fn mapping(map: &Mapping, key: &str) -> Result<Option<Mapping>, String> {
    match map.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Mapping(inner)) => Ok(Some(inner.clone())),
        Some(_) => Err(format!("“{key}” must map names to what they are")),
    }
}

fn strings(map: &Mapping, key: &str) -> Vec<String> {
    map.get(key).and_then(Value::as_sequence).map(|list| list.iter().map(plain).collect()).unwrap_or_default()
}

fn scalar(map: &Mapping, key: &str) -> Option<String> {
    map.get(key).filter(|value| !value.is_null()).map(plain)
}

/// A YAML scalar as text: `2021` and `no` are meant as written.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_in_order() {
        let text = "#+ summary: Who\n#+ description: |\n#+   More.\n#+   Still.\n#+ params:\n#+   b: {type: integer, required: true, example: 2021}\n#+   a: {type: entity}\n#+ columns: {z: Last, not: \"\", a: First}\n#+ hide: [a]\n#+ view: timeline\nSELECT * {}";
        let header = Header::read("x", text).expect("reads");
        assert_eq!(header.description, "More.\nStill.");
        assert_eq!(header.needs(), "b [a]");
        assert_eq!(header.parameters[0].example.as_deref(), Some("2021"));
        let columns: Vec<_> =
            header.columns.iter().map(|c| (c.variable.as_str(), c.heading.as_str(), c.hidden)).collect();
        assert_eq!(columns, [("z", "Last", false), ("not", "", false), ("a", "First", true)]);
        assert_eq!(header.view, View::Timeline);
    }

    #[test]
    fn no_header_is_an_empty_header_and_a_broken_one_is_named() {
        assert_eq!(Header::read("x", "SELECT * {}").expect("reads"), Header::default());
        for (text, part) in [
            ("#+ summary: [", "the header of mine.rq does not read"),
            ("#+ params: {a: {type: colour}}", "unknown type “colour”"),
            ("#+ params: 3", "“params” must map"),
            ("#+ view: globe", "none of table"),
        ] {
            let error = Header::read("mine.rq", text).expect_err("fails").to_string();
            assert!(error.contains(part), "{error}");
            assert!(!error.contains('\n'));
        }
    }
}
