"""Reasoners of other people on our ontology and exports: pyshacl finds nothing against the shapes that ship in a default
export, and finds what was damaged; HermiT finds ontology and data consistent, no class empty, and finds what cannot be; the
description of an export keeps the shapes of DCAT-AP where their files are at hand.

Usage: python tests/reasoners.py BINARY TEXT...
Needs rdflib, pyshacl and owlready2, and a Java for HermiT: without one that part says "skip". DCAT_AP names the SHACL file of
DCAT-AP (releases/3.0.1/shacl/dcat-ap-SHACL.ttl of its repository)."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import owlready2
import pyshacl
import rdflib

RAP = rdflib.Namespace("https://w3id.org/rapporteur/ontology#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

failures = []


def expect(holds, what):
    print(f"{'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        failures.append(what)


def run(binary, *arguments):
    command = [str(binary), *map(str, arguments)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def results(data, shapes):
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    found = list(report.subjects(rdflib.RDF.type, SH.ValidationResult))
    return [one for one in found if (one, SH.resultSeverity, SH.Violation) in report]


def check_shapes(binary, graph):
    shipped = subprocess.run([binary, "check", "--shapes"], capture_output=True, check=True).stdout
    shapes = rdflib.Graph().parse(data=shipped, format="turtle")
    expect(not results(graph, shapes), f"pyshacl: 0 violations in a default export of {len(graph)} triples")
    claim, _, sure = next(graph.triples((None, RAP.confidence, None)))
    graph.remove((claim, RAP.confidence, sure))
    expect(len(results(graph, shapes)) == 1, "pyshacl: a claim without its confidence is found")
    graph.add((claim, RAP.confidence, sure))


def is_consistent(graph, folder):
    file = folder / "all.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    ontology = world.get_ontology(f"file://{file}").load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def check_reasoning(folder, graph, ontology):
    if not shutil.which("java"):
        print("skip HermiT: no Java")
        return
    both = ontology + graph
    expect(is_consistent(both, folder), f"HermiT: ontology and data are consistent, {len(both)} triples")
    state = next(graph.subjects(rdflib.RDF.type, RAP.State))
    both.add((state, rdflib.RDF.type, RAP.Meeting))
    expect(not is_consistent(both, folder), "HermiT: a State that is a meeting cannot be")


def check_description(binary, folder):
    shapes = os.environ.get("DCAT_AP")
    if not shapes:
        print("skip DCAT-AP: its shapes are not at hand (DCAT_AP names them)")
        return
    run(binary, "export", "-s", folder / "store", "-o", folder / "described.ttl", "--describe", "--license", "CC-BY-4.0")
    described = rdflib.Graph().parse(folder / "described.void.ttl")
    known = rdflib.Graph().parse(shapes)
    expect(not results(described, known), f"DCAT-AP: 0 violations in a description of {len(described)} triples")


def main():
    binary, texts = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(binary, "add", *texts, "-s", folder / "store")
        run(binary, "export", "-s", folder / "store", "-o", folder / "graph.ttl")
        run(binary, "ontology", "-o", folder / "ontology.ttl")
        graph = rdflib.Graph().parse(folder / "graph.ttl")
        ontology = rdflib.Graph().parse(folder / "ontology.ttl")
        check_shapes(binary, graph)
        check_reasoning(folder, graph, ontology)
        check_description(binary, folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
