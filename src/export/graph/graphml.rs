//! GraphML, plain for programs that compute, or with yEd's graphics, which yEd shows at once. One key per attribute and
//! element, of the four types that all readers know.

use std::io::{self, Write};

use super::sheet::{AttributeType, EdgeRow, NodeRow, OF_EDGES, OF_NODES, Sheet, Value};
use super::xml::escaped;

/// Whose GraphML it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Attributes only; colours and places as numbers.
    Plain,
    /// Attributes and yEd's shapes, lines and labels.
    Yed,
}

/// Width of a character in a box, in points.
const CHARACTER: f64 = 7.0;

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, flavour: Flavour, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let graphics = if flavour == Flavour::Yed { " xmlns:y=\"http://www.yworks.com/xml/graphml\"" } else { "" };
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"{graphics}>")?;
    writeln!(out, "  <!-- {} -->", escaped(&format!("{}; {}", sheet.title, sheet.summary)).replace("--", "- -"))?;
    keys(flavour, out)?;
    writeln!(out, "  <graph id=\"G\" edgedefault=\"directed\">")?;
    for node in &sheet.nodes {
        writeln!(out, "    <node id=\"{}\">", escaped(&node.id))?;
        data("label", &node.label, out)?;
        values(&OF_NODES, &node.values, out)?;
        match flavour {
            Flavour::Plain => numbers(node, out)?,
            Flavour::Yed => shape(node, out)?,
        }
        writeln!(out, "    </node>")?;
    }
    for edge in &sheet.edges {
        let ends = [edge.source, edge.target].map(|end| escaped(&sheet.nodes[end].id));
        writeln!(out, "    <edge id=\"{}\" source=\"{}\" target=\"{}\">", edge.id, ends[0], ends[1])?;
        data("elabel", &edge.label, out)?;
        data("weight", &edge.weight.to_string(), out)?;
        values(&OF_EDGES, &edge.values, out)?;
        if flavour == Flavour::Yed {
            line(edge, out)?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn keys(flavour: Flavour, out: &mut impl Write) -> io::Result<()> {
    let mut key = |id: &str, of: &str, name: &str, sort: &str| {
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{sort}\"/>")
    };
    key("label", "node", "label", "string")?;
    OF_NODES.iter().try_for_each(|(name, sort)| key(name, "node", name, type_of(*sort)))?;
    if flavour == Flavour::Plain {
        ["r", "g", "b"].iter().try_for_each(|name| key(name, "node", name, "int"))?;
        ["x", "y"].iter().try_for_each(|name| key(name, "node", name, "double"))?;
    }
    key("elabel", "edge", "label", "string")?;
    key("weight", "edge", "weight", "int")?;
    OF_EDGES.iter().try_for_each(|(name, sort)| key(name, "edge", name, type_of(*sort)))?;
    if flavour == Flavour::Yed {
        writeln!(out, "  <key id=\"ng\" for=\"node\" yfiles.type=\"nodegraphics\"/>")?;
        writeln!(out, "  <key id=\"eg\" for=\"edge\" yfiles.type=\"edgegraphics\"/>")?;
    }
    Ok(())
}

const fn type_of(sort: AttributeType) -> &'static str {
    match sort {
        AttributeType::Text | AttributeType::Iri => "string",
        AttributeType::Whole => "int",
        AttributeType::Number => "double",
        AttributeType::Flag => "boolean",
    }
}

fn values(attributes: &[(&str, AttributeType)], values: &[Value], out: &mut impl Write) -> io::Result<()> {
    attributes.iter().zip(values).try_for_each(|((name, _), value)| data(name, &value.to_string(), out))
}

fn data(key: &str, value: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "      <data key=\"{key}\">{}</data>", escaped(value))
}

fn numbers(node: &NodeRow, out: &mut impl Write) -> io::Result<()> {
    let (r, g, b) = node.colour;
    let (x, y) = node.place;
    ["r", "g", "b"].iter().zip([r, g, b]).try_for_each(|(name, value)| data(name, &value.to_string(), out))?;
    ["x", "y"].iter().zip([x, y]).try_for_each(|(name, value)| data(name, &format!("{value:.1}"), out))
}

fn shape(node: &NodeRow, out: &mut impl Write) -> io::Result<()> {
    let (r, g, b) = node.colour;
    let (x, y) = node.place;
    let width = (node.label.chars().count() as f64 * CHARACTER + 20.0).clamp(40.0, 320.0);
    writeln!(out, "      <data key=\"ng\">\n        <y:ShapeNode>")?;
    writeln!(
        out,
        "          <y:Geometry x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"30.0\"/>",
        x * 2.0,
        y * 2.0
    )?;
    writeln!(out, "          <y:Fill color=\"#{r:02X}{g:02X}{b:02X}\" transparent=\"false\"/>")?;
    writeln!(out, "          <y:BorderStyle color=\"#666666\" type=\"line\" width=\"1.0\"/>")?;
    writeln!(out, "          <y:NodeLabel>{}</y:NodeLabel>", escaped(&node.label))?;
    writeln!(out, "          <y:Shape type=\"roundrectangle\"/>\n        </y:ShapeNode>\n      </data>")
}

fn line(edge: &EdgeRow, out: &mut impl Write) -> io::Result<()> {
    let (r, g, b) = edge.colour;
    let width = 1.0 + 0.5 * edge.weight.clamp(1, 6).saturating_sub(1) as f64;
    writeln!(out, "      <data key=\"eg\">\n        <y:PolyLineEdge>")?;
    writeln!(out, "          <y:LineStyle color=\"#{r:02X}{g:02X}{b:02X}\" type=\"line\" width=\"{width:.1}\"/>")?;
    writeln!(out, "          <y:Arrows source=\"none\" target=\"standard\"/>")?;
    writeln!(
        out,
        "          <y:EdgeLabel>{}</y:EdgeLabel>\n        </y:PolyLineEdge>\n      </data>",
        escaped(&edge.label)
    )
}
