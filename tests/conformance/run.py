#!/usr/bin/env python3
"""Runs an engine on the vectors of decisions.json.

    python3 run.py ram-policy eval --policy {policy} --requests {requests} --caller={caller}

The command gets files in the place of {policy} (a document) and {requests} (JSON objects, one a line), and
prints a line for each request that begins with Allow, ExplicitDeny or ImplicitDeny. An argument with
{caller} is left out where a vector has no caller. A request that is malformed may be refused with Error
instead. The exit code is 1 when an answer differs.
"""
import itertools, json, pathlib, subprocess, sys, tempfile

data = json.loads(pathlib.Path(__file__).with_name("decisions.json").read_text("utf-8"))
key = lambda vector: (vector["policy"], json.dumps(vector.get("caller")))
differ = 0
for (name, _), group in itertools.groupby(sorted(data["vectors"], key=key), key):
    vectors = list(group)
    caller = next(iter((vectors[0].get("caller") or {"": ""}).values()))
    with tempfile.TemporaryDirectory() as folder:
        files = {"policy": f"{folder}/policy.json", "requests": f"{folder}/requests.jsonl", "caller": caller}
        document = data["policies"][name]["document"]
        pathlib.Path(files["policy"]).write_text(json.dumps(document), "utf-8")
        lines = "".join(json.dumps(vector["request"]) + "\n" for vector in vectors)
        pathlib.Path(files["requests"]).write_text(lines, "utf-8")
        command = [part.format(**files) for part in sys.argv[1:] if caller or "{caller}" not in part]
        answers = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    answers += ["no answer"] * (len(vectors) - len(answers))
    for vector, answer in zip(vectors, answers):
        right = (vector["decision"], *(["Error"] if vector.get("malformed") else []))
        if not answer.startswith(right):
            differ += 1
            print(name, json.dumps(vector), "answer:", answer)
print(f"{len(data['vectors']) - differ} of {len(data['vectors'])} answers are the same")
sys.exit(differ > 0)
