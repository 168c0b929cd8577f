//! `rapporteur parse`: the words of a text with parts of speech and dependency trees, for people who look into the machine.

use std::fs::File;
use std::io::{self, Read};

use clap::Args;
use rapporteur::model::{Block, BlockKind, Exit, Fault, Sentence, Span, Tree, ZoneKind};
use rapporteur::syntax::{Model, conllu};

use super::{Outcome, report};

/// Print the words and dependency trees of a text, as CoNLL-U
#[derive(Args)]
pub struct Parse {
    /// A text file, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,

    /// Draw the trees instead, one word a line
    #[arg(long)]
    tree: bool,
}

impl Parse {
    pub fn run(self) -> Outcome {
        let text = read(&self.file)?;
        let sentences = Model::embedded().parse(&text, &paragraphs(&text));
        report::print(|out| {
            for (i, sentence) in sentences.iter().enumerate() {
                let mut shown = String::new();
                if self.tree {
                    draw(&text, sentence, &mut shown);
                } else {
                    conllu::write(&text, sentence, i + 1, &mut shown);
                }
                out.write_all(shown.as_bytes())?;
            }
            Ok(())
        })
    }
}

/// The file could not be opened or read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {name}: {cause}")]
struct Unreadable {
    name: String,
    cause: io::Error,
}

impl Fault for Unreadable {
    fn code(&self) -> &'static str {
        "R0105"
    }

    fn exit(&self) -> Exit {
        Exit::Unreadable
    }
}

fn read(name: &str) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    let result = match name {
        "-" => io::stdin().lock().read_to_end(&mut bytes),
        _ => File::open(name).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    match result {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(cause) => Err(Unreadable { name: name.to_owned(), cause }),
    }
}

/// A block for each stretch between empty lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        match blocks.last_mut() {
            _ if trimmed.is_empty() => open = false,
            Some(block) if open => block.span.end = start + trimmed.len(),
            _ => {
                open = true;
                let span = Span::new(start, start + trimmed.len());
                blocks.push(Block { span, kind: BlockKind::Paragraph, zone: ZoneKind::Body });
            }
        }
    }
    blocks
}

/// Writes a sentence as an indented outline: relation, form, part of speech; dependents in text order around their head.
fn draw(text: &str, sentence: &Sentence, out: &mut String) {
    let tree = Tree::new(text, sentence);
    if let Some(root) = tree.root() {
        draw_below(&tree, root, 0, out);
    }
    out.push('\n');
}

fn draw_below(tree: &Tree, at: usize, depth: usize, out: &mut String) {
    let (before, after): (Vec<usize>, Vec<usize>) = tree.children(at).partition(|&child| child < at);
    for child in before {
        draw_below(tree, child, depth + 1, out);
    }
    let token = tree.token(at);
    let indent = "  ".repeat(depth);
    out.push_str(&format!(
        "{:4} {indent}{} ─ {} ({})\n",
        at + 1,
        tree.form(at),
        token.deprel.name(),
        token.upos.name()
    ));
    for child in after {
        draw_below(tree, child, depth + 1, out);
    }
}
