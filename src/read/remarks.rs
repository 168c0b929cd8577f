//! What a reader of the document should know about its text: another language, letters lost on the way.

use crate::model::{Diagnostic, Severity, Span};

use super::layout::Layout;

/// Starts of letters that were written as UTF-8 and read as Windows-1252, as in "communiquÃ©", "Iranâ€™s".
const TWICE: &[&str] =
    &["Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã¡", "Ã³", "Ã±", "ÃƒÂ", "Ã\u{83}", "â€™", "â€œ", "â€“", "â\u{80}"];

/// Adds the remarks to those of the layout.
pub(super) fn add(layout: &mut Layout, language: Option<&'static str>) {
    let found = [lost(&layout.text), foreign(language), unclosed(layout)];
    layout.diagnostics.extend(found.into_iter().flatten());
}

fn remark(severity: Severity, message: String, span: Option<Span>) -> Option<Diagnostic> {
    Some(Diagnostic { severity, message, span })
}

fn lost(text: &str) -> Option<Diagnostic> {
    let start = text.find('\u{fffd}')?;
    let message = "letters were lost before this file was saved (“\u{fffd}” stands for them)".to_owned();
    remark(Severity::Note, message, Some(Span::new(start, start + '\u{fffd}'.len_utf8())))
}

/// That a text as written has letters that were decoded twice, though they are read as meant.
pub(super) fn twice(text: &str) -> Option<Diagnostic> {
    // These letters are rare: most texts hold neither.
    if !text.contains(['Ã', 'â']) {
        return None;
    }
    let (start, sign) = TWICE.iter().filter_map(|sign| Some((text.find(sign)?, sign))).min()?;
    let first: String = sign.chars().take(1).collect();
    let message =
        format!("letters were decoded twice before this file was saved (“{first}” begins what should be one)");
    remark(Severity::Note, message, Some(Span::new(start, start + sign.len())))
}

fn foreign(language: Option<&'static str>) -> Option<Diagnostic> {
    let tag = language.filter(|tag| *tag != "en")?;
    remark(
        Severity::Warning,
        format!("the text is in another language than English ({tag}): little will be found in it"),
        None,
    )
}

/// A file that opens front matter and never closes it.
fn unclosed(layout: &Layout) -> Option<Diagnostic> {
    let start = layout.text.trim_start_matches('\u{feff}');
    let opens = start.strip_prefix("---").and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n'))?;
    let keyed =
        opens.lines().next().is_some_and(|line| line.split_once(": ").is_some_and(|(key, _)| !key.contains(' ')));
    let message = "front matter is opened with “---” and never closed: it is read as text".to_owned();
    if layout.front.is_none() && keyed { remark(Severity::Warning, message, None) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read};

    #[test]
    fn remarks_are_made() {
        for (text, expected) in [
            ("We met the people of the town.", ""),
            ("Ã‰lan of the people and the Ãngström unit.", ""),
            (
                "The communiquÃ© of the meeting.",
                "letters were decoded twice before this file was saved (“Ã” begins what should be one)",
            ),
            (
                "The caf\u{fffd} of the town.",
                "letters were lost before this file was saved (“\u{fffd}” stands for them)",
            ),
            (
                "Nous sommes heureux de prendre la parole dans ce débat.",
                "the text is in another language than English (fr): little will be found in it",
            ),
            (
                "---\ntitle: The A\nBody of the text.",
                "front matter is opened with “---” and never closed: it is read as text",
            ),
            ("---\ndate: soon\n---\nThe body of the text.", "front matter: “date: soon” is no date"),
        ] {
            let document = read("a.md", text.as_bytes(), &Options::default());
            let remarks = document.map(|document| document.diagnostics).unwrap_or_default();
            let messages: Vec<String> = remarks.into_iter().map(|remark| remark.message).collect();
            assert_eq!(messages.join("; "), expected, "{text}");
        }
    }
}
