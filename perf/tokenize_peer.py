"""What `espalier perf tokenize` measures, with the library that tokenizer.json comes from: one text a call, one thread.

    python perf/tokenize_peer.py --model DIR --text FILE [--runs 5]

The same number of tokens and the same eight digits beside it mean the same tokens.
"""
import argparse
import os
import time
import zlib

os.environ["TOKENIZERS_PARALLELISM"] = "false"
from tokenizers import Tokenizer

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--text", required=True)
parser.add_argument("--runs", type=int, default=5)
asked = parser.parse_args()
lines = open(asked.text, encoding="utf-8").read().splitlines()
characters = sum(len(line.encode("utf-16-le")) // 2 for line in lines)
for run in range(-3, asked.runs):
    # As in Java, each run begins with a tokenizer that has seen nothing.
    tokenizer = Tokenizer.from_file(os.path.join(asked.model, "tokenizer.json"))
    tokens = 0
    sum_of_ids = 0
    start = time.perf_counter()
    for line in lines:
        ids = tokenizer.encode(line, add_special_tokens=False).ids
        tokens += len(ids)
        sum_of_ids = zlib.crc32(bytes(i % 251 for i in ids), sum_of_ids)
    seconds = time.perf_counter() - start
    if run >= 0:
        print(f"{characters:,} characters  {tokens:,} tokens ({sum_of_ids:08x})  {seconds:.3f} s  {characters / seconds / 1e6:.2f} million characters a second")
