//! What was said already, in other words: the same stance on the same matter, on a broader one, or on the topic as a whole.
//! Before an answer calls something first or only one actor's, it looks here. And whether a sentence tells of what was done
//! in an earlier year, which is no news of its day.

use crate::desk::said::ClaimLine;
use crate::lift::vocabulary::rap;
use crate::record::Record;

use super::matter::{Matter, Side};
use super::stems::stems;

/// Of the words that tell a matter apart within its topic, so many must be another's for the two to be near.
const NEAR: f64 = 0.5;

/// A claim with its matter.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The claim.
    pub line: &'a ClaimLine,
    /// What it is on.
    pub matter: &'a Matter,
}

impl Told<'_> {
    /// Whether both take the same side in the same way: both ask, or both do not.
    pub fn is_kin(&self, other: &Self) -> bool {
        self.matter.side == other.matter.side
            && self.matter.is_ask == other.matter.is_ask
            && (self.matter.side != Side::Neither || self.line.stance == other.line.stance)
    }

    /// Whether the two are not on opposite sides.
    pub fn is_no_opponent(&self, other: &Self) -> bool {
        self.matter.side == other.matter.side || [self.matter.side, other.matter.side].contains(&Side::Neither)
    }

    /// Whether an earlier claim says the same of this matter or of a broader one: of the same thing, of what it is a part of, or
    /// in words that all stand in these.
    pub fn is_within(&self, record: &Record<'_>, earlier: &Self) -> bool {
        let (now, before) = (self.line.object, earlier.line.object);
        let is_part = || record.values(now, rap::ASPECT_OF).any(|whole| whole == before);
        let stands = |stem: &String| self.matter.stems.binary_search(stem).is_ok();
        now == before || is_part() || !earlier.matter.stems.is_empty() && earlier.matter.stems.iter().all(stands)
    }

    /// Whether two claims on one topic are so near that it cannot be said that only one actor makes them: one of them has no
    /// words but the topic's, or they share half of those by which they are told apart within it.
    pub fn is_near(&self, other: &Self, topic: &[String]) -> bool {
        let own =
            |matter: &Matter| matter.stems.iter().filter(|stem| !topic.contains(stem)).cloned().collect::<Vec<_>>();
        let (mine, theirs) = (own(self.matter), own(other.matter));
        let shared = mine.iter().filter(|stem| theirs.contains(stem)).count();
        let fewer = mine.len().min(theirs.len());
        // To call a topic weighty is to speak of it.
        let few = if self.matter.side == Side::Neither { 3 } else { 2 };
        let on_topic = !topic.is_empty() && (mine.len() < few || theirs.is_empty());
        // Without a topic one word in common is chance.
        let least = if topic.is_empty() { 2 } else { 1 };
        on_topic || shared >= least && shared as f64 >= NEAR * fewer as f64
    }
}

/// The words of a topic, as matters are told apart by.
pub fn topic_words(label: &str) -> Vec<String> {
    stems(label)
}

/// The earlier year of which a sentence tells: "proposed in 2009" in a statement of 2023. What lasts "since 1967" is no deed
/// of that year, and a quote without a verb of the past tells of no deed.
pub fn past_year(quote: &str, sentence: &str, year: &str) -> Option<String> {
    let is_past = |word: &str| word.len() > 4 && word.ends_with("ed");
    if !quote.split_whitespace().take(6).any(is_past) {
        return None;
    }
    let now: u32 = year.parse().ok()?;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_year = |word: &&str| {
        let digits = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = digits.parse::<u32>().ok().filter(|_| digits.len() == 4);
        number.is_some_and(|number| number >= 1900 && number < now)
    };
    let at = words.iter().position(is_year).filter(|&at| at > 0 && words[at - 1].to_lowercase() != "since")?;
    Some(words[at].trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
}

/// The sentence around a place in a text, in one line. A full stop within it ("63/278. adopted") is none if a small letter
/// goes on.
pub fn sentence_around(letters: &[char], (start, end): (usize, usize)) -> String {
    let ends = |at: usize| {
        let next = letters.get(at + 1..).into_iter().flatten().find(|c| !c.is_whitespace());
        matches!(letters.get(at), Some('.' | ';' | '?' | '!'))
            && next.is_none_or(|c| !c.is_lowercase() && !c.is_numeric())
    };
    let from = (0..start.min(letters.len())).rev().find(|&at| ends(at)).map_or(0, |at| at + 1);
    let to = (end..letters.len()).find(|&at| ends(at)).unwrap_or(letters.len());
    let sentence: String = letters.get(from..to).unwrap_or_default().iter().collect();
    crate::model::text::one_line(&sentence)
}

#[cfg(test)]
mod tests {
    use super::{past_year, sentence_around};

    #[test]
    fn a_deed_of_an_earlier_year_is_told_as_one() {
        let told = "Ruritania proposed the dues in the Assembly through resolution 6/2. adopted on 2 April 2009.";
        for (quote, sentence, year, found) in [
            ("Ruritania proposed the dues", told, "2023", Some("2009")),
            ("Ruritania proposed the dues", told, "2009", None),
            ("Ruritania proposes the dues", told, "2023", None),
            ("We deplored the fog", "We deplored the fog that has lasted since 1967.", "2023", None),
            ("We deplored the fog", "We deplored the fog.", "2023", None),
        ] {
            assert_eq!(past_year(quote, sentence, year).as_deref(), found, "{quote}");
        }
        let letters: Vec<char> = format!("Before. {told} After.").chars().collect();
        assert!(sentence_around(&letters, (8, 17)).ends_with("2009"));
        assert!(sentence_around(&letters, (8, 17)).starts_with("Ruritania"));
        assert_eq!(sentence_around(&[], (3, 5)), "");
    }
}
