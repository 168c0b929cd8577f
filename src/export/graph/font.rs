//! The font that pictures are drawn with: DejaVu Sans, which has Latin, Greek, Cyrillic, Arabic, Hebrew and more, shipped
//! whole and unchanged (`fonts/`), so that a picture is the same on all machines, also on those without a font. What it
//! lacks, Chinese for one, is drawn with a font of the machine if it has one.

use std::borrow::Cow;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use unicode_width::UnicodeWidthChar;

/// The file.
pub const FILE: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");

/// Its name.
pub const FAMILY: &str = "DejaVu Sans";

/// Names for a browser: the second has the same widths, and is on machines that lack the first.
pub const FAMILIES: &str = "'DejaVu Sans',Verdana,'Noto Sans',sans-serif";

/// Measures text.
pub struct TextMeasure {
    font: Option<(FontRef<'static>, ShaperData)>,
}

impl TextMeasure {
    /// Opens the font.
    pub fn new() -> Self {
        let font = FontRef::from_index(FILE, 0).ok().map(|font| {
            let data = ShaperData::new(&font);
            (font, data)
        });
        Self { font }
    }

    /// Width of one line in points, at a size in points.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        text.split_inclusive(' ').map(|word| self.shaped(word).0).sum::<f64>() * size
    }

    /// Whether the font has all characters.
    pub fn has_all(&self, text: &str) -> bool {
        text.split_inclusive(' ').all(|word| self.shaped(word).1)
    }

    /// A line that is no wider than asked, its end replaced by an ellipsis if need be.
    pub fn fitted<'t>(&self, text: &'t str, size: f64, width: f64) -> Cow<'t, str> {
        if self.width(text, size) <= width {
            return Cow::Borrowed(text);
        }
        let cuts = text.char_indices().rev().map(|(at, _)| format!("{}…", text[..at].trim_end()));
        Cow::Owned(cuts.into_iter().find(|cut| self.width(cut, size) <= width).unwrap_or_else(|| "…".into()))
    }

    /// Width at size 1, and whether no glyph is missing.
    fn shaped(&self, word: &str) -> (f64, bool) {
        let Some((font, data)) = &self.font else {
            return (word.chars().map(guess).sum(), false);
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        let shaper = data.shaper(font).build();
        let units = f64::from(shaper.units_per_em()).max(1.0);
        let glyphs = shaper.shape(buffer, ShapeOptions::new());
        let mut is_whole = true;
        let mut width = 0.0;
        for (glyph, place) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            let missing = (glyph.glyph_id == 0).then(|| word.get(glyph.cluster as usize..)?.chars().next()).flatten();
            is_whole &= missing.is_none();
            width += missing.map_or(f64::from(place.x_advance) / units, guess);
        }
        (width, is_whole)
    }
}

/// Width of a character that the font lacks.
fn guess(c: char) -> f64 {
    match c.width() {
        Some(2..) => 1.0,
        Some(1) => 0.65,
        _ => 0.0,
    }
}

/// A line with its direction marked, so that what is written from right to left is so in every program.
pub fn directed(line: &str) -> Cow<'_, str> {
    match line.chars().find(|c| c.is_alphabetic()) {
        Some(c) if is_right_to_left(c) => Cow::Owned(format!("\u{2067}{line}\u{2069}")),
        _ => Cow::Borrowed(line),
    }
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        let ruler = TextMeasure::new();
        // DejaVu Sans: i has 569 and W has 2025 of 2048 units.
        assert!((ruler.width("iW", 2048.0) - 2594.0).abs() < 40.0, "{}", ruler.width("iW", 2048.0));
        assert!(ruler.width("ii", 10.0) < ruler.width("WW", 10.0) / 2.5);
        // Joined letters are narrower than the same ones alone.
        let apart: f64 = "ببب".chars().map(|c| ruler.width(&c.to_string(), 10.0)).sum();
        assert!(ruler.width("ببب", 10.0) < apart * 0.8);
    }

    #[test]
    fn the_font_has_what_the_united_nations_write_except_chinese() {
        let ruler = TextMeasure::new();
        for text in
            ["Ünïted Nātions — “é” №", "Объединённые Нации", "سازمان ملل متحد «گپچژ»", "الأمم المتحدة ١٢٣", "Ελλάδα"]
        {
            assert!(ruler.has_all(text), "{text}");
        }
        assert!(!ruler.has_all("联合国"));
        assert!((ruler.width("联合国", 10.0) - 30.0).abs() < 1e-9);
    }

    #[test]
    fn a_line_is_cut_to_its_room_and_keeps_its_direction() {
        let ruler = TextMeasure::new();
        let cut = ruler.fitted("a rather long title of a frame", 10.0, 80.0);
        assert!(cut.ends_with('…') && ruler.width(&cut, 10.0) <= 80.0, "{cut}");
        assert_eq!(directed("ایران (Iran)"), "\u{2067}ایران (Iran)\u{2069}");
        assert_eq!(directed("12 Iran ایران"), "12 Iran ایران");
    }
}
