//! The elements and texts of a page in the order of the file, each element with the end of what it holds: a tree in one
//! row. Its cost is bounded by the length of the file, however deep or broken the page is.

use compact_str::CompactString;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use rustc_hash::FxHashMap;

use crate::model::Span;

use super::names;

/// Elements inside each other; deeper ones are passed over, their words stay.
const DEEPEST: usize = 512;

/// The most attributes that are looked at on an element.
const ATTRIBUTES: usize = 64;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// In file order: an element stands before what it holds.
    pub nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(Text),
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub name: CompactString,
    /// The number of the first node behind it.
    pub end: usize,
    attributes: Vec<(CompactString, String)>,
}

/// A run of text.
#[derive(Debug)]
pub(super) struct Text {
    /// Its letters, entities resolved.
    pub value: String,
    /// Its bytes in the decoded page.
    pub span: Span,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Tree {
    /// Reads a page.
    pub fn read(page: &str) -> Self {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let mut building = Building::default();
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => building.start(&tag),
                Token::EndTag(tag) => building.end(&lossy(&tag.name)),
                Token::String(text) => {
                    let span = Span::new(text.span.start.min(page.len()), text.span.end.min(page.len()));
                    let value = String::from_utf8_lossy(&text.value).into_owned();
                    building.nodes.push(Node::Text(Text { value, span }));
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        building.finish()
    }

    /// The element at a number.
    pub fn element(&self, at: usize) -> Option<&Element> {
        match self.nodes.get(at) {
            Some(Node::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The text inside a node, one blank for each run of blanks.
    pub fn words(&self, at: usize) -> String {
        let end = self.element(at).map_or(at + 1, |element| element.end);
        let texts = self.nodes.get(at..end).unwrap_or_default().iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.value.as_str()),
            Node::Element(_) => None,
        });
        crate::model::text::one_line(&texts.collect::<Vec<_>>().join(" "))
    }

    /// Numbers of the elements with a name.
    pub fn named<'t>(&'t self, name: &'t str) -> impl Iterator<Item = usize> + 't {
        let is_it = move |at: &usize| self.element(*at).is_some_and(|element| element.name == name);
        (0..self.nodes.len()).filter(is_it)
    }
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

/// A tree in the making.
#[derive(Default)]
struct Building {
    nodes: Vec<Node>,
    /// Numbers of the open elements.
    open: Vec<usize>,
    /// How many elements of a name are open.
    counts: FxHashMap<CompactString, usize>,
}

impl Building {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = CompactString::from(lossy(&tag.name));
        self.imply(&name);
        if self.open.len() >= DEEPEST {
            return;
        }
        let attributes = tag.attributes.iter().take(ATTRIBUTES);
        let attributes = attributes.map(|(name, value)| (lossy(name).into(), lossy(&value.value))).collect();
        let at = self.nodes.len();
        let void = names::is_void(&name);
        self.nodes.push(Node::Element(Element { name: name.clone(), end: at + 1, attributes }));
        if !void {
            *self.counts.entry(name).or_default() += 1;
            self.open.push(at);
        }
    }

    /// Closes what the start of an element ends without saying so.
    fn imply(&mut self, name: &str) {
        if names::is_block(name) && self.is_top("p") {
            self.pop();
        }
        let closed: (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["td", "th", "tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (names::TABLE_PARTS, &["table"]),
            "option" => (&["option"], &["select"]),
            "body" => (&["head"], &["body"]),
            _ => return,
        };
        if closed.0.iter().all(|name| !self.is_open(name)) {
            return;
        }
        let deepest = self.open.iter().rposition(|&at| self.nodes[at].is_named(closed.1)).map_or(0, |at| at + 1);
        let first = self.open[deepest..].iter().position(|&at| self.nodes[at].is_named(closed.0));
        if let Some(first) = first {
            while self.open.len() > deepest + first {
                self.pop();
            }
        }
    }

    fn end(&mut self, name: &str) {
        if !self.is_open(name) {
            return;
        }
        // What stands in a cell does not end what stands around its table.
        let of_table = names::AROUND_CELLS.contains(&name);
        let walls: &[&str] = if of_table { &[] } else { &["td", "th", "table"] };
        let mut at = self.open.len();
        while at > 0 {
            let node = &self.nodes[self.open[at - 1]];
            if node.is_named(&[name]) {
                while self.open.len() >= at {
                    self.pop();
                }
                return;
            }
            if node.is_named(walls) {
                return;
            }
            at -= 1;
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    fn is_top(&self, name: &str) -> bool {
        self.open.last().is_some_and(|&top| self.nodes[top].is_named(&[name]))
    }

    fn pop(&mut self) {
        let Some(top) = self.open.pop() else { return };
        let end = self.nodes.len();
        if let Node::Element(element) = &mut self.nodes[top] {
            element.end = end;
            if let Some(count) = self.counts.get_mut(&element.name) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn finish(mut self) -> Tree {
        while !self.open.is_empty() {
            self.pop();
        }
        Tree { nodes: self.nodes }
    }
}

impl Node {
    fn is_named(&self, names: &[&str]) -> bool {
        matches!(self, Self::Element(element) if names.contains(&element.name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Tree};

    fn drawn(page: &str) -> String {
        let tree = Tree::read(page);
        let mut drawn = String::new();
        let mut ends: Vec<usize> = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate() {
            while ends.last().is_some_and(|&end| end <= at) {
                ends.pop();
                drawn.push(')');
            }
            match node {
                Node::Element(element) => {
                    drawn.push_str(&format!("({}", element.name));
                    ends.push(element.end);
                }
                Node::Text(text) => drawn.push_str(&format!(" {}", text.value.trim())),
            }
        }
        drawn + &")".repeat(ends.len())
    }

    #[test]
    fn ends_are_implied() {
        for (page, wanted) in [
            ("<p>a<p>b", "(p a)(p b)"),
            ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "(ul(li a)(li b(ul(li c)))(li d)) e"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "(table(tr(td a)(td b))(tr(td c))) d"),
            ("<p>a<div>b</div>c", "(p a)(div b) c"),
            ("a</b><br>c<img src=x>d", " a(br) c(img) d"),
            ("<script>if (a<b) {}</script>x<textarea><b>q</b></textarea>", "(script if (a<b) {}) x(textarea <b>q</b>)"),
        ] {
            assert_eq!(drawn(page), wanted, "{page}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let page = format!("{}words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tree = Tree::read(&page);
        assert!(tree.nodes.len() < 600);
        let many = format!("<p {}>x", "a=b ".repeat(10));
        assert_eq!(Tree::read(&many).nodes.len(), 2);
    }
}
