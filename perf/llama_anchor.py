"""llama.cpp beside `espalier perf decode`: continuations of one question, 64 tokens each at temperature 0.5.

Random weights in the shapes of the language models of `tiny` and `small` (cpu_anchor.py), float32, written as a GGUF file and
run by llama.cpp's server inside this process (the wheel xllamacpp). The prompt is as many tokens as picture and query
of the question together; llama.cpp gets no picture, which saves it the vision tower. The adapter is taken to be
merged: there is none. Three ways of asking for N continuations, all measured:

 n        one request with "n": N, the prompt computed once and copied
 slots    N requests at once, each slot finds the prompt in its own cache from the request before
 cold     N requests at once, nothing cached

One JSON line a measurement: tokens a second, the prompt's time included, as `perf decode` counts.

    uv venv v && uv pip install --python v xllamacpp gguf
    v/bin/python llama_anchor.py --size tiny small --rows 8 32 --runs 5
"""
import argparse, json, os, resource, statistics, tempfile, threading, time
from concurrent.futures import ThreadPoolExecutor

from cpu_anchor import SIZES, busy

NEW = 64


def write(path, size):
    """A Qwen2 model of random weights; biases of q, k and v are zero, the tokenizer has made-up words."""
    import gguf, numpy
    t = size["text"]
    dim, layers, heads, kv, ffn, vocab = (t[k] for k in ("hidden_size", "num_hidden_layers", "num_attention_heads",
                                                          "num_key_value_heads", "intermediate_size", "vocab_size"))
    w = gguf.GGUFWriter(path, "qwen2")
    w.add_context_length(4096), w.add_embedding_length(dim), w.add_block_count(layers), w.add_feed_forward_length(ffn)
    w.add_head_count(heads), w.add_head_count_kv(kv), w.add_layer_norm_rms_eps(1e-6), w.add_rope_freq_base(1e6)
    w.add_file_type(gguf.LlamaFileType.ALL_F32)
    w.add_tokenizer_model("gpt2"), w.add_tokenizer_pre("qwen2")
    w.add_token_list([f"w{i}" for i in range(vocab)]), w.add_token_types([gguf.TokenType.NORMAL] * vocab)
    w.add_token_merges(["w 0"])
    w.add_eos_token_id(vocab - 1), w.add_bos_token_id(vocab - 1), w.add_pad_token_id(vocab - 1)
    dice = numpy.random.default_rng(0)
    matrix = lambda out, inner: (dice.standard_normal((out, inner), dtype=numpy.float32) * inner ** -0.5)
    one = lambda n: numpy.ones(n, dtype=numpy.float32)
    w.add_tensor("token_embd.weight", matrix(vocab, dim))
    if not size["tied"]:
        w.add_tensor("output.weight", matrix(vocab, dim))
    w.add_tensor("output_norm.weight", one(dim))
    head = dim // heads
    for i in range(layers):
        for name, out, inner in (("attn_q", dim, dim), ("attn_k", kv * head, dim), ("attn_v", kv * head, dim),
                                 ("attn_output", dim, dim), ("ffn_gate", ffn, dim), ("ffn_up", ffn, dim), ("ffn_down", dim, ffn)):
            w.add_tensor(f"blk.{i}.{name}.weight", matrix(out, inner))
            if name in ("attn_q", "attn_k", "attn_v"):
                w.add_tensor(f"blk.{i}.{name}.bias", numpy.zeros(out, dtype=numpy.float32))
        w.add_tensor(f"blk.{i}.attn_norm.weight", one(dim))
        w.add_tensor(f"blk.{i}.ffn_norm.weight", one(dim))
    w.write_header_to_file(), w.write_kv_data_to_file(), w.write_tensors_to_file(), w.close()


def server(path, rows, prompt, threads):
    import xllamacpp
    p = xllamacpp.CommonParams()
    p.model.path = path
    p.n_parallel, p.n_ctx, p.kv_unified = rows, rows * (prompt + NEW + 8), True
    p.n_batch = p.n_ubatch = 512
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = threads
    p.n_threads_http = 2
    p.verbosity = 0
    p.warmup = True
    return xllamacpp.Server(p)


def asking(llama, tokens, rows):
    """The ways of asking; each returns how many tokens came."""
    def ask(n, cached, seed):
        body = dict(prompt=tokens, max_tokens=NEW, ignore_eos=True, temperature=0.5, top_k=0, top_p=1.0, min_p=0.0,
                    cache_prompt=cached, seed=seed)
        if n > 1:
            body["n"] = n
        out = llama.handle_completions(body)
        out = json.loads(out) if isinstance(out, (str, bytes)) else out
        if "usage" not in out or len(out["choices"]) != n:
            raise RuntimeError(json.dumps(out)[:300])
        if any(choice["finish_reason"] != "length" for choice in out["choices"]):
            raise RuntimeError("a continuation ended early")
        got = n * NEW
        return got

    pool = ThreadPoolExecutor(rows)
    return {
        "n": lambda: ask(rows, False, 1),
        "slots": lambda: sum(pool.map(lambda i: ask(1, True, i), range(rows))),
        "cold": lambda: sum(pool.map(lambda i: ask(1, False, i), range(rows))),
    }


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", nargs="+", choices=["tiny", "small"], default=["tiny", "small"])
    p.add_argument("--rows", nargs="+", type=int, default=[8, 32])
    p.add_argument("--ways", nargs="+", choices=["n", "slots", "cold"], default=["n", "slots", "cold"])
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--runs", type=int, default=5)
    a = p.parse_args()
    for name in a.size:
        size = SIZES[name]
        prompt = (size["side"] // 28) ** 2 + 2 + size["query"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "model.gguf")
            write(path, size)
            for rows in a.rows:
                llama = server(path, rows, prompt, a.threads)
                tokens = [(7 * i + 3) % (size["text"]["vocab_size"] - 4) for i in range(prompt)]
                for way, f in asking(llama, tokens, rows).items():
                    if way not in a.ways:
                        continue
                    load = busy()
                    try:
                        f(), f()
                        times = []
                        for _ in range(a.runs):
                            t = time.perf_counter()
                            got = f()
                            times.append(time.perf_counter() - t)
                        seconds = statistics.median(times)
                        row = dict(size=name, rows=rows, way=way, threads=a.threads, tokens=got, seconds=round(seconds, 4),
                                   spread=round((max(times) - min(times)) / seconds, 3), tokens_per_s=round(got / seconds, 1))
                    except Exception as e:
                        row = dict(size=name, rows=rows, way=way, failed=str(e)[:300])
                    print(json.dumps(row | dict(busy_before=round(load, 2))), flush=True)
                del llama
    print(json.dumps(dict(peak_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))))


if __name__ == "__main__":
    main()
