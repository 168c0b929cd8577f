//! Web pages: the main text without menus, banners and share bars; what the page declares of itself; and for each stretch
//! its bytes in the file.
//!
//! The tokens and their places come from a tokenizer that is linear in the length of a page; the tree, the choice of the
//! main text and the pieces are ours, and linear too.

mod charset;
mod flow;
mod head;
mod letters;
mod main_text;
mod names;
mod tree;

use std::ops::Range;

use crate::model::PieceKind;
use crate::model::text::one_line;

use super::pieces::Pieces;
use super::sealed::Failure;
use flow::Flow;
use main_text::Measure;
use tree::Tree;

/// Takes the text out of a page. `label` is the encoding that the user names.
pub(super) fn read(bytes: &[u8], label: Option<&str>) -> Result<Pieces, Failure> {
    let page = charset::decode(bytes, label)?;
    let tree = Tree::read(&page.text);
    let measure = Measure::of(&tree);
    let choice = main_text::choose(&tree, &measure);
    let declared = head::declared(&tree);
    let title = declared.iter().find(|(key, _)| key == "title").map(|(_, title)| title.as_str());
    let mut flow = Flow::new(&tree, &page, &measure, &choice);
    let root_end = tree.element(choice.root).map_or(tree.nodes.len(), |root| root.end);
    let root = if choice.root < tree.nodes.len() { choice.root } else { 0 };
    let inside = |at: usize| root <= at && at < root_end;
    if let Some(heading) = title_outside(&tree, title, &choice.left_out, &inside) {
        let end = tree.element(heading).map_or(heading, |heading| heading.end);
        flow.write(heading, end);
        for (from, to) in lead(&tree, &measure, &choice.left_out, end..root) {
            flow.write(from, to);
        }
    }
    flow.write(root, root_end);
    // A heading that nothing follows headed what was left out.
    while flow.pieces.count() > 1 && flow.pieces.take_back(|kind, _| kind == PieceKind::Heading) {}
    if flow.pieces.count() == 0 {
        // Nothing but menus: then the menus are the text.
        flow = Flow::new(&tree, &page, &measure, &choice);
        flow.everything = true;
        flow.write(0, tree.nodes.len());
    }
    let mut pieces = flow.pieces;
    pieces.declared = declared;
    Ok(pieces)
}

/// The heading of the page, where it stands outside of the main text and nothing like it inside.
fn title_outside(tree: &Tree, title: Option<&str>, left_out: &[bool], inside: &dyn Fn(usize) -> bool) -> Option<usize> {
    let headings: Vec<usize> = tree.named("h1").filter(|at| !tree.words(*at).is_empty()).collect();
    if headings.iter().any(|&at| inside(at) && !left_out[at]) {
        return None;
    }
    let like = |at: &&usize| title.is_some_and(|title| is_like(&tree.words(**at), title));
    headings.iter().find(like).or_else(|| headings.first().filter(|_| headings.len() == 1)).copied()
}

/// What stands between the heading of the page and its main text and is prose: the lead.
fn lead(tree: &Tree, measure: &Measure, left_out: &[bool], between: Range<usize>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = between.start;
    while at < between.end {
        let Some(element) = tree.element(at).filter(|element| element.end <= between.end) else {
            // What holds the main text too, or words of no element.
            at += 1;
            continue;
        };
        let letters = measure.letters(at, element.end);
        let mostly_words = measure.linked(at, element.end) * 3 < letters;
        if !left_out[at] && mostly_words && measure.prose(at, element.end) * 2 > letters {
            found.push((at, element.end));
        }
        at = element.end.max(at + 1);
    }
    found
}

/// Whether one title begins as the other does.
fn is_like(a: &str, b: &str) -> bool {
    let (a, b) = (one_line(a).to_lowercase(), one_line(b).to_lowercase());
    let short = a.len().min(b.len());
    short > 0 && a.get(..short).is_some_and(|start| b.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Options, read};
    use crate::model::{BlockKind, Document, Span};

    const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Bridges open | Elbonia</title>\
        <style>p { color: red }</style></head><body class='has-sidebar'><nav><ul><li><a href=/>Home</a><li><a href=/n>News\
        </a><li><a href=/c>Contact</a></ul></nav><div id=page><header class=site-header><h1>Bridges open</h1></header>\
        <div class=content><p>The Minister of Ports of Elbonia said today that three bridges over the long river are open\
        &nbsp;again, &amp; thanked the workers.<sup><a href='#n1'>1</a></sup></p>\n<h2>What comes next</h2>\
        <ul><li>The ferry  goes\n on until May, as was agreed with the towns along the river.<li>A fourth bridge is to follow.</ul>\
        <ol start=4><li>First of the list</ol>\
        <table><tr><th>Year<th>Bridges<tr><td>2019<td>3</table><p>Line one<br>line two</p>\
        <p><a href=/more>Read more</a></p></div></div><div class='share-links'><p>Share this page with all of the friends that \
        you have on the net</p></div><footer><p>© Ministry of Ports of Elbonia, all rights reserved</p></footer>\
        <script>var a = '<p>no</p>';</script></body></html>";

    fn document(page: &[u8]) -> Document {
        read("page.html", page, &Options::default()).expect("a page")
    }

    #[test]
    fn the_main_text_is_taken_out() {
        let found = document(PAGE.as_bytes());
        let wanted = "Bridges open\n\nThe Minister of Ports of Elbonia said today that three bridges over the long river are \
            open\u{a0}again, & thanked the workers.\n\nWhat comes next\n\nThe ferry goes on until May, as was agreed with the \
            towns along the river.\nA fourth bridge is to follow.\n4. First of the list\n\nYear\tBridges\n2019\t3\n\n\
            Line one\nline two";
        assert_eq!(found.text, wanted);
        super::super::tests::assert_sound(&found);
        assert_eq!(found.metadata.title.as_ref().map(|title| title.value.as_str()), Some("Bridges open"));
        let kinds: Vec<BlockKind> = found.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == BlockKind::Item).count(), 3, "{kinds:?}");
        assert_eq!(found.source.map(|source| source.media_type).as_deref(), Some("text/html"));
    }

    #[test]
    fn words_lead_to_their_bytes() {
        let found = document(PAGE.as_bytes());
        let map = &found.source.as_ref().expect("a source").map;
        let mut seen = 0;
        for word in found.text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)) {
            let start = word.as_ptr() as usize - found.text.as_ptr() as usize;
            let bytes = map.bytes(Span::new(start, start + word.len())).expect("a place");
            assert_eq!(bytes.of(PAGE), word);
            seen += 1;
        }
        assert!(seen > 50);
        let start = found.text.find('&').expect("the sign");
        assert_eq!(map.bytes(Span::new(start, start + 1)).map(|bytes| bytes.of(PAGE)), Some("&amp;"));
    }

    #[test]
    fn other_encodings_are_read() {
        let page =
            b"<meta charset=windows-1252><p>The caf\xE9 of the ministry is open to all who come by day or night.</p>";
        let found = document(page);
        assert!(found.text.starts_with("The café"), "{}", found.text);
        let map = &found.source.as_ref().expect("a source").map;
        assert_eq!(map.bytes(Span::new(4, 9)), Some(Span::new(34, 38)));
    }

    #[test]
    fn hostile_pages_end() {
        let many = |part: &str, times: usize| part.repeat(times);
        for page in [
            many("<div>", 200_000),
            many("<b><i><a href=x>", 50_000),
            many("<table><tr><td>", 30_000),
            many("<", 1_000_000),
            many("<ul><li>", 50_000),
            many("</p>", 300_000),
            format!("<p {}>x", (0..100_000).map(|at| format!("a{at}=b ")).collect::<String>()),
        ] {
            let page = format!("<html>{page}words at the end");
            let options = Options { format: Some(Format::Html), ..Options::default() };
            let found = read("a", page.as_bytes(), &options);
            assert!(found.is_ok() || page.len() > 1_000_000, "{:?}", found.map(|document| document.text.len()));
        }
    }

    #[test]
    fn broken_pages_give_sound_documents() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize
        };
        for _ in 0..200 {
            let mut bytes = PAGE.as_bytes().to_vec();
            for _ in 0..10 {
                let at = next() % bytes.len();
                match next() % 3 {
                    0 => bytes[at] = next() as u8,
                    1 => drop(bytes.drain(at..(at + next() % 40).min(bytes.len()))),
                    _ => {
                        let part = bytes[at..(at + next() % 60).min(bytes.len())].to_vec();
                        bytes.splice(at..at, part);
                    }
                }
            }
            if let Ok(document) = read("a.html", &bytes, &Options::default()) {
                super::super::tests::assert_sound(&document);
            }
        }
    }
}
