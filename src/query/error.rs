//! What can go wrong with a question, in words for the person who asked it.

use crate::model::{Code, Fault, Place};
use crate::record::NameError;
use crate::store::LimitError;

/// A question that could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is not SPARQL.
    #[error("SPARQL stops making sense here")]
    Syntax {
        /// Where.
        place: Box<Place>,
        /// What could stand there, or what to change.
        hint: String,
    },
    /// The text is not UTF-8.
    #[error("{name} is not UTF-8")]
    NotText {
        /// Where it came from.
        name: String,
    },
    /// There is no text.
    #[error("the query is empty")]
    Empty,
    /// A prefix that neither the query nor we declare.
    #[error("the prefix “{prefix}:” is not declared")]
    UnknownPrefix {
        /// Without its colon.
        prefix: String,
        /// Where it is used first.
        place: Box<Place>,
        /// The nearest known prefix and its namespace.
        near: Option<&'static (&'static str, &'static str)>,
    },
    /// An update.
    #[error("this is an update, and queries only read")]
    Update {
        /// Where the update begins.
        place: Box<Place>,
    },
    /// A federated query that asks a machine which the user did not name.
    #[error("SERVICE would ask {}, and nothing leaves this machine unasked", host.as_deref().unwrap_or("whom a variable names"))]
    Service {
        /// The machine with its port; `None` if a variable holds its address.
        host: Option<String>,
    },
    /// A service that does not answer, or not with rows.
    #[error("<{address}> {reason}")]
    ServiceFailed {
        /// Its address.
        address: String,
        /// What it does.
        reason: String,
        /// What to try.
        hint: Option<String>,
    },
    /// What is named is no machine.
    #[error("“{given}” names no machine")]
    NotAHost {
        /// As given.
        given: String,
        /// The machine in an address that was given in its place.
        host: Option<String>,
    },
    /// A header that does not read.
    #[error("the header of {query} does not read: {reason}")]
    Header {
        /// File or query name.
        query: String,
        /// What is wrong, on one line.
        reason: String,
    },
    /// The engine gave up.
    #[error("the query could not be answered: {reason}")]
    Evaluation {
        /// In the engine's words, on one line.
        reason: String,
    },
    /// It took more than it may.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// It joins more patterns than can be planned.
    #[error("the query joins {found} patterns in one group; at most {most} can be planned")]
    ManyPatterns {
        /// Patterns of its largest group.
        found: usize,
        /// How many are allowed.
        most: usize,
    },
    /// Neither a bundled query nor a file.
    #[error("no bundled query “{name}”, and no such file")]
    NoSuchQuery {
        /// As asked for.
        name: String,
        /// The nearest name.
        near: Option<String>,
    },
    /// `-p` without `=`.
    #[error("“{given}” is not a parameter: it needs a name, an equals sign and a value")]
    NotAPair {
        /// As given.
        given: String,
    },
    /// A parameter that the query does not have.
    #[error("{query} has no parameter “{name}”")]
    NoSuchParameter {
        /// The query.
        query: String,
        /// As given.
        name: String,
        /// Those it has.
        known: Vec<String>,
    },
    /// A parameter that the query cannot do without.
    #[error("{query} needs the parameter “{name}”")]
    Missing {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
        /// A value that works.
        example: Option<String>,
    },
    /// A value of the wrong type.
    #[error("“{value}” is not {wanted}, which “{name}” needs")]
    BadValue {
        /// The parameter.
        name: String,
        /// As given.
        value: String,
        /// With its article: "a whole number".
        wanted: &'static str,
        /// The nearest thing it could be.
        near: Option<String>,
    },
    /// A name that leads to no one thing.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A claim that is not there.
    #[error("no claim “{name}”")]
    NoClaim {
        /// As given.
        name: String,
    },
    /// Nothing is tied to an outer thing.
    #[error("nothing is tied to “{name}”")]
    NoTie {
        /// As given.
        name: String,
    },
    /// A result format that we do not write.
    #[error("do not know the format “{name}”")]
    UnknownFormat {
        /// As given.
        name: String,
        /// The nearest we know.
        near: Option<&'static str>,
    },
    /// A format that cannot hold this sort of answer.
    #[error("{format} cannot hold {answer}")]
    WrongFormat {
        /// The format.
        format: &'static str,
        /// "a graph", "a table".
        answer: &'static str,
        /// Those that can.
        known: &'static str,
    },
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Write(#[from] std::io::Error),
}

impl Fault for Error {
    fn code(&self) -> Code {
        match self {
            Self::Syntax { .. } => Code::SPARQL_SYNTAX,
            Self::Empty => Code::QUERY_EMPTY,
            Self::NotText { .. } => Code::QUERY_NOT_UTF8,
            Self::UnknownPrefix { .. } => Code::PREFIX_UNDECLARED,
            Self::Update { .. } => Code::UPDATE_REFUSED,
            Self::Service { .. } => Code::SERVICE_REFUSED,
            Self::ServiceFailed { .. } => Code::SERVICE_FAILED,
            Self::NotAHost { .. } => Code::NOT_A_HOST,
            Self::Header { .. } => Code::HEADER_UNREADABLE,
            Self::Evaluation { .. } => Code::QUERY_FAILED,
            Self::Limit(limit) => limit.code(),
            Self::ManyPatterns { .. } => Code::QUERY_LIMIT,
            Self::NoSuchQuery { .. } => Code::NO_SUCH_QUERY,
            Self::NotAPair { .. } => Code::NOT_A_PARAMETER,
            Self::NoSuchParameter { .. } => Code::NO_SUCH_PARAMETER,
            Self::Missing { .. } => Code::PARAMETER_MISSING,
            Self::BadValue { .. } => Code::PARAMETER_VALUE,
            Self::Name(error) => error.code(),
            Self::NoClaim { .. } => Code::NO_SUCH_CLAIM,
            Self::NoTie { .. } => Code::NOT_TIED,
            Self::UnknownFormat { .. } => Code::FORMAT_UNKNOWN,
            Self::WrongFormat { .. } => Code::WRONG_FORMAT,
            Self::Write(_) => Code::CANNOT_WRITE,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Syntax { hint, .. } => hint.clone(),
            Self::UnknownPrefix { near: Some((prefix, namespace)), .. } => {
                format!("did you mean {prefix}: <{namespace}> ? Known prefixes need no PREFIX line here.")
            }
            Self::UnknownPrefix { prefix, near: None, .. } => format!("declare it: PREFIX {prefix}: <…>"),
            Self::Service { host: None } => {
                "write the address itself:  SERVICE <https://…>  and allow its machine with  --allow-service HOST"
                    .to_owned()
            }
            Self::Service { host: Some(host) } => {
                format!(
                    "allow it:  rapporteur query --allow-service {host} …   or add outer data:  rapporteur load FILE"
                )
            }
            Self::ServiceFailed { hint, .. } => return hint.clone(),
            Self::Limit(limit) => return limit.hint(),
            Self::ManyPatterns { .. } => {
                "part it: put what belongs together into  { SELECT … { … } }  of its own".to_owned()
            }
            Self::NotAHost { host, .. } => {
                format!("give its name alone:  --allow-service {}", host.as_deref().unwrap_or("query.wikidata.org"))
            }
            Self::NoSuchQuery { near, .. } => {
                let all = "all of them: rapporteur queries";
                near.as_ref().map_or(all.to_owned(), |near| format!("did you mean  {near} ?      {all}"))
            }
            Self::NoSuchParameter { known, .. } if known.is_empty() => "it takes none".to_owned(),
            Self::NoSuchParameter { known, .. } => format!("it has  {}", known.join(", ")),
            Self::Missing { name, example, .. } => {
                format!("give it with  -p {name}={}", quoted(example.as_deref().unwrap_or("…")))
            }
            Self::BadValue { near, .. } => format!("did you mean  {} ?", near.as_ref()?),
            Self::Name(error) => return error.hint(),
            Self::UnknownFormat { near, .. } => {
                let known = "known: table csv tsv json xml markdown; for graphs ttl trig nt nq jsonld rdf";
                near.map_or(known.to_owned(), |near| format!("did you mean  {near} ?  {known}"))
            }
            Self::WrongFormat { known, .. } => format!("these can: {known}"),
            other => return other.code().advice(),
        };
        Some(hint)
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { place, .. } | Self::UnknownPrefix { place, .. } | Self::Update { place } => {
                Some((**place).clone())
            }
            _ => None,
        }
    }
}

/// In quotes where a shell would need them.
fn quoted(value: &str) -> String {
    if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() }
}
