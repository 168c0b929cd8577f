//! A table from words to small numbers that is used where it lies in the model file: open addressing over fingerprints.

/// Fingerprints and their values; 0 means absent.
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'b> {
    fingerprints: &'b [u8],
    values: &'b [u8],
    mask: usize,
}

impl<'b> Lookup<'b> {
    /// Takes the slots: four bytes of fingerprint each, two of value. `None` unless their number is a power of two and one is
    /// empty, or the search for an unknown word would not end.
    pub fn new(fingerprints: &'b [u8], values: &'b [u8]) -> Option<Self> {
        let slots = values.len() / 2;
        let open = values.as_chunks().0.contains(&[0, 0]);
        let fits = slots.is_power_of_two() && open && fingerprints.len() == slots * 4;
        fits.then_some(Self { fingerprints, values, mask: slots.wrapping_sub(1) })
    }

    /// The value of a fingerprint, 0 if it is not there.
    #[inline]
    pub fn get(&self, fingerprint: u32) -> u16 {
        let mut slot = slot_of(fingerprint, self.mask);
        loop {
            let Some(found) = self.fingerprints.get(slot * 4..slot * 4 + 4) else { return 0 };
            let value =
                self.values.get(slot * 2..slot * 2 + 2).map_or(0, |value| u16::from_le_bytes([value[0], value[1]]));
            if value == 0 || found == fingerprint.to_le_bytes() {
                return value;
            }
            slot = (slot + 1) & self.mask;
        }
    }
}

/// Where the search begins.
fn slot_of(fingerprint: u32, mask: usize) -> usize {
    (fingerprint.wrapping_mul(0x9E37_79B1) >> 8) as usize & mask
}

/// The slots of a table, as [`Lookup::new`] takes them: half of them empty. A fingerprint that comes twice keeps its first value.
pub fn slots(entries: &[(u32, u16)]) -> (Vec<u8>, Vec<u8>) {
    let count = (entries.len() * 4 / 3 + 1).next_power_of_two();
    let mut slots = vec![(0u32, 0u16); count];
    for &(fingerprint, value) in entries.iter().filter(|entry| entry.1 != 0) {
        let mut slot = slot_of(fingerprint, count - 1);
        while slots[slot].1 != 0 && slots[slot].0 != fingerprint {
            slot = (slot + 1) & (count - 1);
        }
        if slots[slot].1 == 0 {
            slots[slot] = (fingerprint, value);
        }
    }
    let fingerprints = slots.iter().flat_map(|(fingerprint, _)| fingerprint.to_le_bytes()).collect();
    (fingerprints, slots.iter().flat_map(|(_, value)| value.to_le_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let entries: Vec<(u32, u16)> = (1..500u32).map(|i| (i.wrapping_mul(2_654_435_761), i as u16)).collect();
        let (fingerprints, values) = slots(&entries);
        let Some(lookup) = Lookup::new(&fingerprints, &values) else { panic!("well formed") };
        for (fingerprint, value) in entries {
            assert_eq!(lookup.get(fingerprint), value);
        }
        assert_eq!(lookup.get(12), 0);
    }
}
