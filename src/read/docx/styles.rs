//! Paragraph styles: which make a heading, and which a member of a list. Styles rest on others; names say nothing.

use rustc_hash::FxHashMap;

use super::super::sealed::Failure;
use super::story::Names;
use super::xml::{self, Step};

/// How many styles may rest on each other.
const CHAIN: usize = 20;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(FxHashMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    rests_on: Option<String>,
    outline: Option<u32>,
    numbering: Option<u32>,
    level: Option<u32>,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(text: &str) -> Result<Self, Failure> {
        let mut styles = FxHashMap::default();
        let mut names = Names::default();
        let mut open: Option<(String, Style)> = None;
        xml::walk(text, &mut |step| match step {
            Step::Start(tag) => {
                let value = names.value(&tag);
                let number = || value.as_deref().and_then(|value| value.parse().ok());
                if names.of(tag.name()) == "style" {
                    open = names.get(&tag, "styleId").map(|id| (id, Style::default()));
                    return;
                }
                let Some((_, style)) = &mut open else { return };
                match names.of(tag.name()) {
                    "basedOn" => style.rests_on = value,
                    "outlineLvl" => style.outline = number(),
                    "numId" => style.numbering = number(),
                    "ilvl" => style.level = number(),
                    _ => {}
                }
            }
            Step::End(name) if names.of(name) == "style" => styles.extend(open.take()),
            Step::End(_) | Step::Text(_) => {}
        })?;
        Ok(Self(styles))
    }

    /// The level of a heading in this style, from 0; `None` if it makes none.
    pub fn outline(&self, style: &str) -> Option<u32> {
        self.first(style, |style| style.outline).filter(|level| *level < 9)
    }

    /// The list that a style counts in, and the level in it.
    pub fn numbering(&self, style: &str) -> Option<(u32, u32)> {
        let list = self.first(style, |style| style.numbering).filter(|list| *list > 0)?;
        Some((list, self.first(style, |style| style.level).unwrap_or_default()))
    }

    fn first(&self, style: &str, of: impl Fn(&Style) -> Option<u32>) -> Option<u32> {
        let mut known = self.0.get(style);
        for _ in 0..CHAIN {
            let style = known?;
            if let Some(value) = of(style) {
                return Some(value);
            }
            known = style.rests_on.as_ref().and_then(|other| self.0.get(other));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Styles;

    #[test]
    fn styles_rest_on_others() {
        let text = r#"<w:styles xmlns:w="x"><w:style w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Ch"><w:basedOn w:val="H1"/></w:style>
            <w:style w:styleId="L"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>
            </w:styles>"#;
        let styles = Styles::read(text).expect("styles");
        assert_eq!(styles.outline("Ch"), Some(0));
        assert_eq!((styles.outline("A"), styles.outline("none")), (None, None));
        assert_eq!(styles.numbering("L"), Some((7, 1)));
    }
}
