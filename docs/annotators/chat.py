"""A chat model behind an address that you name: python3 chat.py http://localhost:8080/v1 MODEL  (key in $CHAT_KEY)"""
import json
import os
import sys
import urllib.request

address, model = sys.argv[1].rstrip("/"), sys.argv[2]
ASK = """List what this text of %s claims, one JSON object a line and nothing else:
{"quote": "exact words of the text, one sentence", "subject": "exact words of the quote",
 "predicate": one of %s, "object": "exact words of the quote", "polarity": "affirmed" or "negated",
 "modality": one of %s, "confidence": 0 to 1, how sure you are}
Leave out whatever the text does not say in these words.\n\n%s"""


def say(line):
    print(json.dumps(line), flush=True)


def answer(prompt):
    body = {"model": model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
    head = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("CHAT_KEY", "")}
    request = urllib.request.Request(address + "/chat/completions", json.dumps(body).encode(), head)
    return json.load(urllib.request.urlopen(request))["choices"][0]["message"]["content"]


say({"type": "annotator", "name": "chat", "version": model})
for line in sys.stdin:
    told = json.loads(line)
    if told["type"] == "rapporteur":
        relations = [relation["name"] for relation in told["relations"] if relation["name"] != "other"]
        modalities = told["modalities"]
        continue
    holder = (told["holder"] or {"label": "an unknown speaker"})["label"]
    for start, stop in [(at, at + 6000) for at in range(0, len(told["text"]), 6000)]:
        prompt = ASK % (holder, ", ".join(relations), ", ".join(modalities), told["text"][start:stop])
        for claim in answer(prompt).splitlines():
            if claim.strip().startswith("{"):
                print(" ".join(claim.split()), flush=True)
    say({"end": told["id"]})
