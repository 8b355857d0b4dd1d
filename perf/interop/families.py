"""The values that transformers and PEFT make now, of each family and its variants, beside ours: `model verify` in float64."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from claims import ROOT, claim, finish

import torch
from safetensors.torch import load_file
from transformers import AutoModelForImageTextToText

ORACLE = ROOT / "perf" / "oracle.py"
VARIANTS = {"llava_next": ("plain", "several", "scaled"), "qwen2_vl": ("plain", "tied")}


def oracle(*words):
    done = subprocess.run([sys.executable, ORACLE, *map(str, words)], capture_output=True, text=True)
    sys.stderr.write(done.stderr[-2000:])
    assert done.returncode == 0, done.stderr.strip().splitlines()[-1]


def verified(folder):
    done = subprocess.run([os.environ["ESPALIER"], "model", "verify", str(folder)], capture_output=True, text=True)
    report = done.stdout
    assert done.returncode == 0, " ".join(line for line in report.splitlines() if " differs" in line or "lacking" in line)
    groups = [line for line in report.splitlines() if line.endswith(" agrees")]
    return f"{len(groups)} groups"


for family, variants in VARIANTS.items():
    for variant in variants:
        with claim(f"{family}, {variant}: pictures, states, losses, gradients and steps that are computed now are ours") as detail:
            oracle(family, f"{family}-{variant}", "--variant", variant)
            detail(verified(f"{family}-{variant}"))

for family in ("qwen2_5_vl", "qwen2_vl", "llava_next"):
    for kind in ("vision", "dora"):
        with claim(f"{family}: losses and gradients of {'DoRA' if kind == 'dora' else 'LoRA'} on all linear modules that PEFT"
                   " computes now are ours") as detail:
            made = Path(f"{family}-{kind}")
            shutil.copytree(ROOT / "fixtures" / family, made, ignore=shutil.ignore_patterns("vision", "dora"))
            oracle(f"--{kind}", made)
            detail(verified(made))

with claim("qwen2_5_vl: transformers computes now what is stored of its cases, and `model verify` says the same of ours") as detail:
    folder = ROOT / "fixtures" / "qwen2_5_vl"
    values, config = load_file(folder / "expected.safetensors"), json.loads((folder / "config.json").read_text())
    model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float64).eval()
    worst, cases = 0, 0
    for key in sorted(values):
        if not key.endswith(".input_ids") or key.replace(".input_ids", ".logits") not in values:
            continue
        ids, numbers = values[key].unsqueeze(0), values[key.replace(".input_ids", ".images")].tolist()
        given = {"input_ids": ids}
        if numbers:
            given |= {"pixel_values": torch.cat([values[f"processor.pixel_values.{n}"] for n in numbers]).double(),
                      "image_grid_thw": torch.stack([values[f"processor.grid_thw.{n}"].flatten() for n in numbers]),
                      "mm_token_type_ids": (ids == config["image_token_id"]).int()}
        with torch.no_grad():
            logits = model(**given).logits[0]
        stored = values[key.replace(".input_ids", ".logits")].double()
        worst, cases = max(worst, ((logits - stored).abs().max() / stored.abs().max()).item()), cases + 1
    assert cases and worst < 1e-5, (cases, worst)
    detail(f"{cases} cases, largest difference {worst:.1e} of the greatest logit; {verified(folder)}")

finish()
