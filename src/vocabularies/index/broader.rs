//! Which concepts are broader than which: IRIs become numbers in one walk over two sorted lists.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};

use super::built::BuildError;
use super::layout::{CONCEPT, ConceptRecord};
use crate::sorter::Sorter;

/// Number of the narrower concept, number of the broader one; sorted.
pub type Edges = Vec<(u32, u32)>;

/// Joins facts (the broader concept's IRI, a zero, the number of the narrower one) with the IRIs that there are. Both files
/// are read from their start and left there.
///
/// # Errors
/// If the disk cannot be read.
pub fn resolve(facts: Sorter, concepts: &mut File, iris: &mut File) -> Result<Edges, BuildError> {
    let mut edges = Edges::new();
    if facts.is_empty() {
        return Ok(edges);
    }
    let mut facts = facts.finish()?;
    let mut here = Iris::new(concepts, iris)?;
    let mut is_there = here.step()?;
    while let Some(fact) = facts.next()? {
        let at = fact.iter().position(|&byte| byte == 0).unwrap_or(fact.len());
        let (iri, narrower) = (&fact[..at], fact.get(at + 1..).unwrap_or_default());
        while is_there && here.iri.as_slice() < iri {
            is_there = here.step()?;
        }
        if is_there
            && here.iri == iri
            && let Ok(narrower) = narrower.try_into()
            && u32::from_be_bytes(narrower) != here.number
        {
            edges.push((u32::from_be_bytes(narrower), here.number));
        }
    }
    here.rewind()?;
    edges.sort_unstable();
    Ok(edges)
}

/// The IRIs of all concepts, one after the other.
struct Iris<'a> {
    concepts: BufReader<&'a mut File>,
    iris: BufReader<&'a mut File>,
    iri: Vec<u8>,
    number: u32,
    seen: u32,
}

impl<'a> Iris<'a> {
    fn new(concepts: &'a mut File, iris: &'a mut File) -> io::Result<Self> {
        let mut iris = Self {
            concepts: BufReader::with_capacity(1 << 16, concepts),
            iris: BufReader::with_capacity(1 << 16, iris),
            iri: Vec::new(),
            number: 0,
            seen: 0,
        };
        iris.rewind()?;
        Ok(iris)
    }

    fn rewind(&mut self) -> io::Result<()> {
        self.concepts.rewind()?;
        self.iris.rewind()
    }

    /// Goes on to the next; `false` behind the last.
    fn step(&mut self) -> io::Result<bool> {
        let mut bytes = [0; CONCEPT];
        if self.concepts.read_exact(&mut bytes).is_err() {
            return Ok(false);
        }
        let length = ConceptRecord::decode(&bytes).map_or(0, |record| record.iri_length);
        self.iri.resize(usize::from(length), 0);
        self.iris.read_exact(&mut self.iri)?;
        self.number = self.seen;
        self.seen += 1;
        Ok(true)
    }
}

/// The concepts with the places of their broader ones filled in.
///
/// # Errors
/// If the disk is full.
pub fn write_concepts(concepts: &mut File, edges: &Edges, out: &mut impl Write) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 17, concepts);
    let mut bytes = [0; CONCEPT];
    let (mut number, mut edge) = (0_u32, 0_usize);
    while reader.read_exact(&mut bytes).is_ok() {
        let rest = edges.get(edge..).unwrap_or_default();
        let count = rest.iter().take_while(|(narrower, _)| *narrower == number).count();
        if let Some(mut record) = ConceptRecord::decode(&bytes) {
            record.broader = edge as u32;
            record.broader_count = count.min(usize::from(u16::MAX)) as u16;
            bytes = record.encode();
        }
        out.write_all(&bytes)?;
        edge += count;
        number += 1;
    }
    Ok(())
}
