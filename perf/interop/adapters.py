"""Adapters and merged models, there and back, with transformers and PEFT: logits over text and over a picture."""
import json
import shutil
from pathlib import Path

from claims import ROOT, claim, espalier, finish, refusal

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoModelForImageTextToText, AutoProcessor

MODEL = ROOT / "greenhouse" / "model"
GREENHOUSE = ROOT / "recipes" / "greenhouse.yaml"
FAMILIES = ("qwen2_5_vl", "qwen2_vl", "llava_next")
SEVEN = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
QUESTION = "Is it safe to pour?"
MERGER = {"qwen2_5_vl": "merger", "qwen2_vl": "merger", "llava_next": "multi_modal_projector"}


def opened(folder):
    return AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()


@torch.no_grad()
def logits(model, given):
    return model(**given).logits


def of_fixture(family):
    """The prompt of a fixture with its picture, as the published processor made it."""
    folder = ROOT / "fixtures" / family
    values, config = load_file(folder / "expected.safetensors"), json.loads((folder / "config.json").read_text())
    ids = next(values[key] for key in sorted(values) if key.endswith(".input_ids")
               and values[key.replace(".input_ids", ".images")].tolist() == [0])
    given = {"input_ids": ids.unsqueeze(0)}
    if family == "llava_next":
        given |= {"pixel_values": values["processor.pixel_values.0"].unsqueeze(0),
                  "image_sizes": values["processor.image_sizes.0"].reshape(1, 2)}
    else:
        given |= {"pixel_values": values["processor.pixel_values.0"],
                  "image_grid_thw": values["processor.grid_thw.0"].reshape(1, 3),
                  "mm_token_type_ids": (given["input_ids"] == config["image_token_id"]).int()}
    return folder, given


def compared(detail, one, other, base):
    difference, size = (one - other).abs().max().item(), other.abs().max().item()
    changed = (other - base).abs().max().item()
    detail(f"largest difference {difference:.1e} of {size:.1f}, the adapter changes {changed:.1f}")
    assert difference < 1e-4 * size and changed > 0.01 * size, (difference, size, changed)


def foreign(family, name, **settings):
    """A PEFT adapter of random values: PEFT's logits, and those of the model that `espalier model merge` makes."""
    with claim(f"{family}: PEFT's {name} merges to PEFT's logits, with a picture") as detail:
        folder, given = of_fixture(family)
        base = opened(folder)
        plain = logits(base, given)
        torch.manual_seed(1)
        model = get_peft_model(base, LoraConfig(**{"r": 4, "lora_alpha": 8, **settings})).eval()
        for key, weight in model.named_parameters():
            if weight.requires_grad:
                size = 0.05 * weight.abs().mean() if "magnitude" in key or "modules_to_save" in key else 0.05
                weight.data += torch.randn_like(weight) * size
        made = Path(f"{family}-{name.replace(' ', '-')}".replace("/", "-"))
        model.save_pretrained(made / "adapter")
        espalier("model", "merge", folder, "--adapter", made / "adapter", "--out", made / "merged")
        compared(detail, logits(opened(made / "merged"), given), logits(model, given), plain)
        shutil.rmtree(made)


def processed(processor, picture):
    turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": QUESTION}]}]
    text = processor.apply_chat_template(turns, add_generation_prompt=True)
    return processor(text=[text], images=[picture], return_tensors="pt")


def ours(name, targets, dora=False):
    """An adapter that `espalier train` made: PEFT's logits beside those of the merged model."""
    with claim(f"an adapter of {name} trained by `espalier train` gives PEFT the logits of the merged model") as detail:
        start = ("--adapter", f"{name}-begun") if dora else ()
        if dora:
            espalier("model", "dora", MODEL, "--targets", targets, "--out", f"{name}-begun")
        espalier("train", "--recipe", GREENHOUSE, "--method", "sft", "--epochs", "1", "--learning-rate", "1e-2", "--model", MODEL,
                 "--trees", "trees", "--targets", targets, *start, "--out", name)
        espalier("model", "merge", MODEL, "--adapter", f"{name}/adapter", "--out", f"{name}/merged")
        picture = Image.open(next(iter(sorted(Path("world").rglob("*.png"))))).convert("RGB")
        given = processed(AutoProcessor.from_pretrained(f"{name}/merged"), picture)
        base = opened(MODEL)
        plain = logits(base, given)
        tuned = PeftModel.from_pretrained(base, f"{name}/adapter")
        adapted = [key for key in tuned.state_dict() if ("magnitude" if dora else "lora_A") in key]
        detail(f"{len(adapted)} modules, {sum('visual' in key for key in adapted)} of them of the vision side")
        compared(detail, logits(opened(f"{name}/merged"), given), logits(tuned, given), plain)


with claim("AutoProcessor's prompt of a picture and a question gets the greedy answer of `espalier chat`") as detail:
    parts = ("train", "validation", "test-seen", "test-combinations", "test-drawings")
    espalier("greenhouse", "world", "--out", "world", *(f"--size={part}=8" for part in parts))
    processor = AutoProcessor.from_pretrained(MODEL)
    file = next(iter(sorted(Path("world").rglob("*.png"))))
    given = processed(processor, Image.open(file).convert("RGB"))
    ids = opened(MODEL).generate(**given, max_new_tokens=40, do_sample=False)[0, given["input_ids"].shape[1]:]
    theirs = processor.decode(ids, skip_special_tokens=True).strip()
    said = espalier("chat", "--model", MODEL, "--image", file, "--greedy", "--max-tokens", "40", QUESTION).strip()
    detail(f"{type(processor).__name__}: {theirs}")
    assert theirs and said.startswith(theirs), (theirs, said)

with claim("explores a world made here") as detail:
    data = next(Path("world").rglob("train/ssui.jsonl"))
    espalier("explore", "--recipe", GREENHOUSE, "--model", MODEL, "--data", data, "--out", "trees")

ours("the-language-model", "language-model")
ours("all-linear", "all-linear")
ours("DoRA", "all-linear", dora=True)

with claim("a card beside each adapter that huggingface_hub reads; dropout 0, and said so") as detail:
    from huggingface_hub import ModelCard
    from peft import PeftConfig

    card, config = ModelCard.load("all-linear/adapter/README.md").data, PeftConfig.from_pretrained("all-linear/adapter")
    assert card.library_name == "peft" and "lora" in card.tags, card
    assert config.lora_dropout == 0 and "lora_dropout" in Path("all-linear/adapter/adapter_config.json").read_text()
    detail(f"library_name {card.library_name}, tags {card.tags}")

for start in ("pissa", "pissa_niter_4", "olora", "corda", "loftq"):
    with claim(f"an adapter that PEFT begins as {start}, which changes the base model, is refused by name") as detail:
        made = get_peft_model(opened(MODEL), LoraConfig(r=4, target_modules=["q_proj"], init_lora_weights="pissa" if
                                                        start in ("corda", "loftq") else start))
        made.save_pretrained(start)
        if start in ("corda", "loftq"):  # PEFT makes these from data or with another package; its config says so alike
            config = json.loads(Path(start, "adapter_config.json").read_text())
            Path(start, "adapter_config.json").write_text(json.dumps(config | {"init_lora_weights": start}))
        sentence = refusal("chat", "--model", MODEL, "--adapter", start, "hello")
        assert start in sentence and len(sentence.splitlines()) == 1, sentence
        detail(sentence)

with claim("a tensor that is there twice, under an old and a new name, is refused by its name") as detail:
    from safetensors.torch import save_file

    get_peft_model(opened(MODEL), LoraConfig(r=4, target_modules=["q_proj"])).save_pretrained("twice")
    tensors = load_file("twice/adapter_model.safetensors")
    name = next(name for name in tensors if "language_model" in name)
    other = name.replace("model.language_model.", "model.")
    save_file({**tensors, other: tensors[name].clone()}, "twice/adapter_model.safetensors")
    sentence = refusal("chat", "--model", MODEL, "--adapter", "twice", "hello")
    assert name in sentence or other in sentence, sentence
    detail(sentence)

for family in FAMILIES:
    foreign(family, "seven names", target_modules=SEVEN)
    foreign(family, "all-linear with rank and alpha patterns and rsLoRA", target_modules="all-linear", use_rslora=True,
            rank_pattern={"q_proj": 2, r"layers\.1\..*": 6}, alpha_pattern={"v_proj": 3})
    foreign(family, "DoRA", target_modules="all-linear", use_dora=True, exclude_modules=["up_proj"])
    foreign(family, "lora_bias", lora_bias=True,
            target_modules=r".*(qkv|q_proj|fc1)" if family == "qwen2_vl" else r".*visual.*qkv|.*vision_tower.*q_proj")
    foreign(family, "modules to save", target_modules=["q_proj"],
            modules_to_save=["lm_head", "embed_tokens", MERGER[family]])

finish()
