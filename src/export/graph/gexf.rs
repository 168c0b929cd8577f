//! GEXF 1.3: the hand-off to Gephi. Written as all readers take it: each attribute's id is its title, types are of the few
//! that all know, colours have r, g, b and a, all edges are directed.

use std::io::{self, Write};

use super::sheet::{AttributeType, OF_EDGES, OF_NODES, Sheet, Value};
use super::xml::escaped;

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">")?;
    writeln!(out, "  <meta>\n    <creator>rapporteur</creator>")?;
    writeln!(out, "    <description>{}; {}</description>", escaped(&sheet.title), escaped(&sheet.summary))?;
    writeln!(out, "  </meta>\n  <graph mode=\"static\" defaultedgetype=\"directed\">")?;
    declare("node", &OF_NODES, out)?;
    declare("edge", &OF_EDGES, out)?;
    nodes(sheet, out)?;
    edges(sheet, out)?;
    writeln!(out, "  </graph>\n</gexf>")
}

fn declare(class: &str, attributes: &[(&str, AttributeType)], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\" mode=\"static\">")?;
    for (name, sort) in attributes {
        let sort = match sort {
            AttributeType::Text => "string",
            AttributeType::Iri => "anyURI",
            AttributeType::Whole => "integer",
            AttributeType::Number => "double",
            AttributeType::Flag => "boolean",
        };
        writeln!(out, "      <attribute id=\"{name}\" title=\"{name}\" type=\"{sort}\"/>")?;
    }
    writeln!(out, "    </attributes>")
}

fn nodes(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "    <nodes>")?;
    for node in &sheet.nodes {
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", escaped(&node.id), escaped(&node.label))?;
        values(&OF_NODES, &node.values, out)?;
        let ((r, g, b), (x, y)) = (node.colour, node.place);
        writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\" a=\"1\"/>")?;
        // Gephi's y grows upwards.
        writeln!(out, "        <viz:position x=\"{x:.1}\" y=\"{:.1}\" z=\"0\"/>", 0.0 - y)?;
        writeln!(out, "        <viz:size value=\"{:.1}\"/>\n      </node>", 10.0 + (node.claims as f64).sqrt() * 4.0)?;
    }
    writeln!(out, "    </nodes>")
}

fn edges(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "    <edges>")?;
    for edge in &sheet.edges {
        let ends = [edge.source, edge.target].map(|end| escaped(&sheet.nodes[end].id));
        writeln!(
            out,
            "      <edge id=\"{}\" source=\"{}\" target=\"{}\" type=\"directed\" kind=\"{}\" label=\"{}\" weight=\"{}\">",
            edge.id,
            ends[0],
            ends[1],
            escaped(&edge.relation),
            escaped(&edge.label),
            edge.weight
        )?;
        values(&OF_EDGES, &edge.values, out)?;
        let (r, g, b) = edge.colour;
        writeln!(out, "        <viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\" a=\"1\"/>\n      </edge>")?;
    }
    writeln!(out, "    </edges>")
}

fn values(attributes: &[(&str, AttributeType)], values: &[Value], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for ((name, _), value) in attributes.iter().zip(values) {
        writeln!(out, "          <attvalue for=\"{name}\" value=\"{}\"/>", escaped(&value.to_string()))?;
    }
    writeln!(out, "        </attvalues>")
}
