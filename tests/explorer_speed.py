#!/usr/bin/env python3
"""How long the explorer takes for each kind of page of a store: from the request to the first and to the last byte.

usage: explorer_speed.py PROGRAM STORE [ROUNDS]

Prints the start-up time, memory, and for each kind the middle and the 95th of a hundred in ms beside the budget, with the
load of the machine. Needs Python only. Then eight clients at once ask mixed addresses for ten seconds."""
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from http.client import HTTPConnection

PROGRAM, STORE = sys.argv[1], sys.argv[2]
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 20


def start():
    begun = time.perf_counter()
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--store", STORE], stderr=subprocess.PIPE, text=True)
    for line in server.stderr:
        if found := re.search(r"explorer at http://([^/]+)/", line):
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return server, found[1], time.perf_counter() - begun
    sys.exit("the server did not start")


def ask(connection, target, accept="*/*"):
    """Status, body, milliseconds to the first byte and to the last."""
    begun = time.perf_counter()
    connection.request("GET", target, headers={"Accept": accept})
    answer = connection.getresponse()
    first = time.perf_counter()
    body = answer.read()
    return answer.status, body, (first - begun) * 1000, (time.perf_counter() - begun) * 1000


def memory(pid):
    """MB in use, here and in processes below."""
    def own(pid):
        with open(f"/proc/{pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) // 1024
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return own(pid), sum(own(child) for child in file.read().split())


def part(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


server, host, took = start()
try:
    connection = HTTPConnection(host, timeout=600)
    get = lambda target: json.loads(ask(connection, target)[1])
    print(f"load {os.getloadavg()[0]:.1f} · address printed after {took:.2f} s · first page after {ask(connection, '/')[3]:.0f} ms more")
    documents, things, claims = get("/documents.json"), get("/things.json"), get("/claims.json?stance=for")
    print(f"{documents['paging']['total']} documents, {things['paging']['total']} things, {claims['paging']['total']} claims for something; memory {memory(server.pid)[0]} MB")
    quote = urllib.parse.quote
    top = things["rows"][0]["thing"]["href"]
    state = next(row["thing"]["href"] for row in things["rows"] if row["thing"]["href"].startswith("/id/state/"))
    actor = quote(state.removeprefix("/id/"))
    text = documents["rows"][0]["text"]["href"]
    kinds = [
        ("start", "/", 5, 20), ("documents", "/documents", 5, 20), ("things", "/things", 5, 20), ("claims", "/claims?stance=against", 5, 20),
        ("claim", claims["rows"][0]["href"], 5, 20), ("text", text, 10, 30), ("thing most named", top, 10, 40), ("State", state, 10, 40),
        ("positions 20 × 20", "/positions", 20, 60), ("positions by year", f"/positions?actors={actor}&by=year", 20, 60), ("matrix", "/matrix", 20, 60),
        ("change", f"/change?actor={actor}", 20, 60), ("compare", f"/compare?actor={actor}", 20, 60), ("suggest", "/suggest?q=uni", 2, 10),
        ("search: a name", "/search?q=UNODC", 80, 250), ("search: a phrase", "/search?q=%22international+community%22", 80, 250),
        ("graph", f"/graph?focus={actor}", 60, 150), ("thing as RDF", state + ".ttl", 10, 40), ("about", "/about", 5, 20), ("ontology", "/ontology", 5, 20),
        ("bundled question", "/q/mandates", 50, 300), ("SPARQL", "/sparql?query=" + quote("SELECT * { ?s a rap:Position } LIMIT 100"), 50, 300),
    ]
    print(f"{'page':20} {'first ms':>9} {'p50 ms':>8} {'p95 ms':>8}   budget   kB")
    for name, target, middle, most in kinds:
        status, body, _, cold = ask(connection, target, "text/html")
        if status != 200:
            print(f"{name:20} {status}")
            continue
        firsts, wholes = [], []
        for _ in range(ROUNDS if cold < 2000 else 3):
            _, _, first, whole = ask(connection, target, "text/html")
            firsts.append(first)
            wholes.append(whole)
        p50, p95 = part(wholes, 0.5), part(wholes, 0.95)
        over = "" if p50 <= middle and p95 <= most else "  over"
        print(f"{name:20} {part(firsts, 0.5):9.1f} {p50:8.1f} {p95:8.1f}   {middle}/{most}  {len(body) // 1024:5}{over}")
    own, below = memory(server.pid)
    print(f"memory after that {own} MB, processes for questions {below} MB")
    mixed = [target for _, target, _, _ in kinds[:16]]
    times, wrong = [], []

    def client(number, until):
        connection, at = HTTPConnection(host, timeout=60), number
        while time.perf_counter() < until:
            status, _, _, whole = ask(connection, mixed[at % len(mixed)])
            times.append(whole)
            if status != 200:
                wrong.append(status)
            at += 1

    clients = [threading.Thread(target=client, args=(number, time.perf_counter() + 10)) for number in range(8)]
    [one.start() for one in clients]
    [one.join() for one in clients]
    print(f"8 clients for 10 s: {len(times)} answers, {len(wrong)} not 200, p50 {part(times, .5):.0f} ms, p99 {part(times, .99):.0f} ms; memory {memory(server.pid)[0]} MB")
finally:
    server.terminate()
    server.wait(10)
