"""Two typed names and the words between them, from a GLiNER-like tagger: python3 gliner_annotator.py MODEL"""
import json
import sys

from gliner import GLiNER

LABELS = ["organization", "country", "agreement", "city"]
# Kind, words that must stand between the two, kind, relation.
PATTERNS = [("organization", "based in", "city", "locatedIn"),
            ("organization", "member of", "organization", "memberOf"),
            ("country", "party to", "agreement", "partyTo"),
            ("country", "signed", "agreement", "signed")]

model = GLiNER.from_pretrained(sys.argv[1])


def say(line):
    print(json.dumps(line), flush=True)


say({"type": "annotator", "name": "gliner", "version": sys.argv[1].replace(" ", "-")})
for line in sys.stdin:
    document = json.loads(line)
    if document["type"] != "document":
        continue
    for start, stop in document["sentences"]:
        text = document["text"][start:stop]
        names = sorted(model.predict_entities(text, LABELS), key=lambda name: name["start"])
        for first, second in zip(names, names[1:]):
            between = text[first["end"]:second["start"]].lower()
            for kind, words, other, relation in PATTERNS:
                if (first["label"], second["label"]) != (kind, other) or words not in between:
                    continue
                ends = [{"start": name["start"] + start, "end": name["end"] + start} for name in (first, second)]
                denied = " not " in between or "n't " in between
                say({"subject": ends[0], "predicate": relation, "object": ends[1], "start": start, "end": stop,
                     "polarity": "negated" if denied else "affirmed",
                     "confidence": round(min(first["score"], second["score"]), 2)})
    say({"end": document["id"]})
