package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.espalier.core.ChatModel;
import org.espalier.core.Continuation;
import org.espalier.core.Continuation.End;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.model.VisionLanguageModel;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.picture.QwenImageProcessor;

/**
 * A model in this process, with or without an adapter, as the ports see it. Requests of one call are decoded together as
 * far as memory allows, in batches that depend on the call alone; an adapter is taken as it is when a call begins. A
 * continuation also ends with {@link End#LENGTH} where it reaches the last position the model was made for.
 *
 * <p>Picture files are taken not to change while it is open. Not thread-safe.
 */
public final class LocalModel implements Sampler, ChatModel, AutoCloseable {
    private final VisionLanguageModel model;
    private final Tokenizer tokenizer;
    private final Deltas deltas;
    private final GenerationDefaults defaults;
    private final OptionalInt rows;
    private final Set<Integer> ends;
    private final PictureCache pictures;
    private final Prompts prompts;
    private final Runnable release;

    /** Of a model that is loaded already and stays with its owner, who closes it after this. */
    public LocalModel(
            VisionLanguageModel model,
            Tokenizer tokenizer,
            ChatFormat chat,
            QwenImageProcessor processor,
            Deltas deltas) {
        this(model, tokenizer, chat, processor, deltas, GenerationDefaults.GREEDY, OptionalInt.empty(), () -> {});
    }

    LocalModel(
            VisionLanguageModel model,
            Tokenizer tokenizer,
            ChatFormat chat,
            QwenImageProcessor processor,
            Deltas deltas,
            GenerationDefaults defaults,
            OptionalInt rows,
            Runnable release) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.deltas = deltas;
        this.defaults = defaults;
        this.rows = rows;
        this.release = release;
        Set<Integer> all = new LinkedHashSet<>(defaults.endTokens());
        all.add(chat.end());
        all.add(model.endToken());
        this.ends = Set.copyOf(all);
        this.pictures = new PictureCache(model, processor);
        this.prompts = new Prompts(model, tokenizer, chat, pictures);
        model.requireOwn(tokenizer, chat);
    }

    /**
     * Opens a checkpoint folder.
     *
     * @param adapter a folder as PEFT writes it
     * @throws org.espalier.core.InputException if a file is missing or broken, or the files do not belong together
     */
    public static LocalModel open(Path folder, Optional<Path> adapter, LocalModelOptions options) {
        return LocalModelFiles.open(folder, adapter, options);
    }

    /** How the checkpoint's makers want it sampled; exploration does not ask. */
    public GenerationDefaults defaults() {
        return defaults;
    }

    public VisionLanguageModel model() {
        return model;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public List<List<Continuation>> sample(List<Sampler.Request> requests, Sampling sampling) {
        return sample(requests, sampling, () -> watch(sampling));
    }

    private List<List<Continuation>> sample(
            List<Sampler.Request> requests, Sampling sampling, Supplier<Row.Watch> watch) {
        List<List<Continuation>> drawn = new ArrayList<>();
        requests.forEach(request -> drawn.add(new ArrayList<>()));
        Budget budget = Budget.of(model, sampling.maxTokens(), rows);
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Generator generator = new Generator(model, FrozenDecoder.of(model, deltas), ends);
            for (List<Batches.Piece> batch : Batches.byRows(requests, budget.rows())) {
                try (PointerScope inner = new PointerScope()) {
                    List<Group> groups = prompts.groups(batch, sampling.seed());
                    int piece = 0;
                    for (List<Group> part : Batches.byTokens(groups, budget.promptTokens())) {
                        for (List<Written> written : generator.generate(part, sampling, watch)) {
                            List<Continuation> to = drawn.get(batch.get(piece++).number());
                            written.forEach(one -> to.add(continuation(one, sampling)));
                        }
                    }
                }
                pictures.trim();
            }
        }
        return drawn;
    }

    private Row.Watch watch(Sampling sampling) {
        return sampling.stops().isEmpty() ? Row.Watch.NOTHING : new StopTexts(sampling.stops(), tokenizer.text());
    }

    private Continuation continuation(Written written, Sampling sampling) {
        String text = tokenizer.decode(written.ids());
        if (written.end() == End.STOPPED) {
            text = text.substring(0, StopTexts.first(sampling.stops(), text, 0).orElse(text.length()));
        }
        return new Continuation(
                text,
                Arrays.stream(written.ids()).boxed().toList(),
                Arrays.stream(written.logprobs()).boxed().toList(),
                written.end());
    }

    @Override
    public List<Cut> cuts(Continuation text, List<Integer> chars) {
        return tokenizer.cuts(text.text(), text.tokens(), chars);
    }

    @Override
    public List<Integer> tokens(String text) {
        return Arrays.stream(tokenizer.encode(text)).boxed().toList();
    }

    @Override
    public List<Reply> reply(List<ChatModel.Request> requests, Sampling sampling) {
        return sample(requests.stream().map(LocalModel::drawn).toList(), sampling).stream()
                .map(List::getFirst)
                .map(LocalModel::said)
                .toList();
    }

    /**
     * The reply to one request, whose words are heard as they are written.
     *
     * @param heard takes piece after piece; together they are the text of the reply. What it throws ends the call
     */
    public Reply reply(ChatModel.Request request, Sampling sampling, Consumer<String> heard) {
        Spoken spoken = new Spoken(sampling.stops(), watch(sampling), tokenizer.text(), heard);
        Continuation answer = sample(List.of(drawn(request)), sampling, () -> spoken)
                .getFirst()
                .getFirst();
        spoken.finish(answer.text());
        return said(answer);
    }

    private static Sampler.Request drawn(ChatModel.Request request) {
        return new Sampler.Request(
                request.key(), request.conversation(), Stem.EMPTY, List.of(Draw.whole(request.sample())));
    }

    private static Reply said(Continuation answer) {
        return new Reply.Said(answer.text(), answer.end() != End.LENGTH);
    }

    @Override
    public void close() {
        pictures.close();
        release.run();
    }
}
