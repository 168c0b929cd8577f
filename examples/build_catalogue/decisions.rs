//! What a person decided where the tables leave it open: keys, classes, what is part of what.

use std::collections::HashMap;

/// The hand-written decisions.
pub struct Decisions {
    by_label: HashMap<&'static str, Decision>,
    sessions: Vec<(&'static str, &'static str)>,
}

/// The decision on one entity; empty where the rule for its kind holds.
#[derive(Clone, Copy, Default)]
pub struct Decision {
    pub key: &'static str,
    pub class: &'static str,
    pub part_of: &'static str,
    /// Whether the label is a heading of a thesaurus and no name: texts that use its words speak of other things.
    pub silent: bool,
}

impl Decisions {
    /// Those beside this file.
    pub fn shipped() -> Self {
        let entities = include_str!("entities.tsv").lines().skip(1).map(|line| {
            let mut cells = line.split('\t');
            let mut next = || cells.next().unwrap_or_default();
            (next(), Decision { key: next(), class: next(), part_of: next(), silent: next() == "yes" })
        });
        let sessions = include_str!("sessions.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
        Self { by_label: entities.collect(), sessions: sessions.collect() }
    }

    /// The decision on an entity; the empty one if there is none.
    pub fn on(&self, label: &str) -> Decision {
        self.by_label.get(label).copied().unwrap_or_default()
    }

    /// The body whose session a meeting is, and the rest of the meeting's label.
    pub fn body_of<'l>(&self, meeting: &'l str) -> Option<(&'static str, &'l str)> {
        self.sessions
            .iter()
            .find_map(|&(prefix, body)| Some((body, meeting.strip_prefix(prefix)?.trim_start_matches([',', ' ']))))
    }

    /// The key of an organ by its name, with or without "United Nations" before it.
    pub fn organ(&self, name: &str) -> Option<&'static str> {
        let long = format!("United Nations {name}");
        self.by_label.get(name).or_else(|| self.by_label.get(long.as_str())).map(|decision| decision.key)
    }
}

/// The class of the entities of a kind. `None` for rows that stand for no entity of ours: classes of things, data sets,
/// branches of an outer vocabulary.
pub fn class_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "country" | "observer-state" => "State",
        "un-principal-organ" => "PrincipalOrgan",
        "un-office-holder" => "PersonRole",
        "un-subsidiary-organ"
        | "un-functional-commission"
        | "un-regional-commission"
        | "un-secretariat-office"
        | "un-fund-programme"
        | "un-research-training"
        | "un-related" => "UNBody",
        "un-treaty-body" | "un-ad-hoc-committee" | "un-expert-group" | "un-main-committee" => "ExpertGroup",
        "igo"
        | "igo-organ"
        | "regional-organisation"
        | "state-group"
        | "movement"
        | "court"
        | "eu-body"
        | "un-specialized-agency"
        | "un-related-organization" => "InternationalOrganization",
        "police-body" => "LawEnforcementAgency",
        "ministry" => "GovernmentBody",
        "resolution" | "voting-record" => "Resolution",
        "document" => "Document",
        "treaty" => "Treaty",
        "eu-act" | "national-law-article" => "LegalProvision",
        "meeting" => "Meeting",
        "place" => "Place",
        "topic" => "Topic",
        _ => return None,
    })
}
