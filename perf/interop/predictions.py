"""Questions and answers in the forms of VLMEvalKit and lmms-eval: tables as pandas writes them there, samples line by line."""
import base64
import csv
import io
import json

from claims import claim, espalier, finish

import pandas
from PIL import Image

ANSWERS = ["B, because it is a dog", "The answer is A.", "Failed to obtain answer via API.", "(C)"]


def picture(shade):
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 0, 0)).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def results(run):
    with open(f"{run}/results.json") as file:
        return json.load(file)


questions = pandas.DataFrame(
    {
        "index": range(4),
        "question": ["What is it?", 'Which\tof "these"?', "Why?\nSay.", "Where?"],
        "A": ["a cat", "left", "so", "here"],
        "B": ["a dog", "right", "thus", "there"],
        "C": ["a cow", None, "hence", "nowhere"],
        "answer": ["B", "A", "A", "B"],
        "category": ["what", "what", "why", "where"],
        "image": [picture(10), picture(20), "0", picture(40)],
    }
)
with open("mcq.yaml", "w") as file:
    file.write("name: my-mcq\nitems: My.tsv\nchoice: {options: [A, B, C], answer: answer}\n")

with claim("a TSV that pandas writes as VLMEvalKit's are is a benchmark") as detail:
    questions.to_csv("My.tsv", sep="\t", index=False)
    said = espalier("bench", "list", "mcq.yaml")
    assert "4 questions in 3 categories" in said, said
    detail(said.splitlines()[4].strip())

predicted = questions.drop(columns="image").assign(prediction=ANSWERS)
for name, write in {
    "tsv": lambda path: predicted.to_csv(path, sep="\t", index=False, encoding="utf-8", quoting=csv.QUOTE_ALL),
    "json": lambda path: json.dump(predicted.to_dict("records"), open(path, "w"), indent=4),
}.items():
    with claim(f"predictions that pandas writes as VLMEvalKit's {name} are counted") as detail:
        write(f"model_My.{name}")
        espalier("bench", "mcq.yaml", "--answers", f"model_My.{name}", "--out", f"run-{name}")
        found = results(f"run-{name}")
        detail(json.dumps(found["whole"]["counts"])[:120])
        # Two of the three that were obtained are right.
        accuracy = next(figure for figure in found["whole"]["figures"] if figure["key"] == "accuracy")
        assert abs(accuracy["value"] - 200 / 3) < 1e-9, accuracy
        assert found["whole"]["counts"]["failures"] == {"unanswered": 1}, found["whole"]["counts"]

with claim("samples as lmms-eval logs them, in the order of two ranks, are counted") as detail:
    with open("20260101_samples_my.jsonl", "w") as file:
        for number in (0, 2, 1, 3):
            line = {"doc_id": number, "target": "B", "filtered_resps": ANSWERS[number], "input": "q", "doc_hash": "0"}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    espalier("bench", "mcq.yaml", "--answers", "20260101_samples_my.jsonl", "--out", "run-lmms")
    detail(json.dumps(results("run-lmms")["whole"]["counts"])[:120])

finish()
