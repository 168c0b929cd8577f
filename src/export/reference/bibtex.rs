//! BibTeX: one `@misc` a document, as BibTeX, biber and reference managers read it. UTF-8; what LaTeX reads otherwise is
//! escaped.

use std::io::{self, Write};

use super::Reference;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes references.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(references: &[Reference], out: &mut impl Write) -> io::Result<()> {
    for (at, reference) in references.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        entry(reference, out)?;
    }
    Ok(())
}

fn entry(reference: &Reference, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "@misc{{{},", reference.key)?;
    for (name, value) in fields(reference) {
        writeln!(out, "  {name:<12} = {value},")?;
    }
    writeln!(out, "}}")
}

/// Names and values, the values in braces already. Double braces keep capitals and take a body's name as one.
fn fields(reference: &Reference) -> Vec<(&'static str, String)> {
    let once = |words: &Option<String>| words.as_ref().map(|words| format!("{{{}}}", escaped(words)));
    let authors: Vec<String> = reference.authors.iter().map(|author| format!("{{{}}}", escaped(author))).collect();
    let speaker = reference.speaker.as_ref().map(|name| format!("Delivered by {}. ", escaped(name)));
    let mut numbers = reference.day().split('-');
    let year = numbers.next().filter(|year| !year.is_empty());
    let month = numbers.next().and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.wrapping_sub(1)));
    let given: [(&'static str, Option<String>); 13] = [
        ("author", (!authors.is_empty()).then(|| format!("{{{}}}", authors.join(" and ")))),
        ("title", Some(format!("{{{{{}}}}}", escaped(&reference.title)))),
        ("year", year.map(|year| format!("{{{year}}}"))),
        ("month", month.map(|month| (*month).to_owned())),
        ("date", reference.date.as_ref().map(|date| format!("{{{}}}", date.iso()))),
        ("howpublished", once(&reference.occasion().map(|words| super::capital(&words)))),
        ("eventtitle", once(&reference.meeting)),
        ("venue", once(&reference.place)),
        ("number", once(&reference.symbol)),
        ("organization", once(&reference.publisher)),
        ("language", once(&reference.language)),
        ("url", reference.url.as_ref().map(|url| format!("{{{}}}", address(url)))),
        ("note", Some(format!("{{{}SHA-256 of the text: {}}}", speaker.unwrap_or_default(), reference.sha256))),
    ];
    given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Words that LaTeX prints as they are. Braces become commands, for BibTeX counts escaped ones too.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// An address stays as it is, but for what would end the value.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::{address, escaped};

    #[test]
    fn what_latex_reads_otherwise_is_escaped_and_braces_stay_in_pairs() {
        assert_eq!(escaped("50 % & $1_a #2"), "50 \\% \\& \\$1\\_a \\#2");
        let all = escaped("a{b ~ ^ \\ ایران 👍");
        assert_eq!(all, "a\\textbraceleft{}b \\textasciitilde{} \\textasciicircum{} \\textbackslash{} ایران 👍");
        assert_eq!(all.matches('{').count(), all.matches('}').count());
        assert_eq!(address("https://x.org/a{b}\\c?d=1&e=%20"), "https://x.org/a%7Bb%7D%5Cc?d=1&e=%20");
    }
}
