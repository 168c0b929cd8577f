//! `rapporteur stats`: what is in the store.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use rapporteur::desk::Desk;
use rapporteur::lift::Layer;
use rapporteur::lift::vocabulary::{local_name, rap, rdf};
use rapporteur::model::text::counted;
use rapporteur::model::{Class, Exit};
use rapporteur::record::Record;
use rapporteur::store::{Counts, Directory};
use serde::{Deserialize, Serialize};

use super::headline;
use super::store_option::StoreOption;
use super::{Outcome, report};

/// How many speakers the table names.
const SPEAKERS: usize = 10;

/// Tell what is in the store: documents, claims, things, relations
#[derive(Args)]
pub struct Stats {
    #[command(flatten)]
    store: StoreOption,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: StatsFormat,
}

/// How `stats` prints.
#[derive(Clone, Copy, Default, ValueEnum)]
enum StatsFormat {
    #[default]
    Table,
    Json,
}

/// All that `stats` tells.
#[derive(Serialize, Deserialize)]
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
    /// Turns of speakers in texts in which several speak.
    turns: usize,
    /// Claims by whose they are.
    said_by: BTreeMap<String, usize>,
    /// Bytes of segments and texts on disk.
    bytes: u64,
}

#[derive(Serialize, Deserialize)]
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
        let mut desk = Desk::open(&self.store.directory())?;
        // The path and the bytes on disk are told too, and no revision tells of them.
        let (path, bytes) = (desk.directory().path().display().to_string(), desk.directory().bytes());
        let asked = format!("stats {path:?} {bytes}");
        let summary = match desk.directory().remembered(&asked).and_then(|known| serde_json::from_slice(&known).ok()) {
            Some(known) => known,
            None => {
                let (record, damages) = desk.record(&[Layer::Claims, Layer::Loaded])?;
                report::left_out(&damages);
                let summary = summary(desk.directory(), &record);
                if let Some(json) = serde_json::to_vec(&summary).ok().filter(|_| damages.is_empty()) {
                    desk.directory().remember(&asked, &json);
                }
                summary
            }
        };
        match self.format {
            StatsFormat::Table => report::show(|out| table(&summary, out)),
            StatsFormat::Json => report::print(|out| {
                serde_json::to_writer_pretty(&mut *out, &summary)?;
                out.write_all(b"\n")
            }),
        }
        .map(|_| Exit::Done)
    }
}

fn summary(directory: &Directory, record: &Record<'_>) -> Summary {
    let (things, claims) = tally(record);
    let said_by = said_by(record);
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
        turns: record.stated_with(rap::ORDER).count(),
        said_by,
        bytes: directory.bytes(),
    }
}

/// Things by class and claims by relation. A thing that two documents name counts once.
fn tally(record: &Record<'_>) -> (BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let (mut classes, mut relations) = (BTreeMap::new(), BTreeMap::new());
    for claim in record.claims() {
        *relations.entry(claim.relation.name().to_owned()).or_insert(0) += 1;
    }
    for row in record.stated_with(rdf::TYPE) {
        let name = local_name(record.quads().text(row.object)).filter(|name| Class::from_name(name).is_some());
        if let Some(name) = name {
            *classes.entry(name.to_owned()).or_insert(0) += 1;
        }
    }
    (classes, relations)
}

/// Claims by the one whose they are, or for whom the text speaks.
fn said_by(record: &Record<'_>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for claim in record.claims() {
        let mut names: Vec<String> = record.said_by(&claim).into_iter().map(|id| record.words(id)).collect();
        names.sort_unstable();
        if !names.is_empty() {
            *found.entry(names.join(", ")).or_insert(0) += 1;
        }
    }
    found
}

fn table(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let total = |of: fn(&Counts) -> usize| summary.documents.iter().map(|document| of(&document.counts)).sum::<usize>();
    let (claims, unsure) = (summary.claims.values().sum::<usize>(), total(|counts| counts.unsure));
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
    writeln!(out, "claims     {claims} ({unsure} more to review)")?;
    ranked(&summary.claims, out)?;
    if !summary.said_by.is_empty() {
        writeln!(out, "said by    {}", counted(summary.said_by.len(), "speaker"))?;
        ranked_first(&summary.said_by, SPEAKERS, out)?;
    }
    if summary.turns > 0 {
        writeln!(out, "turns      {}", summary.turns)?;
    }
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
    ranked_first(numbers, usize::MAX, out)
}

/// The first of them, and how many more there are.
fn ranked_first(numbers: &BTreeMap<String, usize>, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut sorted: Vec<_> = numbers.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    sorted.iter().take(most).try_for_each(|(name, number)| writeln!(out, "  {number:>6} {name}"))?;
    match sorted.len().checked_sub(most).filter(|&more| more > 0) {
        Some(more) => writeln!(out, "         and {more} more"),
        None => Ok(()),
    }
}
