//! Answers as tables of plain text for spreadsheets and data frames: CSV or TSV, terms by their values alone. For Excel
//! with a byte order mark, and so that no cell of a document's words is taken for a formula.

use std::io::Write;

use oxigraph::model::Term;

use super::Error;
use super::rows::Rows;

/// What makes Excel and its kin know UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes rows, their variables first, parted by `delimiter`. With `excel`, lines end in CR LF, and words that a
/// spreadsheet would calculate get an apostrophe in front.
pub fn write(rows: &Rows, delimiter: u8, excel: bool, out: &mut dyn Write) -> Result<(), Error> {
    if excel {
        out.write_all(MARK)?;
    }
    let terminator = if excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(out);
    let refused = |error: csv::Error| Error::from(std::io::Error::from(error));
    writer.write_record(&rows.variables).map_err(refused)?;
    for row in &rows.rows {
        let cells = row.iter().map(|cell| cell.as_ref().map(value).unwrap_or_default());
        let cells = cells.map(|cell| if excel { guarded(cell) } else { cell.to_owned() });
        writer.write_record(cells.collect::<Vec<_>>()).map_err(refused)?;
    }
    Ok(writer.flush()?)
}

fn value(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    }
}

/// A cell that no spreadsheet calculates: a number may begin with a sign, other words may not.
fn guarded(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};

    #[test]
    fn excel_gets_a_mark_line_ends_and_no_formula() {
        let literal = |text: &str| Some(Term::from(Literal::new_simple_literal(text)));
        let rows = Rows {
            variables: vec!["a".into(), "b".into()],
            rows: vec![
                vec![literal("=SUM(A1)"), literal("-5")],
                vec![literal("- a, \"b\"\nc"), Some(NamedNode::new_unchecked("http://x.org/ایران").into())],
                vec![literal("@x"), None],
            ],
        };
        let write = |excel| {
            let mut out = Vec::new();
            write(&rows, b',', excel, &mut out).expect("memory");
            String::from_utf8(out).expect("UTF-8")
        };
        assert_eq!(write(true), "\u{feff}a,b\r\n'=SUM(A1),-5\r\n\"'- a, \"\"b\"\"\nc\",http://x.org/ایران\r\n'@x,\r\n");
        assert_eq!(write(false), "a,b\n=SUM(A1),-5\n\"- a, \"\"b\"\"\nc\",http://x.org/ایران\n@x,\n");
    }
}
