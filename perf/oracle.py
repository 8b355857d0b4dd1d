"""Reference values for a family of models: a small checkpoint of random weights, and what transformers and peft make of it.

    python perf/oracle.py qwen2_vl fixtures/qwen2_vl
    python perf/oracle.py llava_next /tmp/other --variant several
    python perf/oracle.py --vision fixtures/qwen2_5_vl
    python perf/oracle.py --dora fixtures/qwen2_vl

The last two take a folder that exists and write into its folder vision, or dora, an adapter of all linear modules, those of the
vision side too, with its losses and gradients; the second one with DoRA.

The layout of the folder is told in fixtures/README.md; `espalier model verify FOLDER` compares. Everything is computed in
float64 on the processor and stored as float32. The published code takes some things in float32 whatever the type of the
model; see exactly() for those that are taken in float64 here, so that what is compared is the arithmetic and not the
rounding of one machine (--published leaves them).

Made with transformers 5.17.0, peft 0.21.0, torch 2.11.0, pillow 12.3.0.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from torch.nn.functional import log_softmax, logsigmoid

MEAN, STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
KINDS = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
TEXT = dict(hidden_size=64, intermediate_size=160, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
            vocab_size=512, max_position_embeddings=4096, hidden_act="silu", bos_token_id=1, eos_token_id=2)


class LlavaNext:
    """Pictures as tiles. Variants: what a checkpoint may have otherwise."""

    name = "llava_next"
    clip = dict(model_type="clip_vision_model", hidden_size=32, intermediate_size=72, image_size=56, patch_size=14,
                num_hidden_layers=4, num_attention_heads=2, projection_dim=32, hidden_act="quick_gelu",
                layer_norm_eps=1e-5)
    points = [[56, 112], [112, 56], [112, 112], [168, 56], [56, 168]]
    llama3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                  original_max_position_embeddings=64)
    variants = {
        "plain": dict(),
        "several": dict(
            text=dict(hidden_size=80, num_attention_heads=5, num_key_value_heads=5, intermediate_size=96,
                      num_hidden_layers=2, rms_norm_eps=1e-6, rope_theta=10000.0, head_dim=24, vocab_size=300,
                      tie_word_embeddings=True),
            clip=dict(hidden_size=48, num_attention_heads=3, num_hidden_layers=3, image_size=42, hidden_act="gelu"),
            points=[[84, 84], [42, 84], [84, 42], [42, 126], [126, 84]],
            root=dict(vision_feature_layer=[-1, 1, 0], tie_word_embeddings=True, projector_hidden_act="relu"),
            sizes=[(200, 31), (33, 190), (17, 17), (400, 300), (84, 84)], layout="new"),
        "scaled": dict(
            text=dict(rope_scaling=llama3, rope_theta=500000.0), clip=dict(image_size=30, patch_size=7),
            points=[[30, 60], [60, 30], [60, 60]],
            root=dict(vision_feature_layer=3, multimodal_projector_bias=False, projector_hidden_act="gelu_pytorch_tanh"),
            sizes=[(1000, 7), (61, 60), (29, 90)], layout="old"),
    }

    def __init__(self, variant):
        from transformers import LlavaNextConfig, LlavaNextForConditionalGeneration
        from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil
        given = self.variants[variant]
        text = dict(TEXT, model_type="llama", rope_theta=500000.0, rms_norm_eps=1e-5, **{}) | given.get("text", {})
        clip = self.clip | given.get("clip", {})
        points = given.get("points", self.points)
        self.image_token = text["vocab_size"] - 1
        self.config = dict(
            architectures=["LlavaNextForConditionalGeneration"], model_type="llava_next", image_grid_pinpoints=points,
            image_token_index=self.image_token, projector_hidden_act="gelu", text_config=text, vision_config=clip,
            vision_feature_layer=-2, vision_feature_select_strategy="default", tie_word_embeddings=False,
            torch_dtype="float32") | given.get("root", {})
        side = clip["image_size"]
        self.preprocessor = dict(
            image_processor_type="LlavaNextImageProcessor", do_resize=True, size={"shortest_edge": side}, resample=3,
            do_center_crop=True, crop_size={"height": side, "width": side}, do_rescale=True, rescale_factor=1 / 255,
            do_normalize=True, image_mean=MEAN, image_std=STD, do_convert_rgb=True, do_pad=True,
            image_grid_pinpoints=points)
        self.layout = given.get("layout", "old")
        self.sizes = given.get("sizes", [(90, 61), (47, 170), (64, 64)])
        self.model = LlavaNextForConditionalGeneration(LlavaNextConfig(**json.loads(json.dumps(self.config))))
        self.processor = LlavaNextImageProcessorPil(**self.preprocessor)

    def processed(self, picture):
        made = self.processor([picture], return_tensors="pt")
        return {"pixel_values": made["pixel_values"][0], "image_sizes": torch.as_tensor(made["image_sizes"])[0]}

    def inputs(self, ids, shown):
        if not shown:
            return {}
        most = max(len(one["pixel_values"]) for one in shown)
        pixels = [torch.cat([p := one["pixel_values"].double(), p.new_zeros(most - len(p), *p.shape[1:])]) for one in shown]
        return {"pixel_values": torch.stack(pixels), "image_sizes": torch.stack([one["image_sizes"] for one in shown])}

    def features(self, shown):
        seen = self.model.model.get_image_features(**self.inputs(None, shown), return_dict=True)
        return torch.cat(seen.pooler_output, dim=0)

    def place(self, features):
        return [self.image_token] * len(features)

    def positions(self, ids, shown):
        return None

    def disk(self, name):
        if self.layout == "new":
            return name
        name = name.replace("lm_head", "language_model.lm_head").replace("model.language_model.", "language_model.model.")
        return name.replace("model.vision_tower.", "vision_tower.vision_model.").removeprefix(
            "model." if "multi_modal" in name or "newline" in name else "\0")


class Qwen2Vl:
    """Pictures as patches of their own number; positions in three rows."""

    name = "qwen2_vl"
    variants = {
        "plain": dict(),
        "tied": dict(text=dict(tie_word_embeddings=True, num_key_value_heads=1, num_hidden_layers=2),
                     vision=dict(depth=2, embed_dim=48, num_heads=3, mlp_ratio=2), sizes=[(30, 200), (200, 100)]),
    }

    def __init__(self, variant):
        from transformers import Qwen2VLConfig, Qwen2VLForConditionalGeneration
        from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
        given = self.variants[variant]
        text = TEXT | dict(rope_theta=1e6, rms_norm_eps=1e-6, tie_word_embeddings=False) | given.get("text", {})
        half = text["hidden_size"] // text["num_attention_heads"] // 2
        vision = dict(depth=4, embed_dim=32, hidden_size=text["hidden_size"], num_heads=2, mlp_ratio=4,
                      in_channels=3, patch_size=14, spatial_merge_size=2, temporal_patch_size=2,
                      hidden_act="quick_gelu") | given.get("vision", {})
        self.start, self.end, self.image_token = (text["vocab_size"] - n for n in (4, 3, 2))
        special = dict(vision_start_token_id=self.start, vision_end_token_id=self.end,
                       image_token_id=self.image_token, video_token_id=text["vocab_size"] - 1)
        rope = dict(type="mrope", mrope_section=[half // 4, half * 3 // 8, half * 3 // 8])
        self.config = dict(architectures=["Qwen2VLForConditionalGeneration"], model_type="qwen2_vl",
                           torch_dtype="float32", use_sliding_window=False, rope_scaling=rope, vision_config=vision,
                           **text, **special)
        self.preprocessor = dict(image_processor_type="Qwen2VLImageProcessor", min_pixels=3136, max_pixels=12845056,
                                 patch_size=14, temporal_patch_size=2, merge_size=2, image_mean=MEAN, image_std=STD)
        self.sizes = given.get("sizes", [(90, 61), (47, 170), (64, 64)])
        nested = {key: value for key, value in text.items() if key != "tie_word_embeddings"}
        self.model = Qwen2VLForConditionalGeneration(Qwen2VLConfig(
            text_config=dict(nested, rope_scaling=dict(rope), use_sliding_window=False), vision_config=dict(vision),
            tie_word_embeddings=text["tie_word_embeddings"], **special))
        self.processor = Qwen2VLImageProcessorPil(**self.preprocessor)

    def processed(self, picture):
        made = self.processor([picture], return_tensors="pt")
        return {"pixel_values": made["pixel_values"], "grid_thw": made["image_grid_thw"][0]}

    def inputs(self, ids, shown):
        if not shown:
            return {}
        return {"pixel_values": torch.cat([one["pixel_values"].double() for one in shown]),
                "image_grid_thw": torch.stack([one["grid_thw"] for one in shown]),
                "mm_token_type_ids": (ids == self.image_token).int()}

    def features(self, shown):
        given = self.inputs(torch.zeros(1, 1), shown)
        seen = self.model.model.get_image_features(given["pixel_values"], given["image_grid_thw"], return_dict=True)
        return torch.cat(seen.pooler_output, dim=0)

    def place(self, features):
        return [self.start] + [self.image_token] * len(features) + [self.end]

    def positions(self, ids, shown):
        if not shown:
            return None
        given = self.inputs(ids, shown)
        return self.model.model.get_rope_index(ids, mm_token_type_ids=given["mm_token_type_ids"],
                                               image_grid_thw=given["image_grid_thw"])

    def disk(self, name):
        return name.replace("model.language_model.", "model.").replace("model.visual.", "visual.")


def existing(folder):
    """A family whose checkpoint and processed pictures are there."""
    from safetensors.torch import load_file
    from transformers import AutoModelForImageTextToText
    config = json.loads((folder / "config.json").read_text())
    family = object.__new__(LlavaNext if config["model_type"] == "llava_next" else Qwen2Vl)
    family.config = config
    family.image_token = config.get("image_token_id", config.get("image_token_index"))
    family.model = AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float64).eval()
    for module in family.model.modules():  # the reference rounds them once here, the published code at each step
        if type(module).__name__ in ("Qwen2_5_VLRotaryEmbedding", "Qwen2_5_VLVisionRotaryEmbedding"):
            base = config.get("rope_theta", 10000.0) if hasattr(module, "mrope_section") else 10000.0
            count = len(module.inv_freq)
            module.inv_freq = (base ** -(torch.arange(count, dtype=torch.float64) / count)).float()
    values = load_file(folder / "expected.safetensors")
    shown = []
    while (pixels := values.get(f"processor.pixel_values.{len(shown)}")) is not None:
        name = "image_sizes" if family.name == "llava_next" else "grid_thw"
        shown.append({"pixel_values": pixels, name: values[f"processor.{name}.{len(shown)}"].flatten()})
    return family, values, shown


def further(folder, name, dora=False):
    """Losses and gradients of an adapter of all linear modules, on the tree of a folder that exists."""
    family, values, shown = existing(folder)
    oracle = object.__new__(Oracle)
    oracle.family, oracle.folder, oracle.shown, oracle.values = family, folder / name, shown, {}
    tree = json.loads((folder / "srpo_tree.json").read_text())
    oracle.numbers = next((values[key.replace(".input_ids", ".images")].tolist() for key, ids in values.items()
                           if key.endswith(".input_ids") and ids.tolist() == tree["prompt"]), [0])
    oracle.values = {"case.tree.input_ids": torch.tensor(tree["prompt"]), "case.tree.images": torch.tensor(oracle.numbers)}
    oracle.training(tree, "all-linear", 2, ("sft", "srpo"), False, dora)
    oracle.save(oracle.folder / "expected.safetensors", oracle.values)


def exactly():
    """What the published code computes in float32 whatever the type of the model, in that type; only the angles of rotary
    positions and their sines stay in float32, but rounded as float32 is rounded, not as one library's vector code does."""
    from transformers.models.llama import modeling_llama
    from transformers.models.qwen2_5_vl import modeling_qwen2_5_vl
    from transformers.models.qwen2_vl import modeling_qwen2_vl

    for norm in (modeling_llama.LlamaRMSNorm, modeling_qwen2_vl.Qwen2VLRMSNorm, modeling_qwen2_5_vl.Qwen2_5_VLRMSNorm):
        norm.forward = lambda self, x: self.weight * (
            x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.variance_epsilon))

    def turned(self, x, position_ids):
        angles = (position_ids[..., None].float() * self.inv_freq.float()).double()
        put = getattr(self, "recomposition_frequencies", lambda freq: torch.cat((freq, freq), -1))
        return put(angles.cos().float()).to(x.dtype), put(angles.sin().float()).to(x.dtype)

    for rotary in (modeling_llama.LlamaRotaryEmbedding, modeling_qwen2_vl.Qwen2VLRotaryEmbedding,
                   modeling_qwen2_vl.Qwen2VLVisionRotaryEmbedding, modeling_qwen2_5_vl.Qwen2_5_VLRotaryEmbedding,
                   modeling_qwen2_5_vl.Qwen2_5_VLVisionRotaryEmbedding):
        rotary.forward = torch.no_grad()(turned)

    def rotated(q, k, cos, sin):
        half = modeling_qwen2_vl.rotate_half
        cos, sin = cos.unsqueeze(-2), sin.unsqueeze(-2)
        return q * cos + half(q) * sin, k * cos + half(k) * sin

    modeling_qwen2_vl.apply_rotary_pos_emb_vision = rotated
    modeling_qwen2_5_vl.apply_rotary_pos_emb_vision = rotated


def draw(model, seed):
    """Weights that float32 holds, of a size that keeps activations of order one."""
    torch.manual_seed(seed)
    for name, weight in model.named_parameters():
        if weight.dim() > 1:
            drawn = torch.randn(weight.shape, dtype=torch.float32) * weight[0].numel() ** -0.5
        elif name.endswith("bias"):
            drawn = torch.randn(weight.shape, dtype=torch.float32) * 0.05
        else:
            drawn = (1 if "norm" in name else 0) + torch.randn(weight.shape, dtype=torch.float32) * 0.1
        weight.data.copy_(drawn.to(weight.dtype))


def picture(size, number):
    """Noise over slopes, so that resizing has something to round."""
    width, height = size
    random = np.random.default_rng(number)
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    slopes = np.stack([x, y, (x + y) / 2], -1) * 180
    return Image.fromarray(np.clip(slopes + random.normal(40, 45, (height, width, 3)), 0, 255).astype(np.uint8))


class Oracle:
    def __init__(self, family, folder):
        self.family, self.folder, self.values = family, folder, {}
        self.random = np.random.default_rng(7)
        self.numbers = [0]
        self.plain = family.config.get("vocab_size", family.config.get("text_config", {}).get("vocab_size")) - 8
        self.pictures = [picture(size, number) for number, size in enumerate(family.sizes)]
        self.shown = [family.processed(one) for one in self.pictures]

    def words(self, count):
        return self.random.integers(3, self.plain, count).tolist()

    def prompt(self, numbers):
        ids = self.words(4)
        for number in numbers:
            ids += self.family.place(self.features[number]) + self.words(5)
        return ids + self.words(4)

    def forward(self, ids, numbers, model=None, **more):
        ids = torch.tensor([ids])
        shown = [self.shown[number] for number in numbers]
        places = self.family.positions(ids, shown)
        if places is not None:
            more["position_ids"] = places[0]
        return (model or self.family.model)(input_ids=ids, **self.family.inputs(ids, shown), **more)

    @torch.no_grad()
    def cases(self):
        self.features = [self.family.features([one]) for one in self.shown]
        for number, one in enumerate(self.shown):
            for name, value in one.items():
                self.values[f"processor.{name}.{number}"] = value
            self.values[f"image_features.{number}"] = self.features[number]
        several = [list(range(len(self.shown))), [len(self.shown) - 1, 0]]
        for name, numbers in [("text", []), ("one", [0]), ("all", several[0]), ("turned", several[1])]:
            self.case(name, self.prompt(numbers) if numbers else self.words(13), numbers)

    def case(self, name, ids, numbers):
        prefix = f"case.{name}."
        made = self.forward(ids, numbers, output_hidden_states=True)
        self.values[prefix + "input_ids"] = torch.tensor(ids)
        self.values[prefix + "images"] = torch.tensor(numbers, dtype=torch.int64)
        for layer, state in enumerate(made.hidden_states):
            self.values[prefix + f"hidden.{layer}"] = state[0]
        self.values[prefix + "logits"] = made.logits[0]
        tensor = torch.tensor([ids])
        places = self.family.positions(tensor, [self.shown[number] for number in numbers])
        if places is not None:
            self.values[prefix + "position_ids"] = places[0][:, 0]
            self.values[prefix + "rope_delta"] = places[1].flatten()[:1]
        given = self.family.inputs(tensor, [self.shown[number] for number in numbers])
        said = self.family.model.generate(input_ids=tensor, attention_mask=torch.ones_like(tensor), **given,
                                          do_sample=False, max_new_tokens=12, eos_token_id=None, pad_token_id=0)
        self.values[prefix + "greedy"] = said[0, len(ids):]

    def tree(self):
        steps = lambda count: [self.words(int(self.random.integers(3, 9))) for _ in range(count)]
        return dict(prompt=self.prompt([0]), reference=steps(4), trunk=steps(4), k=1.0, **{"lambda": 0.3}, branches=[
            dict(shared_steps=shared, positive=steps(2), negative=steps(3)) for shared in range(3)])

    def logps(self, model, tree, continuation, stem=()):
        ids = tree["prompt"] + list(stem) + continuation
        logits = self.forward(ids, self.numbers, model).logits[0]
        first = len(ids) - len(continuation)
        return log_softmax(logits[first - 1:-1], -1).gather(1, torch.tensor(ids[first:])[:, None])[:, 0]

    def losses(self, model, tree):
        joined = lambda steps: [token for step in steps for token in step]
        reference = self.logps(model, tree, joined(tree["reference"]))
        sums = torch.stack([
            torch.stack([self.logps(model, tree, joined(branch[side]), joined(tree["trunk"][:branch["shared_steps"]])).sum()
                         for side in ("positive", "negative")]) for branch in tree["branches"]])
        terms = lambda k: -k * logsigmoid(sums[:, 0] - sums[:, 1])
        j_ref, j_align = -reference.mean(), terms(tree["k"]).sum()
        ends = np.cumsum([len(step) for step in tree["reference"]])[:-1].tolist()
        steps = torch.stack([part.sum() for part in torch.tensor_split(reference, ends)])
        branch = tree["branches"][1]
        stem = joined(tree["trunk"][:branch["shared_steps"]])
        chosen, rejected = (self.logps(model, tree, stem + joined(branch[side])) for side in ("positive", "negative"))
        with torch.no_grad(), model.disable_adapter():
            base = [self.logps(model, tree, stem + joined(branch[side])).sum() for side in ("positive", "negative")]
        odds = (chosen.mean() - rejected.mean()) - (
            torch.log1p(-torch.exp(chosen.mean())) - torch.log1p(-torch.exp(rejected.mean())))
        loss = {
            "sft": -reference.mean(),
            "dpo": -logsigmoid(0.1 * ((chosen.sum() - base[0]) - (rejected.sum() - base[1]))),
            "orpo": -chosen.mean() + 0.1 * -logsigmoid(odds),
            "srpo": j_ref + tree["lambda"] * j_align,
            "srpo.paper": -steps.mean() + tree["lambda"] * j_align,
        }
        rest = {
            "srpo.reference_logps": reference, "srpo.j_ref": j_ref, "srpo.branch_logps": sums,
            "srpo.align_terms": terms(1.0), "srpo.j_align": j_align, "srpo.paper.step_logps": steps,
            "srpo.paper.j_ref": -steps.mean(), "srpo.loss.k2_lambda0.5": j_ref + 0.5 * terms(2.0).sum(),
            "dpo.logps": torch.stack([chosen.sum(), rejected.sum(), *base]),
            "orpo.parts": torch.stack([-chosen.mean(), -logsigmoid(odds)]),
        }
        return loss, rest

    def training(self, tree, targets=KINDS, rank=8, names=("sft", "dpo", "orpo", "srpo", "srpo.paper"), stepped=True,
                 dora=False):
        model = get_peft_model(self.family.model, LoraConfig(r=rank, lora_alpha=16, target_modules=targets, use_dora=dora,
                                                             task_type="CAUSAL_LM"), autocast_adapter_dtype=False)
        trained = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
        torch.manual_seed(3)
        for name, weight in trained.items():
            drawn = torch.randn(weight.shape, dtype=torch.float32) * 0.2
            # Lengths begin as the rows have them.
            weight.data.copy_((weight.float() * (1 + drawn) if "magnitude" in name else drawn).double())
        self.save(self.folder / "adapter" / "adapter_model.safetensors",
                  {self.stored(name): weight for name, weight in trained.items()})
        config = model.peft_config["default"].to_dict() | dict(inference_mode=True, target_modules=targets)
        config["peft_type"] = "LORA"
        config.pop("runtime_config", None)
        (self.folder / "adapter" / "adapter_config.json").write_text(json.dumps(config, indent=2, default=str) + "\n")
        for name in names:
            loss, rest = self.losses(model, tree)
            model.zero_grad()
            loss[name].backward()
            self.values[f"{name}.loss"] = loss[name]
            self.values |= rest
            for key, weight in trained.items():
                self.values[f"{name}.grad.{self.stored(key)}"] = (
                    torch.zeros_like(weight) if weight.grad is None else weight.grad.clone())
        if not stepped:
            return
        optimizer = torch.optim.AdamW(trained.values(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
        found = []
        for _ in range(3):
            loss = self.losses(model, tree)[0]["srpo"]
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
            optimizer.step()
            found.append(loss.detach())
        self.values["adamw.losses"] = torch.stack(found)
        for key, weight in trained.items():
            self.values[f"adamw.final.{self.stored(key)}"] = weight

    @staticmethod
    def stored(name):
        return name.replace(".default.", ".").replace("magnitude_vector.weight", "magnitude_vector")

    @staticmethod
    def save(file, tensors):
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = lambda tensor: tensor.dtype in (torch.int64, torch.int32)
        save_file({name: (tensor.detach().long() if whole(tensor) else tensor.detach().float()).reshape(
            tensor.shape or (1,)).contiguous().clone() for name, tensor in tensors.items()}, file, {"format": "pt"})
        file.chmod(0o644)

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.json").write_text(json.dumps(self.family.config, indent=1) + "\n")
        (self.folder / "preprocessor_config.json").write_text(json.dumps(self.family.preprocessor, indent=1) + "\n")
        for number, one in enumerate(self.pictures):
            one.save(self.folder / f"image_{number}.png")
        weights = {self.family.disk(name): weight for name, weight in self.family.model.named_parameters()}
        self.save(self.folder / "model.safetensors", weights)
        self.cases()
        tree = self.tree()
        (self.folder / "srpo_tree.json").write_text(json.dumps(tree))
        self.training(tree)
        self.save(self.folder / "expected.safetensors", self.values)


def main():
    families = {family.name: family for family in (LlavaNext, Qwen2Vl)}
    words = argparse.ArgumentParser()
    words.add_argument("family", choices=families, nargs="?")
    words.add_argument("folder", type=Path, nargs="?")
    words.add_argument("--vision", type=Path, metavar="FOLDER")
    words.add_argument("--dora", type=Path, metavar="FOLDER")
    words.add_argument("--variant", default="plain")
    words.add_argument("--published", action="store_true")
    given = words.parse_args()
    if not given.published:
        exactly()
    torch.manual_seed(0)
    if given.vision:
        return further(given.vision, "vision")
    if given.dora:
        return further(given.dora, "dora", dora=True)
    family = families[given.family](given.variant)
    draw(family.model, 1)
    family.model.double().eval()
    Oracle(family, given.folder).write()


main()
