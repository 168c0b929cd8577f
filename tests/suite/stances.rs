//! How positions move, and how two actors stand to each other: each with both sentences. The statements are invented.

use crate::typed::{statements, typed};
use tempfile::TempDir;

/// State, date and words of each statement.
pub const STATEMENTS: [(&str, &str, &str); 7] = [
    (
        "Norway",
        "2011-10-03",
        "Norway supports the renewal of the mandate of the Harbour Committee. Norway opposes illegal fishing in the northern \
         fjords. Norway supports the teaching of human rights.",
    ),
    (
        "Norway",
        "2014-10-03",
        "Norway opposes the renewal of the mandate of the Harbour Committee. Norway strongly condemns illegal fishing in the \
         northern fjords. Norway supports the teaching of human rights.",
    ),
    (
        "Norway",
        "2016-10-03",
        "Norway supports the Paris Agreement. Human rights are for all. Norway calls for a moratorium on fog horns.",
    ),
    ("Norway", "2017-10-03", "Norway supports food security for all. Human rights are for the herring too."),
    ("Norway", "2018-10-03", "Norway supports food security for all."),
    (
        "Chile",
        "2015-10-03",
        "Chile supports the renewal of the mandate of the Harbour Committee. Chile condemns illegal fishing in the northern \
         fjords. Chile supports free lighthouses for all ports.",
    ),
    ("Chile", "2017-10-03", "Chile supports free lighthouses for all ports. The fog horns are loud."),
];

/// The rows of a CSV answer as lines, with things by name.
fn rows(folder: &TempDir, arguments: &[&str]) -> Vec<String> {
    let (code, out, err) = typed(folder, &[arguments, &["-f", "csv", "--show", "name"]].concat());
    assert_eq!(code, 0, "{arguments:?}: {err}");
    out.lines().skip(1).map(str::to_owned).collect()
}

fn has(rows: &[String], parts: &[&str]) -> bool {
    rows.iter().any(|row| parts.iter().all(|part| row.contains(part)))
}

#[test]
fn what_a_sentence_says_again_is_not_first_said() {
    let folder = statements(&[
        ("Norway", "2011-10-03", "Norway supports food security for all."),
        ("Norway", "2014-10-03", "Norway continues to support the River Treaty. Norway supports the Harbour Treaty."),
    ]);
    let found = rows(&folder, &["change", "Norway", "--all", "--min-confidence", "0"]);
    assert!(has(&found, &["first in this store", "Harbour Treaty"]), "{found:#?}");
    assert!(!has(&found, &["first in this store", "River Treaty"]), "{found:#?}");
}

#[test]
fn what_turned_and_what_grew_stronger_has_both_sentences() {
    let folder = statements(&STATEMENTS);
    let found = rows(&folder, &["change", "Norway"]);
    assert!(
        has(
            &found,
            &[
                "2014-10-03,turned round,stance",
                "for before, against now",
                "Norway opposes the renewal",
                "Norway supports the renewal",
                "Norway-2011-10-03",
                "Norway-2014-10-03"
            ]
        ),
        "{found:#?}"
    );
    assert!(
        has(
            &found,
            &[
                "2014-10-03,strengthened,stance",
                "rung 4 of 5 before, 5 now",
                "strongly condemns",
                "Norway opposes illegal"
            ]
        ),
        "{found:#?}"
    );
    assert!(!has(&found, &["Chile"]), "only the actor's own words: {found:#?}");
    assert_eq!(found, rows(&folder, &["change", "NOR"]), "by its code too, and the same again");
}

#[test]
fn silence_is_told_as_silence_and_only_on_the_topic() {
    let folder = statements(&STATEMENTS);
    let found = rows(&folder, &["change", "Norway"]);
    assert!(
        has(
            &found,
            &[
                "not said again",
                "teaching of human rights",
                "silence: 2 later statements on human rights, 2016-10-03 to 2017-10-03"
            ]
        ),
        "{found:#?}"
    );
    let until = rows(&folder, &["change", "Norway", "--to", "2016"]);
    assert!(!has(&until, &["not said again"]), "one statement may be on something else: {until:#?}");
    let later = rows(&folder, &["change", "Norway", "--from", "2016"]);
    assert!(!has(&later, &["turned round"]) && has(&later, &["first in this store", "food security"]), "{later:#?}");
}

#[test]
fn what_one_statement_says_is_counted_until_it_is_asked_for() {
    let folder = statements(&STATEMENTS);
    let (_, out, err) = typed(&folder, &["change", "Norway", "-f", "csv"]);
    assert!(!out.contains("fog horns") && err.contains("--all shows them"), "{err}");
    assert!(has(&rows(&folder, &["change", "Norway", "--all"]), &["new ask,ask", "moratorium on fog horns"]));
    let climate = rows(&folder, &["change", "Norway", "--topic", "climate change"]);
    assert!(has(&climate, &["first in this store", "Paris Agreement"]) && !has(&climate, &["food"]), "{climate:#?}");
}

#[test]
fn two_actors_agree_are_opposed_or_speak_alone() {
    let folder = statements(&STATEMENTS);
    let found = rows(&folder, &["compare", "Norway", "Chile", "--all"]);
    assert!(
        has(
            &found,
            &[
                "opposed,",
                "the first stood otherwise before",
                "Norway opposes the renewal",
                "Chile supports the renewal"
            ]
        ),
        "{found:#?}"
    );
    assert!(has(&found, &["agreed,", "Norway strongly condemns", "Chile condemns"]), "{found:#?}");
    assert!(
        has(&found, &["only Norway,", "food security"]) && has(&found, &["only Chile,", "lighthouses"]),
        "{found:#?}"
    );
    assert!(!has(&found, &["fog horns"]), "the other has the words, if no claim: {found:#?}");
    let other = rows(&folder, &["compare", "Chile", "Norway", "--all"]);
    assert!(
        other.len() == found.len() && has(&other, &["opposed,", "the second stood otherwise before"]),
        "{other:#?}"
    );
}

#[test]
fn people_get_the_words_under_each_row() {
    let folder = statements(&STATEMENTS);
    let (code, out, err) = typed(&folder, &["change", "Norway", "-f", "table"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    assert!(out.contains("     before · 2011-10-03 · supports · Norway-2011-10-03, "), "{out}");
    let (_, markdown, _) = typed(&folder, &["change", "Norway", "-f", "md"]);
    assert!(markdown.starts_with("| Date | Change | Topic | Matter |"), "{markdown}");
}

#[test]
fn what_cannot_be_answered_is_said_with_the_nearest_name() {
    let folder = statements(&STATEMENTS);
    for (arguments, code, words) in [
        (vec!["change", "Norvay"], 3, "did you mean  Norway"),
        (vec!["compare", "Norway", "Chille"], 3, "did you mean  Chile"),
        (vec!["compare", "Norway", "NOR"], 3, "are both Norway"),
        (vec!["change", "Norway", "-t", "cybercrimme"], 3, "did you mean  cybercrime"),
        (vec!["change", "Norway", "--from", "soon"], 2, "write a year, month or day"),
        (vec!["change", "Norway", "-f", "markdwon"], 2, "did you mean  markdown"),
        (vec!["diff", "Norway-2011-10-03.md", "Norway"], 3, "is no document of this store but Norway"),
    ] {
        let (found, out, err) = typed(&folder, &arguments);
        assert_eq!((found, out.as_str()), (code, ""), "{arguments:?}: {err}");
        assert!(err.contains(words), "{arguments:?}: {err}");
    }
    let (code, _, err) = typed(&folder, &["change", "Paris Agreement"]);
    assert!(code == 0 && err.contains("no statement of Paris Agreement with a date"), "{err}");
}

#[test]
fn two_documents_meet_clause_by_clause() {
    let folder = statements(&STATEMENTS);
    let found = rows(&folder, &["diff", "Norway-2011-10-03.md", "Norway-2014-10-03.md"]);
    assert!(
        has(&found, &["changed,Norway [-supports-] {+opposes+} the renewal", "turned round: supports → opposes"]),
        "{found:#?}"
    );
    assert!(has(&found, &["changed,", "stronger: opposes → condemns"]), "{found:#?}");
    assert!(!has(&found, &["teaching of human rights"]), "what is kept needs --all: {found:#?}");
    assert!(has(
        &rows(&folder, &["diff", "Norway-2011-10-03.md", "Norway-2014-10-03.md", "--all"]),
        &["kept,", "teaching of human rights"]
    ));
    let (_, out, err) = typed(&folder, &["diff", "Norway-2014-10-03.md", "Norway-2016-10-03.md", "-f", "table"]);
    assert!(out.contains("gone") && out.contains("[-") && err.contains(" kept, "), "{out}{err}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn a_matrix_counts_who_stands_where_over_time() {
    let folder = statements(&STATEMENTS);
    let found = rows(&folder, &["matrix"]);
    assert!(has(&found, &["Norway,2014,against,2,3,2014-10-03", "Norway strongly condemns"]), "{found:#?}");
    assert!(has(&found, &["Chile,2015,for,2,3,"]), "{found:#?}");
    let topics = rows(&folder, &["matrix", "--by", "topic", "--over", "document", "--actor", "Chile"]);
    assert!(
        has(&topics, &["illegal fishing,Chile-2015-10-03,against,1,1"]) && !has(&topics, &["Norway"]),
        "{topics:#?}"
    );
    let (code, svg, err) = typed(&folder, &["matrix", "-f", "svg"]);
    assert!(code == 0 && svg.starts_with("<svg ") && svg.contains(">+1 −2<") && svg.contains("Norway"), "{svg}{err}");
    assert_eq!(typed(&folder, &["matrix", "-f", "svg"]).1, svg);
    let (_, page, _) = typed(&folder, &["matrix", "-f", "html"]);
    assert!(page.contains("<th scope=\"col\">2014</th>") && page.contains("href=\"#n1\""), "{page}");
    let (_, table, err) = typed(&folder, &["matrix", "-f", "table", "--rows", "1"]);
    assert!(table.contains("+1 −2") && err.contains("left out: 1 actor with"), "{table}{err}");
    let (code, _, err) = typed(&folder, &["matrix", "-f", "png"]);
    assert!(code == 2 && err.contains("a matrix is drawn as svg"), "{code} {err}");
}

#[test]
fn a_brief_tells_who_is_for_what_with_a_sentence_each() {
    let folder = statements(&STATEMENTS);
    let (code, out, err) = typed(&folder, &["report", "--topic", "illegal fishing", "--since", "2011"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("# illegal fishing\n"), "{out}");
    let row = out.lines().find(|line| line.starts_with("| illegal fishing |")).unwrap_or_default();
    assert!(row.contains("|  | ") && row.contains("Norway[^") && row.contains("Chile[^"), "against, both: {out}");
    assert!(out.contains("strengthened: illegal fishing in the northern fjords · 3 October 2011 opposes[^"), "{out}");
    let marks = out.lines().filter(|line| line.starts_with("[^")).count();
    assert!(marks > 1 && out.contains("“Norway strongly condemns illegal fishing in the northern fjords.”"), "{out}");
    let (_, only, _) = typed(&folder, &["report", "--topic", "illegal fishing", "--actors", "Chile"]);
    assert!(only.contains("Chile[^") && !only.contains("Norway"), "{only}");
    let (_, page, _) = typed(&folder, &["report", "--topic", "illegal fishing", "-f", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("href=\"#n1\""), "{page}");
    for (arguments, code, words) in [
        (vec!["report"], 2, "required"),
        (vec!["report", "Norway", "--topic", "crime"], 2, "cannot be used with"),
        (vec!["report", "--topic", "cybercrimme"], 3, "did you mean  cybercrime"),
        (vec!["report", "--topic", "crime", "-f", "bib"], 2, "a brief on a topic is written as md or html"),
    ] {
        let (found, _, err) = typed(&folder, &arguments);
        assert!(found == code && err.contains(words), "{arguments:?}: {found} {err}");
    }
}
