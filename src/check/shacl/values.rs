//! Literals as values: whether one is well made, which of two is less, how long it is.

use std::cmp::Ordering;

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, LiteralRef, NamedNodeRef, Term};
use oxsdatatypes::{
    Boolean, Date, DateTime, DayTimeDuration, Decimal, Double, Duration, Float, GDay, GMonth, GMonthDay, GYear,
    GYearMonth, Integer, Time, YearMonthDuration,
};

/// A side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Above it.
    MinExclusive,
    /// It, or above.
    MinInclusive,
    /// Below it.
    MaxExclusive,
    /// It, or below.
    MaxInclusive,
}

impl Bound {
    /// All, by the names of their properties.
    pub const ALL: [(&'static str, Self); 4] = [
        ("minExclusive", Self::MinExclusive),
        ("minInclusive", Self::MinInclusive),
        ("maxExclusive", Self::MaxExclusive),
        ("maxInclusive", Self::MaxInclusive),
    ];

    /// What SHACL calls its component, without `ConstraintComponent`.
    pub const fn component(self) -> &'static str {
        match self {
            Self::MinExclusive => "MinExclusive",
            Self::MinInclusive => "MinInclusive",
            Self::MaxExclusive => "MaxExclusive",
            Self::MaxInclusive => "MaxInclusive",
        }
    }

    /// Whether a value lies on the right side. What cannot be compared does not.
    pub fn holds(self, value: &Term, limit: &Literal) -> bool {
        let Term::Literal(value) = value else { return false };
        match (self, compare(value.as_ref(), limit.as_ref())) {
            (Self::MinExclusive, Some(Ordering::Greater)) | (Self::MaxExclusive, Some(Ordering::Less)) => true,
            (Self::MinInclusive, Some(order)) => order != Ordering::Less,
            (Self::MaxInclusive, Some(order)) => order != Ordering::Greater,
            _ => false,
        }
    }
}

/// Which of two literals is less, as SPARQL's `<` has it; `None` if they cannot be compared.
pub fn compare(a: LiteralRef<'_>, b: LiteralRef<'_>) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (Number::of(a), Number::of(b)) {
        return a.compare(b);
    }
    if a.datatype() != b.datatype() {
        return None;
    }
    fn parsed<T: std::str::FromStr + PartialOrd>(a: &str, b: &str) -> Option<Ordering> {
        a.parse::<T>().ok()?.partial_cmp(&b.parse::<T>().ok()?)
    }
    let (left, right) = (a.value(), b.value());
    match a.datatype() {
        xsd::STRING => Some(left.cmp(right)),
        xsd::BOOLEAN => {
            let truth = |text: &str| text.parse::<Boolean>().ok().map(bool::from);
            Some(truth(left)?.cmp(&truth(right)?))
        }
        xsd::DATE_TIME => parsed::<DateTime>(left, right),
        xsd::DATE => parsed::<Date>(left, right),
        xsd::TIME => parsed::<Time>(left, right),
        xsd::G_YEAR => parsed::<GYear>(left, right),
        xsd::G_YEAR_MONTH => parsed::<GYearMonth>(left, right),
        xsd::DURATION => parsed::<Duration>(left, right),
        xsd::DAY_TIME_DURATION => parsed::<DayTimeDuration>(left, right),
        xsd::YEAR_MONTH_DURATION => parsed::<YearMonthDuration>(left, right),
        _ => None,
    }
}

/// A number, as exact as its type is.
enum Number {
    Exact(Decimal),
    Rough(f64),
}

impl Number {
    fn of(literal: LiteralRef<'_>) -> Option<Self> {
        let text = literal.value();
        match literal.datatype() {
            xsd::DOUBLE => text.parse::<Double>().ok().map(|number| Self::Rough(number.into())),
            xsd::FLOAT => text.parse::<Float>().ok().map(|number| Self::Rough(f32::from(number).into())),
            datatype if datatype == xsd::DECIMAL || integers(datatype).is_some() => {
                text.parse::<Decimal>().ok().map(Self::Exact)
            }
            _ => None,
        }
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        let rough = |number: &Self| match number {
            Self::Exact(number) => Double::from(*number).into(),
            Self::Rough(number) => *number,
        };
        match (&self, &other) {
            (Self::Exact(a), Self::Exact(b)) => a.partial_cmp(b),
            _ => rough(&self).partial_cmp(&rough(&other)),
        }
    }
}

/// The least and the greatest value of a type of whole numbers; `None` if it is none.
fn integers(datatype: NamedNodeRef<'_>) -> Option<(i128, i128)> {
    Some(match datatype {
        xsd::INTEGER => (i128::MIN, i128::MAX),
        xsd::BYTE => (i8::MIN.into(), i8::MAX.into()),
        xsd::SHORT => (i16::MIN.into(), i16::MAX.into()),
        xsd::INT => (i32::MIN.into(), i32::MAX.into()),
        xsd::LONG => (i64::MIN.into(), i64::MAX.into()),
        xsd::UNSIGNED_BYTE => (0, u8::MAX.into()),
        xsd::UNSIGNED_SHORT => (0, u16::MAX.into()),
        xsd::UNSIGNED_INT => (0, u32::MAX.into()),
        xsd::UNSIGNED_LONG => (0, u64::MAX.into()),
        xsd::NON_NEGATIVE_INTEGER => (0, i128::MAX),
        xsd::POSITIVE_INTEGER => (1, i128::MAX),
        xsd::NON_POSITIVE_INTEGER => (i128::MIN, 0),
        xsd::NEGATIVE_INTEGER => (i128::MIN, -1),
        _ => return None,
    })
}

/// Whether a literal is of a type, and its letters are as that type has them. Of types that are not known here only the name
/// is looked at.
pub fn is_of(literal: &Literal, datatype: NamedNodeRef<'_>) -> bool {
    fn parses<T: std::str::FromStr>(text: &str) -> bool {
        text.parse::<T>().is_ok()
    }
    let text = literal.value();
    if literal.datatype() != datatype {
        return false;
    }
    if let Some((least, most)) = integers(datatype) {
        let digits = text.trim_start_matches(['+', '-']);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let fits =
            text.strip_prefix('+').unwrap_or(text).parse::<i128>().map(|number| (least..=most).contains(&number));
        // Beyond what the machine counts only the sign can be wrong.
        return is_whole && fits.unwrap_or_else(|_| parses::<Integer>(text) || least == i128::MIN || most == i128::MAX);
    }
    match datatype {
        xsd::BOOLEAN => parses::<Boolean>(text),
        xsd::DECIMAL => parses::<Decimal>(text),
        xsd::FLOAT => parses::<Float>(text),
        xsd::DOUBLE => parses::<Double>(text),
        xsd::DATE_TIME => parses::<DateTime>(text),
        xsd::DATE => parses::<Date>(text),
        xsd::TIME => parses::<Time>(text),
        xsd::DURATION => parses::<Duration>(text),
        xsd::DAY_TIME_DURATION => parses::<DayTimeDuration>(text),
        xsd::YEAR_MONTH_DURATION => parses::<YearMonthDuration>(text),
        xsd::G_YEAR => parses::<GYear>(text),
        xsd::G_YEAR_MONTH => parses::<GYearMonth>(text),
        xsd::G_MONTH_DAY => parses::<GMonthDay>(text),
        xsd::G_DAY => parses::<GDay>(text),
        xsd::G_MONTH => parses::<GMonth>(text),
        xsd::HEX_BINARY => text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        xsd::ANY_URI => !text.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`', ' ']),
        rdf::LANG_STRING => literal.language().is_some(),
        _ => true,
    }
}

/// The words of a node: a literal's, or an IRI. Nodes without a name have none.
pub fn words(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

/// Whether a literal's language is in a range, as SPARQL's `langMatches` has it.
pub fn speaks(term: &Term, range: &str) -> bool {
    let Term::Literal(literal) = term else { return false };
    let Some(language) = literal.language() else { return false };
    let (language, range) = (language.to_ascii_lowercase(), range.to_ascii_lowercase());
    range == "*" || language.strip_prefix(&*range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use oxrdf::{Literal, NamedNode, Term};

    use super::{Bound, compare, is_of, speaks};

    fn typed(text: &str, datatype: &str) -> Literal {
        Literal::new_typed_literal(
            text,
            NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}")),
        )
    }

    #[test]
    fn literals_are_well_made_or_not() {
        let rows = [
            ("integer", "+7", true),
            ("integer", "7.0", false),
            ("integer", "99999999999999999999999999999999999999999999", true),
            ("byte", "127", true),
            ("byte", "128", false),
            ("positiveInteger", "0", false),
            ("decimal", "1.50", true),
            ("decimal", "1e3", false),
            ("boolean", "yes", false),
            ("date", "2019-02-29", false),
            ("date", "2020-02-29", true),
            ("gYear", "1975", true),
            ("dateTime", "2020-01-01", false),
            ("hexBinary", "0fA", false),
            ("token", "anything", true),
        ];
        for (datatype, text, expected) in rows {
            let literal = typed(text, datatype);
            assert_eq!(is_of(&literal, literal.datatype()), expected, "{text} as {datatype}");
        }
    }

    #[test]
    fn values_are_compared_by_what_they_mean() {
        let rows = [
            (("10", "integer"), ("9.5", "decimal"), Some(Ordering::Greater)),
            (("1.0", "double"), ("1", "integer"), Some(Ordering::Equal)),
            (("2020-01-01", "date"), ("2019-12-31", "date"), Some(Ordering::Greater)),
            (("b", "string"), ("a", "string"), Some(Ordering::Greater)),
            (("2020-01-01", "date"), ("2020", "gYear"), None),
            (("2002-10-10T12:00:00", "dateTime"), ("2002-10-10T12:00:00Z", "dateTime"), None),
        ];
        for ((a, first), (b, second), expected) in rows {
            assert_eq!(compare(typed(a, first).as_ref(), typed(b, second).as_ref()), expected, "{a} {b}");
        }
        assert!(!Bound::MaxInclusive.holds(&Term::from(typed("a", "string")), &typed("1", "integer")));
    }

    #[test]
    fn a_language_has_its_regions() {
        let words = Term::from(Literal::new_language_tagged_literal_unchecked("colour", "en-gb"));
        assert!(speaks(&words, "en") && speaks(&words, "EN-GB") && speaks(&words, "*") && !speaks(&words, "e"));
        assert!(!speaks(&Term::from(Literal::new_simple_literal("colour")), "*"));
    }
}
