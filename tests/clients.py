#!/usr/bin/env python3
"""Clients of other people ask the endpoint: every bundled question has the rows that the command line prints.

usage: clients.py PROGRAM [CLIENTS.JS]   PROGRAM is the binary; CLIENTS.JS is run by node against the same server

Needs SPARQLWrapper, rdflib and pandas. Makes a store of its own in a temporary folder. Ends with 1 if a client was let down."""
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import pandas
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

PROGRAM = os.path.abspath(sys.argv[1])
failures = 0


def expect(holds, what, more=""):
    global failures
    print(f"{'ok  ' if holds else 'FAIL'} {what}{'' if holds or not more else ': ' + str(more)}", flush=True)
    failures += not holds


def run(folder, *words):
    return subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8")


def questions(folder, at):
    """Name, text and number of rows of the command line, of every bundled question that needs no name."""
    get = lambda target: urllib.request.urlopen(at + target).read().decode()
    found = []
    for question in json.loads(get("/q.json"))["questions"]:
        name = question["name"]
        head = get(f"/q/{name}.rq")
        if "required: true" in head.split("SELECT")[0]:
            # Nothing to ask before somebody says of what.
            continue
        printed = run(folder, "query", name, "--min-confidence", "0", "-f", "csv")
        if printed.returncode == 0:
            found.append({"name": name, "text": head, "rows": len(list(csv.reader(io.StringIO(printed.stdout)))) - 1})
    return found


def main():
    folder = tempfile.mkdtemp(prefix="clients-")
    run(folder, "demo", "--keep", ".")
    origin = "http://127.0.0.1:8765"
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--cors", origin], cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        at = re.search(r"http://[^/]+", server.stderr.readline())[0]
        threading.Thread(target=server.stderr.read, daemon=True).start()
        endpoint = at + "/sparql"
        asked = questions(folder, at)
        expect(len(asked) >= 20, f"{len(asked)} bundled questions have an answer")

        def wrapper(query, form, method, direct=False):
            client = SPARQLWrapper(endpoint)
            client.setQuery(query)
            client.setReturnFormat(form)
            client.setMethod(method)
            if direct:
                client.setRequestMethod(POSTDIRECTLY)
            return client.query()

        for how, method, direct in [("GET", GET, False), ("POST", POST, False), ("POST of the query itself", POST, True)]:
            wrong = [one["name"] for one in asked
                     if len(wrapper(one["text"], JSON, method, direct).convert()["results"]["bindings"]) != one["rows"]]
            expect(not wrong, f"SPARQLWrapper, {how}: the rows of the command line", wrong)
        expect(wrapper("ASK { ?s a rap:Position }", JSON, GET).convert()["boolean"] is True, "SPARQLWrapper: ASK")
        for form in ["CONSTRUCT { ?s a rap:Position } WHERE { ?s a rap:Position }", "DESCRIBE <https://w3id.org/rapporteur/id/state/irn>"]:
            graph = Graph().parse(data=wrapper(form, TURTLE, GET).convert(), format="turtle")
            expect(len(graph) > 5, f"SPARQLWrapper: {form.split(' ')[0]}")
        table = pandas.read_csv(io.BytesIO(wrapper("SELECT ?s ?label { ?s a rap:Claim ; skos:prefLabel ?label }", CSV, GET).convert()))
        expect(list(table.columns) == ["s", "label"], "pandas reads the table", table.columns)

        for method in ["GET", "POST", "POST_FORM"]:
            store = SPARQLStore(endpoint, method=method)
            wrong = []
            for one in asked:
                try:
                    rows = len(list(store.query(one["text"])))
                except Exception as error:  # pylint: disable=broad-except
                    rows = error
                if rows != one["rows"]:
                    wrong.append(f"{one['name']}: {rows} for {one['rows']}")
            expect(not wrong, f"rdflib SPARQLStore, {method}: the rows of the command line", wrong)
        graph = Graph(SPARQLStore(endpoint), identifier=None)
        graph.namespace_manager.bind("rap", "https://w3id.org/rapporteur/ontology#")
        expect(bool(graph.query("ASK { ?s a <https://w3id.org/rapporteur/ontology#Position> }").askAnswer), "rdflib: ASK over a remote graph")

        # What SIB's editor asks when it starts: prefixes, partitions, examples; it gives up after five seconds.
        sh, void = "PREFIX sh: <http://www.w3.org/ns/shacl#>", "PREFIX void: <http://rdfs.org/ns/void#>"
        for what, query in [
            ("prefixes", f"{sh} SELECT DISTINCT ?prefix ?namespace {{ [] sh:namespace ?namespace ; sh:prefix ?prefix }} ORDER BY ?prefix"),
            ("classes and what they have", f"{void} SELECT DISTINCT ?class ?property {{ {{ ?partition void:class ?class ; void:propertyPartition/void:property ?property }} }}"),
            ("examples", f"{sh} SELECT DISTINCT ?query ?comment {{ ?q a sh:SPARQLExecutable ; <http://www.w3.org/2000/01/rdf-schema#comment> ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query }}"),
        ]:
            begun = time.time()
            rows = wrapper(query, JSON, GET).convert()["results"]["bindings"]
            expect(rows and time.time() - begun < 5, f"an editor finds {what}: {len(rows)} rows")

        if len(sys.argv) > 2 and shutil.which("node"):
            with open(os.path.join(folder, "asked.json"), "w", encoding="utf-8") as file:
                json.dump({"at": at, "origin": origin, "asked": asked}, file)
            done = subprocess.run(["node", sys.argv[2], os.path.join(folder, "asked.json")], check=False)
            expect(done.returncode == 0, "clients in JavaScript")
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
