//! Arguments and output: all that people see. One file per subcommand; each turns its arguments into calls of the
//! library and prints with [`report`].
//!
//! To add one: a file with `#[derive(Args)] pub struct Name { … }` whose doc comment is the help text, with
//! `pub fn run(self) -> Outcome`; a variant of [`Command`] in the order of `--help`; an arm in [`Command::run`].

mod add;
mod annotator;
mod asked;
mod bundle;
mod change;
mod check;
mod choice;
mod claim;
mod clock;
mod codes;
mod compare;
mod completions;
mod convert;
mod coverage;
mod decision_table;
mod demo;
mod describing;
mod diff;
mod document;
mod dossier;
mod evaluate;
mod explain;
mod export;
mod extract;
mod headline;
mod import;
mod input;
mod jobs_option;
mod library_option;
mod limit_option;
mod link;
mod load;
mod man;
mod matrix;
mod meta_option;
mod ontology;
mod output_file;
mod own_shapes;
mod parse;
mod path;
mod progress;
mod queries;
mod query;
mod reading_report;
mod remove;
mod repair;
mod report;
mod rules_option;
mod screen;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "serve")]
mod site;
#[cfg(feature = "serve")]
mod server;
mod show;
mod sink;
mod stats;
mod store;
mod store_option;
mod stream;
mod tarball;
mod text;
mod topics;
mod trouble;
mod why;
mod workers;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use rapporteur::model::{Code, Exit, Fault};

/// What a subcommand ends with. Library errors that are [`Fault`]s turn into it with `?`.
pub type Outcome = Result<Exit, Box<dyn Fault>>;

/// Who said what, where, about whom, and the sentence that proves it.
#[derive(Parser)]
#[command(
    name = "rapporteur",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 done · 1 a check failed · 2 wrong usage · 3 input or query not readable · \
                  4 partly done · 5 store trouble"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", help_heading = "Everywhere")]
    color: Color,

    /// Wait so long for another program that writes to the store, instead of giving up at once
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 0, help_heading = "Everywhere")]
    wait: u64,

    /// Say nothing on standard error but errors
    #[arg(long, global = true, help_heading = "Everywhere")]
    quiet: bool,
}

/// When to use colour: by itself, on a terminal unless NO_COLOR says otherwise.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// The subcommands, in the order of `--help`.
#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Extract(extract::Extract),
    Add(add::Add),
    Import(import::Import),
    Load(load::Load),
    Link(link::Link),
    Claim(claim::Claim),
    Document(document::Document),
    Undo(claim::Undo),
    Query(query::Query),
    Topics(topics::Topics),
    Change(change::Change),
    Compare(compare::Compare),
    Diff(diff::Diff),
    Matrix(matrix::Matrix),
    Queries(queries::Queries),
    Show(show::Show),
    Why(why::Why),
    Path(path::Path),
    Stats(stats::Stats),
    Export(export::Export),
    Convert(convert::Convert),
    Report(dossier::Report),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    #[cfg(feature = "serve")]
    Site(site::Site),
    Check(check::Check),
    Store(store::Store),
    Remove(remove::Remove),
    Repair(repair::Repair),
    Ontology(ontology::Ontology),
    Coverage(coverage::Coverage),
    Explain(explain::Explain),
    Evaluate(evaluate::Evaluate),
    Codes(codes::Codes),
    Completions(completions::Completions),
    Man(man::Man),
    Text(text::Text),
    Parse(parse::Parse),
}

impl Command {
    fn run(self) -> Outcome {
        match self {
            Self::Demo(command) => command.run(),
            Self::Extract(command) => command.run(),
            Self::Add(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Load(command) => command.run(),
            Self::Link(command) => command.run(),
            Self::Claim(command) => command.run(),
            Self::Document(command) => command.run(),
            Self::Undo(command) => command.run(),
            Self::Query(command) => command.run(),
            Self::Topics(command) => command.run(),
            Self::Change(command) => command.run(),
            Self::Compare(command) => command.run(),
            Self::Diff(command) => command.run(),
            Self::Matrix(command) => command.run(),
            Self::Queries(command) => command.run(),
            Self::Show(command) => command.run(),
            Self::Why(command) => command.run(),
            Self::Path(command) => command.run(),
            Self::Stats(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Convert(command) => command.run(),
            Self::Report(command) => command.run(),
            #[cfg(feature = "serve")]
            Self::Serve(command) => command.run(),
            #[cfg(feature = "serve")]
            Self::Site(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Store(command) => command.run(),
            Self::Remove(command) => command.run(),
            Self::Repair(command) => command.run(),
            Self::Ontology(command) => command.run(),
            Self::Coverage(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Evaluate(command) => command.run(),
            Self::Codes(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
            Self::Text(command) => command.run(),
            Self::Parse(command) => command.run(),
        }
    }
}

/// Reads the arguments, runs the subcommand, reports what went wrong.
pub fn run() -> ExitCode {
    quiet_readers();
    let arguments = Arguments::parse();
    report::set_quiet(arguments.quiet);
    clock::set_wait(arguments.wait);
    match arguments.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut exit = arguments.command.run().unwrap_or_else(|fault| report::fault(&*fault));
    for flaw in rapporteur::seeds::flaws() {
        let told = report::fault(&trouble::Trouble::new(Code::SHIPPED_DAMAGED, flaw));
        exit = if exit == Exit::Done { told } else { exit };
    }
    ExitCode::from(report::whole(exit) as u8)
}

/// A reader that fails on a broken file is told as an error of that file, not as one of the program.
fn quiet_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |told| {
        if std::thread::current().name() != Some(rapporteur::read::READER) {
            usual(told);
        }
    }));
}

/// Runs one command line given as words, as if it had been typed.
fn run_line<'a>(words: impl IntoIterator<Item = &'a str>) -> Outcome {
    Arguments::parse_from(words).command.run()
}
