"""Outside readers on reports, citations, descriptions and nanopublications: bibtexparser and pybtex find every document in
BibTeX, citeproc-py cites it from CSL-JSON; frictionless finds every folder of tables valid and pandas reads it; rdflib
counts what VoID tells, finds each nanopublication whole and each Web Annotation as its model wants it; pyoxigraph reads the
triple terms of RDF 1.2.

Usage: python tests/readers_of_reports.py BINARY TEXT...
Needs bibtexparser 2, pybtex, citeproc-py, frictionless, nanopub, pandas, rdflib and pyoxigraph."""

import hashlib
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import bibtexparser
import frictionless
import nanopub
import pandas
import pyoxigraph
import rdflib
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_file
from pybtex.style.formatting.plain import Style
from rdflib.namespace import DCTERMS, PROV, RDF, VOID

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
ODD = 'Of 50 % & $3_a #{b} \\ "c" ~d ^e «ایران» 👍'

failures = []


def expect(holds, what):
    print(f"{'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        failures.append(what)


def run(binary, folder, *arguments):
    command = [str(binary), *map(str, arguments), "--store", str(folder / "store")]
    return subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout


def check_citations(binary, folder, count):
    run(binary, folder, "export", "-o", folder / "all.bib")
    run(binary, folder, "export", "-f", "csl", "-o", folder / "all.json")
    library = bibtexparser.parse_file(str(folder / "all.bib"))
    expect(len(library.entries) == count and not library.failed_blocks, f"bibtexparser reads {count} documents")
    database = parse_file(str(folder / "all.bib"))
    cited = [entry.text.render_as("text") for entry in Style().format_entries(database.entries.values())]
    expect(len(cited) == count, f"pybtex cites {cited[-1]}")
    decoded = bibtexparser.parse_file(str(folder / "all.bib"), append_middleware=[LatexDecodingMiddleware()])
    # Braces are read as BibTeX's own, and the circumflex comes back as a letter of its own.
    without = lambda text: re.sub(r"[{}^\u02c6]", "", text)
    titles = [without(entry["title"]) for entry in decoded.entries]
    expect(without(ODD) in titles, "odd signs come out of BibTeX as they went in")
    people = [str(person) for entry in database.entries.values() for person in entry.persons.get("author", [])]
    expect(people and all(person.startswith("{") for person in people), f"authors are bodies: {people[0]}")
    items = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    expect({item["id"] for item in items} == set(database.entries), "CSL-JSON has the same keys")
    for item in items:
        # citeproc-py stumbles over ranges of days.
        item.get("issued", {"date-parts": []})["date-parts"][1:] = []
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), CiteProcJSON(items), formatter.plain
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    lines = [str(line) for line in bibliography.bibliography()]
    expect(len(lines) == count and all(line.strip(". ") for line in lines), f"citeproc cites {lines[-1]}")


def check_reports(binary, folder):
    page = run(binary, folder, "report", "Iran", "-f", "html").decode()
    html.parser.HTMLParser().feed(page)
    targets = set(re.findall(r'href="#(n\d+)"', page))
    expect(targets and targets == set(re.findall(r'<li id="(n\d+)"', page)), f"each of {len(targets)} footnotes is there")
    expect(set(re.findall(r'href="#(r\d+)"', page)) == set(re.findall(r' id="(r\d+)"', page)), "and each way back")
    expect(not re.findall(r"<script|src=|url\(|@import", page), "the report asks nobody")
    text = run(binary, folder, "report", "Iran").decode()
    marks, notes = set(re.findall(r"\[\^(\d+)\](?!:)", text)), re.findall(r"^\[\^(\d+)\]: ", text, re.M)
    expect(marks == set(notes) and len(notes) == len(set(notes)), f"Markdown has its {len(notes)} footnotes, each once")


def check_packages(binary, folder):
    for kind in ["csv", "neo4j", "gephi"]:
        run(binary, folder, "export", "-f", kind, "-o", folder / kind, "--license", "CC-BY-4.0")
        report = frictionless.validate(str(folder / kind / "datapackage.json"))
        faults = report.flatten(["rowNumber", "fieldNumber", "type", "note"])[:3]
        expect(report.valid, f"frictionless finds {kind} valid {faults or ''}")
        package = json.loads((folder / kind / "datapackage.json").read_text(encoding="utf-8"))
        expect(package["licenses"][0]["name"] == "CC-BY-4.0" and package["sources"], f"{kind} tells licence and sources")
        for resource in package["resources"]:
            frame = pandas.read_csv(folder / kind / resource["path"])
            same = list(frame.columns) == [field["name"] for field in resource["schema"]["fields"]]
            expect(same and len(frame), f"pandas reads {len(frame)} rows of {kind}/{resource['path']}")
    run(binary, folder, "export", "-f", "csv", "-o", folder / "excel", "--excel")
    expect(frictionless.validate(str(folder / "excel" / "datapackage.json")).valid, "frictionless finds the tables for Excel valid")
    raw = (folder / "excel" / "positions.csv").read_bytes()
    expect(raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw, "they have a byte order mark and CR LF")
    plain, excel = (pandas.read_csv(folder / kind / "positions.csv", encoding="utf-8-sig") for kind in ["csv", "excel"])
    expect(list(plain.columns) == list(excel.columns) and len(plain) == len(excel), "and the same rows")


def check_description(binary, folder):
    run(binary, folder, "export", "-o", folder / "graph.ttl", "--describe", "--license", "CC0-1.0")
    graph, void = rdflib.Graph(), rdflib.Graph()
    graph.parse(folder / "graph.ttl", format="turtle")
    void.parse(folder / "graph.void.ttl", format="turtle")
    dataset = void.value(predicate=RDF.type, object=VOID.Dataset)
    told = lambda term: int(void.value(dataset, term))
    expect(told(VOID.triples) == len(graph), f"VoID tells the {len(graph)} triples that rdflib counts")
    expect(told(VOID.distinctSubjects) == len(set(graph.subjects())), "and the subjects")
    expect(told(VOID.properties) == len(set(graph.predicates())), "and the properties")
    for part in void.objects(dataset, VOID.classPartition):
        if int(void.value(part, VOID.entities)) != len(set(graph.subjects(RDF.type, void.value(part, VOID["class"])))):
            expect(False, f"class partition {part}")
    expect(sum(int(void.value(part, VOID.triples)) for part in void.objects(dataset, VOID.propertyPartition)) == len(graph), "the parts add up")
    expect(void.value(dataset, DCTERMS.license) is not None and list(void.objects(dataset, PROV.wasDerivedFrom)), "licence and texts")
    expect(not [node for node in void.all_nodes() if isinstance(node, rdflib.BNode)], "no blank node")


def check_nanopublications(binary, folder):
    run(binary, folder, "export", "-f", "nanopub", "-o", folder / "np.trig", "--license", "CC-BY-4.0")
    dataset = rdflib.Dataset()
    dataset.parse(folder / "np.trig", format="trig")
    found = {subject for subject, _, _, _ in dataset.quads((None, RDF.type, NP.Nanopublication, None))}
    graphs = {graph.identifier for graph in dataset.graphs() if len(graph)}
    expect(found and len(graphs) == 4 * len(found), f"{len(found)} nanopublications of four graphs each")
    whole, valid = 0, 0
    for this in found:
        head = dataset.graph(rdflib.URIRef(f"{this}#Head"))
        parts = [head.value(this, NP[part]) for part in ["hasAssertion", "hasProvenance", "hasPublicationInfo"]]
        assertion, provenance, pubinfo = [dataset.graph(part) for part in parts]
        alone = rdflib.Dataset()
        for part in [head, assertion, provenance, pubinfo]:
            for triple in part:
                alone.graph(part.identifier).add(triple)
        valid += bool(nanopub.Nanopub(rdf=alone, conf=nanopub.NanopubConf()).is_valid)
        whole += (
            len(assertion) > 0
            and provenance.value(parts[0], PROV.wasDerivedFrom) is not None
            and pubinfo.value(this, DCTERMS.creator) is not None
            and pubinfo.value(this, DCTERMS.license) is not None
        )
    expect(valid == len(found), "the nanopub library finds each valid")
    expect(whole == len(found), "each has an assertion, its provenance, its creator and licence")


def check_annotations(binary, folder, texts):
    run(binary, folder, "export", "-o", folder / "full.nt", "--evidence", "full")
    graph = rdflib.Graph()
    graph.parse(folder / "full.nt", format="nt")
    written = {}
    for text in texts:
        content = pathlib.Path(text).read_text(encoding="utf-8")
        written[hashlib.sha256(content.encode()).hexdigest()[:16]] = content
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    sound = all(list(graph.objects(a, OA.hasTarget)) and list(graph.objects(a, OA.hasBody)) and list(graph.objects(a, OA.motivatedBy)) for a in annotations)
    expect(annotations and sound, f"{len(annotations)} annotations have target, body and motivation")
    targets = set(graph.subjects(RDF.type, OA.SpecificResource))
    expect(all(len(list(graph.objects(t, OA.hasSource))) == 1 and list(graph.objects(t, OA.hasSelector)) for t in targets), f"{len(targets)} targets have one source and selectors")
    checked = 0
    for target in targets:
        selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
        content = written.get(str(graph.value(target, OA.hasSource)).rsplit("/", 1)[-1])
        if content is None or set(selectors) != {OA.TextPositionSelector, OA.TextQuoteSelector}:
            continue
        position, quote = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
        start, end = (int(graph.value(position, OA[edge])) for edge in ["start", "end"])
        exact, before, after = (str(graph.value(quote, OA[part])) for part in ["exact", "prefix", "suffix"])
        checked += content[start:end] == exact and content[:start].endswith(before) and content[end:].startswith(after)
    expect(checked == len(targets), f"{checked} of {len(targets)} quotes, prefixes and suffixes stand at their code points")


def check_one_two(binary, folder):
    kinds = {"ttl": "TURTLE", "trig": "TRIG", "nt": "N_TRIPLES", "nq": "N_QUADS"}
    counts = set()
    for kind, name in kinds.items():
        run(binary, folder, "export", "-o", folder / f"twelve.{kind}", "--rdf", "1.2")
        quads = list(pyoxigraph.parse((folder / f"twelve.{kind}").read_bytes(), format=getattr(pyoxigraph.RdfFormat, name)))
        triples = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}
        terms = [q for q in quads if isinstance(q.object, pyoxigraph.Triple)]
        edges = [q.object for q in terms]
        counts.add(len(set(terms)))
        expect(terms and all((str(e.subject), str(e.predicate), str(e.object)) in triples for e in edges), f"pyoxigraph reads {len(terms)} reified edges from {kind}")
    expect(len(counts) == 1, "as many in each format")


def main(binary, *texts):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        odd = folder / "odd.md"
        odd.write_text(f"---\ntitle: '{ODD}'\nspeaker: Representative of Fiji\nrepresents: Fiji\ndate: 2021-05-03\n---\n\nFiji supports the Convention.\n", encoding="utf-8")
        run(binary, folder, "add", *texts, odd)
        check_citations(binary, folder, len(texts) + 1)
        check_reports(binary, folder)
        check_packages(binary, folder)
        check_description(binary, folder)
        check_nanopublications(binary, folder)
        check_annotations(binary, folder, [*texts, odd])
        check_one_two(binary, folder)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
