"""What the files beside this one share: a table row for each claim, and the command line of this checkout.

    with claim("an adapter of ours loads in PEFT and gives equal logits") as detail:
        ...                        # an exception is a failed claim
        detail("largest difference 2e-6")

A file that needs a package which is not installed says `not_run("...", why)`. `finish()` ends the file: exit 1 when a claim failed.
"""
import contextlib
import os
import pathlib
import subprocess
import sys
import threading
import traceback

ROOT = pathlib.Path(os.environ["INTEROP_ROOT"]).resolve()
_failed = []


def _row(what, result, detail):
    name = pathlib.Path(sys.argv[0]).stem
    text = " ".join(str(detail).split()).replace("|", "/")[:200]
    print(f"| {name} | {what} | {result} | {text} |", flush=True)


@contextlib.contextmanager
def claim(what):
    details = []
    try:
        yield details.append
    except Exception as error:  # every failure of the other side is a result
        traceback.print_exc()
        _failed.append(what)
        _row(what, "**fail**", f"{type(error).__name__}: {error}")
    else:
        _row(what, "pass", "; ".join(map(str, details)))


def not_run(what, why):
    _row(what, "not run", why)


def espalier(*arguments, expect=0, **more):
    """Runs the command line and returns its standard output."""
    done = subprocess.run([os.environ["ESPALIER"], *map(str, arguments)], capture_output=True, text=True, **more)
    if done.returncode != expect:
        raise AssertionError(f"espalier {arguments[0]} exited {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def refusal(*arguments, **more):
    """Runs what is refused as bad input, and returns the sentence."""
    done = subprocess.run([os.environ["ESPALIER"], *map(str, arguments)], capture_output=True, text=True, **more)
    if done.returncode != 2:
        raise AssertionError(f"espalier {arguments[0]} exited {done.returncode} and should have refused")
    return done.stderr.strip()


def world(size):
    """A world of the greenhouse in ./world; returns its questions for training."""
    parts = ("train", "validation", "test-seen", "test-combinations", "test-drawings")
    espalier("greenhouse", "world", "--out", "world", *(f"--size={part}={size}" for part in parts))
    return pathlib.Path("world/train/ssui.jsonl")


@contextlib.contextmanager
def server(*arguments, **environment):
    """The address of a server that listens until the block ends."""
    process = subprocess.Popen(
        [os.environ["ESPALIER"], *map(str, arguments), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **environment})
    try:
        address = next(line.split()[2] for line in process.stdout if line.startswith("Listening at "))
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield address
    finally:
        process.terminate()  # not as an interrupt, which who runs this in the background ignores
        process.wait(60)


def finish():
    sys.exit(1 if _failed else 0)
