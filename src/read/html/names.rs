//! Names of HTML: elements by what they do to a text, and the names by which pages call their parts.

/// Elements that begin and end a line of their own.
pub(super) const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
];

/// Elements that have no end.
pub(super) const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements whose words are no words of the page.
pub(super) const SILENT: &[&str] = &[
    "audio", "button", "canvas", "datalist", "embed", "figcaption", "head", "iframe", "map", "math", "noscript",
    "object", "option", "script", "select", "style", "svg", "template", "textarea", "video",
];

/// Elements that hold a page's furniture.
pub(super) const FURNITURE: &[&str] = &["aside", "dialog", "footer", "form", "menu", "nav"];

/// Roles of such elements.
pub(super) const FURNITURE_ROLES: &[&str] = &[
    "alert", "alertdialog", "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation",
    "search", "toolbar",
];

/// Words in the class or id of such elements.
pub(super) const FURNITURE_NAMES: &[&str] = &[
    "ad", "ads", "author", "banner", "bio", "byline", "caption", "comment", "commentlist", "comments", "consent",
    "copyright", "credit", "credits", "disclaimer", "disqus", "donate", "download", "footer", "gdpr", "login",
    "masthead", "meganav", "menu", "modal", "nav", "navbar", "navigation", "newsletter", "offcanvas", "pager",
    "pagination", "popup", "print", "promo", "rating", "readmore", "share", "signup", "skip", "social", "tags",
    "ticker", "toolbar", "widget",
];

/// Elements of a table that a new part of it closes.
pub(super) const TABLE_PARTS: &[&str] = &["tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements whose end closes whatever is open in the cells of a table.
pub(super) const AROUND_CELLS: &[&str] = &["body", "html", "table", "tbody", "tfoot", "thead", "tr"];

/// Elements that may hold the whole text of a page.
pub(super) const HOLDERS: &[&str] =
    &["article", "body", "center", "div", "font", "html", "main", "section", "table", "tbody", "td", "tr"];

/// Names that pages give to the element that holds their text.
pub(super) const CONTENT_NAMES: &[&str] =
    &["articlebody", "article-body", "entry-content", "post-content", "field-body"];

/// Beginnings of such words: `relatedposts`, `recommendations`.
pub(super) const FURNITURE_STEMS: &[&str] = &[
    "advert", "breadcrumb", "cookie", "newsletter", "outbrain", "paywall", "recommend", "related", "sharing",
    "sidebar", "sponsor", "subscri", "taboola",
];

/// What begins a line of its own closes a paragraph that was left open.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

/// Whether an element has no end.
pub(super) fn is_void(name: &str) -> bool {
    VOID.binary_search(&name).is_ok()
}

/// Whether what stands in an element is never read.
pub(super) fn is_silent(name: &str) -> bool {
    SILENT.binary_search(&name).is_ok()
}

/// The level of a heading.
pub(super) fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Whether the class or id of an element calls it furniture.
pub(super) fn names_furniture(class_or_id: &str) -> bool {
    let is_one = |part: &str| {
        FURNITURE_NAMES.binary_search(&part).is_ok() || FURNITURE_STEMS.iter().any(|stem| part.starts_with(stem))
    };
    names(class_or_id, &is_one)
}

/// Whether the class or id of an element calls it a teaser: of another page, or of the text that follows.
pub(super) fn names_teaser(class_or_id: &str) -> bool {
    names(class_or_id, &|part| part.starts_with("teaser"))
}

/// Whether a name or one of its parts is such a word: `site-footer`, `site_footer`, `siteFooter`; `has-sidebar` tells of
/// what stands beside.
fn names(class_or_id: &str, is_one: &dyn Fn(&str) -> bool) -> bool {
    class_or_id.split_whitespace().any(|name| {
        let words = || name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let about = words().next().is_some_and(|first| matches!(first, "has" | "is" | "no" | "with"));
        !about && words().any(|word| is_one(&word.to_ascii_lowercase()) || humps(word).any(|part| is_one(&part)))
    })
}

/// The parts of `siteFooter`, in small letters; nothing for a name without them.
fn humps(word: &str) -> impl Iterator<Item = String> {
    let mut parts = vec![String::new()];
    let mut small = false;
    for c in word.chars() {
        if small && c.is_ascii_uppercase() {
            parts.push(String::new());
        }
        small = c.is_ascii_lowercase();
        if let Some(last) = parts.last_mut() {
            last.push(c.to_ascii_lowercase());
        }
    }
    let many = parts.len() > 1;
    parts.into_iter().filter(move |_| many)
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, FURNITURE_NAMES, SILENT, VOID, heading, names_furniture, names_teaser};

    #[test]
    fn lists_are_sorted() {
        for list in [BLOCKS, VOID, SILENT, FURNITURE_NAMES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn parts_of_names_count() {
        assert!(
            names_furniture("jp-relatedposts")
                && names_furniture("block block-Share-links")
                && names_furniture("site_footer")
        );
        assert!(!names_furniture("advance header-wrapper") && !names_furniture("has-sidebar"));
        assert!(
            names_furniture("b_darkFooter") && names_furniture("navBreadcrumbs") && names_teaser("text teaser-text")
        );
        assert_eq!((heading("h2"), heading("hr"), heading("h9")), (Some(2), None, None));
    }
}
