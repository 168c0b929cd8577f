#!/usr/bin/env python3
"""Kills `rapporteur add` at random moments and looks at what is left. Run by hand:

    tests/kill.py target/release/rapporteur FOLDER_OF_TEXTS [TIMES]

After each kill the store must open, hold each text whole or not at all, and pass `check`. Every tenth run starts from an empty
store; the others go on from what the last one left. At the end one full run must give the store that an undisturbed run gives.
"""
import collections, json, os, random, shutil, signal, subprocess, sys, tempfile, time


def stats(exe, store):
    return subprocess.run([exe, "stats", "-s", store, "-f", "json"], capture_output=True, text=True)


def look(exe, store, whole):
    """What is left, in words; faults begin with FAULT."""
    listed = stats(exe, store)
    if listed.returncode == 5 and "R0501" in listed.stderr:
        return "no store yet"
    if listed.returncode != 0:
        return "FAULT: it does not open: " + listed.stderr.strip()
    documents = json.loads(listed.stdout)["documents"]
    if any(whole[d["sha256"]] != d for d in documents):
        return "FAULT: a document is not whole"
    if subprocess.run([exe, "check", "-s", store], capture_output=True).returncode != 0:
        return "FAULT: check fails"
    return f"{len(documents)} documents"


def main(exe, texts, times):
    random.seed(7)
    exe, texts, work = os.path.abspath(exe), os.path.abspath(texts), tempfile.mkdtemp()
    undisturbed, store = os.path.join(work, "undisturbed"), os.path.join(work, "store")
    start = time.time()
    subprocess.run([exe, "add", texts, "-s", undisturbed, "--quiet"], check=True)
    full = time.time() - start
    whole = {d["sha256"]: d for d in json.loads(stats(exe, undisturbed).stdout)["documents"]}
    print(f"an undisturbed run: {len(whole)} documents in {full:.2f} s")
    seen = collections.Counter()
    for i in range(times):
        if i % 10 == 0:
            shutil.rmtree(store, ignore_errors=True)
        run = subprocess.Popen([exe, "add", texts, "-s", store, "--quiet"], stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, full))
        end = "killed" if run.poll() is None else "ended before"
        if end == "killed":
            run.send_signal(signal.SIGKILL)
        run.wait()
        seen[f"{end}; {look(exe, store, whole)}"] += 1
    for words, count in sorted(seen.items()):
        print(f"{count:4} {words}")
    subprocess.run([exe, "add", texts, "-s", store, "--quiet"], check=True)
    contents = [json.load(open(os.path.join(directory, "manifest.json"))) for directory in (store, undisturbed)]
    same = contents[0]["documents"] == contents[1]["documents"] and look(exe, store, whole) == f"{len(whole)} documents"
    print("a last full run gives", "the same store" if same else "ANOTHER STORE")
    shutil.rmtree(work)
    return 0 if same and not any("FAULT" in words for words in seen) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 50))
