"""Checkpoints as transformers saves them today, in every layout of the wild: opened, verified, explored, asked."""
import json
import shutil
from pathlib import Path

from claims import ROOT, claim, espalier, finish, refusal, world

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoImageProcessor, AutoModelForImageTextToText, AutoProcessor

BASES = {"qwen2_5_vl": ROOT / "greenhouse" / "model", "llava_next": ROOT / "greenhouse" / "model-llava_next"}
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"
QUESTION = "Is it safe to pour?"
WEIGHTS = "model.safetensors"


def opened(folder):
    return AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()


def copied(base, name):
    shutil.copytree(base, name)
    return Path(name)


def edited(folder, change):
    file = folder / "config.json"
    config = json.loads(file.read_text())
    change(config)
    file.write_text(json.dumps(config, indent=2))


def said(folder, *more):
    return espalier("chat", "--model", folder, *more, "--greedy", "--max-tokens", "40", "--image", PICTURE, QUESTION)


def theirs(folder):
    """The greedy answer of transformers to the same picture and question."""
    from PIL import Image

    processor = AutoProcessor.from_pretrained(folder)
    turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": QUESTION}]}]
    text = processor.apply_chat_template(turns, add_generation_prompt=True)
    given = processor(text=[text], images=[Image.open(PICTURE).convert("RGB")], return_tensors="pt")
    ids = opened(folder).generate(**given, max_new_tokens=40, do_sample=False)[0, given["input_ids"].shape[1]:]
    return processor.decode(ids, skip_special_tokens=True).strip()


def trees(folder, out):
    espalier("explore", "--recipe", GREENHOUSE, "--model", folder, "--data", QUESTIONS, "--out", out)
    return [json.loads(line)["branches"] for line in (Path(out) / "trees.jsonl").read_text().splitlines()]


QUESTIONS = world(4)
PICTURE = next(iter(sorted(QUESTIONS.parent.rglob("*.png"))))

for family, base in BASES.items():
    saved = Path(f"saved-{family}")
    with claim(f"{family}: a checkpoint and a processor saved by transformers {transformers.__version__} are explored as"
               " what they were saved from") as detail:
        opened(base).save_pretrained(saved)
        AutoProcessor.from_pretrained(base).save_pretrained(saved)
        names = {file.name for file in saved.iterdir()}
        assert "processor_config.json" in names and "preprocessor_config.json" not in names, names
        assert trees(saved, f"trees-{family}") == trees(base, f"trees-base-{family}")
        detail(" ".join(sorted(names)))
    with claim(f"{family}: the same in shards") as detail:
        shards = Path(f"shards-{family}")
        opened(base).save_pretrained(shards, max_shard_size="1MB")
        AutoProcessor.from_pretrained(base).save_pretrained(shards)
        count = len(list(shards.glob("*.safetensors")))
        assert count > 1
        assert said(shards) == said(base)
        detail(f"{count} files")
    with claim(f"{family}: text in bfloat16 and the rest in float32 gets the greedy answer of transformers") as detail:
        mixed = copied(base, f"mixed-{family}")
        weights = load_file(mixed / WEIGHTS)
        seen = ("visual", "vision_tower", "multi_modal", "newline")
        weights = {name: value if any(word in name for word in seen) else value.bfloat16() for name, value in weights.items()}
        save_file(weights, mixed / WEIGHTS, metadata={"format": "pt"})
        answer, ours = theirs(mixed), said(mixed, "--dtype", "float32").strip()
        assert answer and ours.startswith(answer), (answer, ours)
        assert said(mixed).strip()  # in bfloat16, as most of it is stored
        detail(answer)

with claim("tied heads said at the root while text_config says false") as detail:
    tied = copied(Path("saved-qwen2_5_vl"), "tied")
    edited(tied, lambda config: (config.update(tie_word_embeddings=True),
                                 config["text_config"].update(tie_word_embeddings=False)))
    assert said(tied) == said(BASES["qwen2_5_vl"])

with claim("files that are links into a folder of blobs, as a hub's cache has them") as detail:
    blobs, linked = Path("cache/models--some--model/blobs"), Path("cache/models--some--model/snapshots/0123abcd")
    blobs.mkdir(parents=True), linked.mkdir(parents=True)
    for number, file in enumerate(sorted(Path("saved-qwen2_5_vl").iterdir())):
        shutil.copy(file, blobs / f"{number:040x}")
        (linked / file.name).symlink_to(f"../../blobs/{number:040x}")
    assert said(linked) == said(BASES["qwen2_5_vl"])

with claim("`model inspect` tells what of a checkpoint is used and what is not") as detail:
    more = copied(Path("saved-qwen2_5_vl"), "more")
    weights = load_file(more / WEIGHTS)
    save_file({**weights, "something.else.weight": torch.zeros(2, 2)}, more / WEIGHTS, metadata={"format": "pt"})
    listed = espalier("model", "inspect", more)
    assert "something.else.weight" in listed, listed
    detail(next(line.strip() for line in listed.splitlines() if "something.else.weight" in line))

with claim("another family is refused in one sentence") as detail:
    other = copied(Path("saved-qwen2_5_vl"), "other")
    edited(other, lambda config: config.update(model_type="mllama"))
    sentence = refusal("chat", "--model", other, "hello")
    assert "mllama" in sentence and len(sentence.splitlines()) == 1, sentence
    detail(sentence)

for family in ("qwen2_5_vl", "qwen2_vl", "llava_next"):
    with claim(f"{family}: every reference value agrees on the fixture saved again by transformers, in shards, with"
               " processor_config.json alone") as detail:
        fixture, again = ROOT / "fixtures" / family, Path(f"again-{family}")
        opened(fixture).save_pretrained(again, max_shard_size="100KB")
        tokenizer = AutoProcessor.from_pretrained(BASES.get(family, BASES["qwen2_5_vl"])).tokenizer
        kind = {"qwen2_5_vl": "Qwen2_5_VLProcessor", "qwen2_vl": "Qwen2VLProcessor", "llava_next": "LlavaNextProcessor"}
        parts = {"image_processor": AutoImageProcessor.from_pretrained(fixture), "tokenizer": tokenizer}
        if family != "llava_next":
            from transformers.models.qwen2_vl.video_processing_qwen2_vl import Qwen2VLVideoProcessor

            parts["video_processor"] = Qwen2VLVideoProcessor()
        getattr(transformers, kind[family])(**parts).save_pretrained(again)
        for file in again.glob("token*"):
            file.unlink()
        for name in ("expected.safetensors", "srpo_tree.json", "image_0.png", "image_1.png", "image_2.png"):
            shutil.copy(fixture / name, again)
        shutil.copytree(fixture / "adapter", again / "adapter")
        assert not (again / "preprocessor_config.json").exists()
        report = espalier("model", "verify", again)
        assert report.strip().endswith("Every value agrees."), report
        detail(f"{len(list(again.glob('*.safetensors'))) - 1} shards; {report.count(' agrees')} groups")

finish()
