//! An Obsidian vault: a note for each thing, tied by links, with the sentences behind each tie.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::sheet::{Sheet, cited};
use super::tables::File;
use crate::model::text::one_line;

/// Characters that names of notes may not hold: those of paths and those of links.
const FORBIDDEN: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '^', '[', ']'];

/// The longest name of a note, in characters.
const LONGEST: usize = 100;

/// The notes of a view.
pub fn files(sheet: &Sheet<'_>) -> Vec<File> {
    let names = names(sheet);
    let mut notes: Vec<String> = (0..sheet.nodes.len()).map(|at| head(sheet, at)).collect();
    for (edge, said) in sheet.edges.iter().zip(sheet.view.graph.edge_references()) {
        let quotes = said.weight().quotes.iter().filter(|quote| !quote.text.is_empty());
        let proof: String = quotes.map(|quote| format!("\n    - {}", one_line(&cited(quote)))).collect();
        // Writing to a string cannot fail.
        let _ = write!(notes[edge.source], "\n- {} [[{}]]{proof}", edge.label, names[edge.target]);
        let _ = write!(notes[edge.target], "\n- [[{}]] {} this", names[edge.source], edge.label);
    }
    let mut files: Vec<File> =
        names.iter().zip(notes).map(|(name, note)| (format!("{name}.md"), format!("{note}\n").into_bytes())).collect();
    let list: String = names.iter().map(|name| format!("\n- [[{name}]]")).collect();
    files.push((
        "_Start.md".into(),
        format!("# {}\n\n{}\n{list}\n", one_line(&sheet.title), sheet.summary).into_bytes(),
    ));
    files
}

/// Front matter, title and properties.
fn head(sheet: &Sheet<'_>, at: usize) -> String {
    let node = &sheet.nodes[at];
    let yaml = |text: &str| serde_json::Value::from(text).to_string();
    let values: Vec<String> = node.values.iter().map(ToString::to_string).collect();
    let aliases = if values[2].is_empty() { String::new() } else { format!("aliases: [{}]\n", yaml(&values[2])) };
    let said = if values[9].is_empty() { String::new() } else { format!("\n{}\n", one_line(&values[9])) };
    format!(
        "---\niri: {}\nkind: {}\nclaims: {}\n{aliases}---\n\n# {}\n{said}",
        yaml(&values[1]),
        yaml(&values[0]),
        node.claims,
        one_line(&node.label)
    )
}

/// A name for each note that no other has, also where letter case does not count.
fn names(sheet: &Sheet<'_>) -> Vec<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut name = |label: &str| {
        let plain: String = label
            .chars()
            .map(|c| if c.is_control() || FORBIDDEN.contains(&c) { ' ' } else { c })
            .take(LONGEST)
            .collect();
        let plain = one_line(&plain);
        let plain = plain.trim_matches('.').trim().to_owned();
        let plain = if plain.is_empty() || plain.starts_with('_') { format!("Note {plain}") } else { plain };
        let numbered = (2..).map(|number| format!("{plain} ({number})"));
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    sheet.nodes.iter().map(|node| name(&node.label)).collect()
}
