//! Mermaid: a drawing inside of Markdown, for README files, wikis and notes. Its readers take 500 edges and 50,000
//! characters; people can read far fewer, so the writer's caller keeps to [`MOST_EDGES`].

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::export::dot::style;
use crate::export::view::Stance;

use super::sheet::{NodeRow, Sheet};

/// Edges of a drawing.
pub const MOST_EDGES: usize = 60;

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    writeln!(out, "%% {}; {}", plain(&sheet.title), plain(&sheet.summary))?;
    for (at, group) in sheet.view.groups.iter().enumerate() {
        writeln!(out, "  subgraph g{}[\"{}\"]", at + 1, quoted(&group.label))?;
        nodes(sheet, Some(at), "    ", out)?;
        writeln!(out, "  end")?;
    }
    nodes(sheet, None, "  ", out)?;
    for edge in &sheet.edges {
        let line = if edge.values[3] == super::sheet::Value::Flag(true) { "-.->" } else { "-->" };
        writeln!(out, "  n{} {line}|\"{}\"| n{}", edge.source + 1, quoted(&edge.label), edge.target + 1)?;
    }
    looks(sheet, out)
}

fn nodes(sheet: &Sheet<'_>, group: Option<usize>, indent: &str, out: &mut impl Write) -> io::Result<()> {
    for (at, node) in sheet.nodes.iter().enumerate().filter(|(_, node)| node.group == group) {
        writeln!(out, "{indent}n{}[\"{}\"]:::{}", at + 1, quoted(&node.label), class(node))?;
    }
    Ok(())
}

/// Mermaid's class of a node: its kind's fill has a name of its own.
fn class(node: &NodeRow) -> String {
    let (r, g, b) = node.colour;
    format!("c{r:02x}{g:02x}{b:02x}")
}

fn looks(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let fills: BTreeMap<String, (u8, u8, u8)> = sheet.nodes.iter().map(|node| (class(node), node.colour)).collect();
    for (class, (r, g, b)) in fills {
        writeln!(out, "  classDef {class} fill:#{r:02X}{g:02X}{b:02X},stroke:#666666,color:#000000")?;
    }
    for stance in Stance::ALL {
        let of_stance = sheet.edges.iter().enumerate().filter(|(_, edge)| edge.values[1].to_string() == stance.name());
        let numbers: Vec<String> = of_stance.map(|(at, _)| at.to_string()).collect();
        if !numbers.is_empty() {
            writeln!(out, "  linkStyle {} stroke:{}", numbers.join(","), style::of_stance(stance).colour)?;
        }
    }
    Ok(())
}

/// Words between quotation marks: what Mermaid or HTML would read as marks are character numbers.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '&' => out.push_str("#amp;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '`' => out.push_str("#96;"),
            '\\' => out.push_str("#92;"),
            '\n' => out.push_str("<br/>"),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// A remark on one line; braces after its marks would open a directive.
fn plain(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '{' | '}'), " ")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn marks_become_numbers() {
        assert_eq!(quoted("a \"b\" #1 <c> `d` & e\nf"), "a #quot;b#quot; #35;1 #lt;c#gt; #96;d#96; #amp; e<br/>f");
    }
}
