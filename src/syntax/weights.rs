//! The model file: its layout, and what it becomes in memory. Little endian throughout.
//!
//! `RAPSYN03`, tag names, vocabulary, dictionary, tables of word vectors, matrices in the order of [`Weights`]. The large parts (vocabulary,
//! dictionary, tables) are used where they lie; the matrices, under a megabyte, are copied to be aligned.

use super::features::{Features, ROWS, TABLES};
use super::integers::Matrix;
use super::lookup::Lookup;
use super::shape::{ARC, HALF, HIDDEN, LAYERS, WIDTH, groups};
use crate::model::Upos;

/// First bytes of a model file.
pub const MAGIC: &[u8; 8] = b"RAPSYN03";

/// All that was learnt.
#[derive(Debug)]
pub struct Weights {
    /// Part of speech of each fine tag.
    pub tags: Vec<Upos>,
    /// The fine tags' English names, such as `VBN`.
    pub fine: Vec<String>,
    vocabulary: Lookup<'static>,
    /// What a dictionary says of words.
    pub classes: Lookup<'static>,
    tables: Vec<VectorTable>,
    /// The recurrent layers.
    pub layers: Vec<Layer>,
    /// Fine tags.
    pub tag: Matrix,
    /// Words as dependents.
    pub arc_dependent: Matrix,
    /// Words as heads.
    pub arc_head: Matrix,
    /// What a dependent asks of a head.
    pub arc_between: Matrix,
    /// The root as a head.
    pub arc_root: Vec<f32>,
    /// Words as dependents, for relations.
    pub label_dependent: Matrix,
    /// Words as heads, for relations.
    pub label_head: Matrix,
    /// The root as a head, for relations.
    pub label_root: Vec<f32>,
    /// Relations.
    pub label_out: Matrix,
}

/// One recurrent layer.
#[derive(Debug)]
pub struct Layer {
    /// From the input of both directions' gates.
    pub matrix: Matrix,
    /// How the memory acts on the forget gates, then on the reset gates.
    pub memory: Vec<f32>,
}

/// Vectors of signed bytes.
#[derive(Debug)]
struct VectorTable {
    scale: f32,
    bytes: &'static [u8],
}

impl Weights {
    /// Reads a model file; `None` if it is damaged or of another layout.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut reader = WeightsReader { rest: bytes };
        if reader.take(MAGIC.len())? != MAGIC {
            return None;
        }
        let names = reader.names()?;
        let vocabulary = reader.lookup()?;
        let classes = reader.lookup()?;
        let tables = (0..TABLES).map(|table| reader.table(table)).collect::<Option<_>>()?;
        let layers = (0..LAYERS).map(|l| reader.layer(l)).collect::<Option<_>>()?;
        let both = 2 * HALF;
        Some(Self {
            tags: names
                .iter()
                .map(|name| Upos::from_name(name.split(' ').next().unwrap_or_default()).unwrap_or(Upos::X))
                .collect(),
            fine: names.iter().map(|name| name.split(' ').nth(1).unwrap_or_default().to_owned()).collect(),
            vocabulary,
            classes,
            tables,
            layers,
            tag: reader.matrix(both)?,
            arc_dependent: reader.matrix(both)?,
            arc_head: reader.matrix(both)?,
            arc_between: reader.matrix(ARC)?,
            arc_root: reader.floats(ARC)?,
            label_dependent: reader.matrix(both)?,
            label_head: reader.matrix(both)?,
            label_root: reader.floats(HIDDEN)?,
            label_out: reader.matrix(HIDDEN)?,
        })
    }

    /// Adds up the vectors of a word's features.
    #[inline(always)]
    pub fn embed(&self, features: &Features, out: &mut [f32]) {
        self.tables[0].add(self.vocabulary.get(features.word) as usize, out);
        for (table, &row) in self.tables[1..].iter().zip(&features.rows) {
            table.add(row as usize, out);
        }
    }
}

impl VectorTable {
    #[inline(always)]
    fn add(&self, row: usize, out: &mut [f32]) {
        let Some(vector) = self.bytes.get(row * WIDTH..(row + 1) * WIDTH) else { return };
        for (out, &byte) in out.iter_mut().zip(vector) {
            *out += byte as i8 as f32 * self.scale;
        }
    }
}

/// Walks through the file.
struct WeightsReader {
    rest: &'static [u8],
}

impl WeightsReader {
    fn take(&mut self, length: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect())
    }

    fn names(&mut self) -> Option<Vec<String>> {
        let length = self.number()?;
        Some(std::str::from_utf8(self.take(length)?).ok()?.lines().map(str::to_owned).collect())
    }

    fn lookup(&mut self) -> Option<Lookup<'static>> {
        let slots = self.number()?;
        let fingerprints = self.take(slots.checked_mul(4)?)?;
        Lookup::new(fingerprints, self.take(slots.checked_mul(2)?)?)
    }

    fn table(&mut self, table: usize) -> Option<VectorTable> {
        let rows = self.number()?;
        if table > 0 && rows != ROWS[table - 1] as usize {
            return None;
        }
        let scale = self.floats(1)?[0];
        Some(VectorTable { scale, bytes: self.take(rows.checked_mul(WIDTH)?)? })
    }

    fn layer(&mut self, l: usize) -> Option<Layer> {
        let matrix = self.matrix(if l == 0 { WIDTH } else { 2 * HALF })?;
        (matrix.outputs() == 2 * groups(l) * HALF).then_some(())?;
        Some(Layer { matrix, memory: self.floats(4 * HALF)? })
    }

    fn matrix(&mut self, inputs: usize) -> Option<Matrix> {
        let outputs = self.number()?;
        let scale = self.floats(1)?[0];
        let bytes = self.take(inputs.checked_mul(outputs)?.checked_mul(2)?)?;
        let weights: Vec<i16> = bytes.as_chunks().0.iter().map(|&two| i16::from_le_bytes(two)).collect();
        Matrix::new(inputs, outputs, &weights, scale, self.floats(outputs)?)
    }
}
