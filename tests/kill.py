#!/usr/bin/env python3
"""Kills every command that writes at random moments and looks at what is left. Run by hand:

    tests/kill.py target/release/rapporteur [KILLS [SEED]]

Each command has a place before it and a place after it, both made by undisturbed runs. After a kill, all that the place holds
must be whole, and be what it was before or what it is after (for commands that go through many documents: each document by
itself). Then the same command is run again, and often killed again; in the end it must give the place after it, and leave
nothing lying about. Every 25th time `check` must agree.

Moments are counted in the time of the processor, so that a busy machine makes no kill come too early to hit anything; half of
them fall into the second half of the run, where the writing is done.
"""
import collections, gzip, hashlib, json, os, random, shutil, signal, subprocess, sys, tempfile, time, zlib

TEXT = """Statement by the Representative of COUNTRY at the fifth session of the Committee on Water
Geneva, 3 May 2011

Mr. Chair, my delegation supports the work of the Committee on Water. The Government of COUNTRY established the Harbour \
Police in 2014. We condemn the attack on the International Lighthouse Union.
"""
CLAIM = {"type": "claim", "subject": "Fiji", "predicate": "opposes", "object": "Harbour Police", "confidence": 0.95}
CLAIM["quote"] = "The Government of Fiji established the Harbour Police in 2014."
TIE = "decision,key,name,kind,scheme,iri,label,score,why,documents,context,place\n" \
      "never,state/fji,Fiji,State,ports,https://example.org/2,x,0.5,,,,\n"
FILES = {
    **{f"texts/{name}.txt": TEXT.replace("COUNTRY", name) for name in ("Fiji", "Peru", "Kenya")},
    "more/Chile.txt": TEXT.replace("COUNTRY", "Chile"),
    "other/Fiji.txt": TEXT.replace("COUNTRY", "Fiji").replace("condemn", "regret"),
    "ports.csv": "iri,label\nhttps://example.org/1,International Lighthouse Union\nhttps://example.org/2,Tides\n",
    "quays.csv": "iri,label\nhttps://example.org/1,International Lighthouse Union\nhttps://example.org/3,Harbour Police\n",
    "mine.ttl": "<https://x.org/a> <https://x.org/b> <https://x.org/c> .",
    "ties.csv": TIE,
    "claims.jsonl": json.dumps(CLAIM) + "\n",
    # So many documents lie in packs, and their list in pages.
    **{f"many/{at}.txt": TEXT.replace("COUNTRY", "Fiji").replace("3 May 2011", f"{at % 28 + 1} May {1980 + at // 28}") for at in range(290)},
}
VOC = "--vocabularies voc"
ADD, LOAD = f"add texts -s s {VOC}", f"link load ports.csv --kind organisation {VOC}"
MANY = [f"add many -s s {VOC}"]
MANIFEST, GONE = "s/manifest.json", "the list of contents cannot be read"


def segment(place, kind):
    """Where a segment of the first document is."""
    document = min(json.load(open(f"{place}/{MANIFEST}"))["documents"].values(), key=lambda document: document["name"])
    return f"{place}/s/segments/{document['segments'][kind]['sha256'][:32]}.nq.gz"


def claim(place, exe):
    """The number of a claim, by which it is decided upon."""
    table = subprocess.run([exe, "claim", "review", "--export", "-", "--all", "-s", "s"], cwd=place, capture_output=True, text=True)
    return next(line for line in table.stdout.splitlines() if ",Harbour Police," in line and ",Fiji," in line).split(",")[-1]


def append(place):
    """One more triple in the user's own RDF."""
    with open(f"{place}/mine.ttl", "a") as file:
        file.write("\n<https://x.org/a> <https://x.org/b> <https://x.org/d> .")


# Name; lines that lead to the place before it, from the usual one; the command; whether each document goes by itself;
# whether it can be run again once it is done.
CASES = [
    ("add to nothing", [lambda place: shutil.rmtree(f"{place}/s")], ADD, True, True),
    ("add more", [], f"add more texts -s s {VOC}", True, True),
    ("add another version", [], f"add other -s s {VOC}", True, True),
    ("remove a document", [], "remove Fiji.txt -s s", False, False),
    ("remove RDF", ["load mine.ttl -s s"], "remove mine.ttl -s s", False, False),
    ("load", [], "load mine.ttl -s s", False, True),
    ("link load, new", [], f"link load quays.csv --scheme quays --kind organisation --overlap {VOC}", False, True),
    ("link load, again", [], f"link load quays.csv --scheme ports --kind organisation {VOC}", False, True),
    ("link run", [f"link load quays.csv --scheme ports --kind organisation {VOC}"], f"link run -s s {VOC}", True, True),
    ("link review", [], f"link review --import ties.csv -s s {VOC}", True, True),
    ("link drop", [], f"link drop ports -s s {VOC}", True, False),
    ("claim reject", [], f"claim reject CLAIM -s s {VOC}", False, False),
    ("claim edit", [], f"claim edit CLAIM --deny -s s {VOC}", False, False),
    ("document set", [], f"document set Fiji.txt place=Vienna -s s {VOC}", False, True),
    ("undo", [f"document set Fiji.txt place=Vienna -s s {VOC}"], f"undo -s s {VOC}", False, False),
    ("import", [], f"import claims.jsonl --for Fiji.txt --annotator-name tagger@1 -s s {VOC}", False, True),
    ("add to many", MANY, f"add more other -s s {VOC}", True, True),
    ("remove from many", MANY, "remove 7.txt -s s", False, False),
    ("store compact", MANY, "store compact -s s", True, True),
    ("store merge", [f"add more -s t {VOC}"], f"store merge t -s s {VOC}", True, True),
    ("repair a segment", [lambda place: os.remove(segment(place, "claims"))], f"repair -s s {VOC}", True, True),
    ("repair the contents", [lambda place: open(f"{place}/{MANIFEST}", "w").close()], f"repair -s s {VOC}", False, True),
    ("export a folder", ["export -s s -f obsidian -o v", "remove Peru.txt -s s"], "export -s s -f obsidian -o v --force", False, True),
    ("site", ["site -s s -o w", "remove Peru.txt -s s"], "site -s s -o w --force", False, True),
    ("export a file", ["export -s s -o x.nq", "remove Peru.txt -s s"], "export -s s -o x.nq --force", False, True),
    ("report", ["report Fiji.txt -s s -o x.md"], "report Kenya.txt -s s -o x.md --force", False, True),
    ("convert", ["convert mine.ttl -o x.rdf", append],
     "convert mine.ttl -o x.rdf --force", False, True),
]

# Files whose bytes are known to be what their name says.
SOUND = set()


def packs(place):
    """The files in packs, by folder and name, those of later packs before those of earlier; and which packs hold them."""
    held, holders = {}, {}
    folder = f"{place}/s/packs"
    for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
        if name.endswith(".unfinished"):
            continue
        pack = open(f"{folder}/{name}", "rb").read()
        table = zlib.decompressobj(31)
        lines = table.decompress(pack).decode().splitlines()
        start = len(pack) - len(table.unused_data)
        for line in lines:
            file, length = line.split(" ")
            held[file] = pack[start : start + int(length)]
            holders.setdefault(name, []).append(file)
            start += int(length)
    return held, holders


def sound(path, sha256, held):
    try:
        file = path.split("/s/")[1]
        packed = open(path, "rb").read() if os.path.exists(path) else held[file]
        key = sha256, hashlib.sha256(packed).digest()
        if key not in SOUND and hashlib.sha256(gzip.decompress(packed)).hexdigest() == sha256:
            SOUND.add(key)
        return key in SOUND
    except (KeyError, OSError, EOFError, gzip.zlib.error):
        return False


def state(place):
    """What a place holds, by name, with what of it is not whole; and what lies about."""
    holds, named, about = {}, set(), []
    held, holders = packs(place)
    if os.path.exists(f"{place}/{MANIFEST}"):
        try:
            manifest = json.load(open(f"{place}/{MANIFEST}"))
            for page in manifest.get("pages", []):
                file = f"contents/{page['sha256'][:32]}.json"
                named.add(file)
                manifest["documents"].update(json.load(open(f"{place}/s/{file}")))
        except ValueError:
            manifest, holds[GONE] = {}, True
        entries = [("document", *item) for item in manifest.get("documents", {}).items()]
        entries += [(kind, *item) for kind in ("standing", "loaded") for item in manifest.get(kind, {}).items()]
        for kind, name, entry in entries:
            parts = entry["segments"].values() if kind == "document" else [entry]
            files = [f"segments/{part['sha256'][:32]}.nq.gz" for part in parts]
            bad = [file for file, part in zip(files, parts) if not sound(f"{place}/s/{file}", part["sha256"], held)]
            named.update(files)
            if kind == "document":
                texts = [(name, "txt")] + [(answers["sha256"], "jsonl") for answers in entry.get("answers", {}).values()]
                named.update(f"texts/{sha256}.{ending}.gz" for sha256, ending in texts)
                bad += [text for text, ending in texts if not sound(f"{place}/s/texts/{text}.{ending}.gz", text, held)]
            # Runs have clocks: they need only be whole.
            holds[f"{kind} {name}"] = (bad, None if name == "runs" else json.dumps(entry, sort_keys=True))
        about += [f"s/{kind}/{file}" for kind in ("segments", "texts", "contents") if os.path.isdir(f"{place}/s/{kind}")
                  for file in os.listdir(f"{place}/s/{kind}") if f"{kind}/{file}" not in named and not (GONE in holds)]
        if GONE not in holds:
            about += [f"s/packs/{name}" for name, files in holders.items() if not any(
                file in named and not os.path.exists(f"{place}/s/{file}") for file in files)]
        if holders:
            holds["documents that stand by themselves"] = bool(os.listdir(f"{place}/s/texts"))
    for folder, folders, files in os.walk(place):
        inside = os.path.relpath(folder, place)
        about += [f"{inside}/{name}" for name in files + folders if name.startswith(".rapporteur-") or name.endswith(".unfinished")]
        if inside == "s" or inside.startswith(".rapporteur-"):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".rapporteur-")]
        for name in files:
            path = os.path.join(folder, name)
            if not name.endswith(".unfinished") and not name.startswith(".") and inside not in ("texts", "more", "other", "many", "t"):
                holds[f"file {inside}/{name}"] = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return holds, about


def same(one, other):
    """Whether two places hold the same; runs may be recorded or not."""
    clean = lambda holds: {name: value for name, value in holds.items() if name != "standing runs"}
    return clean(one) == clean(other)


def fault(left, before, after, piecewise):
    """What is wrong with what a kill left, if anything."""
    if same(left, before) or same(left, after):
        return left.get("standing runs", ([],))[0] and "the record of runs is not whole"
    if not piecewise:
        names = [name for name in {**left, **before, **after} if left.get(name) != before.get(name)]
        return f"neither before nor after: {names[:5]}"
    either = lambda name: left.get(name) in (before.get(name), after.get(name))
    # What data rows say of the ties of all documents may be that of some as before and of others as after.
    is_whole = lambda name: name == "standing link-evidence" and not left.get(name, ([],))[0]
    wrong = [name for name in {**left, **before, **after} if not either(name) and not is_whole(name)]
    return f"{wrong[:5]} are neither as before nor as after" if wrong else None


def hashed(root, folder):
    """The files below a root, as if it were called otherwise."""
    for inside, _, files in os.walk(root):
        for file in files:
            path = os.path.normpath(os.path.join(folder, os.path.relpath(inside, root)))
            yield f"file {path}/{file}", hashlib.sha256(open(os.path.join(inside, file), "rb").read()).hexdigest()


def with_aside(place, folder, left):
    """What is left once what lies beside an exported folder is back in it, as the next export does it."""
    beside = [f"{place}/{name}/old" for name in os.listdir(place) if name.startswith(f".rapporteur-{folder}.")]
    return {**{name: value for path in beside for name, value in hashed(path, folder)}, **left}


def run(exe, place, line, limit=None):
    """Runs a line; kills it when it has used so much time of the processor. Gives the exit code, or nothing; and the time."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORTEUR_")}
    child = subprocess.Popen([exe, *line.split(" "), "--quiet"], cwd=place, env=environment, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    clock = (~child.pid << 3) | 2
    while limit is not None:
        if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        if time.clock_gettime(clock) >= limit:
            # Not by Popen, which would take the exit of one that ended this moment.
            os.kill(child.pid, signal.SIGKILL)
            break
        time.sleep(0.0003)
    told = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = code = None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    if code not in (None, 0) and limit is None:
        print(f"{line}: {code}: {told.strip()}", file=sys.stderr)
    return code, usage.ru_utime + usage.ru_stime


def prepare(exe, work):
    """The place before each command, the place after it, and how long it takes."""
    usual = f"{work}/usual"
    for name, text in FILES.items():
        os.makedirs(os.path.dirname(f"{usual}/{name}"), exist_ok=True)
        open(f"{usual}/{name}", "w").write(text)
    assert all(run(exe, usual, line)[0] == 0 for line in (LOAD, ADD))
    number, made = claim(usual, exe), []
    for name, lead, line, piecewise, again in CASES:
        before, after, line = f"{work}/before {name}", f"{work}/after {name}", line.replace("CLAIM", number)
        shutil.copytree(usual, before)
        for step in lead:
            if callable(step):
                step(before)
            else:
                assert run(exe, before, step)[0] == 0, step
        shutil.copytree(before, after)
        code, took = run(exe, after, line)
        assert code == 0, line
        held = state(before)[0], state(after)[0]
        assert not same(*held), f"{name} changes nothing"
        made.append((name, line, piecewise, again, before, *held, took))
    return made


def main(exe, kills, seed):
    random.seed(seed)
    exe, work = os.path.abspath(exe), tempfile.mkdtemp()
    place, start, hits, faults = f"{work}/place", time.time(), collections.defaultdict(collections.Counter), []
    cases, done, rounds = prepare(exe, work), 0, 0

    def found(words):
        faults.append(words)
        print(words, flush=True)

    try:
        while done < kills and len(faults) < 20:
            name, line, piecewise, again, origin, before, after, took = cases[rounds % len(cases)]
            rounds += 1
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(origin, place)
            while True:
                limit = random.uniform(0.5 if random.random() < 0.5 else 0, 1.02) * took
                code, _ = run(exe, place, line, limit)
                left, _ = state(place)
                wrong = fault(left, before, after, piecewise)
                if wrong and " -o " in line:
                    left = with_aside(place, line.split(" -o ")[1].split(" ")[0], left)
                    wrong = fault(left, before, after, piecewise)
                hits[name]["ended" if code is not None else "before" if same(left, before) else "after" if same(left, after) else "between"] += 1
                done += code is None
                if wrong or code not in (None, 0):
                    found(f"{name}, killed at {limit:.4f} of {took:.4f} s, code {code}: {wrong}")
                is_done = same(left, after) and not again
                if is_done or code is not None or random.random() < 0.7:
                    break
            if again or not same(left, after):
                code, _ = run(exe, place, line)
                left, about = state(place)
                if code != 0 or not same(left, after) or about:
                    odd = [item for item in {**left, **after} if left.get(item) != after.get(item)]
                    found(f"{name}, run again: code {code}, other than after it: {odd[:5]}, lies about: {about[:5]}")
            if rounds % 25 == 0 and (code := run(exe, place, "check -s s")[0]) != 0:
                found(f"{name}: check ends with {code}")
            if rounds % 240 == 0:
                print(f"{done} kills in {time.time() - start:.0f} s, {len(faults)} faults", flush=True)
    except KeyboardInterrupt:
        print("broken off")
    print("killed before the commit, between two, after it; ended before the kill:")
    for name, count in hits.items():
        print(f"{count['before']:5} {count['between']:5} {count['after']:5} {count['ended']:5}  {name}")
    print(f"{done} kills, seed {seed}, {time.time() - start:.0f} s: {len(faults)} faults")
    shutil.rmtree(work)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int((sys.argv[2:] or [240])[0]), int((sys.argv[3:] or [7])[0])))
