//! PNG: the same picture as dots, drawn by ourselves with the shipped font.

use std::io::Write;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::export::ExportError;

use super::colours::Theme;
use super::drawing::Drawing;
use super::font::{self, TextMeasure};
use super::sheet::Sheet;
use super::svg;

/// Dots across and down, at most: what other programs open.
const MOST: f64 = 32_000.0;

/// Dots in all, at most: 400 MB while it is drawn.
const MOST_DOTS: f64 = 100e6;

/// Dots a point where nobody says how many.
const USUAL: f64 = 2.0;

/// Draws a view with so many dots a point; by itself with two, or as many as fit.
///
/// # Errors
/// [`ExportError::TooLarge`] if more dots are asked for than programs take; when `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, theme: Theme, scale: Option<f64>, out: &mut impl Write) -> Result<(), ExportError> {
    let drawing = Drawing::new(sheet, true);
    let scale = scale.unwrap_or_else(|| fitting(drawing.width.ceil(), drawing.height.ceil()));
    let (width, height) = ((drawing.width.ceil() * scale).ceil(), (drawing.height.ceil() * scale).ceil());
    let too_large = || ExportError::TooLarge { width, height };
    if width > MOST || height > MOST || width * height > MOST_DOTS {
        return Err(too_large());
    }
    let mut text = Vec::new();
    svg::draw(&drawing, if theme == Theme::Dark { theme } else { Theme::Light }, &mut text)?;
    let tree = Tree::from_data(&text, &options(&drawing)).map_err(|fault| ExportError::Picture(fault.to_string()))?;
    let mut dots = Pixmap::new(width as u32, height as u32).ok_or_else(too_large)?;
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut dots.as_mut());
    let file = dots.encode_png().map_err(|fault| ExportError::Picture(fault.to_string()))?;
    Ok(out.write_all(&file)?)
}

/// The usual scale, or the largest of which a picture of so many points is still one that programs open.
fn fitting(width: f64, height: f64) -> f64 {
    // A dot less each way: the last one may be a part of one.
    let by_side = (MOST - 1.0) / width.max(height);
    let by_area = (MOST_DOTS.sqrt() - 1.0) / (width * height).sqrt();
    USUAL.min(by_side).min(by_area)
}

/// The shipped font, and those of the machine only if it lacks a character.
fn options(drawing: &Drawing<'_>) -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(font::FILE.to_vec());
    fonts.set_sans_serif_family(font::FAMILY);
    let ruler = TextMeasure::new();
    let mut lines = drawing.names.iter().chain(drawing.arrows.iter().map(|said| &said.lines)).flatten();
    let rest = drawing.titles.iter().chain(drawing.heading.iter().flatten());
    if !lines.all(|line| ruler.has_all(line)) || !rest.into_iter().all(|line| ruler.has_all(line)) {
        fonts.load_system_fonts();
    }
    Options { font_family: font::FAMILY.into(), fontdb: Arc::new(fonts), ..Options::default() }
}
