//! Page furniture: page numbers and the running heads that stand beside them.

use std::collections::{HashMap, HashSet};

use super::layout::{Layout, Mark, Origin};

/// The longest running head, in bytes.
const LONGEST: usize = 160;

/// Marks the lines that belong to pages.
pub(super) fn mark(layout: &mut Layout) {
    if layout.origin == Origin::Whole {
        return;
    }
    let texts: Vec<&str> = layout.lines.iter().map(|line| line.whole.of(&layout.text)).collect();
    let mut furniture: Vec<bool> = texts.iter().map(|line| is_page_mark(line)).collect();
    mark_counted_pages(&texts, &mut furniture);
    mark_bare_numbers(layout, &texts, &mut furniture);
    mark_running_heads(&texts, &mut furniture);
    mark_symbols(&texts, &mut furniture);
    for (line, furniture) in layout.lines.iter_mut().zip(furniture) {
        line.furniture |= furniture;
    }
}

/// `Page 1 of 3 …`, `- 5 -`, `5 | Page`.
fn is_page_mark(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    if first.eq_ignore_ascii_case("page") {
        let numbered = rest.first().is_some_and(|word| is_number(word));
        return numbered && (rest.len() == 1 || matches!(rest.get(1), Some(&"of" | &"/")));
    }
    match rest.as_slice() {
        [job] if is_job(first) || is_job(job) => {
            let page = if is_job(first) { *job } else { first };
            is_number(page) || page.split_once('/').is_some_and(|(page, pages)| page_of(page, pages).is_some())
        }
        [number, "-" | "–" | "—"] => matches!(first, "-" | "–" | "—") && is_number(number),
        ["|", "Page" | "page"] => is_number(first),
        _ => false,
    }
}

/// The number under which a UN document is printed: `19-22346`.
fn is_job(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('-').is_some_and(|(year, job)| year.len() == 2 && job.len() == 5 && digits(year) && digits(job))
}

/// What a printed page ends with: `19-22346 (E)   251019`, and the number under a bar code, `*1922346*`.
fn is_print_mark(line: &str) -> bool {
    let digits = |part: &str| part.len() >= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    match words.as_slice() {
        [job, language, stamp] => is_job(job) && language.starts_with('(') && digits(stamp),
        [code] => code.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')).is_some_and(digits),
        _ => false,
    }
}

fn is_number(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2/6` on a line of its own, unless the count is so high that it is rather the number of a resolution.
fn mark_counted_pages(texts: &[&str], furniture: &mut [bool]) {
    let counts: Vec<_> =
        texts.iter().map(|text| text.split_once('/').and_then(|(page, pages)| page_of(page, pages))).collect();
    let highest = counts.iter().flatten().max_by_key(|(_, pages)| *pages).copied();
    let several = |pages: u16| counts.iter().flatten().filter(|(_, other)| *other == pages).count() > 1;
    let Some((_, pages)) = highest else { return };
    if pages > 30 && !several(pages) {
        return;
    }
    for (furniture, count) in furniture.iter_mut().zip(&counts) {
        *furniture |= count.is_some();
    }
}

fn page_of(page: &str, pages: &str) -> Option<(u16, u16)> {
    let read = |word: &str| word.parse::<u16>().ok().filter(|_| is_number(word));
    let (page, pages) = (read(page)?, read(pages)?);
    (0 < page && page <= pages && pages < 1000).then_some((page, pages))
}

/// Lines that hold one number and no more, beside a blank line.
fn mark_bare_numbers(layout: &Layout, texts: &[&str], furniture: &mut [bool]) {
    for (i, text) in texts.iter().enumerate() {
        let line = &layout.lines[i];
        let listed = texts.get(i + 1).is_some_and(|next| is_number(next)) || i > 0 && is_number(texts[i - 1]);
        let at_break = line.blanks > 0 || layout.lines.get(i + 1).is_none_or(|next| next.blanks > 0);
        let short = text.len() <= 3 && is_number(text) && !text.starts_with('0');
        furniture[i] |= short && at_break && !listed && line.mark == Mark::None;
    }
}

/// Lines that come back, but for their digits, each time beside a page mark.
fn mark_running_heads(texts: &[&str], furniture: &mut [bool]) {
    if !furniture.contains(&true) {
        return;
    }
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.len() <= LONGEST) {
        if !furniture[i] && text.contains(|c: char| c.is_alphabetic() || c == '-') {
            seen.entry(without_digits(text)).or_default().push(i);
        }
    }
    let marks = furniture.to_vec();
    let beside = |i: usize| i > 0 && marks[i - 1] || marks.get(i + 1).copied().unwrap_or_default();
    for places in seen.values().filter(|places| places.len() >= 2 && places.iter().all(|&i| beside(i))) {
        for &i in places {
            furniture[i] = true;
        }
    }
}

/// Lines that are the document's symbol again and stand beside a mark of the page: "A/79/100" above "S/2025/10". Where it
/// stands first, it tells what the text is.
fn mark_symbols(texts: &[&str], furniture: &mut [bool]) {
    let mut seen: HashSet<&str> = HashSet::new();
    for (i, text) in texts.iter().enumerate() {
        let beside = i > 0 && (furniture[i - 1] || is_print_mark(texts[i - 1]))
            || furniture.get(i + 1).copied().unwrap_or_default();
        furniture[i] |= beside && is_symbol(text) && seen.contains(text);
        seen.extend(text.split_whitespace().next_back().filter(|last| is_symbol(last)));
    }
}

/// A line of one word in capitals and digits, with slashes.
fn is_symbol(line: &str) -> bool {
    let is_part = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b".-".contains(&byte))
    };
    line.len() < 40
        && line.matches('/').count() >= 2
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && line.split('/').all(is_part)
}

fn without_digits(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;

    #[test]
    fn pages_have_furniture() {
        let text = "We met.\n\n1/2\n\nReceived 3 May 2010\n\nWe spoke about 12 things and\n\n14\n\n\nleft.\n\n2/2\n\n\
                    Received 4 May 2010\n\nPage 1 of 3 A TITLE...\n\nPage after page\n\n19-22346 2/5\n\n- 5 -\n\n7\n8\n9\n\nUnited Nations   S/2025/10\n\nEnd\n\n\
                    25-13476 (E)     260825\n*2513476*\n\nS/2025/10\n\nEnd";
        let mut layout = Layout::new(text.into(), None, Vec::new(), Vec::new());
        super::mark(&mut layout);
        let found = layout.lines.iter().filter(|line| line.furniture).map(|line| layout.quote(line.whole));
        let expected = [
            "1/2", "Received 3 May 2010", "14", "2/2", "Received 4 May 2010", "Page 1 of 3 A TITLE...", "19-22346 2/5",
            "- 5 -", "S/2025/10",
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}
