//! Two tables, of nodes and of edges, with a description of both: as Neo4j imports them, or as Gephi's spreadsheet import
//! takes them.

use serde_json::{Value as Json, json};

use super::sheet::{AttributeType, OF_EDGES, OF_NODES, Sheet, Value};

/// A file of a set: name and content.
pub type File = (String, Vec<u8>);

/// For Neo4j: typed headers, a label a class, a type a relation.
///
/// # Errors
/// Only if a row cannot be built in memory.
pub fn neo4j(sheet: &Sheet<'_>) -> std::io::Result<Vec<File>> {
    let typed = |(name, sort): &(&str, AttributeType)| match sort {
        AttributeType::Text | AttributeType::Iri => (*name).to_owned(),
        AttributeType::Whole => format!("{name}:int"),
        AttributeType::Number => format!("{name}:double"),
        AttributeType::Flag => format!("{name}:boolean"),
    };
    let mut heads = vec!["id:ID".to_owned(), "label".to_owned()];
    heads.extend(OF_NODES.iter().map(typed));
    heads.push(":LABEL".to_owned());
    let nodes = sheet.nodes.iter().map(|node| {
        let mut row = vec![node.id.clone(), node.label.clone()];
        row.extend(node.values.iter().map(Value::to_string));
        row.push(node.values[0].to_string());
        row
    });
    let nodes = csv(&heads, nodes)?;
    let mut heads = [":START_ID", ":END_ID", ":TYPE", "label", "claims:int"].map(str::to_owned).to_vec();
    heads.extend(OF_EDGES.iter().map(typed));
    let edges = sheet.edges.iter().map(|edge| {
        let ends = [edge.source, edge.target].map(|end| sheet.nodes[end].id.clone());
        let mut row = ends.to_vec();
        row.extend([upper_snake(&edge.relation), edge.label.clone(), edge.weight.to_string()]);
        row.extend(edge.values.iter().map(Value::to_string));
        row
    });
    let edges = csv(&heads, edges)?;
    let readme = format!(
        "{}\n{}\n\nneo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --multiline-fields=true neo4j\n",
        sheet.title, sheet.summary
    );
    Ok(vec![
        ("nodes.csv".into(), nodes),
        ("edges.csv".into(), edges),
        ("README.txt".into(), readme.into_bytes()),
        package(sheet, &["id:ID", "label"], &[":START_ID", ":END_ID", ":TYPE", "label", "claims:int"], &typed)?,
    ])
}

/// For Gephi: `Id`, `Label`, `Source`, `Target`, `Type`, `Kind`, `Weight` as its import knows them.
///
/// # Errors
/// Only if a row cannot be built in memory.
pub fn gephi(sheet: &Sheet<'_>) -> std::io::Result<Vec<File>> {
    let plain = |(name, _): &(&str, AttributeType)| (*name).to_owned();
    let mut heads = vec!["Id".to_owned(), "Label".to_owned()];
    heads.extend(OF_NODES.iter().map(plain));
    let nodes = sheet.nodes.iter().map(|node| {
        let mut row = vec![node.id.clone(), node.label.clone()];
        row.extend(node.values.iter().map(Value::to_string));
        row
    });
    let nodes = csv(&heads, nodes)?;
    let own = ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"];
    let mut heads = own.map(str::to_owned).to_vec();
    heads.extend(OF_EDGES.iter().map(plain));
    let edges = sheet.edges.iter().map(|edge| {
        let mut row = [edge.source, edge.target].map(|end| sheet.nodes[end].id.clone()).to_vec();
        row.extend(["Directed".to_owned(), edge.relation.clone(), edge.id.clone(), edge.label.clone()]);
        row.push(edge.weight.to_string());
        row.extend(edge.values.iter().map(Value::to_string));
        row
    });
    let edges = csv(&heads, edges)?;
    Ok(vec![("nodes.csv".into(), nodes), ("edges.csv".into(), edges), package(sheet, &["Id", "Label"], &own, &plain)?])
}

fn csv(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heads)?;
    for row in rows {
        writer.write_record(&row)?;
    }
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

/// `cooperatesWith` as `COOPERATES_WITH`.
fn upper_snake(relation: &str) -> String {
    let mut out = String::with_capacity(relation.len() + 4);
    for c in relation.chars() {
        if c.is_uppercase() {
            out.push('_');
        }
        out.extend(c.to_uppercase());
    }
    out
}

/// `datapackage.json`: what the columns hold, as Frictionless tools read it.
fn package(
    sheet: &Sheet<'_>,
    of_nodes: &[&str],
    of_edges: &[&str],
    named: &dyn Fn(&(&str, AttributeType)) -> String,
) -> std::io::Result<File> {
    let fields = |own: &[&str], attributes: &[(&str, AttributeType)]| {
        let whole = |name: &str| matches!(name, "claims:int" | "Weight");
        let own = own.iter().map(|name| json!({"name": name, "type": if whole(name) { "integer" } else { "string" }}));
        let rest = attributes.iter().map(|row| json!({"name": named(row), "type": type_of(row.1)}));
        own.chain(rest).collect::<Vec<Json>>()
    };
    let mut nodes = fields(of_nodes, &OF_NODES);
    if of_nodes.contains(&"id:ID") {
        nodes.push(json!({"name": ":LABEL", "type": "string"}));
    }
    let table = |name: &str, fields: Vec<Json>| {
        json!({"name": name, "path": format!("{name}.csv"), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "schema": {"fields": fields}})
    };
    let package = json!({
        "name": "rapporteur-graph",
        "title": sheet.title,
        "description": sheet.summary,
        "resources": [table("nodes", nodes), table("edges", fields(of_edges, &OF_EDGES))],
    });
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(("datapackage.json".into(), bytes))
}

const fn type_of(sort: AttributeType) -> &'static str {
    match sort {
        AttributeType::Text | AttributeType::Iri => "string",
        AttributeType::Whole => "integer",
        AttributeType::Number => "number",
        AttributeType::Flag => "boolean",
    }
}

#[cfg(test)]
mod tests {
    use super::upper_snake;

    #[test]
    fn types_are_in_capitals() {
        assert_eq!(upper_snake("cooperatesWith"), "COOPERATES_WITH");
    }
}
