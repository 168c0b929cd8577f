//! The properties that claims use. Each is declared in `ontology/rapporteur.ttl`; a test holds the two against each other.

use compact_str::CompactString;

/// A property of the ontology, by its local name: `opposes`, `cooperatesWith`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Relation(CompactString);

impl Relation {
    /// The relation of that local name, whether or not it is one of [`Relation::KNOWN`].
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The local name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Whether the ontology that ships declares it.
    pub fn is_known(&self) -> bool {
        Self::KNOWN.contains(&self.name())
    }

    /// Whether it tells a holder's stance: such a claim is a position.
    pub fn is_position(&self) -> bool {
        Self::POSITIONS.contains(&self.name())
    }

    /// Stances, requests and undertakings.
    pub const POSITIONS: &'static [&'static str] = &[
        "supports", "opposes", "commends", "attachesImportanceTo", "callsFor", "emphasizes", "concernedAbout",
        "condemns", "regrets", "invites", "requests", "commitsTo", "participatesIn", "proposes",
    ];

    /// All relations of the ontology that ships, in its order.
    pub const KNOWN: &'static [&'static str] = &[
        "deliveredBy", "deliveredAt", "dated", "concernsItem", "represents", "publishedBy", "sessionOf", "heldIn",
        "heldOn", "chairs", "convened", "hosts", "established", "partOf", "memberOf", "headOf", "hasPurpose",
        "responsibleFor", "appointed", "provides", "conducts", "cooperatesWith", "locatedIn", "launched", "funds",
        "adopted", "mandates", "hasTask", "hasLegalBasis", "cites", "elaborates", "partyTo", "signed", "amends",
        "imposes", "supports", "opposes", "commends", "attachesImportanceTo", "callsFor", "emphasizes",
        "concernedAbout", "condemns", "regrets", "invites", "requests", "commitsTo", "participatesIn", "proposes",
        "faces", "hinders", "facilitates", "hasCount", "hasValue", "kindOf",
    ];
}
