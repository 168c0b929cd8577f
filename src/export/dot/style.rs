//! How things and stances look. Shape and dash say the same as colour, for black and white and for the colour-blind.

use crate::export::view::{Edge, Stance};
use crate::model::Kind;

/// Shape, line style and fill of a kind of thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NodeStyle {
    pub shape: &'static str,
    pub style: &'static str,
    pub fill: &'static str,
    /// The fill on a dark page.
    pub dark: &'static str,
    /// What the legend calls all that look so.
    pub legend: &'static str,
}

const fn look(
    shape: &'static str,
    style: &'static str,
    [fill, dark]: [&'static str; 2],
    legend: &'static str,
) -> NodeStyle {
    NodeStyle { shape, style, fill, dark, legend }
}

/// The look of a kind; kinds with the same legend look the same.
pub const fn of_kind(kind: Kind) -> NodeStyle {
    match kind {
        Kind::State => look("box", "filled,bold", ["#CFE2F3", "#1D4468"], "State"),
        Kind::GovernmentBody | Kind::LawEnforcementAgency => {
            look("box", "filled,rounded", ["#D9E8F5", "#24394D"], "national authority")
        }
        Kind::InternationalOrganization | Kind::UNBody | Kind::ExpertGroup => {
            look("box", "filled,rounded", ["#D9EAD3", "#274A2C"], "international body")
        }
        Kind::PersonRole => look("ellipse", "filled", ["#EAD1DC", "#54303F"], "person, office, group of people"),
        Kind::Place => look("house", "filled", ["#FCE5CD", "#543A22"], "place"),
        Kind::Meeting => look("tab", "filled", ["#D9D2E9", "#3B3358"], "meeting"),
        Kind::Resolution | Kind::Treaty | Kind::LegalProvision => {
            look("note", "filled", ["#FFF2CC", "#4F4519"], "resolution, treaty, law")
        }
        Kind::Document => look("note", "filled", ["#FFFFFF", "#2C3035"], "document"),
        Kind::Topic => look("box", "filled,dotted", ["#F7F7F7", "#26292D"], "topic"),
        Kind::Measure => look("box", "filled", ["#F3EDE4", "#3E3830"], "measure, matter"),
        Kind::Quantity | Kind::Money | Kind::Date => look("plaintext", "solid", ["#FFFFFF", "#1B1E22"], "number, date"),
    }
}

/// How the claims of a stance are drawn.
pub struct LineStyle {
    pub colour: &'static str,
    /// The colour on a dark page.
    pub dark: &'static str,
    pub dash: &'static str,
    /// The line in characters, for the legend.
    pub sample: &'static str,
    /// What the legend calls it.
    pub legend: &'static str,
}

/// The line of a stance.
pub const fn of_stance(stance: Stance) -> LineStyle {
    match stance {
        Stance::For => {
            LineStyle { colour: "#2E6B1A", dark: "#83C96B", dash: "solid", sample: "───▶", legend: "is for it" }
        }
        Stance::Against => {
            LineStyle {
                colour: "#990000", dark: "#FF8A80", dash: "dashed", sample: "─ ─ ▶", legend: "is against it"
            }
        }
        Stance::Asks => {
            LineStyle {
                colour: "#1155CC", dark: "#86B4FF", dash: "dotted", sample: "· · · ▶", legend: "asks for it"
            }
        }
        Stance::None => {
            LineStyle {
                colour: "#555555", dark: "#B4B9C0", dash: "solid", sample: "───▶", legend: "a fact, as told"
            }
        }
    }
}

/// The head of an arrow: hollow if it need not be so, a bar if it is denied.
pub const fn arrow_head(edge: &Edge) -> &'static str {
    match (edge.negated, edge.hypothetical) {
        (true, _) => "tee",
        (false, true) => "empty",
        (false, false) => "normal",
    }
}

/// Width of a line for so many claims.
pub fn pen_width(claims: usize) -> f64 {
    const WIDEST: usize = 6;
    1.0 + 0.5 * claims.clamp(1, WIDEST).saturating_sub(1) as f64
}

/// The line of what no claim says: it follows from what is known.
pub const KNOWN: [&str; 2] = ["#999999", "#7C828A"];

/// Fills of boxes, taken in turn.
pub const BOX_FILLS: [&str; 4] = ["#FAFCFF", "#FBFEF9", "#FFFDF6", "#FDFAFE"];

/// The same on a dark page.
pub const DARK_BOX_FILLS: [&str; 4] = ["#20262D", "#20281F", "#2A271D", "#28212B"];
