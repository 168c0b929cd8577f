"""Outside readers on our exports: raptor and rdflib find the same triples in every RDF format, GraphViz draws the picture
with every name as it was, pydot finds all its nodes and edges; networkx and graphology find the same nodes, edges and
attributes in every graph file.

Usage: python tests/readers.py BINARY TEXT...
Needs rdflib, pydot and networkx, the programs rapper (raptor2-utils) and dot (graphviz), and, where node finds them, the
npm packages graphology, graphology-gexf, graphology-graphml and @xmldom/xmldom."""

import csv
import html
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.dom.minidom

import networkx
import pydot
import rdflib

RAPTOR = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml"}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}
NASTY = ['say "no" \\ yes', "a < b > c & d &amp; {e|f}", "ایران «الف»", "C:\\new\\label", "👍🏽 emoji", "first\nsecond", "\\N \\G \\l"]

failures = []


def expect(holds, what):
    print(f"{'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        failures.append(what)


def run(binary, folder, *arguments):
    command = [str(binary), *map(str, arguments), "--store", str(folder / "store")]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def in_rdflib(path):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=RDFLIB[path.suffix[1:]])
    return {(s, p, o) for s, p, o, _ in dataset.quads()}


def in_raptor(path):
    command = ["rapper", "-q", "-i", RAPTOR[path.suffix[1:]], "-o", "ntriples", str(path)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    graph = rdflib.Graph()
    graph.parse(data=lines, format="nt")
    return set(graph)


def as_written(triples):
    """Terms as text: rdflib's own comparison takes 1 and 01 for equal."""
    return {tuple(term.n3() for term in triple) for triple in triples}


def check_rdf(binary, folder, evidence, graphs):
    options = ["--force", "--evidence", evidence, *(["--graph", graphs] if graphs else [])]
    for kind in RDFLIB:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", *options)
    expected = as_written(in_rdflib(folder / "graph.nt"))
    expect(len(expected) > 100, f"{len(expected)} triples, evidence {evidence}, graphs {graphs or 'as usual'}")
    for kind in RDFLIB:
        path = folder / f"graph.{kind}"
        expect(as_written(in_rdflib(path)) == expected, f"rdflib reads the same from {kind}")
        if kind in RAPTOR:
            expect(as_written(in_raptor(path)) == expected, f"raptor reads the same from {kind}")


def draw(folder):
    svg = subprocess.run(["dot", "-Tsvg", str(folder / "graph.dot")], check=True, capture_output=True, text=True, encoding="utf-8")
    expect(not svg.stderr, f"graphviz draws without a word {svg.stderr.strip()}")
    return svg.stdout


def check_picture(binary, folder):
    run(binary, folder, "export", "-o", folder / "graph.dot", "--force")
    draw(folder)
    (graph,) = pydot.graph_from_dot_file(str(folder / "graph.dot"), encoding="utf-8")
    clusters = graph.get_subgraphs()
    nodes = graph.get_nodes() + [node for cluster in clusters for node in cluster.get_nodes()]
    nodes = {node.get_name() for node in nodes} - {"node", "edge", "graph", '"legend"', '"\\n"'}
    title = graph.get_attributes().get("label") or graph.get_graph_defaults()[0]["label"]
    shown = re.search(r"l(\d+)(?: of \d+)? nodes, (\d+)", title)
    expect(shown and len(nodes) == int(shown[1]), f"pydot finds the {len(nodes)} nodes that the title tells")


def check_names(binary, folder):
    """Names that have broken other programs' pictures come out of GraphViz as they went in."""
    lines = []
    for number, name in enumerate(NASTY):
        one, other = f"https://w3id.org/rapporteur/id/body/n{number}", "https://w3id.org/rapporteur/id/body/hub"
        label = rdflib.Literal(name).n3()
        lines.append(f"<{one}> a rap:UNBody ; skos:prefLabel {label} ; rap:cooperatesWith <{other}> . <{other}> a rap:UNBody .")
    prefixes = "@prefix rap: <https://w3id.org/rapporteur/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    (folder / "nasty.ttl").write_text(prefixes + "\n".join(lines), encoding="utf-8")
    run(binary, folder, "load", folder / "nasty.ttl")
    run(binary, folder, "export", "-o", folder / "graph.dot", "--focus", "body/hub", "--force")
    drawn = " ".join(html.unescape(line) for line in re.findall(r"<text[^>]*>([^<]*)</text>", draw(folder)))
    drawn = re.sub(r"\s+", " ", drawn.replace("\xa0", " "))
    for name in NASTY:
        expect(" ".join(name.split()) in drawn, f"graphviz shows {name!r}")


def in_lines(path):
    """Nodes by id and edges by id, as our own JSON Lines tell them."""
    objects = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    of = lambda kind: {thing["id"]: thing for thing in objects if thing["type"] == kind}
    return of("node"), of("edge")


def check_graph_files(binary, folder):
    for kind in ["jsonl", "gexf", "graphml", "cyjs", "cx2"]:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", "--force")
    run(binary, folder, "export", "-f", "yed", "-o", folder / "yed.graphml", "--force")
    nodes, edges = in_lines(folder / "graph.jsonl")
    expect(len(nodes) > 20 and len(edges) > 20, f"{len(nodes)} nodes and {len(edges)} edges")
    labels = {key: node["label"] for key, node in nodes.items()}
    for name in NASTY:
        expect(name.split()[0] in " ".join(labels.values()), f"{name!r} is among the labels")
    ties = sorted((edge["source"], edge["target"], edge["label"], edge["claims"]) for edge in edges.values())
    readers = {
        "graph.gexf": networkx.read_gexf,
        "graph.graphml": lambda path: networkx.read_graphml(path, force_multigraph=True),
        "yed.graphml": lambda path: networkx.read_graphml(path, force_multigraph=True),
    }
    own = {"type", "id"}
    for name, read in readers.items():
        graph = read(folder / name)
        expect({key: data["label"] for key, data in graph.nodes(data=True)} == labels, f"networkx reads the nodes of {name}")
        found = [(source, target, data["label"], int(data["weight"])) for source, target, data in graph.edges(data=True)]
        expect(sorted(found) == ties, f"networkx reads the edges of {name}")
        same = all(
            data[key] == value for node, data in graph.nodes(data=True) for key, value in nodes[node].items() if key not in own
        )
        expect(same, f"networkx reads the attributes of {name}")
    cytoscape = json.loads((folder / "graph.cyjs").read_text(encoding="utf-8"))["elements"]
    expect({n["data"]["id"]: n["data"]["label"] for n in cytoscape["nodes"] if n["classes"] != "group"} == labels, "cyjs has the nodes")
    ids = [thing["data"]["id"] for thing in cytoscape["nodes"] + cytoscape["edges"]]
    expect(len(ids) == len(set(ids)), "ids of cyjs are unique")
    cx2 = {key: value for aspect in json.loads((folder / "graph.cx2").read_text(encoding="utf-8")) for key, value in aspect.items()}
    expect((len(cx2["nodes"]), len(cx2["edges"])) == (len(nodes), len(edges)), "cx2 has the nodes and edges")
    declared = cx2["attributeDeclarations"][0]
    expect(all(set(node["v"]) <= set(declared["nodes"]) for node in cx2["nodes"]), "cx2 declares its attributes")


def check_pages(binary, folder):
    nodes, edges = in_lines(folder / "graph.jsonl")
    for kind in ["svg", "html"]:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", "--force", "--max-nodes", "500")
    svg = xml.dom.minidom.parse(str(folder / "graph.svg"))
    drawn = [group for group in svg.getElementsByTagName("g") if group.getAttribute("class") == "node"]
    expect(len(drawn) == len(nodes), f"the SVG is well-formed XML with {len(drawn)} things")
    page = (folder / "graph.html").read_text(encoding="utf-8")
    html.parser.HTMLParser().feed(page)
    quotes = re.search(r'id="quotes">(.*?)</script>', page, re.S)[1]
    expect(set(json.loads(quotes)) == set(edges), "the page has the sentences of all edges")
    asked = re.findall(r'(?:src|href)=|url\((?!#)|@import|fetch\(', page)
    expect(not asked, f"the page asks nobody {asked}")


def check_tables(binary, folder):
    nodes, edges = in_lines(folder / "graph.jsonl")
    for kind, key, start in [("neo4j", "id:ID", ":START_ID"), ("gephi", "Id", "Source")]:
        run(binary, folder, "export", "-f", kind, "-o", folder / kind)
        table = lambda name: list(csv.DictReader(open(folder / kind / name, encoding="utf-8", newline="")))
        expect({row[key] for row in table("nodes.csv")} == set(nodes), f"{kind}: the nodes")
        expect(len(table("edges.csv")) == len(edges) and all(row[start] in nodes for row in table("edges.csv")), f"{kind}: the edges")
        package = json.loads((folder / kind / "datapackage.json").read_text(encoding="utf-8"))
        for resource in package["resources"]:
            names = [field["name"] for field in resource["schema"]["fields"]]
            expect(names == list(table(resource["path"])[0]), f"{kind}: datapackage.json names the columns of {resource['path']}")
    run(binary, folder, "export", "-f", "obsidian", "-o", folder / "vault")
    notes = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "vault").iterdir()}
    links = {link for note in notes.values() for link in re.findall(r"\[\[([^\]]*)\]\]", note)}
    expect(len(notes) == len(nodes) + 1 and links <= set(notes), f"{len(links)} links between notes lead to notes")


GRAPHOLOGY = """
globalThis.DOMParser = require("@xmldom/xmldom").DOMParser;
const fs = require("fs"), Graph = require("graphology");
const parsers = {gexf: require("graphology-gexf"), graphml: require("graphology-graphml")};
for (const file of process.argv.slice(1)) {
  const graph = parsers[file.split(".").pop()].parse(Graph, fs.readFileSync(file, "utf8"));
  const attributes = Object.keys(graph.getNodeAttributes(graph.nodes()[0])).length;
  console.log(JSON.stringify({nodes: graph.order, edges: graph.size, attributes, labels: graph.mapNodes((id, data) => data.label)}));
}
"""


def check_graphology(folder):
    nodes, edges = in_lines(folder / "graph.jsonl")
    files = [str(folder / "graph.gexf"), str(folder / "graph.graphml")]
    try:
        told = subprocess.run(["node", "-e", GRAPHOLOGY, *files], capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        return print("skip graphology: no node")
    if "Cannot find module" in told.stderr:
        return print("skip graphology: not installed")
    expect(told.returncode == 0, f"graphology reads without a word {told.stderr.strip()[:200]}")
    for file, line in zip(files, told.stdout.splitlines()):
        found = json.loads(line)
        expect((found["nodes"], found["edges"]) == (len(nodes), len(edges)), f"graphology reads all of {file.split('/')[-1]}")
        expect(sorted(found["labels"]) == sorted(node["label"] for node in nodes.values()), "and the labels")


def main(binary, *texts):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run(binary, folder, "add", *texts)
        check_picture(binary, folder)
        check_names(binary, folder)
        check_graph_files(binary, folder)
        check_tables(binary, folder)
        check_pages(binary, folder)
        check_graphology(folder)
        check_rdf(binary, folder, "short", None)
        check_rdf(binary, folder, "full", None)
        check_rdf(binary, folder, "none", None)
        check_rdf(binary, folder, "short", "all")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
