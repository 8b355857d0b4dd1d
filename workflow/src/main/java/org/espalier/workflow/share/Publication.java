package org.espalier.workflow.share;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.run.Result;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.FolderBounds;
import org.espalier.core.file.Folders;
import org.espalier.core.file.HubSnapshot;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.ScratchFolder;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.TextFile;
import org.espalier.hub.Push;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;
import org.espalier.report.run.RunInfo;
import org.espalier.workflow.train.AdapterTraining;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes an adapter or a model to a hub, with a card and a licence, and without a path of this machine.
 *
 * @param source a run of {@code train}, the folder of an adapter, or that of a model
 * @param base what others get the base model by; empty where the adapter says it
 * @param licence as the hub has it; empty for the base model's
 * @param results runs of benchmarks that measured the adapter
 * @param hidden whether the repository is to be private
 */
public record Publication(
        Path source,
        RepositoryName to,
        Optional<HubReference> base,
        Optional<String> licence,
        List<Path> results,
        boolean hidden) {
    /**
     * What publishing would do.
     *
     * @param files bytes by path in the repository
     * @param base the base model's name, as the card has it
     * @param notes what a person should know before, in sentences
     */
    public record Plan(SortedMap<String, Long> files, Optional<String> base, List<String> notes) {
        public Plan {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            notes = List.copyOf(notes);
        }

        /** Bytes of all files. */
        public long bytes() {
            return files.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final String CONFIG = "adapter_config.json";
    private static final String BASE = "base_model_name_or_path";
    private static final String TERMS = "(?i)(licen[cs]e|notice|use_policy)[^/]*";

    public Publication {
        results = List.copyOf(results);
    }

    /** What would be published; nothing is sent. */
    public Plan plan() {
        try (ScratchFolder scratch = ScratchFolder.make()) {
            SortedMap<String, Path> files = files(scratch.path());
            SortedMap<String, Long> sizes = new TreeMap<>();
            for (var file : files.entrySet()) {
                sizes.put(file.getKey(), Files.size(file.getValue()));
            }
            return new Plan(sizes, isModel() ? Optional.empty() : Optional.of(baseName()), notes(files));
        } catch (IOException e) {
            throw FileTrouble.reading(source, e);
        }
    }

    /** Publishes. */
    public Push.Pushed run(HubPlace place, Progress progress) {
        try (ScratchFolder scratch = ScratchFolder.make()) {
            String summary = isModel() ? "A model, by Espalier" : "An adapter, by Espalier";
            return new Push(files(scratch.path()), to, place, hidden, summary).run(progress);
        }
    }

    private List<String> notes(SortedMap<String, Path> files) {
        List<String> notes = new ArrayList<>();
        if (files.keySet().stream().noneMatch(name -> name.matches(TERMS))
                && licenceName().isEmpty()) {
            notes.add("No licence goes along, so that nobody may use it: name one with --license, as apache-2.0, or put"
                    + " a file LICENSE into " + (isModel() ? source : adapter()) + ".");
        }
        if (run().isPresent() && !ownCard().isEmpty()) {
            notes.add("The card is not the one that the training wrote, so it is published as it stands.");
        }
        return notes;
    }

    private boolean isModel() {
        return !Files.exists(source.resolve(CONFIG))
                && !Files.exists(source.resolve(AdapterTraining.ADAPTER).resolve(CONFIG))
                && Files.exists(source.resolve("config.json"));
    }

    private Path adapter() {
        Path inside = source.resolve(AdapterTraining.ADAPTER);
        Path folder = Files.exists(source.resolve(CONFIG)) ? source : inside;
        if (!Files.exists(folder.resolve(CONFIG))) {
            throw new InputException(
                    source + " holds neither an adapter (" + CONFIG + ") nor a model (config.json): name"
                            + " a run of 'espalier train', an adapter's folder or a model's");
        }
        return folder;
    }

    private Optional<RunInfo> run() {
        return isModel()
                ? Optional.empty()
                : AdapterCard.training(adapter()).filter(run -> run.verb().equals("train"));
    }

    private SortedMap<String, Path> files(Path scratch) {
        return isModel() ? modelFiles() : adapterFiles(scratch);
    }

    private SortedMap<String, Path> modelFiles() {
        return listed(source, "[^.][^/]*\\.(safetensors|json|jinja|txt|md|model)|" + TERMS);
    }

    private static SortedMap<String, Path> listed(Path folder, String names) {
        SortedMap<String, Path> files = new TreeMap<>();
        FolderBounds bounds = FolderBounds.of(folder);
        Folders.list(folder).stream()
                .filter(Files::isRegularFile)
                .filter(file -> String.valueOf(file.getFileName()).matches(names))
                .forEach(file -> {
                    bounds.refuseOutside(file);
                    files.put(String.valueOf(file.getFileName()), file);
                });
        return files;
    }

    private SortedMap<String, Path> adapterFiles(Path scratch) {
        Path folder = adapter();
        SortedMap<String, Path> files = new TreeMap<>();
        baseFolder().ifPresent(model -> files.putAll(listed(model, TERMS)));
        files.putAll(listed(folder, "adapter_[^/]*\\.(safetensors|json)|README\\.md|" + TERMS));
        if (!files.containsKey("adapter_model.safetensors")) {
            throw new InputException(folder + " holds no adapter_model.safetensors: is its training finished?");
        }
        ObjectNode config = config();
        String name = baseName();
        if (!config.path(BASE).asString("").equals(name)) {
            Path changed = scratch.resolve(CONFIG);
            AtomicFile.write(changed, Json.page(config.put(BASE, name)));
            files.put(CONFIG, changed);
        }
        if (ownCard().isEmpty()) {
            Path card = scratch.resolve(CardHead.CARD);
            AtomicFile.write(card, card(name));
            files.put(CardHead.CARD, card);
        }
        return files;
    }

    private ObjectNode config() {
        return JsonFile.read(adapter().resolve(CONFIG), "an adapter's folder holds it");
    }

    /** A card that a person, or another program, wrote. */
    private Optional<Path> ownCard() {
        Path card = adapter().resolve(CardHead.CARD);
        try {
            boolean written = Files.isRegularFile(card)
                    && run().map(run -> AdapterCard.of(run.folder()).text())
                            .map(text -> !text.equals(TextFile.read(card)))
                            .orElse(true);
            return written ? Optional.of(card) : Optional.empty();
        } catch (InputException e) {
            return Optional.of(card);
        }
    }

    private String card(String name) {
        Optional<String> terms = licenceName();
        return run().map(run -> new AdapterCard(run, Optional.of(name), terms, measured()).text())
                .orElseGet(() ->
                        new CardHead(Optional.of(name), "adapter", "peft", terms, List.of("lora"), List.of()).text()
                                + "# A LoRA adapter for " + name + "\n\nHow it was trained is not recorded.\n");
    }

    private Optional<Path> baseFolder() {
        return run().flatMap(run -> run.input("model")).filter(Files::isDirectory);
    }

    private Optional<String> licenceName() {
        return licence.or(
                () -> isModel() ? CardHead.licenceOf(source) : baseFolder().flatMap(CardHead::licenceOf));
    }

    private String baseName() {
        if (base.isPresent()) {
            return base.get().repository().id();
        }
        String said = config().path(BASE).asString("");
        Optional<String> known = run().isPresent()
                ? run().flatMap(run -> run.input("model"))
                        .flatMap(HubSnapshot::of)
                        .map(HubSnapshot::repository)
                : Optional.of(said).filter(name -> HubReference.isOne(name) && !Files.exists(Path.of(name)));
        return known.orElseThrow(
                () -> new InputException("the base model of " + source + " is a folder of this machine (" + said
                        + "): say with --base-model OWNER/NAME by what name others get it"));
    }

    private List<Result> measured() {
        String hash = Sha256.of(adapter());
        return results.stream()
                .map(folder -> {
                    boolean same = RunInfo.read(folder).inputs().stream()
                            .anyMatch(input -> input.name().equals("adapter")
                                    && input.value().equals(hash));
                    if (!same) {
                        throw new InputException(
                                folder + " did not measure this adapter as it is now, as far as its run.json"
                                        + " says: leave it out, or measure again");
                    }
                    return Result.read(folder.resolve(Result.FILE));
                })
                .toList();
    }
}
