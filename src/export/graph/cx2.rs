//! CX2: what NDEx and Cytoscape from 3.10 on take. Its ids are numbers; ours stand in the attribute `iri`.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::sheet::{AttributeType, OF_EDGES, OF_NODES, Sheet};

/// Writes a view.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(sheet: &Sheet<'_>, out: &mut impl Write) -> io::Result<()> {
    let nodes: Vec<Json> = sheet
        .nodes
        .iter()
        .enumerate()
        .map(|(id, node)| {
            let mut values = values(&OF_NODES, &node.values);
            values.insert("name".into(), node.label.as_str().into());
            values.insert("colour".into(), hex(node.colour).into());
            json!({"id": id, "x": node.place.0, "y": node.place.1, "v": values})
        })
        .collect();
    let edges: Vec<Json> = sheet
        .edges
        .iter()
        .enumerate()
        .map(|(id, edge)| {
            let mut values = values(&OF_EDGES, &edge.values);
            values.insert("interaction".into(), edge.label.as_str().into());
            values.insert("claims".into(), edge.weight.into());
            values.insert("colour".into(), hex(edge.colour).into());
            json!({"id": id, "s": edge.source, "t": edge.target, "v": values})
        })
        .collect();
    let aspects = [
        ("attributeDeclarations", 1),
        ("networkAttributes", 1),
        ("nodes", nodes.len()),
        ("edges", edges.len()),
        ("visualProperties", 1),
    ];
    let counts: Vec<Json> = aspects.iter().map(|(name, count)| json!({"name": name, "elementCount": count})).collect();
    let parts = [
        json!({"CXVersion": "2.0", "hasFragments": false}),
        json!({"metaData": counts}),
        json!({"attributeDeclarations": [declarations()]}),
        json!({"networkAttributes": [{"name": sheet.title, "description": sheet.summary}]}),
        json!({"nodes": nodes}),
        json!({"edges": edges}),
        json!({"visualProperties": [looks()]}),
        json!({"status": [{"error": "", "success": true}]}),
    ];
    serde_json::to_writer(&mut *out, &parts)?;
    writeln!(out)
}

fn declarations() -> Json {
    let declare = |attributes: &[(&str, AttributeType)], more: &[(&str, AttributeType)]| {
        let all = more.iter().chain(attributes);
        let rows = all.map(|(name, sort)| ((*name).to_owned(), json!({"d": type_of(*sort)})));
        rows.collect::<Map<String, Json>>()
    };
    json!({
        "networkAttributes": {"name": {"d": "string"}, "description": {"d": "string"}},
        "nodes": declare(&OF_NODES, &[("name", AttributeType::Text), ("colour", AttributeType::Text)]),
        "edges": declare(&OF_EDGES, &[("interaction", AttributeType::Text), ("claims", AttributeType::Whole), ("colour", AttributeType::Text)]),
    })
}

const fn type_of(sort: AttributeType) -> &'static str {
    match sort {
        AttributeType::Text | AttributeType::Iri => "string",
        AttributeType::Whole => "integer",
        AttributeType::Number => "double",
        AttributeType::Flag => "boolean",
    }
}

fn values(attributes: &[(&str, AttributeType)], values: &[super::sheet::Value]) -> Map<String, Json> {
    attributes.iter().zip(values).map(|((name, _), value)| ((*name).to_owned(), value.into())).collect()
}

/// Labels, fills and lines as the attributes say.
fn looks() -> Json {
    let through = |attribute: &str, sort: &str| json!({"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": sort}});
    json!({
        "default": {
            "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle"},
            "node": {"NODE_SHAPE": "round-rectangle", "NODE_WIDTH": 140, "NODE_HEIGHT": 30},
        },
        "nodeMapping": {
            "NODE_LABEL": through("name", "string"),
            "NODE_BACKGROUND_COLOR": through("colour", "string"),
        },
        "edgeMapping": {
            "EDGE_LABEL": through("interaction", "string"),
            "EDGE_LINE_COLOR": through("colour", "string"),
        },
    })
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}
