package org.espalier.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.model.generate.ContinuousBatching;
import org.espalier.serve.http.HttpCall;
import org.espalier.serve.openai.ApiError;
import org.espalier.serve.openai.ChatAnswer;
import org.espalier.serve.openai.ChatApi;
import org.espalier.serve.openai.ChatRequest;
import org.espalier.serve.openai.ChatRequest.Message;
import org.espalier.serve.openai.ChatRequestReader;
import org.espalier.serve.openai.ModelList;
import org.espalier.serve.openai.SchemaGrammar;

/** Answers chat completions with a model in this process. */
final class ModelChat implements ChatApi.Service, AutoCloseable {
    /** Names every request in the derivation of random numbers: two with the same seed and words get the same answer. */
    static final String KEY = "chat";

    /**
     * Pictures are decoded for so many callers at once: a large one takes hundreds of megabytes. Threads of their own do it, since
     * those of the connections, on a machine with as few processors, would keep what is streamed to others waiting.
     */
    private static final int LOOKING = 2;

    private final ContinuousBatching model;
    private final Waker waker;
    private final ModelList models;
    private final ServerSettings settings;
    private final PictureShelf shelf;
    private final Semaphore room;
    private final ExecutorService looking = Executors.newFixedThreadPool(
            LOOKING, Thread.ofPlatform().name("look-", 1).daemon().factory());
    private final ChatRequestReader reader = new ChatRequestReader();
    private final LongAdder answered = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    /** @param waker that the model tells of its steps */
    ModelChat(ContinuousBatching model, Waker waker, ModelList models, ServerSettings settings, PictureShelf shelf) {
        this.model = model;
        this.waker = waker;
        this.models = models;
        this.settings = settings;
        this.shelf = shelf;
        this.room = new Semaphore(settings.concurrency() + settings.waiting());
    }

    /** Requests answered so far. */
    long answered() {
        return answered.sum();
    }

    /** Tokens of all answers so far. */
    long tokens() {
        return tokens.sum();
    }

    /** Requests that are answered or wait. */
    int open() {
        return settings.concurrency() + settings.waiting() - room.availablePermits();
    }

    /** Looks at no more pictures. */
    @Override
    public void close() {
        looking.shutdown();
    }

    @Override
    public ModelList models() {
        return models;
    }

    @Override
    public void complete(HttpCall call, byte[] body) throws IOException {
        if (!room.tryAcquire()) {
            throw new ApiError(
                    429,
                    "",
                    "rate_limit_exceeded",
                    "As many requests as may wait are waiting: try again, or start the server with a larger --waiting.");
        }
        List<Path> pictures = new ArrayList<>();
        try {
            answer(call, body, pictures);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        } finally {
            pictures.forEach(shelf::release);
            room.release();
        }
    }

    private void answer(HttpCall call, byte[] body, List<Path> pictures) throws IOException, InterruptedException {
        ChatRequest request = reader.read(ChatApi.json(body));
        models.check(request.model());
        if (request.choices() > settings.concurrency()) {
            throw ApiError.wrong(
                    "n",
                    "n is " + request.choices() + ", but this server decodes " + settings.concurrency()
                            + " answers at once.");
        }
        if (request.continues() && !request.schema().isMissingNode()) {
            throw ApiError.unsupported(
                    "response_format",
                    "response_format is for whole answers: leave it out, or do not begin the assistant's message.");
        }
        ContinuousBatching.Prepared prepared = prepared(request, pictures);
        call.forgetBody();
        Hearing hearing = new Hearing(request, waker);
        model.submit(prepared, hearing);
        ChatAnswer answer = new ChatAnswer(
                "chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
                System.currentTimeMillis() / 1000,
                request.model(),
                request.usage());
        try {
            tokens.add(new ReplyWriter(call, answer, hearing, request.choices(), prepared.tokens())
                    .write(request.stream()));
        } finally {
            hearing.leave();
        }
        answered.increment();
    }

    private ContinuousBatching.Prepared prepared(ChatRequest request, List<Path> pictures) throws InterruptedException {
        try {
            return looking.submit(() -> look(request, pictures)).get();
        } catch (RejectedExecutionException e) {
            throw new CancellationException("the server was closed");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException wrong -> throw wrong;
                case Error grave -> throw grave;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private ContinuousBatching.Prepared look(ChatRequest request, List<Path> pictures) {
        try {
            ContinuousBatching.Prepared prepared = model.prepare(ask(request, pictures));
            if (prepared.positions() + 1 > model.maxPositions()) {
                throw new ApiError(
                        400,
                        "messages",
                        "context_length_exceeded",
                        "The messages take " + prepared.positions() + " positions of the " + model.maxPositions()
                                + " that the model was made for, and leave no room for an answer: send less.");
            }
            return prepared;
        } catch (InputException e) {
            String sentence = String.valueOf(e.getMessage());
            for (int i = 0; i < pictures.size(); i++) {
                String path = pictures.get(i).toString();
                String number = "picture " + (i + 1);
                sentence = sentence.replace("picture " + path, number).replace(path, number);
            }
            throw ApiError.wrong("messages", sentence);
        }
    }

    private ContinuousBatching.Ask ask(ChatRequest request, List<Path> pictures) {
        List<Turn> conversation = new ArrayList<>();
        for (Message message : request.messages()) {
            List<Path> shown = new ArrayList<>();
            for (String url : message.pictures()) {
                Path file = shelf.take(url);
                pictures.add(file);
                shown.add(file);
            }
            conversation.add(new Turn(role(message.role()), shown, message.text()));
        }
        String begun = request.continues() ? conversation.removeLast().text() : "";
        Stem stem = new Stem(begun, List.of());
        List<Draw> draws = IntStream.range(0, request.choices())
                .mapToObj(i -> new Draw(new Cut(0, begun.length()), 0, i))
                .toList();
        return new ContinuousBatching.Ask(
                request.model(),
                new Sampler.Request(KEY, conversation, stem, draws),
                sampling(request),
                request.likeliest(),
                SchemaGrammar.of(request.schema()));
    }

    private static Turn.Role role(ChatRequest.Role role) {
        return switch (role) {
            case SYSTEM -> Turn.Role.SYSTEM;
            case USER -> Turn.Role.USER;
            case ASSISTANT -> Turn.Role.ASSISTANT;
        };
    }

    private Sampling sampling(ChatRequest request) {
        return new Sampling(
                request.temperature(),
                request.topP(),
                request.topK(),
                request.repetitionPenalty(),
                request.minP(),
                request.maxTokens().orElse(settings.maxTokens()),
                request.stops(),
                // Who names no seed wants whatever comes.
                request.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong()));
    }
}
