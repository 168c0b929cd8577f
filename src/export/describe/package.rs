//! `datapackage.json`: what the tables of a folder hold, as Frictionless tools and pandas users read it.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::About;
use crate::export::graph::tables::File;
use crate::model::text::hex;

/// The name of the file.
pub const NAME: &str = "datapackage.json";

/// A description of tables: their `resources` as Frictionless names them.
///
/// # Errors
/// Only if it cannot be written to memory.
pub fn package(name: &str, about: &About, resources: Vec<Value>) -> std::io::Result<File> {
    let mut package = Map::new();
    package.insert("name".into(), name.into());
    package.insert("title".into(), about.title.as_str().into());
    package.insert("description".into(), about.summary.as_str().into());
    package.insert("resources".into(), resources.into());
    file(complete(package, about))
}

/// Adds licence, documents and program to the description that a folder has.
///
/// # Errors
/// Only if it cannot be written to memory.
pub fn enrich(files: &mut [File], about: &About) -> std::io::Result<()> {
    for (name, bytes) in files.iter_mut().filter(|(name, _)| name == NAME) {
        let package: Map<String, Value> = serde_json::from_slice(bytes)?;
        (*name, *bytes) = file(complete(package, about))?;
    }
    Ok(())
}

/// A table of a folder: name, bytes and columns, with its size and hash.
pub fn resource(name: &str, title: &str, bytes: &[u8], encoding: &str, fields: Vec<Value>) -> Value {
    let hash = ["sha256:", &hex(&Sha256::digest(bytes))].concat();
    json!({"name": name, "title": title, "path": format!("{name}.csv"), "format": "csv", "mediatype": "text/csv",
        "encoding": encoding, "bytes": bytes.len(), "hash": hash, "schema": {"fields": fields}})
}

fn complete(mut package: Map<String, Value>, about: &About) -> Map<String, Value> {
    if let Some(licence) = &about.licence {
        let mut told = json!({"path": licence.url, "title": licence.title});
        if !licence.name.is_empty() {
            told["name"] = licence.name.as_str().into();
        }
        package.insert("licenses".into(), json!([told]));
    }
    if let Some(moment) = about.created.as_ref().filter(|created| created.contains('T')) {
        package.insert("created".into(), moment.as_str().into());
    }
    let sources = about.documents.iter().map(|document| {
        let mut source = json!({"title": document.prose(), "sha256": document.sha256});
        if let Some(url) = &document.url {
            source["path"] = url.as_str().into();
        }
        source
    });
    let sources: Vec<Value> = sources.collect();
    if !sources.is_empty() {
        package.insert("sources".into(), sources.into());
    }
    package.insert("generator".into(), super::program().into());
    package
}

fn file(package: Map<String, Value>) -> std::io::Result<File> {
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok((NAME.into(), bytes))
}
