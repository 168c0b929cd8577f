//! Measures rules by themselves: reads documents with hand-made mentions and entities instead of the program's own, and
//! writes what the rules claim, one JSON Lines file a document, to be scored.
//!
//! usage: cargo run --example measure_relate -- GOLD_DIR CORPUS_DIR OUT_DIR [DOC …]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::lift::{self, Base};
use rapporteur::model::{
    Class, DateValue, Entity, EntityId, Extraction, Kind, Mention, MentionClass, Mentions, Reading, Span, Value,
};
use rapporteur::relate::{self, Inputs};
use rapporteur::seeds::Rules;
use rapporteur::{read, syntax};
use serde_json::Value as Json;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, corpus, out, only @ ..] = arguments.as_slice() else {
        return eprintln!("usage: measure_relate GOLD_DIR CORPUS_DIR OUT_DIR [DOC …]");
    };
    let (gold, corpus, out) = (Path::new(gold), Path::new(corpus), Path::new(out));
    fs::create_dir_all(out).expect("OUT_DIR can be made");
    for name in only {
        let extraction = extract(&gold.join(name), corpus);
        let mut file = fs::File::create(out.join(format!("{name}.jsonl"))).expect("OUT_DIR can be written");
        lift::jsonl::write(&extraction, &Base::default(), &mut file).expect("OUT_DIR can be written");
        println!("{name}: {} claims", extraction.claims.len());
    }
}

fn extract(folder: &Path, corpus: &Path) -> Extraction {
    let meta: Json = serde_json::from_str(&text(&folder.join("meta.json"))).expect("meta.json");
    let source = find(corpus, meta["source"].as_str().unwrap_or_default());
    let bytes = fs::read(&source).expect("source");
    let document = read::read(&source.to_string_lossy(), &bytes, &read::Options::default()).expect("a document");
    let sentences = syntax::Model::embedded().parse_document(&document).0;
    let (entities, ids) = entities(folder);
    let (mentions, referents) = mentions(folder, &ids);
    let itself = find_key(&ids, &["statement-a", "statement-b", "statement-eu-cnd66", "a-res-74-173"]);
    let holder = find_key(&ids, &["iran", "european-union", "un-general-assembly"]);
    let voices: Vec<EntityId> = ids.iter().filter(|(key, _)| is_voice(key)).map(|(_, &id)| id).collect();
    if std::env::var_os("SHOW_METADATA").is_some() {
        eprintln!("{:#?}", document.metadata);
    }
    let claims = {
        let rules = &rules();
        let inputs = Inputs {
            document: &document,
            sentences: &sentences,
            mentions: &mentions,
            referents: &referents,
            entities: &entities,
            itself,
            holder,
            voices: &voices,
            shown_by: None,
            turns: &[],
            reported: &[],
            rules,
        };
        relate::relate(&inputs, &relate::Table).claims
    };
    Extraction { document, sentences, mentions, referents, entities, itself, claims, ..Extraction::default() }
}

/// The rules of the working copy, so that a change of rules needs no compiling.
fn rules() -> Rules {
    let mut paths: Vec<PathBuf> =
        fs::read_dir("seeds/rules").expect("seeds/rules").map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut rules = Rules::default();
    for path in paths {
        rules.extend(&path.to_string_lossy(), &text(&path)).unwrap_or_else(|error| panic!("{error}"));
    }
    rules
}

fn is_voice(key: &str) -> bool {
    key.contains("delegation")
        || key.ends_with("-representative")
        || key.ends_with("-representative-b")
        || key == "jakob-forssmed"
        || key == "cnd-participants"
}

fn find_key(ids: &BTreeMap<String, EntityId>, keys: &[&str]) -> Option<EntityId> {
    keys.iter().find_map(|key| ids.get(*key).copied())
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("gold file")
}

fn lines(path: &Path) -> Vec<Json> {
    text(path).lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn find(corpus: &Path, name: &str) -> PathBuf {
    ["dev", "seeds"]
        .iter()
        .map(|folder| corpus.join(folder).join(name))
        .find(|path| path.exists())
        .expect("source in corpus")
}

fn entities(folder: &Path) -> (Vec<Entity>, BTreeMap<String, EntityId>) {
    let mut entities = Vec::new();
    let mut ids = BTreeMap::new();
    for line in lines(&folder.join("entities.jsonl")) {
        let key = line["canonical"].as_str().unwrap_or_default();
        let kind = line["type"].as_str().and_then(Kind::from_name).unwrap_or(Kind::Topic);
        ids.insert(key.to_owned(), EntityId(entities.len() as u32));
        entities.push(Entity {
            key: key.into(),
            class: Class::Of(kind),
            label: line["label"].as_str().unwrap_or(key).to_owned(),
            also: Vec::new(),
            identifiers: Vec::new(),
            known: false,
            value: (kind == Kind::Date).then(|| Value::Date(DateValue::new(key))),
            owner: None,
            aspect_of: Vec::new(),
        });
    }
    (entities, ids)
}

fn mentions(folder: &Path, ids: &BTreeMap<String, EntityId>) -> (Mentions, Vec<Option<EntityId>>) {
    let mut found: Vec<(Mention, Option<EntityId>)> = lines(&folder.join("mentions.jsonl"))
        .iter()
        .map(|line| {
            let byte = |key: &str| line[key].as_u64().unwrap_or_default() as usize;
            let kind = line["type"].as_str().and_then(Kind::from_name).unwrap_or(Kind::Topic);
            let class = match line["class"].as_str() {
                Some("named") => MentionClass::Named,
                Some("nominal") => MentionClass::Nominal,
                Some("term") => MentionClass::Term,
                _ => MentionClass::Pronoun,
            };
            let reading = match (class, kind) {
                (MentionClass::Pronoun, _) => Reading::Pronoun,
                (MentionClass::Named, Kind::Meeting) => Reading::Session { ordinal: None, body: None },
                (MentionClass::Named, Kind::LegalProvision) => {
                    Reading::Provision { unit: "article".into(), number: "1".into(), of: None }
                }
                (MentionClass::Named, _) => Reading::Name,
                _ => Reading::Phrase,
            };
            let canonical = line["canonical"].as_str().unwrap_or_default();
            let id = ids.get(canonical).or_else(|| ids.get(canonical.split('+').next()?)).copied();
            (Mention::new(Span::new(byte("byte_start"), byte("byte_end")), kind, class, reading), id)
        })
        .collect();
    found.sort_by_key(|(mention, _)| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let (mentions, referents): (Vec<Mention>, _) = found.into_iter().unzip();
    (mentions.into(), referents)
}
