"""Models to and from a hub, and the cache on disk, with huggingface_hub; both sides speak to one server on this machine."""
import json
import os
import pathlib
import shutil
import subprocess

TOKEN = "hf_interop"
for name in list(os.environ):
    if name.startswith(("HF_", "HUGGING")):
        del os.environ[name]
WORK = pathlib.Path.cwd()
os.environ.update(HF_HOME=str(WORK / "home"), HF_TOKEN=TOKEN, HF_HUB_DISABLE_XET="1", HF_HUB_DISABLE_PROGRESS_BARS="1")

from claims import ROOT, claim, espalier, finish, world  # noqa: E402

MODEL = ROOT / "greenhouse" / "model"


class Server:
    """`espalier perf hub`, which prints its address first."""

    def __init__(self, *more):
        command = [os.environ["ESPALIER"], "perf", "hub", str(WORK / "hub"), "--token-env", "HF_TOKEN", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.address = line.split(";")[0].removeprefix("Listening at ")

    def __enter__(self):
        os.environ["HF_ENDPOINT"] = self.address
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def python(cache, code):
    """Runs the Python client in a process of its own, since it reads the environment once; returns what it prints."""
    environment = {**os.environ, "HF_HUB_CACHE": str(cache)}
    import sys

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr.strip().splitlines()[-1])
    return done.stdout.strip()


def ours(cache, *words, **more):
    return espalier(*words, env={**os.environ, "HF_HUB_CACHE": str(cache)}, **more)


def same(folder):
    wanted = {p.name: p.read_bytes() for p in MODEL.iterdir() if p.suffix in (".json", ".safetensors", ".md")}
    found = {p.name: p.read_bytes() for p in pathlib.Path(folder).iterdir() if p.name in wanted}
    assert wanted == found, wanted.keys() ^ found.keys()
    return len(found)


def layout(cache):
    """Every name below a cache but those of locks and of what Python alone writes, with where links lead."""
    entries = {}
    for path in sorted(pathlib.Path(cache).rglob("*")):
        name = str(path.relative_to(cache))
        if name.startswith((".locks", "CACHEDIR")) or "/.no_exist" in name or "/trees" in name or path.is_dir():
            continue
        entries[name] = os.readlink(path) if path.is_symlink() else path.read_bytes()
    return entries


DOWNLOAD = "from huggingface_hub import snapshot_download as d; print(d('some/model'{}))"
PATTERNS = ", allow_patterns=['*.json','*.jsonl','*.md','*.safetensors']"
shutil.copytree(MODEL, WORK / "hub" / "some" / "model")
(WORK / "hub" / "some" / "model" / "losses.jsonl").unlink()

with Server() as server:
    with claim("`pull` and snapshot_download make the same cache: names, links and contents") as detail:
        ours("a", "pull", "some/model")
        folder = python("b", DOWNLOAD.format(PATTERNS))
        same(folder)
        a, b = layout("a"), layout("b")
        assert a == b, sorted(a.keys() ^ b.keys())[:4]
        detail(f"{len(a)} entries")
    with claim("Python finds offline what `pull` fetched, and scan_cache_dir finds nothing wrong") as detail:
        folder = python("a", DOWNLOAD.format(", local_files_only=True"))
        detail(f"{same(folder)} files")
        assert python("a", "from huggingface_hub import scan_cache_dir as s; print(s().warnings)") == "[]"
    with claim("`chat --model OWNER/NAME` reads what Python fetched, without a hub") as detail:
        words = ours("b", "chat", "--model", "some/model", "--greedy", "--max-tokens", "4", "hello")
        assert words == espalier("chat", "--model", MODEL, "--greedy", "--max-tokens", "4", "hello")
        assert "All of it was here" in ours("b", "pull", "some/model")
    with claim("an adapter published by `push` is fetched by Python, with a card that its library accepts") as detail:
        adapter = WORK / "adapter"
        adapter.mkdir()
        import struct

        (adapter / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": "some/model", "r": 8}))
        header = json.dumps({"x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
        weights = struct.pack("<Q", len(header)) + header + b"\0\0\0\0"
        (adapter / "adapter_model.safetensors").write_bytes(weights)
        ours("c", "push", adapter, "me/adapter", "--license", "apache-2.0", "--private")
        folder = pathlib.Path(python("c", "from huggingface_hub import snapshot_download as d; print(d('me/adapter'))"))
        assert (folder / "adapter_model.safetensors").read_bytes() == weights
        assert (WORK / "hub/me/adapter/.private").exists()
        card = python("c", "from huggingface_hub import ModelCard as c; import sys; d = c.load('me/adapter').data;"
                      " print(d.base_model, d.license, d.library_name, d.tags)")
        assert card == "some/model apache-2.0 peft ['lora']", card
        detail(card)
    with claim("what Python uploads is fetched by `pull`") as detail:
        python("c", f"""
from huggingface_hub import HfApi
api = HfApi()
api.create_repo('me/model', private=True)
print(api.upload_folder(repo_id='me/model', folder_path={str(MODEL)!r}, ignore_patterns=['*.jsonl']))""")
        ours("d", "pull", "me/model")
        commit = pathlib.Path("d/models--me--model/refs/main").read_text()
        detail(f"{same(f'd/models--me--model/snapshots/{commit}')} files")
    with claim("a model of a commit is `OWNER/NAME@COMMIT` to us and `revision` to Python, in one place of the cache") as detail:
        commit = pathlib.Path("d/models--me--model/refs/main").read_text()
        ours("i", "pull", f"me/model@{commit}")
        where = python("i", f"from huggingface_hub import snapshot_download as d; print(d('me/model', revision='{commit}',"
                            " local_files_only=True))")
        same(where)
        detail(f"@{commit[:8]}")
    with claim("data that Python uploads are fetched by `pull --data`, as snapshot_download fetches them, and explored by name"
               ) as detail:
        questions = world(4)
        python("c", f"""
from huggingface_hub import HfApi
api = HfApi()
api.create_repo('me/questions', repo_type='dataset', private=True)
api.upload_folder(repo_id='me/questions', repo_type='dataset', folder_path={str(questions.parent.resolve())!r})""")
        ours("j", "pull", "me/questions", "--data")
        python("k", "from huggingface_hub import snapshot_download as d; print(d('me/questions', repo_type='dataset'))")
        a, b = layout("j"), layout("k")
        assert a == b, sorted(a.keys() ^ b.keys())[:4]
        recipe = ("--recipe", ROOT / "recipes" / "greenhouse.yaml", "--model", MODEL)
        for cache in ("j", "k"):
            ours(cache, "explore", *recipe, "--data", "me/questions", "--out", f"explored-{cache}")
        espalier("explore", *recipe, "--data", questions, "--out", "explored-here")
        found = [[json.loads(line)["branches"] for line in pathlib.Path(f"explored-{name}/trees.jsonl").read_text().splitlines()]
                 for name in ("j", "k", "here")]
        assert found[0] == found[1] == found[2]
        detail(f"{len(a)} entries, {len(found[0])} trees")
    with claim("a trained adapter published by `push` is fetched by name, by PEFT and by `chat`") as detail:
        espalier("train", *recipe[:2], "--method", "sft", "--epochs", 1, "--model", MODEL, "--trees", "explored-here", "--out", "tuned")
        ours("c", "push", "tuned", "me/tuned", "--base-model", "some/model")
        ours("b", "pull", "me/tuned")
        told = ours("b", "chat", "--model", "some/model", "--adapter", "me/tuned", "--greedy", "--max-tokens", "8", "hello")
        assert told == espalier("chat", "--model", MODEL, "--adapter", "tuned/adapter", "--greedy", "--max-tokens", "8", "hello")
        detail(python("b", """
from peft import PeftConfig, PeftModel
from transformers import AutoModelForImageTextToText
base = PeftConfig.from_pretrained('me/tuned').base_model_name_or_path
model = PeftModel.from_pretrained(AutoModelForImageTextToText.from_pretrained(base), 'me/tuned')
print(base, sum('lora_A' in name for name in model.state_dict()), 'modules')"""))
    with claim("a lock that Python holds is waited for") as detail:
        blob = next(p.name for p in pathlib.Path("a/models--some--model/blobs").iterdir() if len(p.name) == 64)
        code = f"""
import os, subprocess, time
from filelock import FileLock
os.makedirs('e/.locks/models--some--model')
with FileLock('e/.locks/models--some--model/{blob}.lock'):
    run = subprocess.Popen([os.environ['ESPALIER'], 'pull', 'some/model'])
    time.sleep(6)
    print(run.poll(), os.path.exists('e/models--some--model/blobs/{blob}'))
print(run.wait())"""
        said = python("e", code).replace("\n", " ")
        assert said.startswith("None False") and said.endswith("0"), said
        detail("it waits, and fetches after that")

with Server("--breaks", "1") as server:
    with claim("a download of ours that broke off is gone on with by `pull`") as detail:
        ours("f", "pull", "some/model")
        assert layout("f") == layout("a")
with claim("what a killed `pull` left is no trouble to Python, nor what a killed Python left to `pull`") as detail:
    begun = (MODEL / "model.safetensors").read_bytes()[:1_000_000]
    for cache in ("g", "h"):
        blobs = WORK / cache / "models--some--model" / "blobs"
        blobs.mkdir(parents=True)
        (blobs / f"{blob}.incomplete").write_bytes(begun)
        (blobs / f"{blob}.0a1b2c3d.incomplete").write_bytes(begun)
    with Server() as server:
        same(python("g", DOWNLOAD.format(PATTERNS)))
        said = ours("h", "pull", "some/model")
        commit = (WORK / "h/models--some--model/refs/main").read_text()
        same(WORK / f"h/models--some--model/snapshots/{commit}")
        detail(said.split(":")[0])

finish()
