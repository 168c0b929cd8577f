//! What changed in the words of a clause: runs of words that stayed, went or came.

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Both have it.
    Kept,
    /// Only the old clause has it.
    Gone,
    /// Only the new clause has it.
    New,
}

/// Cells of the largest table that is filled; longer clauses are told as a whole.
const MOST_CELLS: usize = 250_000;

/// Words that stay around a change when it is told; the rest is left out.
const AROUND: usize = 8;

/// The runs that make the new words of the old.
pub fn edits(old: &str, new: &str) -> Vec<(Edit, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut steps: Vec<(Edit, &str)> = old[..start].iter().map(|word| (Edit::Kept, *word)).collect();
    steps.extend(middle(&old[start..old.len() - end], &new[start..new.len() - end]));
    steps.extend(old[old.len() - end..].iter().map(|word| (Edit::Kept, *word)));
    let mut runs: Vec<(Edit, String)> = Vec::new();
    for (edit, word) in steps {
        match runs.last_mut() {
            Some((last, words)) if *last == edit => {
                words.push(' ');
                words.push_str(word);
            }
            _ => runs.push((edit, word.to_owned())),
        }
    }
    runs
}

/// The longest common words of two rows, with what lies between.
fn middle<'w>(old: &[&'w str], new: &[&'w str]) -> Vec<(Edit, &'w str)> {
    let whole =
        || old.iter().map(|word| (Edit::Gone, *word)).chain(new.iter().map(|word| (Edit::New, *word))).collect();
    if old.is_empty() || new.is_empty() || old.len() * new.len() > MOST_CELLS {
        return whole();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = match old[i] == new[j] {
                true => lengths[(i + 1) * width + j + 1] + 1,
                false => lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            steps.push((Edit::Kept, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            steps.push((Edit::Gone, old[i]));
            i += 1;
        } else {
            steps.push((Edit::New, new[j]));
            j += 1;
        }
    }
    steps
}

/// Runs on one line: `the Assembly [-encourages-] {+urges+} all …`.
pub fn told(runs: &[(Edit, String)]) -> String {
    let last = runs.len().saturating_sub(1);
    let parts = runs.iter().enumerate().map(|(at, (edit, words))| match edit {
        Edit::Gone => format!("[-{words}-]"),
        Edit::New => format!("{{+{words}+}}"),
        Edit::Kept => shortened(words, at > 0, at < last),
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Words that stay, without those far from a change.
fn shortened(words: &str, before: bool, after: bool) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let (head, tail) = (if before { AROUND } else { 0 }, if after { AROUND } else { 0 });
    // The first words of a clause tell its act, and stay.
    let head = if before { head } else { 3 };
    if all.len() <= head + tail + 2 {
        return words.to_owned();
    }
    let (start, end) = (all[..head].join(" "), all[all.len() - tail..].join(" "));
    [start.as_str(), "…", end.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{edits, told};

    #[test]
    fn words_that_went_and_came_are_marked() {
        let tell = |old: &str, new: &str| told(&edits(old, new));
        assert_eq!(
            tell("Encourages all ports to open", "Urges all ports to open soon"),
            "[-Encourages-] {+Urges+} all ports to open {+soon+}"
        );
        assert_eq!(tell("a b c", "a b c"), "a b c");
        assert_eq!(tell("", "new words"), "{+new words+}");
        let long = (0..40).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(
            tell(&format!("{long} old"), &format!("{long} new")),
            "w0 w1 w2 … w32 w33 w34 w35 w36 w37 w38 w39 [-old-] {+new+}"
        );
    }
}
