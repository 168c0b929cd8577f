//! JSON Lines: one object a line, the graph first, then nodes, then edges with all their sentences; for scripts.

use std::io::{self, Write};

use petgraph::visit::EdgeRef;
use serde_json::{Map, Value as Json, json};

use super::sheet::{AttributeType, OF_EDGES, OF_NODES, Sheet, Value};

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let (nodes, edges) = (sheet.nodes.len(), sheet.edges.len());
    let head = json!({"type": "graph", "title": sheet.title, "summary": sheet.summary, "nodes": nodes, "edges": edges});
    line(&head, out)?;
    for node in &sheet.nodes {
        let mut object = object("node", &OF_NODES, &node.values);
        object.insert("id".into(), node.id.as_str().into());
        object.insert("label".into(), node.label.as_str().into());
        line(&object.into(), out)?;
    }
    for (edge, said) in sheet.edges.iter().zip(sheet.view.graph.edge_references()) {
        let mut object = object("edge", &OF_EDGES, &edge.values);
        object.insert("id".into(), edge.id.as_str().into());
        object.insert("label".into(), edge.label.as_str().into());
        object.insert("source".into(), sheet.nodes[said.source().index()].id.as_str().into());
        object.insert("target".into(), sheet.nodes[said.target().index()].id.as_str().into());
        object.insert("claims".into(), edge.weight.into());
        let quotes = said.weight().quotes.iter().map(|quote| {
            json!({"text": quote.text, "document": quote.document, "date": quote.date, "start": quote.place.0,
                "end": quote.place.1, "claim": quote.claim, "confidence": quote.confidence, "saidBy": quote.said_by})
        });
        object.insert("quotes".into(), quotes.collect());
        line(&object.into(), out)?;
    }
    Ok(())
}

fn object(kind: &str, attributes: &[(&str, AttributeType)], values: &[Value]) -> Map<String, Json> {
    let mut object = Map::new();
    object.insert("type".into(), kind.into());
    object.extend(attributes.iter().zip(values).map(|((name, _), value)| ((*name).to_owned(), value.into())));
    object
}

fn line(object: &Json, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    writeln!(out)
}
