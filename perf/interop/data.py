"""Training data out and in, with datasets, TRL and LLaMA-Factory. Parts that a package is missing for are not run."""
import contextlib
import importlib.util
import json
import pathlib
import sys

from claims import ROOT, claim, espalier, finish, not_run

import datasets
from datasets import Image, load_dataset

MODEL = ROOT / "greenhouse" / "model"
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"
TEMPLATE = """{% for m in messages %}<|im_start|>{{ m.role }}
{% if m.content is string %}{{ m.content }}{% else %}{% for c in m.content %}{% if c.type == 'image' %}<|vision_start|>\
<|image_pad|><|vision_end|>{% else %}{{ c.text }}{% endif %}{% endfor %}{% endif %}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}"""


def processor():
    """The checkpoint's own, where it has a template; else put together here."""
    from transformers import AutoImageProcessor, AutoProcessor, AutoTokenizer, Qwen2_5_VLProcessor
    from transformers.models.qwen2_vl.video_processing_qwen2_vl import Qwen2VLVideoProcessor

    try:
        own = AutoProcessor.from_pretrained(MODEL)
        if getattr(own, "chat_template", None) and hasattr(own, "tokenizer"):
            return own
    except (OSError, ValueError):
        pass
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    return Qwen2_5_VLProcessor(AutoImageProcessor.from_pretrained(MODEL), tokenizer, Qwen2VLVideoProcessor(),
                               chat_template=TEMPLATE)


def model():
    import torch
    from transformers import AutoModelForImageTextToText

    return AutoModelForImageTextToText.from_pretrained(MODEL, dtype=torch.float32)


def one_step(trainer, config, rows, **more):
    config = config(output_dir="out", max_length=None, max_steps=1, per_device_train_batch_size=2, report_to=[],
                    use_cpu=True, bf16=False, gradient_checkpointing=False, **more)
    with contextlib.redirect_stdout(sys.stderr):
        done = trainer(model=model(), args=config, train_dataset=rows, processing_class=processor())
        return done.train().training_loss


parts = ("train", "validation", "test-seen", "test-combinations", "test-drawings")
espalier("greenhouse", "world", "--out", "world", *(f"--size={part}=16" for part in parts))
questions = "world/train/ssui.jsonl"
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

with claim("DPOTrainer takes a step on `--pairs trl` as the README says") as detail:
    from trl import DPOConfig, DPOTrainer

    detail(f"loss {one_step(DPOTrainer, DPOConfig, load_dataset('trl', split='train')):.4f}")

with claim("SFTTrainer takes a step on `--pairs sft` as the README says") as detail:
    from trl import SFTConfig, SFTTrainer

    detail(f"loss {one_step(SFTTrainer, SFTConfig, load_dataset('sft', split='train')):.4f}")

with claim("KTOTrainer takes a step on `--pairs kto` as the README says") as detail:
    from trl import KTOConfig, KTOTrainer

    detail(f"loss {one_step(KTOTrainer, KTOConfig, load_dataset('kto', split='train')):.4f}")

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
    rows = [json.loads(line) for line in pathlib.Path(questions).read_text().splitlines()]
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

with claim("a preference dataset that datasets wrote is trained on") as detail:
    load_dataset("trl", split="train").to_parquet("pairs.parquet")
    espalier("train", "--method", "dpo", "--model", MODEL, "--dataset", "pairs.parquet", "--out", "dpo", "--epochs", "1")
    losses = [json.loads(line)["loss"] for line in pathlib.Path("dpo/metrics.jsonl").read_text().splitlines()]
    detail(f"{len(losses)} steps, first loss {losses[0]:.4f}")

finish()
