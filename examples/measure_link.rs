//! Measures the label index: how long it takes to build, how large it is on disk and in memory, how fast names are found.
//!
//! ```text
//! cargo run --release --example measure_link -- ../shared/data/link-index/labels.tsv.gz
//! cargo run --release --example measure_link -- synthetic 10000000
//! ```
//! Memory is what the system counts as resident (`VmHWM`, `VmRSS` of `/proc/self/status`); look-ups run in a process of
//! their own, so that building does not count.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use rapporteur::link::vocabulary::Shelf;
use rapporteur::vocabularies::load::{Description, Loader, VocabularyFormat, Watch};
use rapporteur::vocabularies::{self, Folder};

/// Names looked up.
const LOOKS: u64 = 200_000;

/// Near names looked up: they cost a thousand times more.
const NEAR: u64 = 300;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["look", folder, "synthetic", count] => look(folder, count.parse().unwrap_or(0)),
        ["look", folder, file] => look_file(folder, file),
        ["synthetic", count] => {
            build("synthetic", count, Synthetic::new(count.parse().unwrap_or(0)), &["synthetic", count])
        }
        [file] => match File::open(file) {
            Ok(open) => build(file, file, open, &[file]),
            Err(error) => eprintln!("cannot read {file}: {error}"),
        },
        _ => eprintln!("give a table of labels, or: synthetic COUNT"),
    }
}

/// Loads a table into a folder of its own, tells what that took, and starts the process that looks names up.
fn build(name: &str, what: &str, source: impl Read, look: &[&str]) {
    let folder = tempfile::tempdir_in(".").expect("a folder here");
    let start = Instant::now();
    let mut loader = Loader::new(folder.path(), Description::default()).expect("a description");
    loader
        .read(name, VocabularyFormat::Tsv, source, &Watch::default(), &mut |_| {})
        .unwrap_or_else(|error| panic!("{error}"));
    let read = start.elapsed();
    let built = loader.finish(&mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    let labels: u64 = built.iter().map(|built| built.card.labels).sum();
    vocabularies::put(folder.path(), built, true).unwrap_or_else(|error| panic!("{error}"));
    let bytes: u64 = std::fs::read_dir(folder.path())
        .expect("listed")
        .flatten()
        .filter_map(|e| e.metadata().ok())
        .map(|m| m.len())
        .sum();
    println!("{what}: {labels} labels");
    println!(
        "build      {:.1} s (reading {:.1} s), {:.1} s of processor time",
        start.elapsed().as_secs_f64(),
        read.as_secs_f64(),
        processor().as_secs_f64()
    );
    println!("on disk    {:.1} MB, {:.1} bytes a label", bytes as f64 / 1e6, bytes as f64 / labels as f64);
    println!("memory     {:.0} MB at most while building", memory("VmHWM"));
    let program = std::env::current_exe().expect("a program");
    let status = Command::new(program).arg("look").arg(folder.path()).args(look).status();
    assert!(status.is_ok_and(|status| status.success()), "looking up failed");
}

/// Looks up labels of a table.
fn look_file(folder: &str, file: &str) {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(File::open(file).expect("opens")).read_to_string(&mut text).expect("text");
    let labels: Vec<(String, String)> = text
        .lines()
        .skip(1)
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some(((*cells.first()?).to_owned(), (*cells.last()?).to_owned()))
        })
        .collect();
    drop(text);
    measure(folder, |i| labels[(mixed(i) % labels.len() as u64) as usize].clone());
}

/// Looks up labels of the synthetic vocabulary.
fn look(folder: &str, count: u64) {
    measure(folder, |i| ("synthetic".to_owned(), label(mixed(i) % count)));
}

fn measure(folder: &str, name: impl Fn(u64) -> (String, String)) {
    let shelf = Folder::open(Path::new(folder)).unwrap_or_else(|error| panic!("{error}"));
    println!("memory     {:.0} MB after opening", memory("VmRSS"));
    println!("load       {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    let mut times: Vec<u64> = Vec::new();
    for round in 0..2 {
        times.clear();
        for i in 0..LOOKS {
            let (scheme, label) = name(i);
            let vocabulary = shelf.get(&scheme).expect("is there");
            let start = Instant::now();
            let hits = vocabulary.find(&label);
            times.push(start.elapsed().as_nanos() as u64);
            assert!(!hits.is_empty(), "{label} is lost");
        }
        report(if round == 0 { "exact, cold" } else { "exact, warm" }, &mut times);
    }
    println!("memory     {:.0} MB while looking up", memory("VmHWM"));
    times.clear();
    let mut found = 0;
    for i in 0..NEAR {
        let (scheme, label) = name(i);
        let vocabulary = shelf.get(&scheme).expect("is there");
        let broken = misprint(&label);
        let start = Instant::now();
        let hits = vocabulary.near(&broken);
        times.push(start.elapsed().as_nanos() as u64);
        found += u64::from(hits.iter().any(|hit| hit.label.text == label));
    }
    report("near", &mut times);
    println!("           {found} of {NEAR} misprinted names found again");
    println!("memory     {:.0} MB at most while looking up, near ones too", memory("VmHWM"));
}

fn report(what: &str, times: &mut [u64]) {
    times.sort_unstable();
    let sum: u64 = times.iter().sum();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] as f64 / 1000.0;
    println!(
        "{what:11} median {:.2} µs, 99 % under {:.1} µs, {:.0} look-ups/s",
        at(0.5),
        at(0.99),
        times.len() as f64 / (sum as f64 / 1e9)
    );
}

/// Leaves out a letter in the middle.
fn misprint(label: &str) -> String {
    let middle = label.chars().count() / 2;
    label.chars().enumerate().filter(|(at, _)| *at != middle).map(|(_, c)| c).collect()
}

/// Processor time of this process so far, as the system counts it in hundredths of a second.
fn processor() -> Duration {
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = line.rsplit(')').next().unwrap_or_default().split_whitespace();
    Duration::from_millis(fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>() * 10)
}

fn memory(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1000.0
}

/// A table of made-up labels, written as it is read.
struct Synthetic {
    next: u64,
    count: u64,
    line: Vec<u8>,
    at: usize,
}

impl Synthetic {
    fn new(count: u64) -> Self {
        Self { next: 0, count, line: b"scheme\turi\tlang\ttype\tlabel\n".to_vec(), at: 0 }
    }
}

impl Read for Synthetic {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.line.len() {
            if self.next == self.count {
                return Ok(0);
            }
            // Three labels to an entry, as vocabularies have.
            let (entry, role) = (self.next / 3, if self.next.is_multiple_of(3) { "pref" } else { "alt" });
            self.line = format!("synthetic\thttps://example.org/entry/{entry}\ten\t{role}\t{}\n", label(self.next))
                .into_bytes();
            self.at = 0;
            self.next += 1;
        }
        let count = buffer.len().min(self.line.len() - self.at);
        buffer[..count].copy_from_slice(&self.line[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// The label of a number: three or four made-up words, as long as labels are. One label in four has a word that hardly any
/// other has, as names of people and places have: ten million labels have about 1.6 million different words.
fn label(number: u64) -> String {
    let seed = mixed(number ^ 0x5eed);
    let count = 3 + seed % 2;
    let word_of = |at: u64| {
        let is_rare = at == 1 && (seed >> 8).is_multiple_of(4);
        word(mixed(seed.wrapping_add(at)) % if is_rare { RARE } else { USUAL })
    };
    (0..count).map(word_of).collect::<Vec<_>>().join(" ")
}

/// Words of three syllables and an ending that there are.
const USUAL: u64 = 12 * 12 * 12 * 10;

/// Words of three to five syllables and an ending that there are.
const RARE: u64 = USUAL * 12 * 12;

fn word(number: u64) -> String {
    const STARTS: [&str; 12] = ["ba", "ce", "di", "fo", "gu", "ha", "le", "mi", "no", "pra", "ste", "tri"];
    const ENDS: [&str; 10] = ["n", "r", "s", "l", "tion", "ment", "ge", "ty", "ral", "ce"];
    let (end, mut rest) = (ENDS[(number % 10) as usize], number / 10);
    let mut word = String::new();
    for syllable in 0..5 {
        if syllable < 3 || rest > 0 {
            word += STARTS[(rest % 12) as usize];
            rest /= 12;
        }
    }
    word + end
}

const fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
