package org.espalier.workflow.share;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.HubSnapshot;
import org.espalier.core.file.Json;
import org.espalier.core.file.TextFile;
import org.espalier.report.run.RunInfo;
import org.espalier.workflow.train.AdapterTraining;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The card of a trained adapter, as far as its run says: how and on what it was trained, what was measured, how it is used. It
 * holds no time and no path of this machine, so that the same training makes the same card.
 *
 * @param run of the training
 * @param base the base model as {@code OWNER/NAME}; empty where it has no such name
 * @param licence as the hub has it
 */
public record AdapterCard(RunInfo run, Optional<String> base, Optional<String> licence, List<Result> results) {
    public AdapterCard {
        results = List.copyOf(results);
    }

    /** The card that a training writes by itself. */
    public static AdapterCard of(Path folder) {
        RunInfo run = RunInfo.read(folder);
        Optional<Path> model = run.input("model");
        return new AdapterCard(
                run,
                model.flatMap(HubSnapshot::of).map(HubSnapshot::repository),
                model.flatMap(CardHead::licenceOf),
                List.of());
    }

    /** The training that made an adapter, where the adapter lies in its run. */
    static Optional<RunInfo> training(Path adapter) {
        Path whole = adapter.toAbsolutePath().normalize();
        return Optional.ofNullable(whole.getParent())
                .filter(folder -> whole.endsWith(AdapterTraining.ADAPTER) && RunInfo.isRun(folder))
                .map(RunInfo::read);
    }

    /** Writes it beside the adapter of its run. */
    public void write() {
        AtomicFile.write(run.folder().resolve(AdapterTraining.ADAPTER).resolve(CardHead.CARD), text());
    }

    /** Markdown, with a head in YAML. */
    public String text() {
        String method = run.setting("method").orElse("unknown");
        List<String> datasets = run.input("data").flatMap(HubSnapshot::of).map(HubSnapshot::repository).stream()
                .toList();
        CardHead head = new CardHead(base, "adapter", "peft", licence, List.of("espalier", "lora", method), datasets);
        return head.text()
                + "# A LoRA adapter trained by " + method.toUpperCase(Locale.ROOT) + "\n\n"
                + "For " + baseName() + ". It was trained with Espalier, which explores a model's reasoning paths on"
                + " questions about pictures and learns from those that go wrong.\n"
                + body()
                + use();
    }

    /** What it was trained on, how, and what was measured. */
    String body() {
        return inputs() + settings() + measured();
    }

    private String baseName() {
        return base.orElseGet(() -> run.input("model")
                .map(Path::getFileName)
                .map(Path::toString)
                .map(name -> "a base model from a local folder called " + name)
                .orElse("a base model that its record does not name"));
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |\n";
    }

    private String inputs() {
        StringBuilder text = new StringBuilder("\n## What it was trained on\n\n| input | SHA-256 |\n| --- | --- |\n");
        run.inputs().forEach(input -> {
            Path path = Path.of(input.source().isEmpty() ? "." : input.source());
            String name =
                    HubSnapshot.of(path).map(HubSnapshot::toString).orElseGet(() -> String.valueOf(path.getFileName()));
            text.append(row(input.name() + " (" + name + ")", "`" + input.value() + "`"));
        });
        return text.toString();
    }

    private String settings() {
        StringBuilder text = new StringBuilder("\n## Settings\n\n| setting | value |\n| --- | --- |\n");
        Stream.of(run.seeds(), run.configuration(), run.versions())
                .flatMap(List::stream)
                .forEach(entry -> text.append(row(
                        entry.name(),
                        entry.value().replaceAll("\\p{Cntrl}", " ").replace("|", "\\|"))));
        return text.append(row("device", run.device())).toString();
    }

    private String measured() {
        StringBuilder text = new StringBuilder("\n## What was measured\n");
        lastStep().ifPresent(last -> {
            text.append(
                    "\nThe last step of the training, over its own questions:\n\n| figure | value |\n| --- | --- |\n");
            last.properties().forEach(field -> text.append(row(field.getKey(), shown(field.getValue()))));
        });
        if (results.isEmpty()) {
            text.append("\nNo benchmark of it stands in its record.\n");
        }
        results.forEach(result -> {
            text.append("\n" + result.title() + ", " + result.counts().questions()
                    + " questions, in percent with 95 % intervals:\n\n| figure | value |\n| --- | --- |\n");
            result.figures().stream()
                    .filter(ResultFigure::headline)
                    .forEach(figure -> text.append(row(figure.head(), value(figure))));
        });
        return text.toString();
    }

    private static String value(ResultFigure figure) {
        return figure.value().isEmpty()
                ? "not counted"
                : String.format(Locale.ROOT, "%.1f", figure.value().getAsDouble())
                        + figure.interval()
                                .map(around ->
                                        String.format(Locale.ROOT, " (%.1f to %.1f)", around.low(), around.high()))
                                .orElse("");
    }

    private static String shown(JsonNode value) {
        return value.isFloatingPointNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : Json.line(value);
    }

    private Optional<JsonNode> lastStep() {
        Path metrics = run.folder().resolve("metrics.jsonl");
        if (!Files.exists(metrics)) {
            return Optional.empty();
        }
        try {
            return TextFile.read(metrics)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .map(Json::parse);
        } catch (JacksonException e) {
            throw new InputException(metrics + " " + Json.complaint(e) + ": it is not what a training wrote", e);
        }
    }

    private String use() {
        String name = base.orElse("BASE");
        return "\n## How to use it\n\n    espalier chat --model " + name + " --adapter ADAPTER\n\n"
                + "```python\nfrom peft import PeftModel\nfrom transformers import AutoModelForImageTextToText\n\n"
                + "base = AutoModelForImageTextToText.from_pretrained(\"" + name + "\")\n"
                + "model = PeftModel.from_pretrained(base, \"ADAPTER\")\n```\n\n"
                + "It changes how the base model answers questions that may be unsafe; it makes no promise that an answer"
                + " is safe. What holds for the base model and its licence holds for it too.\n";
    }
}
