//! A record in which several speak, as `report`, `stats` and `coverage` show it: by speaker.

use std::fs;

use crate::typed::typed;

const RECORD: &str = "The President: I give the floor to the representative of Kenya.\n\n\
                      Ms. Otieno (Kenya): We support the draft resolution on the rivers. We oppose the embargo.\n\n\
                      The President: I thank the representative of Kenya. I give the floor to the representative of Peru.\n\n\
                      Mr. Moss (Peru) (spoke in Spanish): We oppose the draft resolution on the rivers.\n";

#[test]
fn a_record_is_shown_by_speaker() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("record.txt"), RECORD).unwrap();
    let (code, _, err) = typed(&folder, &["add", "record.txt"]);
    assert_eq!(code, 0, "{err}");

    let (_, report, err) = typed(&folder, &["report", "record.txt"]);
    for line in ["## Who speaks", "## What each of them says"] {
        assert!(report.lines().any(|other| other == line), "{line}\n{report}{err}");
    }
    let (kenya, peru) = (report.find("### Ms. Otieno, for Kenya"), report.find("### Mr. Moss, for Peru"));
    assert!(kenya.zip(peru).is_some_and(|(kenya, peru)| kenya < peru), "{report}");

    let (_, stats, _) = typed(&folder, &["stats"]);
    assert!(stats.lines().any(|line| line == "turns      4"), "{stats}");
    assert!(stats.lines().any(|line| line.starts_with("said by ")), "{stats}");

    let (_, coverage, _) = typed(&folder, &["coverage", "record.txt"]);
    let lines: Vec<&str> = coverage.lines().map(str::trim).collect();
    assert!(lines.contains(&"Ms. Otieno (Kenya):") && lines.contains(&"Mr. Moss (Peru):"), "{coverage}");
    assert!(
        lines.iter().any(|line| line.starts_with("Ms. Otieno (Kenya): ") && line.ends_with("of 2 sentences")),
        "{coverage}"
    );
}
