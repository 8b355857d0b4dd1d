"""A DPO step of LLaMA-Factory and of ms-swift on our exports, and their adapters here. Each is run where the interpreter's
environment has its command; they need environments of their own, since they pin other versions of the same packages."""
import json
import os
import pathlib
import subprocess
import sys

from claims import ROOT, claim, espalier, finish, not_run

MODEL = ROOT / "greenhouse" / "model"
COMMANDS = pathlib.Path(sys.executable).parent
LLAMA_FACTORY, SWIFT = COMMANDS / "llamafactory-cli", COMMANDS / "swift"
STEP = "takes a DPO step on `--pairs {}` with the greenhouse's model, and its adapter is read here"


def export(form):
    if not pathlib.Path("trees").exists():
        parts = ("train", "validation", "test-seen", "test-combinations", "test-drawings")
        espalier("greenhouse", "world", "--out", "world", *(f"--size={part}=16" for part in parts))
        espalier("explore", "--recipe", ROOT / "recipes" / "greenhouse.yaml", "--model", MODEL,
                 "--data", "world/train/ssui.jsonl", "--out", "trees")
    espalier("ssui", "export", "trees", "--pairs", form, "--out", form)


def run(*words, folder="."):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, cwd=folder,
                          env={**os.environ, "CUDA_VISIBLE_DEVICES": ""})
    sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
    assert done.returncode == 0, (done.stderr or done.stdout).strip()[-200:]


def read_here(adapter):
    espalier("bench", "rsbench", "--data", "world/test-seen/ssui.jsonl", "--model", MODEL, "--adapter", adapter,
             "--out", f"asked-{adapter.parts[0]}")


if LLAMA_FACTORY.exists():
    with claim("LLaMA-Factory " + STEP.format("llama-factory")) as detail:
        export("llama-factory")
        settings = {"model_name_or_path": str(MODEL), "stage": "dpo", "do_train": True, "finetuning_type": "lora",
                    "lora_target": "q_proj,v_proj", "dataset": "espalier_pairs", "dataset_dir": "llama-factory",
                    "media_dir": "llama-factory", "template": "qwen2_vl", "cutoff_len": 1024, "output_dir": "factory-out",
                    "max_steps": 1, "per_device_train_batch_size": 2, "report_to": "none", "use_cpu": True}
        pathlib.Path("dpo.yaml").write_text(json.dumps(settings))  # JSON is YAML
        run(LLAMA_FACTORY, "train", "dpo.yaml")
        read_here(pathlib.Path("factory-out"))
        detail(f"loss {json.loads(pathlib.Path('factory-out/train_results.json').read_text())['train_loss']:.4f}")
else:
    not_run("LLaMA-Factory " + STEP.format("llama-factory"), "llamafactory is not installed beside this interpreter")

if SWIFT.exists():
    with claim("ms-swift " + STEP.format("ms-swift")) as detail:
        export("ms-swift")
        run(SWIFT, "rlhf", "--rlhf_type", "dpo", "--model", MODEL, "--model_type", "qwen2_5_vl", "--template", "qwen2_5_vl",
            "--dataset", "pairs.jsonl", "--max_steps", 1, "--tuner_type", "lora", "--target_modules", "q_proj", "v_proj",
            "--use_hf", "true", "--torch_dtype", "float32", "--per_device_train_batch_size", 2, "--report_to", "none",
            "--output_dir", pathlib.Path("swift-out").resolve(), folder="ms-swift")
        (adapter,) = pathlib.Path("swift-out").glob("*/checkpoint-1")
        read_here(adapter)
        state = json.loads((adapter / "trainer_state.json").read_text())
        detail(f"loss {next(log['loss'] for log in state['log_history'] if 'loss' in log):.4f}")
else:
    not_run("ms-swift " + STEP.format("ms-swift"), "ms-swift is not installed beside this interpreter")

finish()
