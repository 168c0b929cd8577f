"""Outside readers on our exports: raptor and rdflib find the same triples in every RDF format, GraphViz draws the picture
with every name as it was, and pydot finds all its nodes and edges.

Usage: python tests/readers.py BINARY TEXT...
Needs rdflib and pydot, and the programs rapper (raptor2-utils) and dot (graphviz)."""

import html
import pathlib
import re
import subprocess
import sys
import tempfile

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


def main(binary, *texts):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run(binary, folder, "add", *texts)
        check_picture(binary, folder)
        check_names(binary, folder)
        check_rdf(binary, folder, "short", None)
        check_rdf(binary, folder, "full", None)
        check_rdf(binary, folder, "none", None)
        check_rdf(binary, folder, "short", "all")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
