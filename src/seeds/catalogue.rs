//! The known world: bodies, States, treaties, resolutions, meetings and topics, with all their names.

mod draft;
mod embedded;
mod identifier;
mod in_time;

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use compact_str::CompactString;

use super::{Error, Lexicon, shipped, turtle};
use crate::model::{Class, DateValue, Entity, Identifier, Kind};

pub use draft::catalogue_properties;
pub use embedded::FILES as EMBEDDED_FILES;
pub use in_time::{NameInTime, NamesInTime, Period, Sense};

/// What the IRIs of catalogue entries begin with; the rest of an IRI is the entry's key.
pub const BASE: &str = "https://w3id.org/rapporteur/id/";

/// All entries, found by key.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_key: HashMap<CompactString, usize>,
    in_time: NamesInTime,
    /// The names by their head nouns; filed at the first question.
    by_head: OnceLock<HashMap<String, Vec<Headed>>>,
}

/// A name of an entry by its words.
#[derive(Clone, Debug)]
struct Headed {
    entry: usize,
    /// The words that tell it from others.
    words: Vec<String>,
}

impl Catalogue {
    /// The catalogue that ships inside the program, read on first use.
    pub fn embedded() -> &'static Catalogue {
        static CATALOGUE: LazyLock<Catalogue> =
            LazyLock::new(|| shipped("the catalogue", Catalogue::parse(EMBEDDED_FILES)));
        &CATALOGUE
    }

    /// Reads Turtle files (name for messages, text) into one catalogue. What several files say of one key is put
    /// together. To add to the catalogue that ships, pass [`EMBEDDED_FILES`] first.
    ///
    /// # Errors
    ///
    /// The first fault, with file, line and column. Nothing of the files is kept then.
    pub fn parse(files: &[(&str, &str)]) -> Result<Catalogue, Error> {
        let mut drafts = draft::Drafts::default();
        for &(name, text) in files {
            turtle::read(name, text, &mut |spot, subject, predicate, object| {
                drafts.take(spot, subject, predicate, object)
            })?;
        }
        drafts.finish(files).map(Self::of_entries)
    }

    fn of_entries(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let by_key = entries.iter().enumerate().map(|(i, entry)| (entry.key.clone(), i)).collect();
        let in_time = NamesInTime::of(&entries);
        Self { entries, by_key, in_time, by_head: OnceLock::new() }
    }

    /// All entries, sorted by key.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with that key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).map(|&i| &self.entries[i])
    }

    /// The names whose meaning hangs on the time.
    pub const fn names_in_time(&self) -> &NamesInTime {
        &self.in_time
    }

    /// The entries of a kind one of whose names has this head noun and holds all of these words, each once, by key.
    pub fn holding(&self, lexicon: &Lexicon, kind: Kind, head: &str, words: &[String]) -> impl Iterator<Item = &Entry> {
        let alike = self.by_head(lexicon).get(head).map_or(&[][..], Vec::as_slice).iter();
        let fits = move |name: &&Headed| {
            self.entries[name.entry].class.kind() == kind && words.iter().all(|word| name.words.contains(word))
        };
        let mut last = None;
        let once = move |name: &&Headed| last.replace(name.entry) != Some(name.entry);
        alike.filter(fits).filter(once).map(|name| &self.entries[name.entry])
    }

    fn by_head(&self, lexicon: &Lexicon) -> &HashMap<String, Vec<Headed>> {
        self.by_head.get_or_init(|| {
            let mut by_head: HashMap<String, Vec<Headed>> = HashMap::new();
            for (entry, name) in
                self.entries.iter().enumerate().flat_map(|(i, entry)| entry.names.iter().map(move |name| (i, name)))
            {
                let words = lexicon.telling_words(&name.text);
                by_head.entry(lexicon.head_of(&name.text)).or_default().push(Headed { entry, words });
            }
            by_head
        })
    }
}

/// One known thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key that its IRI is made of: `state/irn`, `body/unodc`, `resolution/A-RES-74-247`, `topic/cybercrime`.
    pub key: CompactString,
    /// Its class.
    pub class: Class,
    /// The preferred label.
    pub label: String,
    /// All names, the label first. Empty for an entry that texts do not name: a heading of a thesaurus.
    pub names: Vec<Name>,
    /// Identifiers in outer schemes, each with source and strength.
    pub identifiers: Vec<Identifier>,
    /// When adopted, issued or held.
    pub date: Option<DateValue>,
    /// Key of the body or State that it is part of.
    pub part_of: Option<CompactString>,
    /// Key of the body that adopted or issued it, or whose session it is.
    pub organ: Option<CompactString>,
    /// For a session of a body: 5 for the fifth.
    pub session: Option<u32>,
    /// Key of the city where it was held.
    pub held_in: Option<CompactString>,
    /// For a State: when it existed, as far as a source tells.
    pub existed: Period,
    /// Keys of the States that it came out of.
    pub predecessors: Vec<CompactString>,
    /// Keys of the States that came out of it.
    pub successors: Vec<CompactString>,
    /// Names that it bears, or that mean it, in some years only.
    pub in_time: Vec<NameInTime>,
    /// Web pages about it.
    pub pages: Vec<String>,
    /// Where date and place were read; empty where nothing was noted. Identifiers have their own sources.
    pub source: String,
    /// Where the catalogue says so.
    pub origin: Origin,
}

impl Entry {
    /// As an entity of a document that does not name it itself.
    pub fn entity(&self) -> Entity {
        Entity {
            key: self.key.clone(),
            class: self.class,
            label: self.label.clone(),
            also: Vec::new(),
            identifiers: self.identifiers.clone(),
            known: true,
            value: None,
            owner: None,
            aspect_of: Vec::new(),
        }
    }
}

/// One name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// What sort of name.
    pub form: NameForm,
}

/// What sort of name it is: decides how it is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameForm {
    /// The usual full or short name. Matched without regard to case of its small words.
    Label,
    /// The formal name of a State: "Islamic Republic of Iran".
    Formal,
    /// An acronym. Matched in exactly this case.
    Acronym,
    /// The adjective or people's name of a State: "Iranian".
    Demonym,
    /// The title of a resolution or document. It names the thing only if nothing else bears the same name.
    Title,
}

/// Where an entry or rule was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// File name.
    pub file: CompactString,
    /// Line, from 1.
    pub line: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fault, Kind};

    #[test]
    fn the_catalogue_that_ships_is_read_whole() {
        let catalogue =
            Catalogue::parse(EMBEDDED_FILES).unwrap_or_else(|error| panic!("{error} at {:?}", error.place()));
        let of = |kind: Kind| catalogue.entries().iter().filter(|entry| entry.class == Class::Of(kind)).count();
        assert_eq!(of(Kind::State), 195 + 13, "193 members and 2 observers, and 13 States that are no more");
        assert!(catalogue.entries().windows(2).all(|pair| pair[0].key < pair[1].key), "sorted, each key once");
        for entry in catalogue.entries() {
            let folder = entry.key.split('/').next();
            assert_eq!(folder, Some(entry.class.kind().folder()), "{} is a {}", entry.key, entry.class.name());
            assert!(entry.names.first().is_none_or(|name| name.text == entry.label), "{}", entry.key);
        }
    }

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/catalogue");
        let files = std::fs::read_dir(folder).expect("the folder ships").filter_map(Result::ok);
        let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name.ends_with(".ttl"));
        names.sort();
        let embedded: Vec<&str> = EMBEDDED_FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn what_is_written_by_hand_links_to_nothing_outside() {
        for (name, text) in EMBEDDED_FILES.iter().filter(|(name, _)| name.starts_with("supplement")) {
            let links = text.lines().filter(|line| !line.starts_with('@')).find(|line| line.contains("://"));
            assert_eq!(links, None, "{name}");
            assert!(!text.contains("rap:identifier"), "{name} states identifiers");
        }
    }

    #[test]
    fn an_entry_keeps_all_that_the_files_say() {
        let text = "@base <https://w3id.org/rapporteur/id/> .\n\
            @prefix rap: <https://w3id.org/rapporteur/ontology#> .\n\
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\
            @prefix dcterms: <http://purl.org/dc/terms/> .\n\
            <scheme/atlas> rap:iriPattern \"https://atlas.example/{}\" .\n\
            <source/table> dcterms:title \"table.csv, row 7\" .\n\
            <body/lighthouse-board> a rap:UNBody ; skos:prefLabel \"Lighthouse Board\"@en .\n\
            <meeting/lighthouse-3> a rap:Meeting ;\n\
            \tskos:prefLabel \"Lighthouse Board, third session\"@en ; rap:session 3 ;\n\
            \trap:sessionOf <body/lighthouse-board> ; dcterms:date \"2020-05-04/2020-05-06\" ;\n\
            \trap:identifier \"atlas | 7 | close | table\", \"page | 7b | exact |  | https://pages.example/7\" .\n";
        let catalogue = Catalogue::parse(&[("own.ttl", text)]).expect("is valid");
        let meeting = catalogue.get("meeting/lighthouse-3").expect("is there");
        assert_eq!(meeting.session, Some(3));
        assert_eq!(meeting.organ.as_deref(), Some("body/lighthouse-board"));
        assert_eq!(meeting.date.as_ref().map(DateValue::end), Some("2020-05-06"));
        assert_eq!(meeting.origin, Origin { file: "own.ttl".into(), line: 8 });
        let seen: Vec<_> = meeting.identifiers.iter().map(|one| (one.iri.as_deref(), one.source.as_str())).collect();
        assert_eq!(
            seen,
            [(Some("https://atlas.example/7"), "table.csv, row 7"), (Some("https://pages.example/7"), "")]
        );
    }

    /// The fault of a file that begins with the usual three prefixes: code, line:column, message, hint.
    fn fault_of(lines: &str) -> String {
        let head = "@base <https://w3id.org/rapporteur/id/> .\n\
            @prefix rap: <https://w3id.org/rapporteur/ontology#> .\n\
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";
        let error = Catalogue::parse(&[("own.ttl", &format!("{head}{lines}"))]).expect_err("is refused");
        let place = error.place().expect("has a place");
        let hint = error.hint().unwrap_or_default();
        format!("{} {}:{}:{} {error} ({hint})", error.code(), place.file, place.line, place.column)
    }

    #[test]
    fn faults_say_what_where_and_what_to_try() {
        let faults = [
            ("<body/a> a rap:UNBody ;\n  skos:prefLabel Board .", "R0601 own.ttl:5:18 "),
            (
                "<body/a> a rap:UnBody ; skos:prefLabel \"Board\" .",
                "R0602 own.ttl:4:16 the catalogue has no class `UnBody` (did you mean `UNBody`?)",
            ),
            (
                "<body/a> a rap:UNBody ;\n  skos:preflabel \"Board\" .",
                "R0602 own.ttl:5:8 the catalogue has no property `skos:preflabel` (did you mean `skos:prefLabel`?)",
            ),
            (
                "<http://example.org/a> a rap:UNBody .",
                "R0603 own.ttl:4:2 `http://example.org/a` is not a key of the catalogue (keys are a folder",
            ),
            (
                "<body/a> a rap:UNBody ; skos:prefLabel <body/b> .",
                "R0604 own.ttl:4:1 `skos:prefLabel` cannot have this value: it needs words in quotes, not an IRI ()",
            ),
            (
                "<body/a> rap:identifier \"atlas | 7 | sure\" .",
                "R0604 own.ttl:4:26 `rap:identifier` cannot have this value: its strength is `sure`, not `exact`",
            ),
            (
                "<body/a> a rap:UNBody ; skos:prefLabel \"Board\" .\n<body/a> skos:prefLabel \"Council\" .",
                "R0605 own.ttl:5:26 `body/a` already has another label: `Board` (keep one label, or use another key)",
            ),
            (
                "<body/a> skos:prefLabel \"Board\" .",
                "R0606 own.ttl:4:2 `body/a` has no class (say what it is, like `a rap:UNBody`)",
            ),
            (
                "<body/board> a rap:UNBody ; skos:prefLabel \"Board\" .\n\
                 <body/a> a rap:UNBody ; skos:prefLabel \"Panel\" ; rap:partOf <body/bord> .",
                "R0607 own.ttl:5:2 `body/a` points to `body/bord`, which no file describes (did you mean <body/board>?)",
            ),
        ];
        for (lines, expected) in faults {
            let fault = fault_of(lines);
            assert!(fault.starts_with(expected), "{lines}\n gives {fault}\n  not {expected}");
        }
    }
}
