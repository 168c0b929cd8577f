#!/usr/bin/env python3
"""Makes the annotations of this folder into folders that the trainer and `rapporteur evaluate` read.

usage: unfold.py RAW_DIR OUT_DIR

RAW_DIR   the raw texts: *.txt.xz, records parted by a line with U+001E and the record's name
          texts/ beside this file holds what was written for it
OUT_DIR   gets texts/tNN.txt and tNN/{meta.json,mentions.jsonl,relations.jsonl,entities.jsonl}; for the records of
          verdicts.jsonl, of which readers judged single claims, texts/NAME.txt and vNNNN/{meta.json,verdicts.jsonl}

The files here hold offsets (Unicode code points), ids and kinds, none of the texts' sentences: words are read from the
raw text, whose SHA-256 each file names. A text that is another is left out, and said."""
import glob
import hashlib
import json
import lzma
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def records(path, wanted):
    """The texts of the wanted records of a raw file, by name."""
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        parts = re.split("(?:^|\n)\x1e ?", file.read())
    found = {}
    for part in parts:
        name, _, text = part.partition("\n")
        if name.strip() in wanted:
            found[name.strip()] = text
    return found


def written(wanted):
    """The texts that were written for this folder, by name."""
    return {name: open(os.path.join(HERE, "texts", name), encoding="utf-8", newline="").read() for name in wanted}


def same(text, digest):
    """The text in the form that was annotated: with or without its last line end."""
    for form in (text, text + "\n", text.rstrip("\n"), text.rstrip("\n") + "\n", text.strip(), text.strip() + "\n"):
        if hashlib.sha256(form.encode()).hexdigest() == digest:
            return form
    return None


def unfold(lines, text, folder):
    meta = lines[0]["meta"]
    name = meta["doc"]
    surface = lambda span: text[span[0]:span[1]]
    entities, mentions, relations = [], [], []
    for entity in (line["entity"] for line in lines if "entity" in line):
        spans = entity["mentions"] or entity.get("inside", [])
        surfaces = sorted({" ".join(surface(span).split()) for span in spans}, key=lambda s: (-len(s), s))
        label = surfaces[0] if surfaces else entity["id"].replace("-", " ")
        entities.append({"canonical": entity["id"], "type": entity["type"], "label": label, "surfaces": surfaces})
        for start, end in entity["mentions"]:
            mentions.append({"doc": name, "start": start, "end": end, "surface": text[start:end], "type": entity["type"],
                             "class": entity["class"], "canonical": entity["id"], "depth": 0, "zone": "body"})
    for relation in (line["relation"] for line in lines if "relation" in line):
        row = {"doc": name, "tier": relation["tier"], "predicate": relation["predicate"]}
        for side in ("subject", "object"):
            end = relation[side]
            if "id" in end:
                row[side] = {"kind": "entity", "id": end["id"]}
            elif end["spans"]:
                row[side] = {"kind": "literal", "value": " ".join(" ".join(surface(span).split()) for span in end["spans"])}
        if "subject" not in row or "object" not in row:
            continue
        row |= {"negated": relation["negated"], "modality": relation["modality"], "attributed_to": relation["attributed"],
                "start": relation["start"], "end": relation["end"], "evidence": text[relation["start"]:relation["end"]],
                "qualifiers": {}}
        relations.append(row)
    os.makedirs(f"{folder}/{name}", exist_ok=True)
    os.makedirs(f"{folder}/texts", exist_ok=True)
    with open(f"{folder}/texts/{name}.txt", "w", encoding="utf-8", newline="") as file:
        file.write(text)
    told = {"doc": name, "source": f"{name}.txt", "start": meta["start"], "end": meta["end"], "kind": meta["kind"], "mentions": "listed"}
    mentions.sort(key=lambda mention: (mention["start"], -mention["end"]))
    for file, rows in (("meta.json", [told]), ("mentions.jsonl", mentions), ("relations.jsonl", relations), ("entities.jsonl", entities)):
        with open(f"{folder}/{name}/{file}", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return len(relations)


def judged(raw, folder):
    """Unfolds the claims that readers judged: place, what is said as a hash, verdict."""
    rows = [json.loads(line) for line in open(f"{HERE}/verdicts.jsonl", encoding="utf-8")]
    made = 0
    for source in sorted({row["raw"] for row in rows}):
        ours = [row for row in rows if row["raw"] == source]
        texts = records(os.path.join(raw, source), {row["record"] for row in ours})
        for row in ours:
            text = texts.get(row["record"], "")[:row["chars"]]
            if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
                print(f"{row['record']}: {source} has another text than was read", file=sys.stderr)
                continue
            made += 1
            name = f"v{made:04d}"
            os.makedirs(f"{folder}/{name}", exist_ok=True)
            os.makedirs(f"{folder}/texts", exist_ok=True)
            with open(f"{folder}/texts/{row['file']}", "w", encoding="utf-8", newline="") as file:
                file.write(text)
            told = {"doc": name, "source": row["file"], "start": 0, "end": 0, "kind": row["kind"]}
            with open(f"{folder}/{name}/meta.json", "w", encoding="utf-8") as file:
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
            with open(f"{folder}/{name}/verdicts.jsonl", "w", encoding="utf-8") as file:
                for start, end, said, verdict in row["verdicts"]:
                    file.write(json.dumps({"start": start, "end": end, "said": said, "verdict": verdict}) + "\n")
    print(f"{made} of {len(rows)} documents with {sum(len(row['verdicts']) for row in rows)} judged claims in {folder}")


def main(raw, folder):
    files = [[json.loads(line) for line in open(path, encoding="utf-8")] for path in sorted(glob.glob(f"{HERE}/t*.jsonl"))]
    made, total = 0, 0
    for source in sorted({lines[0]["meta"]["raw"] for lines in files}):
        ours = [lines for lines in files if lines[0]["meta"]["raw"] == source]
        wanted = {lines[0]["meta"]["record"] for lines in ours}
        texts = written(wanted) if source == "texts" else records(os.path.join(raw, source), wanted)
        for lines in ours:
            meta = lines[0]["meta"]
            text = same(texts.get(meta["record"], ""), meta["sha256"])
            if text is None:
                print(f"{meta['doc']}: {source} has no record {meta['record']} with the text that was annotated", file=sys.stderr)
                continue
            made, total = made + 1, total + unfold(lines, text, folder)
    print(f"{made} of {len(files)} documents, {total} relations in {folder}")
    judged(raw, folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
