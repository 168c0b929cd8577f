//! What sort of thing a vocabulary's entry is, as far as its vocabulary says so.

use crate::model::Kind;

/// A sort of thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// The vocabulary does not say.
    #[default]
    Unknown,
    /// A concept of a thesaurus.
    Concept,
    /// A State or country.
    Country,
    /// An organisation.
    Organisation,
    /// A person.
    Person,
    /// A city, region or other place.
    Place,
    /// A law, treaty or document.
    Work,
    /// Something else: a brand, a species.
    Other,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::Concept,
        Self::Country,
        Self::Organisation,
        Self::Person,
        Self::Place,
        Self::Work,
        Self::Other,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Concept => "concept",
            Self::Country => "country",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Place => "place",
            Self::Work => "work",
            Self::Other => "other",
        }
    }

    /// The sort that a word of a label file stands for: its name, or another word for it.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let named = Self::ALL.into_iter().find(|sort| sort.name() == word);
        named.or(match word.as_str() {
            "" => Some(Self::Unknown),
            "topic" | "subject" | "term" => Some(Self::Concept),
            "state" | "nation" | "territory" => Some(Self::Country),
            "organization" | "org" | "body" | "agency" | "institution" | "government" => Some(Self::Organisation),
            "human" | "agent" => Some(Self::Person),
            "city" | "region" | "location" => Some(Self::Place),
            "law" | "treaty" | "document" | "resolution" => Some(Self::Work),
            "brand" | "thing" | "species" => Some(Self::Other),
            _ => None,
        })
    }

    /// The sort that an RDF class stands for, by the last word of its IRI.
    pub fn from_class(iri: &str) -> Option<Self> {
        let name = iri.rsplit(['/', '#']).next().unwrap_or_default();
        match name {
            "Concept" => Some(Self::Concept),
            "Country" | "State" | "SovereignState" => Some(Self::Country),
            "Organization"
            | "Organisation"
            | "FormalOrganization"
            | "OrganizationalUnit"
            | "GovernmentOrganization"
            | "CorporateBody" => Some(Self::Organisation),
            "Person" => Some(Self::Person),
            "Place" | "Location" | "City" | "Feature" | "AdministrativeArea" => Some(Self::Place),
            "LegalResource" | "Legislation" | "CreativeWork" | "Work" => Some(Self::Work),
            _ => None,
        }
    }

    /// The number in the file.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The sort of that number; unknown for numbers of later versions.
    pub fn from_number(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Whether a thing of ours can be the same as an entry of this sort; `None` where the vocabulary does not say.
    pub const fn fits(self, kind: Kind) -> Option<bool> {
        Some(match self {
            Self::Unknown => return None,
            Self::Concept => matches!(kind, Kind::Topic | Kind::Measure),
            Self::Country => matches!(kind, Kind::State),
            Self::Organisation => matches!(
                kind,
                Kind::GovernmentBody
                    | Kind::LawEnforcementAgency
                    | Kind::InternationalOrganization
                    | Kind::UNBody
                    | Kind::ExpertGroup
            ),
            Self::Person => matches!(kind, Kind::PersonRole),
            Self::Place => matches!(kind, Kind::Place),
            Self::Work => {
                matches!(kind, Kind::Treaty | Kind::LegalProvision | Kind::Document | Kind::Resolution)
            }
            Self::Other => false,
        })
    }
}
