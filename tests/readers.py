"""Outside readers on our exports: raptor and rdflib must find the same triples in every RDF format, and GraphViz must
draw the picture. Usage: python tests/readers.py FOLDER, which holds graph.nt and graph.ttl, graph.jsonld … beside it."""

import pathlib
import subprocess
import sys

import rdflib

RAPTOR = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads", "rdf": "rdfxml"}
RDFLIB = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}


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


def check(folder):
    expected = as_written(in_rdflib(folder / "graph.nt"))
    failures = 0
    for path in sorted(folder.glob("graph.*")):
        kind = path.suffix[1:]
        readers = [("rdflib", in_rdflib)] if kind in RDFLIB else []
        readers += [("raptor", in_raptor)] if kind in RAPTOR else []
        for name, read in readers:
            found = as_written(read(path))
            failures += found != expected
            print(f"{path.name:14} {name:8} {len(found):7} triples  {'same' if found == expected else 'DIFFERENT'}")
            for triple in sorted(found ^ expected)[:5]:
                print("   ", "extra  " if triple in found else "missing", *triple)
        if kind == "dot":
            subprocess.run(["dot", "-Tsvg", str(path), "-o", "/dev/null"], check=True)
            print(f"{path.name:14} graphviz drawn")
    return failures


if __name__ == "__main__":
    sys.exit(1 if check(pathlib.Path(sys.argv[1])) else 0)
