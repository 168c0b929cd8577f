//! Languages that a stretch of text can be in: their commonest small words and their months.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What is known of the languages around English.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// BCP 47 tags and small words, in the order of the file.
    small: Vec<(String, Vec<String>)>,
    /// The number of a month by its name in lower case, in any of the languages.
    months: FxHashMap<CompactString, i8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: Vec<Language>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Language {
    tag: String,
    small: String,
    months: Option<String>,
    short_months: Option<String>,
}

impl Languages {
    /// Reads the file of languages. The error is one line that names the fault.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let file: File = super::read(text)?;
        let mut languages = Self::default();
        for language in file.language {
            for names in language.months.iter().chain(&language.short_months) {
                languages.add_months(&language.tag, names)?;
            }
            let small = language.small.split_whitespace().map(str::to_owned).collect();
            languages.small.push((language.tag, small));
        }
        Ok(languages)
    }

    fn add_months(&mut self, tag: &str, names: &str) -> Result<(), String> {
        let names: Vec<String> = super::list(names).collect();
        if names.len() != 12 {
            return Err(format!("“{tag}” has {} months", names.len()));
        }
        for (number, name) in (1..).zip(names) {
            let other = self.months.insert(CompactString::from(&name), number);
            if other.is_some_and(|other| other != number) {
                return Err(format!("“{name}” is two months"));
            }
        }
        Ok(())
    }

    /// The tags with the small words of each language.
    pub fn small_words(&self) -> &[(String, Vec<String>)] {
        &self.small
    }

    /// The number of a month, by its whole name or its English short one in lower case: "Mayor" is none.
    pub fn month(&self, lower: &str) -> Option<i8> {
        self.months.get(lower).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Languages;

    #[test]
    fn months_are_twelve_and_no_two() {
        for (text, fault) in [
            ("[[language]]\ntag = \"xx\"\nsmall = \"a\"\nmonths = \"one\"\n", "has 1 months"),
            ("[[language]]\ntag = \"xx\"\nsmall = \"a\"\nmonths = \"a,a,c,d,e,f,g,h,i,j,k,l\"\n", "“a” is two months"),
        ] {
            assert!(Languages::parse(text).expect_err("a fault").contains(fault), "{text}");
        }
    }
}
