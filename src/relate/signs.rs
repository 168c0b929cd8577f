//! What a model can see of a derivation: which rule, which words, how the ends were found, what they are, and where it
//! stands. Each sign is a number made from its words, so that a file of weights needs no words.

/// One thing seen of a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What sort of thing is seen: `subject.way`.
    pub group: &'static str,
    /// What is seen, as a number; the group is part of it.
    pub hash: u32,
}

/// The group of the sign that tells the rule.
pub(super) const RULE: &str = "rule";

/// The sign of a rule.
pub fn rule_sign(code: &str) -> u32 {
    hash(RULE, &[code])
}

/// The signs of one derivation as they are gathered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signs(Vec<Sign>);

/// Sizes that numbers fall into: the last of each, and its name.
const SIZES: [(usize, &str); 11] = [
    (0, "0"),
    (1, "1"),
    (2, "2"),
    (3, "3"),
    (5, "4"),
    (8, "6"),
    (13, "9"),
    (20, "14"),
    (32, "21"),
    (50, "33"),
    (usize::MAX, "51"),
];

impl Signs {
    /// All, in the order seen.
    pub fn all(&self) -> &[Sign] {
        &self.0
    }

    /// Adds one sign: its group and what is seen.
    pub(super) fn see(&mut self, group: &'static str, seen: &[&str]) {
        self.0.push(Sign { group, hash: hash(group, seen) });
    }

    /// Adds a number by its size: 30 and 31 are the same, 1 and 2 are not.
    pub(super) fn size(&mut self, group: &'static str, beside: &str, number: usize) {
        let size = SIZES.iter().find(|&&(last, _)| number <= last).map_or("", |&(_, name)| name);
        self.see(group, &[size, beside]);
    }
}

/// FNV-1a, folded to 32 bits: fast, and the same everywhere.
fn hash(group: &str, seen: &[&str]) -> u32 {
    let bytes = group.bytes().chain(seen.iter().flat_map(|part| std::iter::once(0).chain(part.bytes())));
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn signs_tell_groups_words_and_sizes_apart() {
        let mut signs = Signs::default();
        signs.see("a", &["b", "c"]);
        signs.see("a", &["bc"]);
        signs.see("ab", &["c"]);
        signs.size("n", "", 30);
        signs.size("n", "", 31);
        signs.size("n", "", 1);
        let hashes: Vec<u32> = signs.all().iter().map(|sign| sign.hash).collect();
        assert_eq!(hashes[3], hashes[4]);
        let mut different = hashes.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), hashes.len() - 1);
    }
}
