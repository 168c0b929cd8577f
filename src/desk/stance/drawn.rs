//! A grid of stances as a table and as a heat map: terminals, files and pages show the same.

use oxrdf::{Literal, NamedNode, Term};

use crate::export::heat::{self, HeatCell, HeatMap};

use super::grid::{Grid, StanceCell};
use super::tabled::{TableReader, Tabled, Teller, words};

impl StanceCell {
    /// The words of the strongest claim, with its day and place; empty if there is none.
    pub fn told(&self, teller: &Teller<'_>) -> String {
        let told = |number| format!("{} “{}”", teller.line("", number), teller.quote(number));
        self.strongest.map(told).unwrap_or_default()
    }
}

impl Grid {
    /// As a table: for people a row for each row, with signs; for programs one for each stance of each cell.
    pub fn table(&self, teller: &Teller<'_>, reader: TableReader) -> Tabled {
        if reader == TableReader::Person {
            let row = |(id, cells): &(_, Vec<StanceCell>)| {
                let signs = cells.iter().map(|cell| words(&heat::signs(&cell.tally)));
                std::iter::once(words(&teller.name(*id))).chain(signs).collect()
            };
            return Tabled::named("who", &self.columns, self.rows.iter().map(row).collect());
        }
        let mut rows = Vec::new();
        for (id, cells) in &self.rows {
            let node: Term = NamedNode::new_unchecked(teller.record().quads().text(*id)).into();
            for (column, cell) in self.columns.iter().zip(cells) {
                for (stance, count) in &cell.tally {
                    let number = |number: usize| -> Option<Term> { Some(Literal::from(number as u64).into()) };
                    let start = [Some(node.clone()), words(column), words(stance.name())];
                    let counts = [number(*count), number(cell.total())];
                    rows.push(start.into_iter().chain(counts).chain(teller.side(cell.strongest)).collect());
                }
            }
        }
        Tabled::of_cells(rows)
    }

    /// As a heat map. `remarks` stand under it.
    pub fn heat_map(&self, teller: &Teller<'_>, title: &str, remarks: Vec<String>) -> HeatMap {
        let cell = |cell: &StanceCell| HeatCell { counts: cell.tally.clone(), told: cell.told(teller) };
        let total: usize = self.rows.iter().flat_map(|(_, cells)| cells).map(StanceCell::total).sum();
        HeatMap {
            title: title.to_owned(),
            subtitle: format!("{total} positions in their actors’ own words; deeper for more"),
            columns: self.columns.clone(),
            rows: self.rows.iter().map(|(id, cells)| (teller.name(*id), cells.iter().map(cell).collect())).collect(),
            remarks,
        }
    }
}
