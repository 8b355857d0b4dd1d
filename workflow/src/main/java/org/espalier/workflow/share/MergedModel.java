package org.espalier.workflow.share;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.HubSnapshot;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.Sha256;
import org.espalier.model.lora.AdapterMerge;
import org.espalier.report.run.RunInfo;
import tools.jackson.databind.node.ObjectNode;

/** A checkpoint with an adapter merged into its weights, a card, and a record ({@code merge.json}) of what was merged. */
public record MergedModel(Path model, Path adapter, Path out) {
    /** The base model's own card, beside the merged one's. */
    static final String BASE_CARD = "BASE_MODEL_README.md";

    private static final String RECORD = "merge.json";

    /**
     * Writes it.
     *
     * @return how many tensors the adapter changed
     */
    public int write(Progress progress) {
        int changed = AdapterMerge.write(model, adapter, out, progress);
        Path card = out.resolve(CardHead.CARD);
        FileTrouble.writing(card, () -> {
            if (Files.exists(card)) {
                Files.move(card, out.resolve(BASE_CARD));
            }
        });
        AtomicFile.write(out.resolve(RECORD), Json.page(record()));
        AtomicFile.write(card, text());
        return changed;
    }

    /** How the adapter was trained that a folder's model was merged with; empty where the folder does not say. */
    public static Optional<String> method(Path folder) {
        Path file = folder.resolve(RECORD);
        return Files.isRegularFile(file)
                ? Optional.of(JsonFile.read(file, "it should say what was merged")
                                .path("method")
                                .asString(""))
                        .filter(method -> !method.isBlank())
                : Optional.empty();
    }

    private ObjectNode record() {
        ObjectNode record = Json.object();
        record.put("base_model", base().orElseGet(() -> name(model)));
        record.put("adapter", name(adapter)).put("adapter_sha256", Sha256.of(adapter));
        training().flatMap(run -> run.setting("method")).ifPresent(method -> record.put("method", method));
        return record;
    }

    private Optional<String> base() {
        return HubSnapshot.of(model).map(HubSnapshot::repository);
    }

    private static String name(Path folder) {
        return HubSnapshot.of(folder)
                .map(HubSnapshot::toString)
                .orElseGet(
                        () -> String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    }

    private Optional<RunInfo> training() {
        return AdapterCard.training(adapter);
    }

    private String text() {
        Optional<String> method = training().flatMap(run -> run.setting("method"));
        List<String> tags = method.map(name -> List.of("espalier", name)).orElse(List.of("espalier"));
        CardHead head = new CardHead(base(), "finetune", "transformers", CardHead.licenceOf(model), tags, List.of());
        return head.text() + "# " + base().orElseGet(() -> name(model)) + " with an adapter merged in\n\n"
                + "Its weights are those of the base model plus a LoRA adapter"
                + method.map(name -> " that was trained by " + name.toUpperCase(Locale.ROOT))
                        .orElse("")
                + " with Espalier; everything else is the base model's. `" + RECORD + "` names both"
                + (Files.exists(out.resolve(BASE_CARD)) ? ", `" + BASE_CARD + "` is the base model's card" : "")
                + ". The base model's licence holds for it too.\n"
                + training().map(run -> AdapterCard.of(run.folder()).body()).orElse("");
    }
}
