"""Subject, verb and object from spaCy: python3 spacy_annotator.py en_core_web_sm"""
import json
import sys
import spacy

VERBS = {"support": "supports", "oppose": "opposes", "condemn": "condemns", "establish": "established",
         "adopt": "adopted", "fund": "funds", "host": "hosts", "sign": "signed", "violate": "violates"}
UNREAL = {"can", "could", "may", "might", "must", "shall", "should", "will", "would"}
nlp = spacy.load(sys.argv[1])


def say(line):
    print(json.dumps(line), flush=True)


def end(token):
    """The whole phrase of a noun, by its place."""
    first, last = token.left_edge, token.right_edge
    return {"start": first.idx, "end": last.idx + len(last.text)}


say({"type": "annotator", "name": "spacy-" + nlp.meta["name"], "version": nlp.meta["version"]})
for line in sys.stdin:
    document = json.loads(line)
    if document["type"] != "document":
        continue
    for start, stop in document["sentences"]:
        text = document["text"][start:stop]
        for verb in nlp(text):
            parts = {child.dep_: child for child in verb.children}
            if verb.lemma_ not in VERBS or not {"nsubj", "dobj"} <= parts.keys():
                continue
            subject, thing = end(parts["nsubj"]), end(parts["dobj"])
            for place in (subject, thing):
                place.update(start=place["start"] + start, end=place["end"] + start)
            say({"subject": subject, "predicate": VERBS[verb.lemma_], "object": thing, "start": start, "end": stop,
                 "polarity": "negated" if "neg" in parts else "affirmed",
                 "modality": "possibility" if any(child.lemma_ in UNREAL for child in verb.children) else "asserted",
                 "confidence": 0.6})
    say({"end": document["id"]})
