//! The formats that a graph can be written in. Each answers everything about itself, so that nobody else keeps a list.

use std::fmt;
use std::path::Path;

use super::ExportError;

/// A file format for a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Turtle: the union of the graphs, sorted and grouped for reading and for git.
    Turtle,
    /// TriG: Turtle that keeps the named graphs.
    TriG,
    /// N-Triples, sorted by line.
    NTriples,
    /// N-Quads, sorted by line: the archive form.
    NQuads,
    /// JSON-LD with short names from a context in the file.
    JsonLd,
    /// RDF/XML, for old tools.
    RdfXml,
    /// GraphViz DOT: a picture.
    Dot,
    /// SVG: a picture, drawn by ourselves.
    Svg,
    /// PNG: the same as dots.
    Png,
    /// A page for a browser: the picture, a table and the sentences, in one file.
    Html,
    /// Markdown: a report with tables and footnotes.
    Markdown,
    /// Mermaid: a picture inside of Markdown.
    Mermaid,
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// GraphML, plain.
    GraphMl,
    /// GraphML with yEd's graphics.
    Yed,
    /// Cytoscape JSON.
    Cytoscape,
    /// CX2, for Cytoscape and NDEx.
    Cx2,
    /// JSON Lines: nodes and edges, one a line.
    JsonLines,
    /// Two tables as Neo4j imports them.
    Neo4j,
    /// Two tables as Gephi imports them.
    Gephi,
    /// An Obsidian vault.
    Obsidian,
    /// BibTeX: the documents, to be cited.
    Bibtex,
    /// CSL-JSON: the documents, to be cited.
    Csl,
    /// Nanopublications in TriG, one a claim.
    Nanopub,
    /// The answers of the bundled questions, as a folder of CSV tables.
    Csv,
}

/// What a format shows of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatScope {
    /// All triples.
    Triples,
    /// The view, small enough to be looked at.
    Drawing,
    /// The whole view, for programs.
    Graph,
    /// The whole view, as a folder of files.
    Folder,
    /// The documents, and nothing that they say.
    References,
    /// The claims, each a dataset of its own.
    Claims,
    /// The answers of all questions, as a folder of tables.
    Answers,
}

/// What there is to know about one format.
struct Row {
    format: Format,
    title: &'static str,
    /// The first is the name, and the usual extension.
    extensions: &'static [&'static str],
    /// The first is the registered one.
    media_types: &'static [&'static str],
    /// Other words that people type.
    aliases: &'static [&'static str],
    keeps_graphs: bool,
    shape: FormatScope,
    good_for: &'static str,
}

const ROWS: [Row; 25] = [
    Row {
        format: Format::Turtle,
        title: "Turtle",
        extensions: &["ttl"],
        media_types: &["text/turtle", "application/x-turtle"],
        aliases: &["turtle"],
        keeps_graphs: false,
        shape: FormatScope::Triples,
        good_for: "reading, git",
    },
    Row {
        format: Format::TriG,
        title: "TriG",
        extensions: &["trig"],
        media_types: &["application/trig", "application/x-trig"],
        aliases: &[],
        keeps_graphs: true,
        shape: FormatScope::Triples,
        good_for: "reading, triple stores",
    },
    Row {
        format: Format::NTriples,
        title: "N-Triples",
        extensions: &["nt"],
        media_types: &["application/n-triples"],
        aliases: &["ntriples", "n-triples"],
        keeps_graphs: false,
        shape: FormatScope::Triples,
        good_for: "line tools, old triple stores",
    },
    Row {
        format: Format::NQuads,
        title: "N-Quads",
        extensions: &["nq"],
        media_types: &["application/n-quads", "text/x-nquads"],
        aliases: &["nquads", "n-quads"],
        keeps_graphs: true,
        shape: FormatScope::Triples,
        good_for: "archives, triple stores",
    },
    Row {
        format: Format::JsonLd,
        title: "JSON-LD",
        extensions: &["jsonld"],
        media_types: &["application/ld+json"],
        aliases: &["json-ld"],
        keeps_graphs: false,
        shape: FormatScope::Triples,
        good_for: "web programs",
    },
    Row {
        format: Format::RdfXml,
        title: "RDF/XML",
        extensions: &["rdf", "owl"],
        media_types: &["application/rdf+xml"],
        aliases: &["rdfxml", "rdf/xml", "rdf-xml"],
        keeps_graphs: false,
        shape: FormatScope::Triples,
        good_for: "old tools",
    },
    Row {
        format: Format::Dot,
        title: "GraphViz DOT",
        extensions: &["dot", "gv"],
        media_types: &["text/vnd.graphviz"],
        aliases: &["graphviz"],
        keeps_graphs: false,
        shape: FormatScope::Drawing,
        good_for: "a figure: dot -Tsvg",
    },
    Row {
        format: Format::Svg,
        title: "SVG",
        extensions: &["svg"],
        media_types: &["image/svg+xml"],
        aliases: &[],
        keeps_graphs: false,
        shape: FormatScope::Drawing,
        good_for: "a figure, without GraphViz",
    },
    Row {
        format: Format::Png,
        title: "PNG",
        extensions: &["png"],
        media_types: &["image/png"],
        aliases: &[],
        keeps_graphs: false,
        shape: FormatScope::Drawing,
        good_for: "a figure for slides and chats",
    },
    Row {
        format: Format::Html,
        title: "HTML",
        extensions: &["html", "htm"],
        media_types: &["text/html"],
        aliases: &["page"],
        keeps_graphs: false,
        shape: FormatScope::Drawing,
        good_for: "a browser: graph, table, quotes",
    },
    Row {
        format: Format::Markdown,
        title: "Markdown",
        extensions: &["md", "markdown"],
        media_types: &["text/markdown"],
        aliases: &["report"],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "a report with footnoted quotes",
    },
    Row {
        format: Format::Mermaid,
        title: "Mermaid",
        extensions: &["mmd", "mermaid"],
        media_types: &["text/vnd.mermaid"],
        aliases: &[],
        keeps_graphs: false,
        shape: FormatScope::Drawing,
        good_for: "README files, wikis",
    },
    Row {
        format: Format::Gexf,
        title: "GEXF",
        extensions: &["gexf"],
        media_types: &["application/gexf+xml"],
        aliases: &["gephi-xml"],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "Gephi, Gephi Lite",
    },
    Row {
        format: Format::GraphMl,
        title: "GraphML",
        extensions: &["graphml"],
        media_types: &["application/graphml+xml"],
        aliases: &[],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "NetworkX, igraph, R, Cytoscape",
    },
    Row {
        format: Format::Yed,
        title: "yEd GraphML",
        extensions: &["yed"],
        media_types: &["application/vnd.yed+xml"],
        aliases: &["yed graphml"],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "yEd: -f yed -o a.graphml",
    },
    Row {
        format: Format::Cytoscape,
        title: "Cytoscape JSON",
        extensions: &["cyjs"],
        media_types: &["application/vnd.cytoscape+json"],
        aliases: &["cytoscape", "cytoscape json"],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "Cytoscape.js, web pages",
    },
    Row {
        format: Format::Cx2,
        title: "CX2",
        extensions: &["cx2"],
        media_types: &["application/vnd.cx2+json"],
        aliases: &[],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "Cytoscape from 3.10, NDEx",
    },
    Row {
        format: Format::JsonLines,
        title: "JSON Lines",
        extensions: &["jsonl", "ndjson"],
        media_types: &["application/jsonl", "application/x-ndjson"],
        aliases: &["jsonlines", "json lines"],
        keeps_graphs: false,
        shape: FormatScope::Graph,
        good_for: "scripts",
    },
    Row {
        format: Format::Neo4j,
        title: "Neo4j CSV",
        extensions: &["neo4j"],
        media_types: &["application/vnd.neo4j+csv"],
        aliases: &["neo4j csv"],
        keeps_graphs: false,
        shape: FormatScope::Folder,
        good_for: "Neo4j: -f neo4j -o DIR",
    },
    Row {
        format: Format::Gephi,
        title: "Gephi CSV",
        extensions: &["gephi"],
        media_types: &["application/vnd.gephi+csv"],
        aliases: &["gephi csv"],
        keeps_graphs: false,
        shape: FormatScope::Folder,
        good_for: "spreadsheets: -f gephi -o DIR",
    },
    Row {
        format: Format::Obsidian,
        title: "Obsidian vault",
        extensions: &["obsidian"],
        media_types: &["application/vnd.obsidian+markdown"],
        aliases: &["vault", "obsidian vault"],
        keeps_graphs: false,
        shape: FormatScope::Folder,
        good_for: "notes: -f obsidian -o DIR",
    },
    Row {
        format: Format::Bibtex,
        title: "BibTeX",
        extensions: &["bib"],
        media_types: &["application/x-bibtex"],
        aliases: &["bibtex", "biblatex"],
        keeps_graphs: false,
        shape: FormatScope::References,
        good_for: "LaTeX, reference managers",
    },
    Row {
        format: Format::Csl,
        title: "CSL-JSON",
        extensions: &["csl"],
        media_types: &["application/vnd.citationstyles.csl+json"],
        aliases: &["csl-json"],
        keeps_graphs: false,
        shape: FormatScope::References,
        good_for: "Zotero, pandoc: -f csl -o a.json",
    },
    Row {
        format: Format::Nanopub,
        title: "nanopublications",
        extensions: &["nanopub"],
        media_types: &["application/vnd.nanopub+trig"],
        aliases: &["nanopubs", "nanopublications"],
        keeps_graphs: true,
        shape: FormatScope::Claims,
        good_for: "registries: -f nanopub -o a.trig",
    },
    Row {
        format: Format::Csv,
        title: "CSV",
        extensions: &["csv"],
        media_types: &["text/csv"],
        aliases: &["tables"],
        keeps_graphs: false,
        shape: FormatScope::Answers,
        good_for: "spreadsheets, pandas: -f csv -o DIR",
    },
];

impl Format {
    /// All formats, in the order in which they are listed to people.
    pub const ALL: [Format; 25] = [
        Self::Turtle,
        Self::TriG,
        Self::NTriples,
        Self::NQuads,
        Self::JsonLd,
        Self::RdfXml,
        Self::Dot,
        Self::Svg,
        Self::Png,
        Self::Html,
        Self::Markdown,
        Self::Mermaid,
        Self::Gexf,
        Self::GraphMl,
        Self::Yed,
        Self::Cytoscape,
        Self::Cx2,
        Self::JsonLines,
        Self::Neo4j,
        Self::Gephi,
        Self::Obsidian,
        Self::Bibtex,
        Self::Csl,
        Self::Nanopub,
        Self::Csv,
    ];

    /// The short name: what `--format` takes and what files end in.
    pub fn name(self) -> &'static str {
        self.row().extensions[0]
    }

    /// The name as its specification writes it.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// File extensions without the dot, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().extensions
    }

    /// The registered media type.
    pub fn media_type(self) -> &'static str {
        self.row().media_types[0]
    }

    /// Whether it keeps the named graphs apart; the others write their union.
    pub fn keeps_graphs(self) -> bool {
        self.row().keeps_graphs
    }

    /// What it shows of the graph.
    pub fn shape(self) -> FormatScope {
        self.row().shape
    }

    /// Whether it has one statement a line and so can be written without holding the graph.
    pub const fn is_lines(self) -> bool {
        matches!(self, Self::NTriples | Self::NQuads)
    }

    /// Whether it shows the graph of entities instead of writing triples.
    pub fn is_picture(self) -> bool {
        matches!(self.shape(), FormatScope::Drawing | FormatScope::Graph | FormatScope::Folder)
    }

    /// What one would use it for, in a few words.
    pub fn good_for(self) -> &'static str {
        self.row().good_for
    }

    /// The format of that name, extension (with or without dot) or media type, in any case.
    ///
    /// # Errors
    /// [`ExportError::UnknownFormat`], with the nearest name.
    pub fn from_name(name: &str) -> Result<Self, ExportError> {
        let wanted = name.split(';').next().unwrap_or_default().trim().trim_start_matches('.').to_lowercase();
        let row = ROWS.iter().find(|row| row.spellings().any(|spelling| spelling == wanted));
        row.map(|row| row.format)
            .ok_or_else(|| ExportError::UnknownFormat { name: name.to_owned(), nearest: nearest(&wanted) })
    }

    /// The format that a file name asks for; a final `.gz` is looked through. `None` if it has no extension.
    ///
    /// # Errors
    /// [`ExportError::UnknownFormat`] if no format has that extension.
    pub fn from_path(path: &Path) -> Result<Option<Self>, ExportError> {
        let plain = if is_gzip(path) { path.with_extension("") } else { path.to_owned() };
        match plain.extension() {
            Some(extension) => Self::from_name(&format!(".{}", extension.to_string_lossy())).map(Some),
            None => Ok(None),
        }
    }

    fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl Row {
    fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.extensions, self.media_types, self.aliases].into_iter().flatten().copied()
    }
}

/// Whether a file name asks for gzip compression.
pub fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// The name that a mistyped one most likely means.
fn nearest(wanted: &str) -> Option<Format> {
    let distance = |row: &Row| {
        row.spellings()
            .filter(|spelling| !spelling.contains('/'))
            .map(|spelling| (strsim::osa_distance(wanted, spelling), spelling.len()))
            .filter(|&(edits, length)| edits <= 1 + length / 4 && edits < length)
            .min()
    };
    ROWS.iter().filter_map(|row| distance(row).map(|d| (d, row.format))).min().map(|(_, format)| format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_all_its_spellings() {
        for format in Format::ALL {
            assert_eq!(format.row().format, format);
            for spelling in format.row().spellings().chain([format.title()]) {
                if spelling != "GraphViz DOT" {
                    assert_eq!(Format::from_name(&spelling.to_uppercase()).unwrap(), format, "{spelling}");
                }
            }
        }
        assert_eq!(Format::from_name("text/turtle; charset=utf-8").unwrap(), Format::Turtle);
    }

    #[test]
    fn extensions_decide_and_gzip_is_looked_through() {
        let of = |name: &str| Format::from_path(Path::new(name));
        assert_eq!(of("a.b/graph.GV").unwrap(), Some(Format::Dot));
        assert_eq!(of("graph.nq.gz").unwrap(), Some(Format::NQuads));
        assert_eq!(of("graph").unwrap(), None);
        assert!(of("graph.xyz").is_err());
    }

    #[test]
    fn a_mistyped_name_meets_its_neighbour() {
        for (typed, meant) in [
            ("tll", "ttl"),
            ("turtel", "ttl"),
            ("nquad", "nq"),
            ("jsonlt", "jsonl"),
            ("dto", "dot"),
            ("graphm", "graphml"),
        ] {
            match Format::from_name(typed) {
                Err(ExportError::UnknownFormat { nearest: Some(nearest), .. }) => assert_eq!(nearest.name(), meant),
                other => panic!("{typed}: {other:?}"),
            }
        }
        assert!(matches!(Format::from_name(".xyz"), Err(ExportError::UnknownFormat { nearest: None, .. })));
    }
}
