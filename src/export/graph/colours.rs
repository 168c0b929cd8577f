//! The colours of a picture as style rules: light, dark, or as the reader's screen is.

use std::fmt::Write;

use crate::export::dot::style;
use crate::export::view::Stance;
use crate::model::Kind;

use super::drawing::{HEADING, NAME, SAID, SMALL};
use super::font::FAMILIES;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's screen is; light on paper.
    #[default]
    Screen,
    /// Dark words on white.
    Light,
    /// Light words on black.
    Dark,
}

/// Colours that no table of the DOT has.
struct Page {
    paper: &'static str,
    ink: &'static str,
    faint: &'static str,
    border: &'static str,
    frame: &'static str,
}

const LIGHT: Page = Page { paper: "#FFFFFF", ink: "#1A1A1A", faint: "#555555", border: "#666666", frame: "#B4B4B4" };
const DARK: Page = Page { paper: "#1B1E22", ink: "#ECECEC", faint: "#B4B9C0", border: "#9AA0A8", frame: "#5A616A" };

/// The style sheet of a picture.
pub fn rules(theme: Theme) -> String {
    let mut css = format!(
        ".rap text{{font-family:{FAMILIES};font-size:{NAME}px}}.rap .middle{{text-anchor:middle}}\
         .rap .title{{font-size:{HEADING}px}}.rap .small{{font-size:{SMALL}px}}\
         .rap .said{{font-size:{SAID}px;text-anchor:middle}}\
         .rap .line{{fill:none}}.rap .hit{{fill:none;stroke:none;stroke-width:12px;pointer-events:stroke}}\
         .rap .frame{{stroke-width:1px}}.rap .bold{{stroke-width:1.8px}}.rap .dotted{{stroke-dasharray:2 2.5}}"
    );
    match theme {
        Theme::Light => css.push_str(&colours(&LIGHT, false)),
        Theme::Dark => css.push_str(&colours(&DARK, true)),
        Theme::Screen => {
            let (light, dark) = (colours(&LIGHT, false), colours(&DARK, true));
            let _ = write!(css, "{light}@media screen and (prefers-color-scheme:dark){{{dark}}}");
        }
    }
    css
}

fn colours(page: &Page, is_dark: bool) -> String {
    let pick = |light: &'static str, dark: &'static str| if is_dark { dark } else { light };
    let Page { paper, ink, faint, border, frame } = page;
    let mut css = format!(
        ".rap .paper{{fill:{paper}}}.rap text{{fill:{ink}}}.rap .small,.rap .label{{fill:{faint}}}\
         .rap .box{{stroke:{border}}}.rap .frame{{stroke:{frame}}}.rap .hollow{{fill:{paper}}}"
    );
    for kind in Kind::ALL {
        let look = style::of_kind(kind);
        let _ = write!(css, ".rap .{}{{fill:{}}}", kind.name(), pick(look.fill, look.dark));
    }
    let mut line = |name: &str, colour: &str| {
        let _ = write!(css, ".rap .{name}{{stroke:{colour}}}.rap .{name}.full,.rap .said.to-{name}{{fill:{colour}}}");
    };
    for stance in Stance::ALL {
        let style::LineStyle { colour, dark, .. } = style::of_stance(stance);
        line(stance.name(), pick(colour, dark));
    }
    line("known", pick(style::KNOWN[0], style::KNOWN[1]));
    let fills = if is_dark { style::DARK_BOX_FILLS } else { style::BOX_FILLS };
    for (at, fill) in fills.into_iter().enumerate() {
        let _ = write!(css, ".rap .fill{at}{{fill:{fill}}}");
    }
    css
}
