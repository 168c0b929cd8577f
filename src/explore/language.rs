//! The language that a visitor wants names in (`?lang=`). It stands in the address, so every link of a page hands it on.

use super::request::Request;

/// The language of a request, BCP 47; nothing if there is none or it is no tag.
pub fn of(request: &Request) -> Option<String> {
    let is_tag = |tag: &String| {
        tag.len() <= 35
            && tag.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    request.value("lang").filter(is_tag)
}

/// A page whose links to other pages here, and whose forms, keep the language.
pub fn spread(page: &str, language: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut rest = page;
    while let Some(at) = rest.find(" href=\"/") {
        let value = at + " href=\"".len();
        let end = rest[value..].find('"').map_or(rest.len(), |end| value + end);
        let address = &rest[value..end];
        out.push_str(&rest[..value]);
        let is_kept = address.starts_with("/-/") || address.contains("lang=");
        let (stem, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        let more = match stem.contains('?') {
            _ if is_kept => String::new(),
            true => format!("&amp;lang={language}"),
            false => format!("?lang={language}"),
        };
        out.extend([stem, &more, fragment]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    let field = format!("<input type=\"hidden\" name=\"lang\" value=\"{language}\">");
    out.replace("</form>", &format!("{field}</form>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_are_languages() {
        for (tag, is_one) in
            [("fr", true), ("zh-Hans", true), ("", false), ("fr\"", false), ("a--b", false), ("fr-", false)]
        {
            let target = format!("/?lang={}", super::super::request::encoded(tag));
            assert_eq!(of(&Request::get(&target)).is_some(), is_one, "{tag}");
        }
    }

    #[test]
    fn links_and_forms_keep_the_language() {
        let page = "<a href=\"/a\">x</a><a href=\"/a?b=c#d\">x</a><link href=\"/-/assets/1/a.css\"><a href=\"#t\"></a><a href=\"/?lang=fr\"></a><form></form>";
        let expected = "<a href=\"/a?lang=fr\">x</a><a href=\"/a?b=c&amp;lang=fr#d\">x</a><link href=\"/-/assets/1/a.css\"><a href=\"#t\"></a>\
                        <a href=\"/?lang=fr\"></a><form><input type=\"hidden\" name=\"lang\" value=\"fr\"></form>";
        assert_eq!(spread(page, "fr"), expected);
    }
}
