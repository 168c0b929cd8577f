//! The numbers of lists, which a document does not write but counts: `12.`, `(b)`, `iv`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::sealed::Failure;
use super::story::Names;
use super::xml::{self, Step};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By number of the abstract list.
    lists: FxHashMap<u32, [Level; LEVELS]>,
    /// By number of the list: that of its abstract list, and the levels that begin anew.
    used: FxHashMap<u32, (u32, Vec<(usize, u32)>)>,
    counted: FxHashMap<u32, [Option<u32>; LEVELS]>,
    begun: FxHashSet<u32>,
}

/// How one level counts.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    form: String,
    /// `%1.%2`.
    text: String,
}

/// The member of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It has a sign before it.
    Bullet,
    /// It has this number.
    Number(String),
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let mut found = Self::default();
        let mut names = Names::default();
        let mut list: Option<u32> = None;
        let mut used: Option<u32> = None;
        let mut level = 0_usize;
        xml::walk(text, &mut |step| {
            let Step::Start(tag) = step else { return };
            let value = names.value(&tag);
            let number = || value.as_deref().and_then(|value| value.parse::<u32>().ok());
            let own = |names: &mut Names, name: &str| names.get(&tag, name).and_then(|value| value.parse::<u32>().ok());
            match names.of(tag.name()) {
                "abstractNum" => (list, used) = (own(&mut names, "abstractNumId"), None),
                "num" => (used, list) = (own(&mut names, "numId"), None),
                "abstractNumId" => {
                    if let (Some(used), Some(of)) = (used, number()) {
                        found.used.insert(used, (of, Vec::new()));
                    }
                }
                "lvl" | "lvlOverride" => level = own(&mut names, "ilvl").unwrap_or_default() as usize,
                "startOverride" => {
                    let known = used.and_then(|used| found.used.get_mut(&used));
                    if let (Some((_, anew)), Some(start)) = (known, number()) {
                        anew.push((level, start));
                    }
                }
                name @ ("start" | "numFmt" | "lvlText") if level < LEVELS => {
                    let Some(list) = list else { return };
                    let known = &mut found.lists.entry(list).or_default()[level];
                    match name {
                        "start" => known.start = number(),
                        "numFmt" => known.form = value.clone().unwrap_or_default(),
                        _ => known.text = value.clone().unwrap_or_default(),
                    }
                }
                _ => {}
            }
        })?;
        Ok(found)
    }

    /// Counts the next member of a list.
    pub fn next(&mut self, list: u32, level: u32) -> Option<Mark> {
        let (of, anew) = self.used.get(&list)?;
        let (of, level) = (*of, (level as usize).min(LEVELS - 1));
        let levels = self.lists.get(&of)?;
        let counts = self.counted.entry(of).or_default();
        if self.begun.insert(list) {
            for (level, start) in anew.iter().filter(|(level, _)| *level < LEVELS) {
                counts[*level] = Some(start.saturating_sub(1));
            }
        }
        let start = levels[level].start.unwrap_or(1);
        counts[level] = Some(counts[level].map_or(start, |count| count.saturating_add(1)));
        counts[level + 1..].fill(None);
        match levels[level].form.as_str() {
            "bullet" => return Some(Mark::Bullet),
            "none" => return None,
            _ => {}
        }
        let mut text = levels[level].text.clone();
        for (at, known) in levels.iter().enumerate() {
            let sign = format!("%{}", at + 1);
            if text.contains(&sign) {
                let count = counts[at].unwrap_or_else(|| known.start.unwrap_or(1));
                text = text.replace(&sign, &written(count, &known.form));
            }
        }
        (!text.trim().is_empty()).then(|| Mark::Number(text.trim().to_owned()))
    }
}

/// A number in the form of a level.
fn written(number: u32, form: &str) -> String {
    match form {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a, b … z, aa, bb …
fn letters(number: u32) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from(b'a' + (at % 26) as u8);
    String::from(letter).repeat((at / 26 + 1).min(9) as usize)
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = number.min(4999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Mark, Numbering, written};

    #[test]
    fn lists_count() {
        let text = r#"<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="3">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
            <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>
            </w:lvlOverride></w:num></w:numbering>"#;
        let mut lists = Numbering::read(text).expect("lists");
        let number = |text: &str| Some(Mark::Number(text.to_owned()));
        for (list, level, wanted) in [
            (1, 0, number("1.")),
            (1, 1, number("(a)")),
            (1, 1, number("(b)")),
            (1, 0, number("2.")),
            (1, 1, number("(a)")),
            (1, 2, Some(Mark::Bullet)),
            (2, 0, number("5.")),
            (9, 0, None),
        ] {
            assert_eq!(lists.next(list, level), wanted);
        }
        assert_eq!((written(28, "lowerLetter").as_str(), written(14, "upperRoman").as_str()), ("bb", "XIV"));
    }
}
