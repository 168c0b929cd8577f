//! `rapporteur parse`: the words of a document with parts of speech and dependency trees, for people who look into the
//! machine.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use rapporteur::model::{Sentence, Tree};
use rapporteur::read::{self, Options};
use rapporteur::syntax::{Model, conllu};

use super::{Outcome, input, report};

/// Print the words and dependency trees of a document, as CoNLL-U
#[derive(Args)]
pub struct Parse {
    /// A document, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Draw the trees instead, one word a line
    #[arg(long)]
    tree: bool,
}

impl Parse {
    pub fn run(self) -> Outcome {
        let mut shown = String::new();
        for input in input::expand(&[self.file], |_| true)? {
            let document =
                read::read(&input.name(), &input.read_at_most(Options::default().limit)?, &Options::default())?;
            let sentences = Model::embedded().parse_document(&document).0;
            for (i, sentence) in sentences.iter().enumerate() {
                if self.tree {
                    draw(&document.text, sentence, &mut shown);
                } else {
                    conllu::write(&document.text, sentence, i + 1, &mut shown);
                }
            }
        }
        report::print(|out| out.write_all(shown.as_bytes()))
    }
}

/// Writes a sentence one word a line, indented by its depth: number, form, relation, part of speech.
fn draw(text: &str, sentence: &Sentence, out: &mut String) {
    let tree = Tree::new(text, sentence);
    for at in 0..tree.len() {
        let depth = std::iter::successors(tree.head(at), |&head| tree.head(head)).count();
        let token = tree.token(at);
        let (form, relation, upos) = (tree.form(at), token.deprel.name(), token.upos.name());
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{:4} {}{form} ─ {relation} ({upos})", at + 1, "  ".repeat(depth));
    }
    out.push('\n');
}
