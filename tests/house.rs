//! The rules of the house: which module may use which, how large files and functions may grow, what must be documented,
//! and which names say nothing. Fails with the place; prints the measures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules it may use. The binary may use all of them through the library's name.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("bounds", &[]),
    ("sorter", &[]),
    ("seeds", &["model"]),
    ("syntax", &["model"]),
    ("read", &["model", "seeds"]),
    ("annotate", &["model", "seeds"]),
    ("resolve", &["model", "seeds"]),
    ("relate", &["model", "seeds"]),
    ("link", &["model", "seeds"]),
    ("vocabularies", &["model", "bounds", "seeds", "sorter", "link"]),
    ("lift", &["model", "seeds"]),
    ("propose", &["model", "seeds", "relate", "lift"]),
    ("pipeline", &["model", "seeds", "read", "syntax", "annotate", "resolve", "relate", "link", "lift", "propose"]),
    ("store", &["model", "bounds", "lift"]),
    ("record", &["model", "lift", "store"]),
    ("check", &["model", "lift", "store", "record"]),
    ("query", &["model", "seeds", "lift", "store", "record"]),
    ("export", &["model", "sorter", "lift", "store", "record", "query"]),
    (
        "desk",
        &[
            "model", "seeds", "read", "link", "vocabularies", "pipeline", "lift", "store", "record", "check", "query",
            "export",
        ],
    ),
    ("explore", &["model", "link", "vocabularies", "lift", "store", "record", "query", "export", "desk"]),
    ("evaluate", &["model", "seeds"]),
];

/// Files before `lift` that may name an RDF library all the same: what users load as vocabularies is RDF.
const PARSERS: &[&str] = &["vocabularies/load/rdf.rs"];

/// Modules before `lift`: they name no RDF library. `seeds` may parse its own Turtle.
const BEFORE_LIFT: &[&str] = &["model", "read", "syntax", "annotate", "resolve", "relate", "link", "vocabularies"];

/// Stages: they open no file and no connection.
const STAGES: &[&str] = &["read", "syntax", "annotate", "resolve", "relate", "link", "pipeline"];

const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager"];

struct Source {
    path: PathBuf,
    module: String,
    /// The text before the test module.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("source is text");
                let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                let inner = path.strip_prefix(&root).expect("under src");
                let module =
                    inner.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
                found.push(Source { path: inner.to_owned(), module, code });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[test]
fn arrows_point_one_way() {
    let mut faults = Vec::new();
    for source in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(module, _)| *module == source.module) else { continue };
        for (at, line) in code_lines(&source.code) {
            for used in line.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if name != source.module && !allowed.contains(&name.as_str()) {
                    faults.push(format!("{}:{at}: {} uses {name}", source.path.display(), source.module));
                }
            }
            let names_rdf = ["oxigraph::", "oxrdf::", "oxrdfxml::", "oxttl::", "rio_api::"]
                .iter()
                .any(|library| line.contains(library));
            let opens = ["std::fs", "fs::", "File::", "std::net", "OpenOptions"].iter().any(|word| line.contains(word));
            if opens && STAGES.contains(&source.module.as_str()) {
                faults.push(format!("{}:{at}: a stage that opens something", source.path.display()));
            }
            if line.contains("rio_api::") && source.path != Path::new("export/seam.rs") {
                faults.push(format!("{}:{at}: rio_api beside its seam", source.path.display()));
            }
            let parses = PARSERS.iter().any(|file| source.path == Path::new(file));
            if names_rdf && !parses && BEFORE_LIFT.contains(&source.module.as_str()) {
                faults.push(format!("{}:{at}: an RDF library before lift", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Each code of an error or finding stands in one table, `model/code.rs`; nothing else writes a number of its own.
#[test]
fn codes_stand_in_the_table() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/code.rs")).expect("the table");
    let known: Vec<&str> = numbers(&table);
    let mut faults = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.path != Path::new("model/code.rs") && !source.path.ends_with("tests.rs"))
    {
        for (at, line) in code_lines(&source.code) {
            faults.extend(numbers(line).iter().map(|number| format!("{}:{at}: {number}", source.path.display())));
        }
    }
    assert!(faults.is_empty(), "write them as `Code::…`:\n{}", faults.join("\n"));
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/check");
    let mut used = Vec::new();
    for entry in fs::read_dir(checks).expect("the checks").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a check is text");
        let code = text.lines().find_map(|line| line.strip_prefix("#+ code: ")).expect("a check has a code").to_owned();
        assert!(known.contains(&code.as_str()), "{}: {code} is not in the table", entry.path().display());
        assert!(!used.contains(&code), "{}: {code} is another check's", entry.path().display());
        used.push(code);
    }
}

/// What looks like a code: `R0311` in quotes.
fn numbers(text: &str) -> Vec<&str> {
    let quoted = text.split('"').filter(|part| part.len() == 5 && part.starts_with("R0"));
    quoted.filter(|part| part[1..].bytes().all(|byte| byte.is_ascii_digit())).collect()
}

#[test]
fn every_module_is_known_here() {
    let known =
        |module: &str| ARROWS.iter().any(|(name, _)| *name == module) || ["lib", "main", "cli"].contains(&module);
    let strangers: Vec<_> =
        sources().into_iter().filter(|source| !known(&source.module)).map(|source| source.path).collect();
    assert!(strangers.is_empty(), "give these an arrow: {strangers:?}");
}

#[test]
fn files_and_functions_stay_small() {
    let sources = sources();
    let mut lengths: Vec<usize> = sources.iter().map(|source| source.code.lines().count()).collect();
    let mut functions = Vec::new();
    let mut faults = Vec::new();
    for source in &sources {
        let lines = source.code.lines().count();
        let is_table = source.code.contains("// A table:");
        if lines > 500 && !is_table {
            faults.push(format!("{}: {lines} lines, at most 500", source.path.display()));
        }
        for (name, length) in function_lengths(&source.code) {
            functions.push(length);
            if length > 80 {
                faults.push(format!("{}: fn {name} has {length} lines, at most 80", source.path.display()));
            }
        }
        let name = source.path.file_stem().unwrap_or_default().to_string_lossy();
        if EMPTY_NAMES.contains(&&*name) {
            faults.push(format!("{}: a name that says nothing", source.path.display()));
        }
    }
    let (files, calls) = (lengths.len(), functions.len());
    println!(
        "{files} files, median {} lines; {calls} functions, median {} lines",
        median(&mut lengths),
        median(&mut functions)
    );
    let (names, shared, types) = shared_names(&sources);
    println!("{names} names of types, {shared} of them stand for {types} types");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn public_items_are_documented() {
    let (mut items, mut bare) = (0, Vec::new());
    for source in sources() {
        let lines: Vec<&str> = source.code.lines().collect();
        if !lines.first().is_some_and(|line| line.starts_with("//!")) {
            bare.push(format!("{}: no opening paragraph", source.path.display()));
        }
        for (at, line) in lines.iter().enumerate() {
            let item = [
                "pub fn ", "pub const fn ", "pub struct ", "pub enum ", "pub trait ", "pub type ", "pub const ",
                "pub static ",
            ];
            if item.iter().any(|start| line.trim_start().starts_with(start)) {
                items += 1;
                let above = lines[..at].iter().rev().find(|line| !line.trim_start().starts_with("#["));
                if !above.is_some_and(|line| line.trim_start().starts_with("///") || line.trim() == ")]") {
                    bare.push(format!("{}:{}: {}", source.path.display(), at + 1, line.trim()));
                }
            }
        }
    }
    println!("{items} public items, {} undocumented", bare.len());
    assert!(bare.len() * 20 <= items, "\n{}", bare.join("\n"));
}

/// Longest list of words that a room may hold in code. English belongs in `seeds/lexicon`.
const LONGEST_LIST: usize = 5;

/// Rooms in which a longer list is a fault; the others are only counted.
const WITHOUT_LISTS: &[&str] = &["read", "annotate", "resolve", "relate", "link"];

/// Files of those rooms with a list that is no English: what it holds instead. Each must still have one.
const NO_ENGLISH: &[(&str, &str)] = &[
    ("link/vocabulary/concept.rs", "what tables of labels write for a role"),
    ("link/vocabulary/sort.rs", "what tables write for a sort of thing, and RDF classes"),
    ("read/docx/numbering.rs", "Roman numerals"),
    ("read/eml.rs", "months as letters of mail programs write them"),
    ("read/html/names.rs", "names of elements, roles and parts of web pages"),
    ("read/rtf.rs", "control words"),
];

/// Lists of words in code, by room: how many, and how many words; and those that are too long for their room.
#[test]
fn english_is_data() {
    let mut rooms: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut excused: Vec<&str> = NO_ENGLISH.iter().map(|(file, _)| *file).collect();
    for source in sources().iter().filter(|source| !source.path.ends_with("tests.rs")) {
        let excuse = NO_ENGLISH.iter().find(|(file, _)| source.path == Path::new(file));
        for (line, words) in word_lists(&source.code) {
            let [lists, all, long] = rooms.entry(source.module.clone()).or_default();
            (*lists, *all) = (*lists + 1, *all + words);
            if words > LONGEST_LIST {
                *long += 1;
                if let Some((file, _)) = excuse {
                    excused.retain(|other| other != file);
                } else if WITHOUT_LISTS.contains(&source.module.as_str()) {
                    faults.push(format!("{}:{line}: a list of {words} words", source.path.display()));
                }
            }
        }
    }
    for (room, [lists, words, long]) in &rooms {
        println!("{room}: {lists} lists, {words} words, {long} lists longer than {LONGEST_LIST}");
    }
    assert!(faults.is_empty(), "write them as classes in seeds/lexicon/en:\n{}", faults.join("\n"));
    assert!(excused.is_empty(), "no list left to excuse: {excused:?}");
}

/// Runs of three and more words in quotes with nothing but commas, bars, brackets and numbers between: the line where
/// each begins, and how many words it has.
fn word_lists(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    for (line, text) in code_lines(code) {
        let text = text.split(" //").next().unwrap_or(text);
        for (i, piece) in text.split('"').enumerate() {
            if i % 2 == 1 {
                let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
                let is_word = piece.chars().all(letters) && piece.chars().filter(|c| c.is_lowercase()).count() > 1;
                let (start, words) = run.unwrap_or((line, 0));
                run = Some((start, words + usize::from(is_word)));
            } else if piece.contains(|c: char| !(c.is_whitespace() || c.is_ascii_digit() || ",|&()".contains(c))) {
                found.extend(run.take());
            }
        }
    }
    found.extend(run);
    found.retain(|(_, words)| *words > 2);
    found
}

/// How many names of types there are, how many of them stand for more than one type, and for how many types those.
fn shared_names(sources: &[Source]) -> (usize, usize, usize) {
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, line) in sources.iter().flat_map(|source| code_lines(&source.code)) {
        let words: Vec<&str> = line.split([' ', '<', '(', '{', ';', ':']).filter(|word| !word.is_empty()).collect();
        let declares = words.iter().take(4).position(|word| matches!(*word, "struct" | "enum" | "trait"));
        if let Some(name) = declares.and_then(|at| words.get(at + 1)).filter(|_| !line.contains('"')) {
            *types.entry(name).or_default() += 1;
        }
    }
    let shared = types.values().filter(|count| **count > 1);
    (types.len(), shared.clone().count(), shared.sum())
}

/// Lines that are not comments, numbered from 1.
fn code_lines(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Name and length of each function, found by its signature and the closing brace at the same indent.
fn function_lengths(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let signature = line.find("fn ").filter(|place| line[..*place].trim().split(' ').all(is_function_prefix));
        let Some(place) = signature else { continue };
        let indent = line.len() - line.trim_start().len();
        let close = format!("{}}}", " ".repeat(indent));
        let length = match line.trim_end().ends_with('}') {
            true => Some(0),
            false => lines[at..].iter().position(|line| *line == close),
        };
        let name: String = line[place + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        found.extend(length.map(|length| (name, length + 1)));
    }
    found
}

fn is_function_prefix(word: &str) -> bool {
    matches!(word, "" | "pub" | "const" | "async" | "unsafe") || word.starts_with("pub(")
}

fn median(values: &mut [usize]) -> usize {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}
