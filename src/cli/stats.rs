//! `rapporteur stats`: what is in the store.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use oxrdf::{NamedOrBlankNode, Quad, Term};
use rapporteur::lift::Layer;
use rapporteur::lift::vocabulary::{local_name, rdf};
use rapporteur::model::text::counted;
use rapporteur::model::{Class, Exit};
use rapporteur::store::{Counts, Directory};
use serde::Serialize;

use super::headline;
use super::store_option::StoreOption;
use super::{Outcome, report};

/// Tell what is in the store: documents, claims, things, relations
#[derive(Args)]
pub struct Stats {
    #[command(flatten)]
    store: StoreOption,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: Format,
}

/// How `stats` prints.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Table,
    Json,
}

/// All that `stats` tells.
#[derive(Serialize)]
struct Summary {
    store: String,
    base: String,
    documents: Vec<Document>,
    loaded: BTreeMap<String, usize>,
    /// Quads by layer.
    quads: BTreeMap<String, usize>,
    /// Distinct things by class.
    things: BTreeMap<String, usize>,
    /// Claims by relation.
    claims: BTreeMap<String, usize>,
    /// Bytes of segments and texts on disk.
    bytes: u64,
}

#[derive(Serialize)]
struct Document {
    name: String,
    label: String,
    sha256: String,
    by: String,
    #[serde(flatten)]
    counts: Counts,
}

impl Stats {
    pub fn run(self) -> Outcome {
        let mut directory = Directory::open(&self.store.directory())?;
        let (segments, damages) = directory.quads(&[Layer::Claims])?;
        for damage in damages {
            report::fault(&rapporteur::store::Error::from(damage));
        }
        let summary = summary(&directory, &segments);
        match self.format {
            Format::Table => report::show(|out| table(&summary, out)),
            Format::Json => report::print(|out| {
                serde_json::to_writer_pretty(&mut *out, &summary)?;
                out.write_all(b"\n")
            }),
        }
        .map(|_| Exit::Done)
    }
}

fn summary(directory: &Directory, segments: &[Vec<Quad>]) -> Summary {
    let (things, claims) = tally(segments);
    let documents = directory.documents().iter().map(|(sha256, entry)| Document {
        name: entry.name.clone(),
        label: entry.label.clone(),
        sha256: sha256.clone(),
        by: entry.by.clone(),
        counts: entry.counts,
    });
    let mut quads = BTreeMap::new();
    let of_documents = directory.documents().values().flat_map(|entry| &entry.segments);
    for (layer, segment) in of_documents.chain(directory.standing()) {
        *quads.entry(layer.clone()).or_insert(0) += segment.quads;
    }
    Summary {
        store: directory.path().display().to_string(),
        base: directory.base().as_str().to_owned(),
        documents: documents.collect(),
        loaded: directory.loaded().iter().map(|(name, segment)| (name.clone(), segment.quads)).collect(),
        quads,
        things,
        claims,
        bytes: directory.bytes(),
    }
}

/// Things by class and claims by relation. A thing that two documents name counts once.
fn tally(segments: &[Vec<Quad>]) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut relations = BTreeMap::new();
    for quad in segments.iter().flatten() {
        let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let Some(name) = local_name(object.as_str()) else { continue };
        if quad.predicate == rdf::PREDICATE {
            *relations.entry(name.to_owned()).or_insert(0) += 1;
        } else if quad.predicate == rdf::TYPE && Class::from_name(name).is_some() {
            classes.entry(name).or_default().push(subject.as_str());
        }
    }
    let distinct = |(class, mut things): (&str, Vec<&str>)| {
        things.sort_unstable();
        things.dedup();
        (class.to_owned(), things.len())
    };
    (classes.into_iter().map(distinct).collect(), relations)
}

fn table(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let total = |of: fn(&Counts) -> usize| summary.documents.iter().map(|document| of(&document.counts)).sum::<usize>();
    let (claims, unsure) = (total(|counts| counts.claims), total(|counts| counts.unsure));
    writeln!(out, "store      {} ({} kB)", summary.store, summary.bytes.div_ceil(1000))?;
    writeln!(out, "base       {}", summary.base)?;
    writeln!(out, "documents  {}", summary.documents.len())?;
    for document in &summary.documents {
        let counts = document.counts;
        let found = format!("{}, {}", counted(counts.claims, "claim"), counted(counts.mentions, "mention"));
        writeln!(
            out,
            "  {}  {}  {}; {found}",
            &document.sha256[..16.min(document.sha256.len())],
            document.name,
            document.label
        )?;
    }
    writeln!(out, "claims     {claims} ({} sure, {unsure} to review)", claims - unsure.min(claims))?;
    ranked(&summary.claims, out)?;
    let (sentences, silent) = (total(|counts| counts.sentences), total(|counts| counts.silent));
    if sentences > 0 {
        writeln!(out, "coverage   {}", headline::share(sentences - silent.min(sentences), sentences))?;
    }
    writeln!(out, "things     {}", summary.things.values().sum::<usize>())?;
    ranked(&summary.things, out)?;
    writeln!(out, "mentions   {}", total(|counts| counts.mentions))?;
    writeln!(out, "quads      {}", summary.quads.values().sum::<usize>() + summary.loaded.values().sum::<usize>())?;
    ranked(&summary.quads, out)?;
    for (name, quads) in &summary.loaded {
        writeln!(out, "  {quads:>6} loaded from {name}")?;
    }
    Ok(())
}

/// Names by number, the greatest first.
fn ranked(numbers: &BTreeMap<String, usize>, out: &mut dyn Write) -> io::Result<()> {
    let mut sorted: Vec<_> = numbers.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted.iter().try_for_each(|(name, number)| writeln!(out, "  {number:>6} {name}"))
}
