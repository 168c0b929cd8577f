//! Values as literals, each in the one form that stores give back unchanged.

use oxrdf::{Literal, NamedNodeRef};

use super::vocabulary::xsd;

/// The language of labels that are not words of a document.
pub const ENGLISH: &str = "en";

/// Words in a language.
pub fn words(value: &str, language: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(value, language)
}

/// A plain string.
pub fn plain(value: &str) -> Literal {
    Literal::new_simple_literal(value)
}

/// A number in decimal notation, as integer or decimal; a plain string if it is no such number or too long for one.
pub fn number(text: &str) -> Literal {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_number = !digits.is_empty() && digits.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    if !is_number || digits.len() + fraction.len() > 18 {
        return plain(text);
    }
    let digits = digits.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let is_zero = digits == "0" && fraction.is_empty();
    let sign = if whole.starts_with('-') && !is_zero { "-" } else { "" };
    match fraction {
        "" => typed(&[sign, digits], xsd::INTEGER),
        _ => typed(&[sign, digits, ".", fraction], xsd::DECIMAL),
    }
}

/// A confidence from 0 to 1 with at most two decimals: `0.9`, `0.93`, `1`.
pub fn confidence(value: f32) -> Literal {
    let hundredths = (value.clamp(0.0, 1.0) * 100.0).round() as u32;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    typed(&[text.trim_end_matches('0').trim_end_matches('.')], xsd::DECIMAL)
}

/// A year, month or day in ISO 8601; a plain string if it has another shape.
pub fn date(iso: &str) -> Literal {
    match shape(iso).as_str() {
        "dddd" => typed(&[iso], xsd::G_YEAR),
        "dddd-dd" => typed(&[iso], xsd::G_YEAR_MONTH),
        "dddd-dd-dd" => typed(&[iso], xsd::DATE),
        _ => plain(iso),
    }
}

/// The text with `d` for each digit.
fn shape(iso: &str) -> String {
    iso.chars().map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect()
}

fn typed(parts: &[&str], datatype: NamedNodeRef<'static>) -> Literal {
    Literal::new_typed_literal(parts.concat(), datatype)
}

#[cfg(test)]
mod tests {
    use super::{confidence, date, number};

    #[test]
    fn numbers_dates_and_confidences() {
        let integer = |value: &str| format!("\"{value}\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        let decimal = |value: &str| format!("\"{value}\"^^<http://www.w3.org/2001/XMLSchema#decimal>");
        assert_eq!(number("134").to_string(), integer("134"));
        assert_eq!(number("007").to_string(), integer("7"));
        assert_eq!(number("-0").to_string(), integer("0"));
        assert_eq!(number("4.50").to_string(), decimal("4.5"));
        assert_eq!(number("2.0").to_string(), integer("2"));
        assert_eq!(number("1/3").to_string(), "\"1/3\"");
        assert_eq!(number("").to_string(), "\"\"");
        assert_eq!(number("12345678901234567890").to_string(), "\"12345678901234567890\"");
        assert_eq!(confidence(0.9).to_string(), decimal("0.9"));
        assert_eq!(confidence(0.934).to_string(), decimal("0.93"));
        assert_eq!(confidence(1.0).to_string(), decimal("1"));
        assert_eq!(confidence(f32::NAN).to_string(), decimal("0"));
        assert!(date("2011").to_string().ends_with("gYear>"));
        assert!(date("2011-03").to_string().ends_with("gYearMonth>"));
        assert!(date("2011-03-27").to_string().ends_with("date>"));
        assert_eq!(date("March").to_string(), "\"March\"");
    }
}
