//! Which language a text is in, by script and by function words. Short or strange text has none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::seeds::Lexicon;

/// Languages that small words can tell, at most: each has a bit.
const MOST: usize = 16;

/// Tags and small words of the languages.
fn known() -> &'static [(String, Vec<String>)] {
    let all = Lexicon::embedded().languages().small_words();
    all.get(..MOST).unwrap_or(all)
}

/// Whether a writing system holds a letter.
type Holds = fn(char) -> bool;

/// A language or writing system that letters alone decide.
const SCRIPTS: &[(&str, Holds)] = &[
    ("ar", |c| ('\u{600}'..='\u{6ff}').contains(&c) || ('\u{fb50}'..='\u{fdff}').contains(&c)),
    ("ru", |c| ('\u{400}'..='\u{52f}').contains(&c)),
    ("zh", |c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
    ("ja", |c| ('\u{3040}'..='\u{30ff}').contains(&c)),
    ("ko", |c| ('\u{ac00}'..='\u{d7a3}').contains(&c)),
    ("el", |c| ('\u{370}'..='\u{3ff}').contains(&c)),
    ("he", |c| ('\u{590}'..='\u{5ff}').contains(&c)),
    ("hi", |c| ('\u{900}'..='\u{97f}').contains(&c)),
    ("hy", |c| ('\u{530}'..='\u{58f}').contains(&c)),
    ("ka", |c| ('\u{10a0}'..='\u{10ff}').contains(&c)),
    ("th", |c| ('\u{e00}'..='\u{e7f}').contains(&c)),
];

/// Small words as numbers (see [`number`]), sorted, each with a bit for every language that has it.
static TABLE: LazyLock<Vec<(u64, u16)>> = LazyLock::new(|| {
    let mut table: BTreeMap<u64, u16> = BTreeMap::new();
    for (i, (_, words)) in known().iter().enumerate() {
        for number in words.iter().filter_map(|word| number(word)) {
            *table.entry(number).or_default() |= 1 << i;
        }
    }
    table.into_iter().collect()
});

/// The bytes of a word of up to eight in lower case, as one number: longer words are no small words.
fn number(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    if word.len() > bytes.len() {
        return None;
    }
    if word.is_ascii() {
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
    } else {
        let lower = word.to_lowercase();
        bytes.get_mut(..lower.len())?.copy_from_slice(lower.as_bytes());
    }
    Some(u64::from_le_bytes(bytes))
}

/// Tags that one script stands for.
fn family(tag: &str) -> &str {
    match tag {
        "fa" => "ar",
        "uk" => "ru",
        "ja" => "zh",
        tag => tag,
    }
}

/// The small words and scripts of a stretch, counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    words: u32,
    hits: [u32; MOST],
    letters: u32,
    scripts: [u32; SCRIPTS.len()],
    /// Letters that Persian has and Arabic lacks; Ukrainian and Russian.
    persian: u32,
    ukrainian: u32,
}

impl Tally {
    /// Counts a stretch.
    pub fn of(text: &str) -> Self {
        let mut tally = Self::default();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            tally.count(word);
        }
        tally
    }

    /// Adds another stretch of the same text.
    pub fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.letters += other.letters;
        self.persian += other.persian;
        self.ukrainian += other.ukrainian;
        self.hits.iter_mut().zip(other.hits).for_each(|(own, other)| *own += other);
        self.scripts.iter_mut().zip(other.scripts).for_each(|(own, other)| *own += other);
    }

    /// The language, if its script or at least three small words say so and no other language has as many.
    pub fn language(&self) -> Option<&'static str> {
        if let Some(script) = self.script() {
            return Some(script);
        }
        let best = self.best();
        let mut winners = known().iter().zip(self.hits).filter(|(_, hits)| *hits == best);
        let ((winner, _), _) = winners.next().filter(|_| best >= 3)?;
        winners.next().is_none().then_some(winner.as_str())
    }

    /// Whether the stretch is surely in another language than `language`, its document's.
    pub fn is_foreign_to(&self, language: Option<&'static str>) -> bool {
        let Some(language) = language else { return false };
        if let Some(script) = self.script() {
            return family(script) != family(language);
        }
        let own = known().iter().position(|(tag, _)| tag == language).map_or(0, |i| self.hits[i]);
        let enough = if self.words <= 12 { 2 } else { 3 };
        self.best() >= enough.max(2 * own)
    }

    fn count(&mut self, word: &str) {
        self.words += 1;
        if word.is_ascii() {
            self.letters += word.len() as u32;
        } else {
            word.chars().for_each(|c| self.count_letter(c));
        }
        let Some(number) = number(word) else { return };
        let found = TABLE.binary_search_by_key(&number, |(word, _)| *word);
        let mut mask = found.map_or(0, |i| TABLE[i].1);
        while mask != 0 {
            self.hits[mask.trailing_zeros() as usize] += 1;
            mask &= mask - 1;
        }
    }

    fn count_letter(&mut self, c: char) {
        self.letters += 1;
        self.persian += u32::from(matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی'));
        self.ukrainian += u32::from(matches!(c, 'і' | 'ї' | 'є' | 'ґ'));
        if c > '\u{36f}'
            && let Some(i) = SCRIPTS.iter().position(|(_, holds)| holds(c))
        {
            self.scripts[i] += 1;
        }
    }

    fn best(&self) -> u32 {
        self.hits.iter().copied().max().unwrap_or_default()
    }

    /// The script of most letters, if that is not Latin.
    fn script(&self) -> Option<&'static str> {
        let (i, &most) = self.scripts.iter().enumerate().max_by_key(|(i, count)| (**count, usize::MAX - i))?;
        if most < 2 || most * 2 < self.letters {
            return None;
        }
        Some(match SCRIPTS[i].0 {
            "ar" if self.persian * 50 > most => "fa",
            "ru" if self.ukrainian * 50 > most => "uk",
            "zh" if self.scripts[3] * 10 > most => "ja",
            tag => tag,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn small_words_tell() {
        for (text, language) in [
            ("It is an honour to speak on behalf of the group.", Some("en")),
            ("Nous sommes heureux de prendre la parole dans ce débat.", Some("fr")),
            ("Det är en ära att tala till er på detta möte.", Some("sv")),
            ("Es un honor para mi delegación que se haya convocado.", Some("es")),
            ("Wir danken dem Vorsitz für die gute Arbeit und das Treffen.", Some("de")),
            ("Позвольте мне поблагодарить вас", Some("ru")),
            ("ما از شما سپاسگزاریم که این گفتگو را", Some("fa")),
            ("شكرا السيد الرئيس", Some("ar")),
            ("感谢主席先生", Some("zh")),
            ("Oslo 2021", None),
            ("", None),
        ] {
            assert_eq!(Tally::of(text).language(), language, "{text}");
        }
    }

    #[test]
    fn only_sure_strangers_are_foreign() {
        for (text, foreign) in [
            ("Anförande av ministern på FN:s möte i Wien", true),
            ("Talet är på engelska.", true),
            ("صفحه اصلی", true),
            ("Law Enforcement and Investigations", false),
            ("The note verbale de la mission was sent to the Office", false),
            ("Mr. Chair,", false),
            ("Cartel de Jalisco", false),
        ] {
            assert_eq!(Tally::of(text).is_foreign_to(Some("en")), foreign, "{text}");
        }
    }
}
