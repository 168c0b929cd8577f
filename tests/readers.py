"""Outside readers on our exports: raptor, rdflib and pyoxigraph find the same triples in every RDF format, pyld in
JSON-LD; GraphViz draws the picture with every name as it was, pydot finds all its nodes and edges; networkx and graphology
find the same nodes, edges and attributes in every graph file, pandas in every table; a full disk leaves no half file.

Usage: python tests/readers.py [--large] BINARY TEXT...
--large: many texts, so the slow readers see one RDF export and not four.
Needs rdflib, pyoxigraph, pyld, pydot, networkx and pandas, the programs rapper (raptor2-utils) and dot (graphviz), and, where
node finds them, the npm packages graphology, graphology-gexf, graphology-graphml, @xmldom/xmldom, playwright-core (with a
Chromium or Chrome) and mermaid; PICTURES names a folder for screenshots. Who is root has the full
disk, too."""

import csv
import html
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import zlib
import xml.dom.minidom
import xml.etree.ElementTree

import networkx
import pandas
import pydot
import pyld.jsonld
import pyoxigraph
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
    graph = rdflib.Graph()
    graph.parse(data="\n".join(raptor_lines(path)), format="nt")
    return set(graph)


def in_pyoxigraph(path):
    """Statements as text; as triples where the format has no graphs."""
    quads = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.from_extension(path.suffix[1:]))
    return {str(quad) for quad in quads}


def in_pyld(path):
    lines = pyld.jsonld.to_rdf(json.loads(path.read_text(encoding="utf-8")), {"format": "application/n-quads"})
    return {str(quad) for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_QUADS)}


def as_written(triples):
    """Terms as text: rdflib's own comparison takes 1 and 01 for equal."""
    return {tuple(term.n3() for term in triple) for triple in triples}


def check_rdf(binary, folder, evidence, graphs, names=()):
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
    check_fast(folder)
    expect(in_pyld(folder / "graph.jsonld") == in_pyoxigraph(folder / "graph.nt"), "pyld reads the same from jsonld")
    written = {str(o) for _, _, o in in_rdflib(folder / "graph.ttl") if isinstance(o, rdflib.Literal)}
    for name in names:
        expect(name in written, f"{name!r} is as it was")


def check_fast(folder):
    """pyoxigraph on all formats, with the graphs where there are some."""
    triples, quads = in_pyoxigraph(folder / "graph.nt"), in_pyoxigraph(folder / "graph.nq")
    expect(len(quads) >= len(triples) > 100, f"pyoxigraph reads {len(triples)} triples and {len(quads)} quads")
    for kind in ["ttl", "jsonld", "rdf"]:
        expect(in_pyoxigraph(folder / f"graph.{kind}") == triples, f"pyoxigraph reads the same from {kind}")
    expect(in_pyoxigraph(folder / "graph.trig") == quads, "pyoxigraph reads the same from trig, graphs included")


def check_rdf_of_many(binary, folder):
    for kind in RDFLIB:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", "--force")
    check_fast(folder)
    raptor = {line for kind in RAPTOR for line in [frozenset(raptor_lines(folder / f"graph.{kind}"))]}
    expect(len(raptor) == 1, f"raptor reads the same {len(min(raptor))} triples from {', '.join(RAPTOR)}")
    expect(len(in_rdflib(folder / "graph.ttl")) == len(min(raptor)), "rdflib reads as many from ttl")


def raptor_lines(path):
    command = ["rapper", "-q", "-i", RAPTOR[path.suffix[1:]], "-o", "ntriples", str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.splitlines()


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


def check_graph_files(binary, folder, nasty=True):
    for kind in ["jsonl", "gexf", "graphml", "cyjs", "cx2"]:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", "--force")
    run(binary, folder, "export", "-f", "yed", "-o", folder / "yed.graphml", "--force")
    nodes, edges = in_lines(folder / "graph.jsonl")
    expect(len(nodes) > 20 and len(edges) > 20, f"{len(nodes)} nodes and {len(edges)} edges")
    labels = {key: node["label"] for key, node in nodes.items()}
    for name in NASTY if nasty else []:
        expect(" ".join(name.split()) in labels.values(), f"{name!r} is among the labels")
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
        of_edges = set.intersection(*(set(edge) for edge in edges.values())) - {"type", "id", "quotes"}
        of_edges &= set.intersection(*(set(data) for *_, data in graph.edges(data=True)))
        said = lambda data: sorted((key, str(data[key])) for key in of_edges)
        there = sorted((s, t, said(data)) for s, t, data in graph.edges(data=True))
        wanted = sorted((edge["source"], edge["target"], said(edge)) for edge in edges.values())
        expect(len(of_edges) > 3 and there == wanted, f"networkx reads the attributes of the edges of {name}: {', '.join(sorted(of_edges))}")
    check_gexf(folder / "graph.gexf")
    cytoscape = json.loads((folder / "graph.cyjs").read_text(encoding="utf-8"))["elements"]
    expect({n["data"]["id"]: n["data"]["label"] for n in cytoscape["nodes"] if n["classes"] != "group"} == labels, "cyjs has the nodes")
    ids = [thing["data"]["id"] for thing in cytoscape["nodes"] + cytoscape["edges"]]
    expect(len(ids) == len(set(ids)), "ids of cyjs are unique")
    cx2 = {key: value for aspect in json.loads((folder / "graph.cx2").read_text(encoding="utf-8")) for key, value in aspect.items()}
    expect((len(cx2["nodes"]), len(cx2["edges"])) == (len(nodes), len(edges)), "cx2 has the nodes and edges")
    declared = cx2["attributeDeclarations"][0]
    expect(all(set(node["v"]) <= set(declared["nodes"]) for node in cx2["nodes"]), "cx2 declares its attributes")


GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
WHOLE, REAL, ANY = r"\d+", r"-?\d+(\.\d+)?", r"(?s).*"
# What GEXF 1.3 lets stand in an element as we use it: attributes with their values (those that must be there first), then
# the elements in it, which must come in this order.
GEXF_RULES = {
    GEXF + "gexf": ({"version": r"1\.3"}, {}, [GEXF + "meta", GEXF + "graph"]),
    GEXF + "meta": ({}, {}, [GEXF + "creator", GEXF + "description"]),
    GEXF + "creator": ({}, {}, []),
    GEXF + "description": ({}, {}, []),
    GEXF + "graph": ({}, {"defaultedgetype": "directed", "mode": "static"}, [GEXF + "attributes", GEXF + "nodes", GEXF + "edges"]),
    GEXF + "attributes": ({"class": "node|edge"}, {"mode": "static"}, [GEXF + "attribute"]),
    GEXF + "attribute": ({"id": r"\w+", "title": r"\w+", "type": "string|integer|double|boolean|anyURI"}, {}, []),
    GEXF + "nodes": ({}, {}, [GEXF + "node"]),
    GEXF + "node": ({"id": r"\S+", "label": ANY}, {}, [GEXF + "attvalues", VIZ + "color", VIZ + "position", VIZ + "size"]),
    GEXF + "edges": ({}, {}, [GEXF + "edge"]),
    GEXF + "edge": (
        {"id": r"\S+", "source": r"\S+", "target": r"\S+", "type": "directed"},
        {"kind": r"\w+", "label": ANY, "weight": REAL},
        [GEXF + "attvalues", VIZ + "color"],
    ),
    GEXF + "attvalues": ({}, {}, [GEXF + "attvalue"]),
    GEXF + "attvalue": ({"for": r"\w+", "value": ANY}, {}, []),
    VIZ + "color": ({"r": WHOLE, "g": WHOLE, "b": WHOLE}, {"a": "1"}, []),
    VIZ + "position": ({"x": REAL, "y": REAL}, {"z": REAL}, []),
    VIZ + "size": ({"value": REAL}, {}, []),
}
OF_TYPE = {"integer": r"-?\d+", "double": REAL + r"(e-?\d+)?", "boolean": "true|false", "string": ANY, "anyURI": r"\S*"}


def check_gexf(path):
    """Against the rules of GEXF 1.3, strictly: nothing but what we mean to write."""
    wrong = []

    def walk(element):
        must, may, order = GEXF_RULES.get(element.tag, ({}, {}, None))
        if order is None:
            return wrong.append(f"unknown {element.tag}")
        values = must | may
        if not set(must) <= set(element.attrib) <= set(values):
            wrong.append(f"attributes of {element.tag}: {sorted(element.attrib)}")
        wrong.extend(f"{name}={value!r}" for name, value in element.items() if not re.fullmatch(values.get(name, ""), value))
        places = [order.index(child.tag) if child.tag in order else -1 for child in element]
        if -1 in places or places != sorted(places):
            wrong.append(f"order in {element.tag}")
        for child in element:
            walk(child)

    root = xml.etree.ElementTree.parse(path).getroot()
    walk(root)
    declared = {}
    for attributes in root.iter(GEXF + "attributes"):
        declared[attributes.get("class")] = {one.get("id"): one.get("type") for one in attributes}
    for kind in ["node", "edge"]:
        things = list(root.iter(GEXF + kind))
        ids = [thing.get("id") for thing in things]
        if len(ids) != len(set(ids)):
            wrong.append(f"two {kind}s of one id")
        for value in (value for thing in things for value in thing.iter(GEXF + "attvalue")):
            if not re.fullmatch(OF_TYPE.get(declared[kind].get(value.get("for")), "never"), value.get("value")):
                wrong.append(f"{kind}: {value.attrib}")
    nodes = {node.get("id") for node in root.iter(GEXF + "node")}
    wrong.extend(f"{edge.attrib}" for edge in root.iter(GEXF + "edge") if not {edge.get("source"), edge.get("target")} <= nodes)
    expect(not wrong, f"GEXF 1.3 as its rules have it {wrong[:3]}")


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


def check_png(binary, folder):
    run(binary, folder, "export", "-o", folder / "graph.png", "--force")
    data = (folder / "graph.png").read_bytes()
    expect(data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND", "the PNG has its head and its end")
    chunks, at = {}, 8
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        chunks[kind] = chunks.get(kind, b"") + data[at + 8 : at + 8 + length]
        at += 12 + length
    width, height = int.from_bytes(chunks[b"IHDR"][:4]), int.from_bytes(chunks[b"IHDR"][4:8])
    dots = zlib.decompress(chunks[b"IDAT"])
    expect(len(dots) == height * (4 * width + 1), f"{width} × {height} dots are all there")


def check_browser(binary, folder):
    """A browser opens the page and draws the Mermaid; `tests/browser.js` says how that went, line by line."""
    (folder / "names.json").write_text(json.dumps(NASTY), encoding="utf-8")
    for kind in ["html", "mmd"]:
        run(binary, folder, "export", "-o", folder / f"graph.{kind}", "--force")
        run(binary, folder, "export", "-o", folder / f"nasty.{kind}", "--focus", "body/hub", "--force")
    script = pathlib.Path(__file__).with_name("browser.js")
    pictures = [os.environ["PICTURES"]] if "PICTURES" in os.environ else []
    try:
        told = subprocess.run(["node", script, folder, *pictures], capture_output=True, text=True, encoding="utf-8", timeout=300)
    except FileNotFoundError:
        return print("skip the browser: no node")
    print(told.stdout.rstrip())
    failed = [line for line in told.stdout.splitlines() if line.startswith("FAIL")]
    failures.extend(failed)
    if told.returncode and not failed:
        expect(False, f"the browser's test ran to its end: {told.stderr.strip()[-300:]}")


def check_tables(binary, folder):
    nodes, edges = in_lines(folder / "graph.jsonl")
    for kind, key, start in [("neo4j", "id:ID", ":START_ID"), ("gephi", "Id", "Source")]:
        run(binary, folder, "export", "-f", kind, "-o", folder / kind, "--force")
        table = lambda name: list(csv.DictReader(open(folder / kind / name, encoding="utf-8", newline="")))
        expect({row[key] for row in table("nodes.csv")} == set(nodes), f"{kind}: the nodes")
        expect(len(table("edges.csv")) == len(edges) and all(row[start] in nodes for row in table("edges.csv")), f"{kind}: the edges")
        package = json.loads((folder / kind / "datapackage.json").read_text(encoding="utf-8"))
        for resource in package["resources"]:
            names = [field["name"] for field in resource["schema"]["fields"]]
            expect(names == list(table(resource["path"])[0]), f"{kind}: datapackage.json names the columns of {resource['path']}")
    check_neo4j(folder / "neo4j")
    check_pandas(binary, folder, nodes, edges)
    run(binary, folder, "export", "-f", "obsidian", "-o", folder / "vault", "--force")
    notes = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "vault").iterdir()}
    links = {link for note in notes.values() for link in re.findall(r"\[\[([^\]]*)\]\]", note)}
    expect(len(notes) == len(nodes) + 1 and links <= set(notes), f"{len(links)} links between notes lead to notes")


NEO4J_TYPES = {"int": r"-?\d+", "double": r"-?\d+(\.\d+)?(e-?\d+)?", "boolean": "true|false"}


def check_neo4j(folder):
    """Header and value rules of neo4j-admin's import."""
    tables = {}
    for name, wanted in [("nodes", ["ID", "LABEL"]), ("edges", ["START_ID", "END_ID", "TYPE"])]:
        head, *rows = csv.reader(open(folder / f"{name}.csv", encoding="utf-8", newline=""))
        fields = [field.partition(":")[::2] for field in head]
        marks = [mark for _, mark in fields if mark.isupper()]
        expect(sorted(marks) == sorted(wanted), f"neo4j: {name} have the fields {', '.join(':' + mark for mark in marks)}")
        names = [field for field, _ in fields if field]
        types = {mark for _, mark in fields if mark and not mark.isupper()}
        expect(len(names) == len(set(names)) and types <= set(NEO4J_TYPES), f"neo4j: {name} have types {sorted(types)}")
        fits = lambda mark, value: not value or mark not in NEO4J_TYPES or re.fullmatch(NEO4J_TYPES[mark], value)
        whole = all(len(row) == len(head) and all(fits(mark, value) for (_, mark), value in zip(fields, row)) for row in rows)
        expect(whole, f"neo4j: the {len(rows)} {name} keep to them")
        tables[name] = [{mark or field: value for (field, mark), value in zip(fields, row)} for row in rows]
    ids = [node["ID"] for node in tables["nodes"]]
    ends = {edge[end] for edge in tables["edges"] for end in ["START_ID", "END_ID"]}
    expect(len(ids) == len(set(ids)) and ends <= set(ids), "neo4j: edges end in nodes")
    kinds = {edge["TYPE"] for edge in tables["edges"]} | {node["LABEL"] for node in tables["nodes"]}
    expect(all(re.fullmatch(r"\w+", kind) for kind in kinds), "neo4j: types and labels are names")


def check_pandas(binary, folder, nodes, edges):
    for kind, label, source in [("neo4j", "label", ":START_ID"), ("gephi", "Label", "Source")]:
        table = pandas.read_csv(folder / kind / "nodes.csv", keep_default_na=False)
        expect(sorted(table[label]) == sorted(node["label"] for node in nodes.values()), f"pandas reads the labels of {kind}")
        table = pandas.read_csv(folder / kind / "edges.csv", keep_default_na=False)
        expect(sorted(table[source]) == sorted(edge["source"] for edge in edges.values()), f"pandas reads the edges of {kind}")
    query = "SELECT ?label WHERE { ?thing skos:prefLabel ?label }"
    run(binary, folder, "query", query, "-o", folder / "labels.csv", "--force")
    table = pandas.read_csv(folder / "labels.csv", keep_default_na=False)
    labels = {node["label"] for node in nodes.values()}
    read = {" ".join(name.split()) for name in table.iloc[:, 0]}
    expect(len(labels & read) > len(labels) / 2, f"pandas reads {len(table)} rows of a query")


def check_full_disk(binary, folder):
    """A disk with room for half a file: said, and nothing is left on it."""
    disk = folder / "disk"
    disk.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        return print("skip the full disk: not root")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)], capture_output=True).returncode:
        return print("skip the full disk: no mount")
    try:
        for kind in ["a.nq", "a.nq.gz", "a.ttl", "a.jsonld", "a.gexf", "a.html", "neo4j", "obsidian"]:
            command = [str(binary), "export", "-o", str(disk / kind), "--graph", "all", "--store", str(folder / "store")]
            said = subprocess.run(command + (["-f", kind] if "." not in kind else []), capture_output=True, text=True, encoding="utf-8")
            tells = said.stderr.startswith(f"error R0404: cannot write {disk}") and "no space left" in said.stderr
            left = [path.name for path in disk.iterdir()]
            expect(said.returncode == 3 and tells and not left, f"a full disk: {kind} {said.stderr.strip()} {left}")
        (disk / "mine.nq").write_text("mine")
        command = [str(binary), "export", "-o", str(disk / "mine.nq"), "--force", "--store", str(folder / "store")]
        code = subprocess.run(command, capture_output=True).returncode
        expect(code == 3 and (disk / "mine.nq").read_text() == "mine", "a full disk: what was there stays")
        (disk / "mine.nq").unlink()
        environment = os.environ | {"TMPDIR": str(disk)}
        (folder / "many.nq").write_text("".join(f"<a:{n}> <a:p> \"{'x' * 90}\" .\n" for n in range(400_000)))
        command = [str(binary), "convert", str(folder / "many.nq"), "--sort", "-o", str(folder / "sorted.nq")]
        said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)
        expect(said.returncode == 3 and said.stderr.startswith("error R0452"), f"no room to sort: {said.stderr.strip()}")
        expect(not (folder / "sorted.nq").exists() and not list(disk.iterdir()), "no room to sort: nothing is left")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


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


def timed(name, check, *arguments):
    start = time.monotonic()
    check(*arguments)
    print(f"     {name}: {time.monotonic() - start:.1f} s")


def main(*arguments):
    large = "--large" in arguments
    binary, *texts = [argument for argument in arguments if argument != "--large"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        timed("adding", run, binary, folder, "add", *texts)
        timed("graphviz", check_picture, binary, folder)
        if not large:
            timed("names", check_names, binary, folder)
        timed("graph files", check_graph_files, binary, folder, not large)
        timed("tables", check_tables, binary, folder)
        timed("graphology", check_graphology, folder)
        if large:
            timed("RDF", check_rdf_of_many, binary, folder)
        else:
            timed("pages", check_pages, binary, folder)
            timed("PNG", check_png, binary, folder)
            timed("browser", check_browser, binary, folder)
            timed("RDF", check_rdf, binary, folder, "short", None, NASTY)
            timed("RDF, full proof", check_rdf, binary, folder, "full", None)
            timed("RDF, no proof", check_rdf, binary, folder, "none", None)
            timed("RDF, all graphs", check_rdf, binary, folder, "short", "all")
            timed("the full disk", check_full_disk, binary, folder)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
