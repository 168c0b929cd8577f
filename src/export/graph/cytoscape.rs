//! Cytoscape JSON: for Cytoscape.js and the pages built on it. Groups are parents of their members.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::sheet::{OF_EDGES, OF_NODES, Sheet, Value};

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let groups = sheet.view.groups.iter().enumerate().map(|(at, group)| {
        json!({"data": {"id": group_id(at), "label": group.label, "kind": "group", "iri": group.iri}, "classes": "group"})
    });
    let nodes = sheet.nodes.iter().map(|node| {
        let mut data = data(&OF_NODES.map(|(name, _)| name), &node.values);
        data.insert("id".into(), node.id.as_str().into());
        data.insert("label".into(), node.label.as_str().into());
        if let Some(group) = node.group {
            data.insert("parent".into(), group_id(group).into());
        }
        let class = node.values[0].to_string().to_lowercase();
        json!({"data": data, "position": {"x": node.place.0, "y": node.place.1}, "classes": class})
    });
    let edges = sheet.edges.iter().map(|edge| {
        let mut data = data(&OF_EDGES.map(|(name, _)| name), &edge.values);
        data.insert("id".into(), edge.id.as_str().into());
        data.insert("label".into(), edge.label.as_str().into());
        data.insert("source".into(), sheet.nodes[edge.source].id.as_str().into());
        data.insert("target".into(), sheet.nodes[edge.target].id.as_str().into());
        data.insert("claims".into(), edge.weight.into());
        json!({"data": data, "classes": edge.values[1].to_string()})
    });
    let elements = json!({
        "data": {"name": sheet.title, "comment": sheet.summary},
        "elements": {"nodes": groups.chain(nodes).collect::<Vec<_>>(), "edges": edges.collect::<Vec<_>>()},
    });
    serde_json::to_writer_pretty(&mut *out, &elements)?;
    writeln!(out)
}

/// Ids are unique over nodes, groups and edges: those of nodes hold a slash, this a colon.
fn group_id(at: usize) -> String {
    format!("group:{}", at + 1)
}

fn data(names: &[&str], values: &[Value]) -> Map<String, Json> {
    names.iter().zip(values).map(|(name, value)| ((*name).to_owned(), value.into())).collect()
}
