//! The query files that are compiled in.

macro_rules! bundle {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../queries/", $name, ".rq")))),*]
    };
}

/// Name and text of each file of `queries/`, sorted by name.
pub(super) const BUNDLED: &[(&str, &str)] = bundle![
    "bodies", "citations", "claims", "commitments", "cooperation", "coverage", "disagreements", "established",
    "evidence-of", "hinders", "instruments", "legal-basis", "links", "mandates", "meetings", "mentions",
    "organisation", "position-change", "positions", "provides", "quantities", "requests", "speakers", "stances",
    "tasks", "timeline", "to-review", "unlinked", "verbs",
];

#[cfg(test)]
mod tests {
    use super::BUNDLED;

    #[test]
    fn no_file_is_missing() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/queries");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("queries/ is there")
            .filter_map(|entry| entry.ok()?.path().file_name()?.to_str()?.strip_suffix(".rq").map(str::to_owned))
            .collect();
        files.sort();
        let bundled: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
        assert_eq!(bundled, files);
    }
}
