//! Writes the model file that `syntax::weights` reads: weights as integers with a scale.

use rapporteur::syntax::weights::{MAGIC, slot_of};

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
    vocabulary(&mut out, inventory);
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

fn vocabulary(out: &mut Vec<u8>, inventory: &Inventory) {
    let slots = (inventory.words.len() * 2).next_power_of_two();
    let mut fingerprints = vec![0u32; slots];
    let mut rows = vec![0u16; slots];
    for (&word, &(row, _)) in &inventory.words {
        let mut slot = slot_of(word, slots - 1);
        while rows[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        fingerprints[slot] = word;
        rows[slot] = row as u16;
    }
    number(out, slots);
    out.extend(fingerprints.iter().flat_map(|fingerprint| fingerprint.to_le_bytes()));
    out.extend(rows.iter().flat_map(|row| row.to_le_bytes()));
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
