package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.espalier.core.ChatModel;
import org.espalier.core.Continuation;
import org.espalier.core.Continuation.End;
import org.espalier.core.Cut;
import org.espalier.core.Draw;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.UnusableModelException;
import org.espalier.model.DamagedWeights;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.internal.batch.FittingBatches;
import org.espalier.model.internal.batch.FrozenDecoder;
import org.espalier.model.internal.batch.GeneratedTokens;
import org.espalier.model.internal.batch.Generator;
import org.espalier.model.internal.batch.OpenBatch;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.model.internal.batch.SharedPrompt;
import org.espalier.model.internal.batch.UndefinedProbabilities;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Device;
import org.espalier.tensor.OutOfMemory;
import org.espalier.tensor.PlacementChoice;

/**
 * A model in this process, with or without an adapter, as the ports see it. Requests of one call are decoded together as
 * far as memory allows, in batches that depend on the call alone; an adapter is taken as it is when a call begins. A
 * continuation also ends with {@link End#LENGTH} where it reaches the last position the model was made for.
 *
 * <p>Picture files are assumed not to change while it is open, nor what an adapter adds on the vision side. Not thread-safe.
 */
public final class LocalModel implements Sampler, ChatModel, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LocalModel.class.getName());

    /** Bytes of pictures' features that are kept between calls. */
    private static final long FEATURES = 256L << 20;

    private final LoadedModel loaded;
    private final Deltas deltas;
    private final OptionalInt atOnce;
    private final AnswerTokens tokens;
    private final PictureFeatures pictures;
    private final PromptEncoder encoder;
    private final Optional<Path> adapterFolder;
    private final Runnable release;

    /** Of a model that stays with its owner, who closes it after this. */
    public LocalModel(LoadedModel loaded, Deltas deltas) {
        this(loaded, deltas, OptionalInt.empty(), Optional.empty(), () -> {});
    }

    /** As {@link #LocalModel(LoadedModel, Deltas)}, with so many continuations decoded together at most. */
    public LocalModel(LoadedModel loaded, Deltas deltas, int atOnce) {
        this(loaded, deltas, OptionalInt.of(atOnce), Optional.empty(), () -> {});
        if (atOnce < 1) {
            throw new IllegalArgumentException("no continuations are decoded together");
        }
    }

    private LocalModel(
            LoadedModel loaded, Deltas deltas, OptionalInt atOnce, Optional<Path> adapterFolder, Runnable release) {
        this.loaded = loaded;
        this.deltas = deltas;
        this.atOnce = atOnce;
        this.adapterFolder = adapterFolder;
        this.release = release;
        this.tokens = AnswerTokens.of(loaded);
        this.pictures = new PictureFeatures(loaded, FEATURES, deltas);
        this.encoder = new PromptEncoder(loaded, pictures);
    }

    /**
     * Opens a checkpoint folder, its weights as they are stored.
     *
     * @param adapter a folder as PEFT writes it
     * @throws org.espalier.core.InputException if a file is missing or broken, or the files do not belong together
     */
    public static LocalModel open(Path folder, Optional<Path> adapter, Device device) {
        return open(folder, adapter, new PlacementChoice(device, Optional.empty()));
    }

    /** The same with its weights where they are wanted. */
    public static LocalModel open(Path folder, Optional<Path> adapter, PlacementChoice choice) {
        if (adapter.isPresent()) {
            AdapterFiles.Opened both = AdapterFiles.open(LoadedModel.folder(folder), adapter.get(), choice);
            return of(both.loaded(), both.adapter(), adapter, both::close);
        }
        LoadedModel loaded = LoadedModel.open(folder, choice);
        return of(loaded, Deltas.NONE, adapter, loaded::close);
    }

    private static LocalModel of(LoadedModel loaded, Deltas deltas, Optional<Path> adapter, Runnable release) {
        try {
            return new LocalModel(loaded, deltas, OptionalInt.empty(), adapter, release);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    public LoadedModel loaded() {
        return loaded;
    }

    @Override
    public List<List<Continuation>> sample(List<Sampler.Request> requests, Sampling sampling) {
        return sample(requests, sampling, () -> watch(sampling));
    }

    /** @param watch makes the watcher of one continuation */
    List<List<Continuation>> sample(List<Sampler.Request> requests, Sampling sampling, Supplier<Sequence.Watch> watch) {
        Budget budget = Budget.of(loaded.model(), sampling.maxTokens(), atOnce);
        List<Batches.Piece> pieces = Batches.pieces(requests, budget.sequences());
        Map<Batches.Piece, List<GeneratedTokens>> generated = new IdentityHashMap<>();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            FrozenDecoder frozen = FrozenDecoder.of(loaded.model(), deltas);
            if (refills(pieces, budget)) {
                generated.putAll(refilled(pieces, budget, sampling, watch, frozen));
            }
            Generator generator = new Generator(loaded.model(), frozen, tokens.ends(), tokens.impossible());
            FittingBatches fitting = new FittingBatches(generator, sampling, watch);
            List<Batches.Piece> left = pieces.stream()
                    .filter(piece -> !generated.containsKey(piece))
                    .toList();
            for (List<Batches.Piece> batch : Batches.bySequences(left, budget.sequences())) {
                try (PointerScope inner = new PointerScope()) {
                    Iterator<Batches.Piece> next = batch.iterator();
                    for (List<SharedPrompt> part :
                            Batches.byTokens(encoder.prompts(batch, sampling.seed()), budget.promptTokens())) {
                        fitting.generate(part).forEach(one -> generated.put(next.next(), one));
                    }
                }
                pictures.trim();
            }
        } catch (UndefinedProbabilities e) {
            throw explained(e);
        }
        return drawn(requests, pieces, generated, sampling);
    }

    private List<List<Continuation>> drawn(
            List<Sampler.Request> requests,
            List<Batches.Piece> pieces,
            Map<Batches.Piece, List<GeneratedTokens>> generated,
            Sampling sampling) {
        List<List<Continuation>> drawn = new ArrayList<>();
        requests.forEach(request -> drawn.add(new ArrayList<>()));
        for (Batches.Piece piece : pieces) {
            Objects.requireNonNull(generated.get(piece))
                    .forEach(one -> drawn.get(piece.number()).add(continuation(one, sampling)));
        }
        return drawn;
    }

    /** A processor is as busy with few sequences as with many, and its batches follow from the call's requests alone. */
    private boolean refills(List<Batches.Piece> pieces, Budget budget) {
        int sequences = pieces.stream().mapToInt(piece -> piece.draws().size()).sum();
        return loaded.model().placement().device().kind() != Device.Kind.PROCESSOR && sequences > budget.sequences();
    }

    /** Of all pieces, unless there is no memory for that; then of those that had ended until then. */
    private Map<Batches.Piece, List<GeneratedTokens>> refilled(
            List<Batches.Piece> pieces,
            Budget budget,
            Sampling sampling,
            Supplier<Sequence.Watch> watch,
            FrozenDecoder frozen) {
        OpenBatch batch = new OpenBatch(loaded.model(), frozen, tokens.ends(), tokens.impossible());
        RefilledBatch refilled = new RefilledBatch(loaded, pictures, budget, sampling, watch, batch, pieces);
        try {
            refilled.run();
        } catch (RuntimeException e) {
            if (!OutOfMemory.is(e)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "there was no memory for a batch that is kept full");
            loaded.model().placement().release();
        }
        return refilled.generated();
    }

    /** No question is answered where a weight is no number; else others may be. */
    private InputException explained(UndefinedProbabilities undefined) {
        String sentence = String.valueOf(undefined.getMessage());
        return adapterFolder
                .flatMap(folder -> DamagedWeights.ofFile(AdapterFiles.weights(folder)))
                .or(() -> DamagedWeights.of(loaded.folder().path()))
                .<InputException>map(
                        damage -> new UnusableModelException(sentence + " " + damage + ": get the file again."))
                .orElseGet(() -> new InputException(
                        sentence + " its weights or its adapter hold far too large numbers.", undefined));
    }

    private Sequence.Watch watch(Sampling sampling) {
        return sampling.stops().isEmpty()
                ? Sequence.Watch.NOTHING
                : new StopTexts(sampling.stops(), loaded.tokenizer().text());
    }

    private Continuation continuation(GeneratedTokens generated, Sampling sampling) {
        String text = loaded.tokenizer().decode(generated.ids());
        if (generated.end() == End.STOPPED) {
            text = text.substring(0, StopTexts.first(sampling.stops(), text, 0).orElse(text.length()));
        }
        return new Continuation(
                text,
                Arrays.stream(generated.ids()).boxed().toList(),
                Arrays.stream(generated.logprobs()).boxed().toList(),
                generated.end());
    }

    @Override
    public List<Cut> cuts(Continuation text, List<Integer> chars) {
        return loaded.tokenizer().cuts(text.text(), text.tokens(), chars);
    }

    @Override
    public List<Integer> tokens(String text) {
        return Arrays.stream(loaded.tokenizer().encode(text)).boxed().toList();
    }

    @Override
    public List<Reply> reply(List<ChatModel.Request> requests, Sampling sampling) {
        return sample(requests.stream().map(LocalModel::drawn).toList(), sampling).stream()
                .map(List::getFirst)
                .map(LocalModel::said)
                .toList();
    }

    /**
     * The reply to one request, its text handed on as it is generated.
     *
     * @param listener takes piece after piece; together they are the text of the reply. What it throws ends the call
     */
    public Reply reply(ChatModel.Request request, Sampling sampling, Consumer<String> listener) {
        StreamedReply streamed = new StreamedReply(
                sampling.stops(), watch(sampling), loaded.tokenizer().text(), listener);
        Continuation answer = sample(List.of(drawn(request)), sampling, () -> streamed)
                .getFirst()
                .getFirst();
        streamed.finish(answer.text());
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
