"""Adapters and merged models, there and back, with transformers and PEFT."""
from claims import ROOT, claim, espalier, finish

import torch
from peft import PeftModel
from transformers import AutoModelForImageTextToText

MODEL = ROOT / "greenhouse" / "model"
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"
IDS = torch.arange(5, 45).unsqueeze(0)


def logits(model):
    with torch.no_grad():
        return model(input_ids=IDS).logits


with claim("the grown model opens in transformers") as detail:
    base = AutoModelForImageTextToText.from_pretrained(MODEL, dtype=torch.float32)
    detail(f"{sum(p.numel() for p in base.parameters()):,} numbers")

with claim("an adapter trained by `espalier train` gives PEFT the logits of the merged model") as detail:
    parts = ("train", "validation", "test-seen", "test-combinations", "test-drawings")
    espalier("greenhouse", "world", "--out", "world", *(f"--size={part}=8" for part in parts))
    espalier("explore", "--recipe", GREENHOUSE, "--model", MODEL, "--data", "world/train.jsonl", "--out", "trees")
    espalier("train", "--recipe", GREENHOUSE, "--method", "sft", "--model", MODEL, "--trees", "trees", "--out", "sft")
    espalier("model", "merge", "--model", MODEL, "--adapter", "sft/adapter", "--out", "merged")
    tuned = logits(PeftModel.from_pretrained(base, "sft/adapter"))
    merged = logits(AutoModelForImageTextToText.from_pretrained("merged", dtype=torch.float32))
    difference = (tuned - merged).abs().max().item()
    detail(f"largest difference {difference:.1e} of {merged.abs().max().item():.1f}")
    assert difference < 1e-3, difference

finish()
