"""`bench --endpoint` and `explore --endpoint` against `espalier serve` and against `transformers serve`, beside one process."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

from claims import ROOT, claim, espalier, finish, not_run, refusal, server, world

MODEL = ROOT / "greenhouse" / "model"
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"
TRANSFORMERS = pathlib.Path(sys.executable).parent / "transformers"
FILE = """endpoints:
  ours: {{base-url: {ours}, model: garden, concurrency: 32, capabilities: {{prefill: native}}}}
  plain: {{base-url: {theirs}, model: '{model}', concurrency: 1, capabilities: {{json: none, prefill: none}}}}
  transformers:
    base-url: {theirs}
    model: '{model}'
    concurrency: 1
    omit: [top_k, repetition_penalty]
    capabilities: {{json: none, prefill: none}}
"""


def answers(run):
    rows = [json.loads(line) for line in pathlib.Path(run, "answers.jsonl").read_text().splitlines()]
    return {(row["id"], row["sample"]): row["text"] for row in rows}


def asked(out, *words):
    espalier("bench", "rsbench", "--data", ASKED, "--limit", 8, "--decoding", "greedy", "--paths", 1, "--max-tokens", 160,
             *words, "--out", out)
    return answers(out)


@contextlib.contextmanager
def transformers_serve():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([TRANSFORMERS, "serve", str(MODEL), "--device", "cpu", "--dtype", "float32", "--host", "127.0.0.1",
                                "--port", str(port)], stdout=sys.stderr, stderr=sys.stderr,
                               env={**os.environ, "CUDA_VISIBLE_DEVICES": "", "HF_HUB_OFFLINE": "1"})
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).read()
                break
            except OSError:
                assert process.poll() is None, "transformers serve ended"
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(60)


QUESTIONS = world(8)
ONE = QUESTIONS.with_name("one.jsonl")  # the other server answers one call at a time
ONE.write_text(QUESTIONS.read_text().splitlines()[0] + "\n")
ASKED = "world/test-seen/ssui.jsonl"
ALONE = asked("alone", "--model", MODEL)

with server("serve", "--model", MODEL, "--name", "garden") as address:
    pathlib.Path("ours.yaml").write_text(FILE.format(ours=address, theirs="http://127.0.0.1:9/v1", model=MODEL))
    with claim("`bench --endpoint` against `espalier serve` gets the greedy answers of `bench --model`") as detail:
        found = asked("served", "--endpoint", address, "--model-name", "garden")
        assert found == ALONE, [key for key in ALONE if ALONE[key] != found.get(key)][:3]
        detail(f"{len(found)} answers")
    with claim("`explore --endpoint` against `espalier serve` draws trees that `train` takes") as detail:
        espalier("explore", "--recipe", GREENHOUSE, "--endpoint", "ours", "--endpoints", "ours.yaml", "--data", QUESTIONS,
                 "--out", "explored")
        trees = [json.loads(line) for line in pathlib.Path("explored/trees.jsonl").read_text().splitlines()]
        espalier("train", "--recipe", GREENHOUSE, "--method", "srpo", "--epochs", 1, "--model", MODEL, "--trees", "explored",
                 "--out", "trained")
        detail(f"{len(trees)} trees with {sum(len(tree['branches']) for tree in trees)} branches")

if TRANSFORMERS.exists():
    try:
        with transformers_serve() as address:
            pathlib.Path("theirs.yaml").write_text(FILE.format(ours="http://127.0.0.1:9/v1", theirs=address, model=MODEL))
            with claim("`bench --endpoint` against `transformers serve` gets the greedy answers of `bench --model`") as detail:
                found = asked("elsewhere", "--endpoint", "transformers", "--endpoints", "theirs.yaml")
                same = sum(found.get(key) == text for key, text in ALONE.items())
                detail(f"{same} of {len(ALONE)} answers equal")
                assert same == len(ALONE), next((ALONE[key], found.get(key)) for key in ALONE if ALONE[key] != found.get(key))
            with claim("a field that `transformers serve` refuses is told by name, and what takes it away") as detail:
                sentence = refusal("explore", "--recipe", GREENHOUSE, "--endpoint", "plain", "--endpoints", "theirs.yaml",
                                   "--continue-by", "turn", "--examples", 0, "--data", ONE, "--out", "refused")
                assert "top_k" in sentence and "omit" in sentence, sentence
                detail(sentence)
            with claim("`explore --endpoint --continue-by turn` against `transformers serve` draws trees") as detail:
                espalier("explore", "--recipe", GREENHOUSE, "--endpoint", "transformers", "--endpoints", "theirs.yaml",
                         "--continue-by", "turn", "--examples", 0, "--data", ONE, "--out", "explored-there")
                detail(f"{len(pathlib.Path('explored-there/trees.jsonl').read_text().splitlines())} trees")
    except AssertionError as error:
        with claim("`transformers serve` serves the greenhouse's model"):
            raise error
else:
    not_run("`bench --endpoint` against `transformers serve`", "transformers serve is not installed")

finish()
