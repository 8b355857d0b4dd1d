"""The official openai client against `espalier serve`, and `greenhouse serve` beside it."""
import base64
import contextlib
import enum
import io
import threading
import time

from claims import ROOT, claim, espalier, finish, server, world

import openai
from openai import OpenAI
from PIL import Image
from pydantic import BaseModel, Field

MODEL = ROOT / "greenhouse" / "model"
ASKED = [{"role": "user", "content": "Can I put it there?"}]


@contextlib.contextmanager
def clients(*arguments, **environment):
    """A client of a server that listens until the block ends."""
    with server(*arguments, **environment) as address:
        yield OpenAI(base_url=address, api_key=environment.get("SERVE_KEY", "none"), max_retries=0, timeout=120)


def picture():
    png = io.BytesIO()
    Image.new("RGB", (56, 56), (200, 180, 40)).save(png, "PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()


def refused(kind, call):
    try:
        call()
    except kind as error:
        assert error.body and error.body["message"], error
        return error
    raise AssertionError(f"no {kind.__name__}")


with clients("serve", "--model", MODEL, "--name", "garden") as client:
    def ask(messages=ASKED, **more):
        return client.chat.completions.create(model="garden", messages=messages, **{"max_tokens": 24, **more})

    with claim("models are listed and found") as detail:
        assert [model.id for model in client.models.list()] == ["garden"]
        assert client.models.retrieve("garden").id == "garden"
        refused(openai.NotFoundError, lambda: client.models.retrieve("other"))

    with claim("an answer, its end and its counts") as detail:
        answer = ask(temperature=0)
        choice = answer.choices[0]
        assert choice.message.role == "assistant" and choice.message.content and choice.finish_reason in ("stop", "length")
        assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
        detail(choice.message.content[:60])

    with claim("a seed names its answers, n of them") as detail:
        first, again, other = (ask(seed=seed, n=4).choices for seed in (7, 7, 8))
        texts = [[choice.message.content for choice in choices] for choices in (first, again, other)]
        assert texts[0] == texts[1] != texts[2] and len(set(texts[0])) > 1, texts

    with claim("a stream gives the whole answer piece by piece, and counts") as detail:
        whole = ask(seed=3)
        chunks = list(ask(seed=3, stream=True, stream_options={"include_usage": True}))
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert text == whole.choices[0].message.content
        assert chunks[-1].usage == whole.usage
        detail(f"{len(chunks)} chunks")

    with claim("log-probabilities with the likeliest beside") as detail:
        told = ask(seed=3, logprobs=True, top_logprobs=3).choices[0]
        assert "".join(token.token for token in told.logprobs.content) == told.message.content
        assert all(len(token.top_logprobs) == 3 and token.logprob <= 0 for token in told.logprobs.content)

    with claim("a stop text ends an answer and is not in it") as detail:
        whole = ask(temperature=0).choices[0].message.content
        stop = whole[5:8]
        cut = ask(temperature=0, stop=[stop]).choices[0]
        assert cut.message.content == whole[:whole.index(stop)] and cut.finish_reason == "stop"

    with claim("a picture as a data URL is seen") as detail:
        parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": picture()}}]
        seen = ask([{"role": "user", "content": parts}], temperature=0)
        assert seen.usage.prompt_tokens > ask([{"role": "user", "content": "What is this?"}]).usage.prompt_tokens

    with claim("an unfinished answer is continued") as detail:
        whole = ask(temperature=0).choices[0].message.content
        begun = whole[:whole.index(" ", 8)]
        rest = ask([*ASKED, {"role": "assistant", "content": begun}], temperature=0,
                   extra_body={"continue_final_message": True, "add_generation_prompt": False})
        assert (begun + rest.choices[0].message.content).startswith(whole), rest
        detail(begun + " |" + rest.choices[0].message.content)

    with claim("a pydantic class with an enumeration, a list of others and bounds is parsed, whole and streamed") as detail:
        class Verdict(enum.Enum):
            SAFE = "safe"
            UNSAFE = "unsafe"

        class Step(BaseModel):
            number: int = Field(ge=1, le=9)
            text: str = Field(max_length=20)

        class Answer(BaseModel):
            verdict: Verdict
            steps: list[Step] = Field(max_length=2)
            why: str | None = Field(max_length=10)

        wanted = {"model": "garden", "messages": ASKED, "response_format": Answer, "seed": 1, "max_tokens": 400}
        parsed = client.chat.completions.parse(**wanted).choices[0].message.parsed
        with client.chat.completions.stream(**wanted) as events:
            assert events.get_final_completion().choices[0].message.parsed == parsed
        detail(parsed.model_dump_json()[:80])

    with claim("32 callers at once get what each gets alone") as detail:
        answers = [None] * 32
        threads = [threading.Thread(target=lambda i=i: answers.__setitem__(
            i, ask(seed=i).choices[0].message.content)) for i in range(32)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert answers == [ask(seed=i).choices[0].message.content for i in range(32)]

    with claim("what is wrong or not done is the client's error, by its name") as detail:
        error = refused(openai.BadRequestError, lambda: ask(presence_penalty=1))
        assert error.code == "unsupported_parameter" and error.param == "presence_penalty"
        refused(openai.BadRequestError, lambda: ask([]))
        refused(openai.BadRequestError, lambda: ask(extra_body={"frobnicate": 1}))
        refused(openai.BadRequestError, lambda: ask(tools=[{"type": "function", "function": {"name": "f"}}]))
        refused(openai.NotFoundError, lambda: client.chat.completions.create(model="other", messages=ASKED))
        error = refused(openai.BadRequestError, lambda: ask([{"role": "user", "content": "word " * 9000}]))
        assert error.code == "context_length_exceeded"

with clients("serve", "--model", MODEL, "--name", "garden", "--concurrency", 1) as client:
    # Nothing but an array of so many numbers may come, so that the answer is long whatever the model would say.
    numbers = {"type": "array", "items": {"type": "integer"}, "minItems": 400}
    long = {"model": "garden", "messages": ASKED, "seed": 5, "max_tokens": 1500, "stream": True,
            "response_format": {"type": "json_schema", "json_schema": {"name": "numbers", "schema": numbers}}}

    def pieces():
        """When each piece came, in seconds since the answer was asked for."""
        begun = time.monotonic()
        stream = client.chat.completions.create(**long)
        return stream, (time.monotonic() - begun for chunk in stream if chunk.choices and chunk.choices[0].delta.content)

    with claim("the first token of an answer comes long before its last") as detail:
        list(pieces()[1])  # which tokens a schema allows is found once
        times = list(pieces()[1])
        detail(f"{len(times)} pieces, the first after {times[0]:.2f} s, the last after {times[-1]:.2f} s")
        assert times[0] < times[-1] / 5, (times[0], times[-1])

    with claim("a caller who leaves an answer makes room for the next one, where one is computed at a time") as detail:
        stream, coming = pieces()
        [next(coming) for _ in range(3)]
        stream.close()
        begun = time.monotonic()
        client.chat.completions.create(model="garden", messages=ASKED, max_tokens=1)
        waited = time.monotonic() - begun
        detail(f"the next one waited for {waited:.3f} s")
        assert waited < times[-1] / 5, (waited, times[-1])

with claim("an adapter is asked by its name, beside the model without it, with the answers of `chat`") as detail:
    greenhouse = ROOT / "recipes" / "greenhouse.yaml"
    espalier("explore", "--recipe", greenhouse, "--model", MODEL, "--data", world(8), "--out", "trees")
    espalier("train", "--recipe", greenhouse, "--method", "sft", "--epochs", 1, "--learning-rate", "1e-2", "--model", MODEL,
             "--trees", "trees", "--out", "tuned")
    adapter = ("--adapter", "tuned/adapter")
    alone = [espalier("chat", "--model", MODEL, *more, "--greedy", "--max-tokens", 24, ASKED[0]["content"]).strip()
             for more in ((), adapter)]
    with clients("serve", "--model", MODEL, "--name", "garden", "--adapter", "tuned=tuned/adapter") as client:
        assert [model.id for model in client.models.list()] == ["garden", "tuned"]
        told = [None] * 16
        def tell(i):
            answer = client.chat.completions.create(model=("garden", "tuned")[i % 2], messages=ASKED, max_tokens=24, temperature=0)
            told[i] = answer.choices[0].message.content.strip()
        threads = [threading.Thread(target=tell, args=(i,)) for i in range(16)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    assert told == [told[0], told[1]] * 8 and told[0] != told[1], told
    assert all(one.startswith(other) for one, other in zip(alone, told)), (alone, told)
    detail(f"{told[0]} / {told[1]}")

with claim("a key is asked for") as detail:
    with clients("serve", "--model", MODEL, "--name", "garden", "--key-env", "SERVE_KEY", SERVE_KEY="open-sesame") as client:
        assert [model.id for model in client.models.list()] == ["garden"]
        wrong = client.with_options(api_key="guess")
        refused(openai.AuthenticationError, lambda: wrong.models.list())

with clients("greenhouse", "serve") as client:
    def play(messages=ASKED, **more):
        return client.chat.completions.create(model="greenhouse", messages=messages, **more)

    with claim("the played server streams, gives n choices and refuses nonsense") as detail:
        whole = play(n=2, temperature=1)
        assert len(whole.choices) == 2
        text = "".join(chunk.choices[0].delta.content or "" for chunk in play(temperature=1, stream=True))
        assert text
        refused(openai.BadRequestError, lambda: play([]))
        refused(openai.BadRequestError, lambda: play(logprobs=True))
        refused(openai.BadRequestError, lambda: play(extra_body={"frobnicate": 1}))

finish()
