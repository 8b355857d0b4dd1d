"""Training data out and in, with datasets, TRL and LLaMA-Factory. Parts that a package is missing for are not run."""
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys

from claims import ROOT, claim, espalier, finish, not_run, world

import datasets
from datasets import Image, load_dataset

MODEL = ROOT / "greenhouse" / "model"
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"


questions = world(16)
espalier("explore", "--recipe", GREENHOUSE, "--model", MODEL, "--data", questions, "--out", "trees")
for form in ("trl", "kto", "sft", "llama-factory", "ms-swift"):
    espalier("ssui", "export", "trees", "--pairs", form, "--out", form)

for form, columns in (("trl", {"prompt", "chosen", "rejected", "images"}),
                      ("kto", {"prompt", "completion", "label", "images"}), ("sft", {"messages", "images"})):
    with claim(f"load_dataset opens the folder of `--pairs {form}` with its columns and pictures") as detail:
        rows = load_dataset(form, split="train")
        assert columns <= set(rows.column_names), rows.column_names
        picture = rows[0]["images"][0]
        detail(f"{len(rows)} rows, pictures of {picture.size[0]} x {picture.size[1]}")


for form, method in (("trl", "DPO"), ("sft", "SFT"), ("kto", "KTO")):
    with claim(f"the program in the README of `--pairs {form}` runs as it stands there ({method}Trainer), and `chat` asks what it"
               " leaves") as detail:
        code = re.search(r"```python\n(.*?)```", pathlib.Path(form, "README.md").read_text(), re.S).group(1)
        assert f"{method}Trainer" in code
        pathlib.Path(f"readme-{form}.py").write_text(code.replace("THIS_FOLDER", form).replace("MODEL", str(MODEL))
                                              .replace('"out"', f'"out-{form}"'))
        done = subprocess.run([sys.executable, f"readme-{form}.py"], capture_output=True, text=True,
                              env={**os.environ, "CUDA_VISIBLE_DEVICES": ""})
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
        assert done.returncode == 0, done.stderr.strip().splitlines()[-1]
        (saved,) = pathlib.Path(f"out-{form}").glob("checkpoint-*")
        state = json.loads((saved / "trainer_state.json").read_text())
        assert espalier("chat", "--model", saved, "--greedy", "--max-tokens", 8, "Can I put it there?").strip()
        detail(f"{state['global_step']} steps")

with claim("`--pairs llama-factory` has as many places as pictures in each row") as detail:
    info = json.loads(pathlib.Path("llama-factory/dataset_info.json").read_text())["espalier_pairs"]
    rows = json.loads(pathlib.Path("llama-factory", info["file_name"]).read_text())
    assert all(row["conversations"][0]["value"].count("<image>") == len(row["images"]) for row in rows)
    detail(f"{len(rows)} rows")

if importlib.util.find_spec("llamafactory"):
    with claim("LLaMA-Factory loads `--pairs llama-factory`") as detail:
        from llamafactory.data.loader import _load_single_dataset
        from llamafactory.data.parser import get_dataset_list
        from llamafactory.hparams import DataArguments, ModelArguments
        from transformers import Seq2SeqTrainingArguments

        data = DataArguments(dataset="espalier_pairs", dataset_dir="llama-factory", media_dir="llama-factory")
        (attributes,) = get_dataset_list(["espalier_pairs"], "llama-factory")
        rows = _load_single_dataset(attributes, ModelArguments(model_name_or_path=str(MODEL)), data,
                                    Seq2SeqTrainingArguments(output_dir="out"))
        assert {"_prompt", "_response", "_images"} <= set(rows.column_names), rows.column_names
        detail(f"{len(rows)} rows")
else:
    not_run("LLaMA-Factory loads `--pairs llama-factory`", "llamafactory is not installed")

with claim("Parquet that datasets wrote, pictures as Image features, is explored and asked") as detail:
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    fields = ("id", "image", "query", "steps", "answer", "risk", "category")
    table = datasets.Dataset.from_list(
        [{**{name: row[name] for name in fields}, "tag": json.dumps(row["tag"])} for row in rows])
    table = table.map(lambda row: {"image": str(pathlib.Path("world/train", row["image"]).resolve())})
    table = table.cast_column("image", Image())
    table = datasets.Dataset.from_list(  # with the bytes inside, as push_to_hub stores them
        [{**row, "image": {"bytes": pathlib.Path(row["image"]["path"]).read_bytes(), "path": None}}
         for row in table.cast_column("image", Image(decode=False))]).cast_column("image", Image())
    table.to_parquet("questions.parquet")
    espalier("explore", "--recipe", GREENHOUSE, "--model", MODEL, "--data", "questions.parquet", "--out", "again")
    first = pathlib.Path("trees/trees.jsonl").read_text()
    second = pathlib.Path("again/trees.jsonl").read_text()
    assert [json.loads(line)["branches"] for line in first.splitlines()] \
        == [json.loads(line)["branches"] for line in second.splitlines()]
    detail(f"{len(rows)} questions, the same branches as from ssui.jsonl")



def losses(method, dataset, out):
    espalier("train", "--method", method, "--model", MODEL, "--dataset", dataset, "--out", out, "--epochs", "1")
    return [json.loads(line)["loss"] for line in pathlib.Path(out, "metrics.jsonl").read_text().splitlines()]


load_dataset("trl", split="train").to_parquet("pairs.parquet")
load_dataset("sft", split="train").to_parquet("examples.parquet")
for method in ("sft", "dpo", "orpo"):
    with claim(f"a preference dataset of TRL's, with pictures, that datasets wrote is trained on by {method.upper()}") as detail:
        found = losses(method, "pairs.parquet", f"trained-{method}")
        detail(f"{len(found)} steps, first loss {found[0]:.4f}")
with claim("a supervised dataset of TRL's, with pictures, that datasets wrote is trained on") as detail:
    found = losses("sft", "examples.parquet", "examples")
    detail(f"{len(found)} steps, first loss {found[0]:.4f}")
for form in ("llama-factory", "ms-swift"):
    with claim(f"preferences in the form of {form} are trained on as the same ones in TRL's") as detail:
        (file,) = [file for file in pathlib.Path(form).glob("pairs.json*")]
        found = losses("dpo", file, f"from-{form}")
        beside = losses("dpo", "trl/pairs.jsonl", f"beside-{form}")
        assert found == beside, (found, beside)
        detail(f"{len(found)} steps, losses equal, the last {found[-1]:.4f}")

finish()
