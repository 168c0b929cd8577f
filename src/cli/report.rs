//! How errors and remarks look: what, where with the line shown, what to try.

use rapporteur::model::{Exit, Fault, Place};

/// Prints a fault on standard error and gives the exit code it asks for.
pub fn fault(fault: &dyn Fault) -> Exit {
    anstream::eprintln!("error {}: {fault}", fault.code());
    if let Some(place) = fault.place() {
        anstream::eprint!("{}", frame(&place));
    }
    for line in fault.hint().iter().flat_map(|hint| hint.lines()) {
        anstream::eprintln!("  {line}");
    }
    fault.exit()
}

/// The line at fault, with a mark under the place.
fn frame(place: &Place) -> String {
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let indent = " ".repeat(place.column.saturating_sub(1));
    let mark = "^".repeat(place.width.max(1));
    format!(
        "{gutter} ┌ {}:{}:{}\n{number} │ {}\n{gutter} │ {indent}{mark}\n",
        place.file, place.line, place.column, place.source
    )
}
