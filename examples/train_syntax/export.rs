//! Writes the model file that `syntax::weights` reads: weights as integers with a scale.

use rapporteur::syntax::lookup::slots;
use rapporteur::syntax::weights::MAGIC;

use super::network::{Dense, Network};
use super::sample::Inventory;
use super::tensor::Tensor;

/// Largest weight: see `syntax::integers`.
const LARGEST: f32 = 2047.0;

/// The bytes of the model file.
pub fn export(network: &Network, inventory: &Inventory) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let names = inventory.tags.join("\n");
    number(&mut out, names.len());
    out.extend(names.bytes());
    let words: Vec<(u32, u16)> = inventory.words.iter().map(|(&word, &(row, _))| (word, row as u16)).collect();
    lookup(&mut out, &slots(&words));
    lookup(&mut out, &inventory.classes);
    for tensor in &network.tables {
        table(&mut out, tensor);
    }
    for layer in &network.layers {
        dense(&mut out, &layer.dense);
        floats(&mut out, &layer.memory.value);
    }
    dense(&mut out, &network.tag);
    dense(&mut out, &network.arc_dependent);
    dense(&mut out, &network.arc_head);
    matrix(&mut out, &network.arc_between, &network.arc_bias);
    floats(&mut out, &network.arc_root.value);
    dense(&mut out, &network.label_dependent);
    dense(&mut out, &network.label_head);
    floats(&mut out, &network.label_root.value);
    dense(&mut out, &network.label_out);
    out
}

fn number(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u32).to_le_bytes());
}

fn floats(out: &mut Vec<u8>, values: &[f32]) {
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
}

fn largest(tensor: &Tensor) -> f32 {
    tensor.value.iter().fold(1e-6, |most: f32, value| most.max(value.abs()))
}

fn lookup(out: &mut Vec<u8>, (fingerprints, values): &(Vec<u8>, Vec<u8>)) {
    number(out, values.len() / 2);
    out.extend(fingerprints);
    out.extend(values);
}

fn table(out: &mut Vec<u8>, tensor: &Tensor) {
    let scale = largest(tensor) / 127.0;
    number(out, tensor.rows);
    floats(out, &[scale]);
    out.extend(tensor.value.iter().map(|value| (value / scale).round() as i8 as u8));
}

fn dense(out: &mut Vec<u8>, dense: &Dense) {
    matrix(out, &dense.weights, &dense.bias);
}

fn matrix(out: &mut Vec<u8>, weights: &Tensor, bias: &Tensor) {
    let scale = largest(weights) / LARGEST;
    number(out, weights.columns);
    floats(out, &[scale]);
    for pair in 0..weights.rows / 2 {
        for column in 0..weights.columns {
            for row in [pair * 2, pair * 2 + 1] {
                let value = weights.value[row * weights.columns + column] / scale;
                out.extend((value.round() as i16).to_le_bytes());
            }
        }
    }
    floats(out, &bias.value);
}
