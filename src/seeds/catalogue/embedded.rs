//! The catalogue files that ship, compiled into the program.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../seeds/catalogue/", $name)))),*]
    };
}

/// Name and text of each file of `seeds/catalogue`, sorted by name.
pub const FILES: &[(&str, &str)] = files![
    "actors.ttl", "documents.ttl", "former-states.ttl", "meetings.ttl", "national-bodies.ttl", "organisations.ttl",
    "places.ttl", "provisions.ttl", "resolutions.ttl", "sources.ttl", "states.ttl", "supplement-bodies.ttl",
    "supplement-groupings.ttl", "supplement-instruments.ttl", "supplement-measures.ttl", "supplement-missions.ttl",
    "supplement-places.ttl", "supplement-states.ttl", "supplement-topics.ttl", "topics.ttl", "treaties.ttl",
    "un-bodies.ttl",
];
