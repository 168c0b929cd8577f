//! What an extractor said of a document: the JSON Lines of `extract`, ours or another program's.

use std::collections::HashMap;

use serde::Deserialize;

/// Mentions, entities and claims of one document. Offsets are code points.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub(super) mentions: Vec<SystemMention>,
    pub(super) claims: Vec<SystemClaim>,
    pub(super) labels: HashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum SystemLine {
    Document {},
    Mention(SystemMention),
    Entity {
        iri: String,
        #[serde(default)]
        label: String,
    },
    Claim(SystemClaim),
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct SystemMention {
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default = "named")]
    pub class: String,
    #[serde(default)]
    pub zone: String,
    #[serde(default)]
    pub entity: Option<String>,
}

fn named() -> String {
    "named".to_owned()
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct SystemClaim {
    pub subject: SystemEnd,
    pub predicate: String,
    pub object: SystemEnd,
    #[serde(default)]
    pub polarity: String,
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub quote: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct SystemEnd {
    #[serde(default)]
    pub entity: Option<String>,
    #[serde(default)]
    pub label: Option<String>,
    #[serde(default)]
    pub literal: Option<String>,
}

impl System {
    /// Reads JSON Lines. The error names the line.
    pub fn parse(jsonl: &str) -> Result<System, String> {
        let mut system = System::default();
        for (at, line) in jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let line = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
            match line {
                SystemLine::Document {} => {}
                SystemLine::Mention(mention) if mention.zone == "boilerplate" => {}
                SystemLine::Mention(mention) => system.mentions.push(mention),
                SystemLine::Entity { iri, label } => {
                    system.labels.insert(iri, label);
                }
                SystemLine::Claim(claim) => system.claims.push(claim),
            }
        }
        Ok(system)
    }
}
