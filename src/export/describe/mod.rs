//! What is in an export, for programs and catalogues: VoID and DCAT beside a file, a data package beside a set of tables.
//! No clock: the same export has the same description.

pub mod package;
pub mod void;

use crate::lift::vocabulary::xsd;

use super::ExportError;
use super::reference::Reference;
use crate::record::Literal;

/// What is said of an export besides what it holds.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// A line on what it is.
    pub title: String,
    /// How much of what there is.
    pub summary: String,
    /// Under which terms the graph may be used; that of the texts is theirs.
    pub licence: Option<Licence>,
    /// When it was made, as the user says: an ISO 8601 day, or moment in UTC.
    pub created: Option<String>,
    /// The documents it is made of.
    pub documents: Vec<Reference>,
    /// Name of the file, without folder.
    pub file: String,
    /// Its media type.
    pub media_type: String,
}

/// A licence that a user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its SPDX identifier; empty if it was given by its address.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What it is called.
    pub title: String,
}

/// Identifier, title and address of licences that suit data, as SPDX lists them.
const KNOWN: [(&str, &str, &str); 10] = [
    ("CC0-1.0", "Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    (
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share Alike 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    (
        "CC-BY-NC-4.0",
        "Creative Commons Attribution Non Commercial 4.0 International",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution Non Commercial Share Alike 4.0 International",
        "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    ),
    ("ODbL-1.0", "Open Data Commons Open Database License v1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    ("ODC-By-1.0", "Open Data Commons Attribution License v1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    (
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication & License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
    ("MIT", "MIT License", "https://opensource.org/license/mit"),
    ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
];

impl Licence {
    /// The licence of an SPDX identifier, in any case, or of an address.
    ///
    /// # Errors
    /// [`ExportError::UnknownLicence`] with those that are known.
    pub fn from_name(name: &str) -> Result<Self, ExportError> {
        let known = KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        if let Some((name, title, url)) = known {
            return Ok(Self { name: (*name).to_owned(), url: (*url).to_owned(), title: (*title).to_owned() });
        }
        let is_address = (name.starts_with("https://") || name.starts_with("http://"))
            && oxigraph::model::NamedNode::new(name).is_ok();
        if is_address {
            return Ok(Self { name: String::new(), url: name.to_owned(), title: name.to_owned() });
        }
        Err(ExportError::UnknownLicence { name: name.to_owned(), known: KNOWN.map(|(known, ..)| known).join(" ") })
    }
}

/// A day or moment as a literal.
pub(super) fn moment(iso: &str) -> Literal<'_> {
    let datatype = if iso.contains('T') { xsd::DATE_TIME } else { xsd::DATE };
    Literal::Typed(iso, datatype.as_str())
}

/// Name and version of this program.
fn program() -> String {
    format!("rapporteur {}", env!("CARGO_PKG_VERSION"))
}
