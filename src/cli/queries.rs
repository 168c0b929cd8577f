//! `rapporteur queries`: what can be asked by name.

use clap::{Args, Subcommand};
use rapporteur::query::{Library, LibraryEntry, Sheet};

use super::Outcome;
use super::library_option::LibraryOption;
use super::sink::Sink;

/// List the questions that can be asked by name
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Queries {
    #[command(subcommand)]
    one: Option<QueryAction>,

    #[command(flatten)]
    library: LibraryOption,

    #[command(flatten)]
    sink: Sink,
}

/// What to do with one query.
#[derive(Subcommand)]
enum QueryAction {
    /// Print one query: a file to copy and change
    Show {
        /// Its name
        name: String,

        #[command(flatten)]
        library: LibraryOption,

        #[command(flatten)]
        sink: Sink,
    },
}

impl Queries {
    pub fn run(self) -> Outcome {
        if let Some(QueryAction::Show { name, library, sink }) = self.one {
            sink.check()?;
            let library = library.open()?;
            return sink.write(library.get(&name)?.text.as_bytes());
        }
        self.sink.check()?;
        let mut out = Vec::new();
        let sheet = sheet(&self.library.open()?)?;
        rapporteur::query::draw(&mut out, &sheet, self.sink.width()).map_err(rapporteur::query::Error::from)?;
        self.sink.show(&out)
    }
}

fn sheet(library: &Library) -> Result<Sheet, rapporteur::query::Error> {
    let row = |entry: &LibraryEntry| {
        let header = entry.header()?;
        Ok(vec![entry.name.clone(), header.summary.clone(), header.needs()])
    };
    let rows = library.entries().map(row).collect::<Result<_, rapporteur::query::Error>>()?;
    Ok(Sheet::of_text(&["name", "what it answers", "needs"], rows))
}
