//! The formats that vocabularies come in.

use super::error::LoadError;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyFormat {
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads.
    NQuads,
    /// RDF/XML.
    RdfXml,
    /// A table whose cells are parted by commas.
    Csv,
    /// A table whose cells are parted by tabs.
    Tsv,
    /// The JSON dump of the Research Organization Registry.
    Ror,
}

impl VocabularyFormat {
    /// Its name in messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::NTriples => "N-Triples",
            Self::NQuads => "N-Quads",
            Self::RdfXml => "RDF/XML",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Ror => "ROR JSON",
        }
    }

    /// The format of a name or ending, with or without a point, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.trim_start_matches('.').to_lowercase().as_str() {
            "ttl" | "turtle" => Self::Turtle,
            "nt" | "ntriples" | "n-triples" => Self::NTriples,
            "nq" | "nquads" | "n-quads" => Self::NQuads,
            "rdf" | "xml" | "owl" | "rdfxml" | "rdf/xml" => Self::RdfXml,
            "csv" => Self::Csv,
            "tsv" | "tab" => Self::Tsv,
            "ror" | "json" => Self::Ror,
            _ => return None,
        })
    }

    /// The format of a file, by its ending; `.gz` may follow. `given` is what the user said.
    ///
    /// # Errors
    /// If neither tells.
    pub fn of(file: &str, given: Option<&str>) -> Result<Self, LoadError> {
        let unpacked = file.strip_suffix(".gz").unwrap_or(file);
        let ending = unpacked.rsplit_once('.').map_or("", |(_, ending)| ending);
        let found = Self::from_name(given.unwrap_or(ending));
        found.ok_or_else(|| LoadError::VocabularyFormat(given.map_or(file, |given| given).to_owned()))
    }

    /// The name of a file without its folder and its endings: what its vocabulary is called if nothing else tells.
    pub fn stem(file: &str) -> String {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let name = name.strip_suffix(".gz").unwrap_or(name);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
        let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }
}
