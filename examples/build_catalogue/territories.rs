//! Areas with codes of their own that are no Members: Greenland, Puerto Rico. Their codes are in the country tables; an
//! identifier is taken where the tables agree.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::names;
use crate::tables::{Row, rows, value};
use crate::things::{Thing, Things};

/// Where each table was read, as the tables of identifiers write it.
const CODES: &str = "datasets/country-codes data/country-codes.csv@caa72d1e0e5a";
const AREAS: &str = "akjoshi/linkedsdg concepts/countries-source-index.tsv@6bc5c1ca3b35";
const NAMES: &str = "PyPI rigour==1.2.0 rigour/data/territories/data.jsonl";
const EUROPE: &str = "europarl/open-data-beta-testing controlled-vocabularies/countries-skos.rdf@6a0700279a89";

/// Areas, by two letters, for which the tables have the item of a State that claims them: the area's own item, which the
/// table of territories has among its others.
const OWN_ITEMS: [(&str, &str); 1] = [("EH", "Q6250")];

/// The country tables.
pub struct Territories {
    /// Rows of areas that are no Members.
    rows: Vec<Row>,
    /// M49 codes that have an address.
    areas: HashSet<String>,
    /// Wikidata items by two letters.
    items: HashMap<String, String>,
    /// The items of [`OWN_ITEMS`] that the table of territories has.
    own: HashMap<String, String>,
    /// Codes of the EU's table of countries.
    europe: HashSet<String>,
}

impl Territories {
    /// Reads them from their folder; `members` are the three-letter codes of those who are States.
    pub fn read(folder: &Path, members: &HashSet<&str>) -> Result<Self, Box<dyn Error>> {
        let mut rows = rows(&folder.join("country-codes.csv"))?;
        rows.retain(|row| !members.contains(value(row, "ISO3166-1-Alpha-3")));
        let areas = fs::read_to_string(folder.join("linkedsdg-countries-source-index.tsv"))?;
        let areas = areas.lines().filter_map(|line| line.split('\t').next()?.strip_prefix(GEO_AREA));
        let (mut items, mut own) = (HashMap::new(), HashMap::new());
        for line in unpacked(&folder.join("rigour-territories.jsonl.gz"))?.lines() {
            let territory: serde_json::Value = serde_json::from_str(line)?;
            let Some(code) = territory["code"].as_str().map(str::to_uppercase) else { continue };
            let others = territory["other_qids"].as_array().into_iter().flatten().filter_map(|item| item.as_str());
            own.extend(
                others.filter(|item| OWN_ITEMS.contains(&(&code, item))).map(|item| (code.clone(), item.to_owned())),
            );
            if let Some(item) = territory["qid"].as_str() {
                items.insert(code, item.to_owned());
            }
        }
        let europe = unpacked(&folder.join("eu-countries-skos.rdf.gz"))?;
        let europe = europe.split("authority/country/").skip(1).filter_map(|rest| rest.split('"').next());
        Ok(Self {
            areas: areas.map(str::to_owned).collect(),
            europe: europe.map(str::to_owned).collect(),
            items,
            own,
            rows,
        })
    }

    /// Adds a place for each.
    pub fn add_to(&self, things: &mut Things) {
        let sources = [CODES, AREAS, NAMES, EUROPE].map(|source| things.cite(source));
        for row in &self.rows {
            let (label, also) = names_of(row);
            let thing = things
                .things
                .entry(format!("place/{}", names::slug(&label)))
                .or_insert_with(|| Thing { class: "Place".to_owned(), ..Thing::default() });
            thing.label = label;
            thing.names.extend(also.into_iter().map(|name| ("skos:altLabel", name)));
            thing.identifiers.extend(self.identifiers(row, &sources));
        }
    }

    fn identifiers(&self, row: &Row, [codes, areas, names, europe]: &[String; 4]) -> BTreeSet<String> {
        let (two, three) = (value(row, "ISO3166-1-Alpha-2"), value(row, "ISO3166-1-Alpha-3"));
        let m49 = format!("{:0>3}", value(row, "M49"));
        let item = value(row, "wikidata_id").rsplit('/').next().unwrap_or_default();
        let own = self.own.get(two);
        let lines = [
            (true, format!("iso3166-1-alpha2 | {two} | exact | {codes}")),
            (true, format!("iso3166-1-alpha3 | {three} | exact | {codes}")),
            (true, format!("geonames | {} | exact | {codes}", value(row, "Geoname ID"))),
            (self.areas.contains(&m49), format!("m49 | {m49} | exact | {codes} {areas}")),
            (self.europe.contains(three), format!("eu-authority-country | {three} | exact | {europe}")),
            (own.is_some(), format!("wikidata | {} | exact | {names}", own.map_or("", String::as_str))),
            (
                own.is_none() && self.items.get(two).is_some_and(|other| other == item),
                format!("wikidata | {item} | exact | {codes} {names}"),
            ),
        ];
        lines.into_iter().filter(|(agrees, _)| *agrees).map(|(_, line)| line).collect()
    }
}

const GEO_AREA: &str = "http://data.un.org/codes/sdg/geoArea/";

/// Label and other names: the official name, or the usual one where that has a remark in it.
fn names_of(row: &Row) -> (String, Vec<String>) {
    let (official, usual) = (value(row, "official_name_en"), value(row, "CLDR display name").replace('&', "and"));
    match official.contains([',', '(']) {
        true => (usual, vec![official.to_owned()]),
        false => (official.to_owned(), Vec::new()),
    }
}

fn unpacked(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}
