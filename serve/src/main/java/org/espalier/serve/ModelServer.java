package org.espalier.serve;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.model.LoadedModel;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.ContinuousBatching;
import org.espalier.serve.http.HttpListener;
import org.espalier.serve.openai.AccessKey;
import org.espalier.serve.openai.ChatApi;
import org.espalier.serve.openai.ModelList;

/** A model that answers callers over HTTP, from when it is started until it is closed. Thread-safe. */
public final class ModelServer implements AutoCloseable {
    private final Waker waker;
    private final ContinuousBatching model;
    private final PictureShelf shelf;
    private final ModelChat chat;
    private final HttpListener listener;

    private ModelServer(
            Waker waker, ContinuousBatching model, PictureShelf shelf, ModelChat chat, HttpListener listener) {
        this.waker = waker;
        this.model = model;
        this.shelf = shelf;
        this.chat = chat;
        this.listener = listener;
    }

    /**
     * Starts. Model and adapters stay with their owner, who closes them after this.
     *
     * @param name of the model without an adapter
     * @param adapters by the names under which the model is known with them
     * @param key that callers must show
     * @throws InputException if it is to listen beyond this machine without a key, or cannot listen where it should
     */
    public static ModelServer start(
            LoadedModel loaded,
            String name,
            Map<String, ? extends Deltas> adapters,
            ServerSettings settings,
            Optional<AccessKey> key) {
        checkReach(settings, key);
        Map<String, Deltas> variants = new LinkedHashMap<>();
        variants.put(name, Deltas.NONE);
        variants.putAll(adapters);
        if (variants.size() < adapters.size() + 1) {
            throw new InputException("an adapter has the name of the model, '" + name + "': give it another");
        }
        Waker waker = new Waker();
        try {
            ContinuousBatching model = ContinuousBatching.start(loaded, variants, settings.concurrency(), waker);
            PictureShelf shelf = new PictureShelf();
            try {
                ModelList models = new ModelList(
                        List.copyOf(variants.keySet()), Instant.now().getEpochSecond());
                ModelChat chat = new ModelChat(model, waker, models, settings, shelf);
                return new ModelServer(
                        waker, model, shelf, chat, HttpListener.start(settings.listen(), new ChatApi(chat, key)));
            } catch (RuntimeException e) {
                model.close();
                shelf.close();
                throw e;
            }
        } catch (RuntimeException e) {
            waker.close();
            throw e;
        }
    }

    /** @throws InputException if others than this machine's own could reach it without a key */
    public static void checkReach(ServerSettings settings, Optional<AccessKey> key) {
        if (key.isEmpty() && !settings.listen().loopback()) {
            throw new InputException("others can reach " + settings.listen().host()
                    + ": have them show a key (--key-env VAR names the environment variable that holds it), or listen on"
                    + " 127.0.0.1");
        }
    }

    /** Where it listens, as clients want it: with {@code /v1}. */
    public URI base() {
        return listener.base();
    }

    /** Requests answered so far. */
    public long answered() {
        return chat.answered();
    }

    /** Tokens of all answers so far. */
    public long tokens() {
        return chat.tokens();
    }

    /** Requests that are being answered or wait. */
    public int open() {
        return chat.open();
    }

    /** Ends what is under way; callers' connections close. */
    @Override
    public void close() {
        listener.close();
        chat.close();
        model.close();
        waker.close();
        shelf.close();
    }
}
