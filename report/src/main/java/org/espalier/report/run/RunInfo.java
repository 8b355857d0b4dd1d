package org.espalier.report.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.RunFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A run folder and what its {@code run.json} says. */
public record RunInfo(Path folder, ObjectNode record) {
    /** One line of a listing in the record. */
    public record Entry(String name, String value, String source) {}

    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RunFolder.RECORD));
    }

    public static RunInfo read(Path folder) {
        Path file = folder.resolve(RunFolder.RECORD);
        return new RunInfo(folder, JsonFile.read(file, "name the folder of a run"));
    }

    public String name() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }

    public String verb() {
        return record.path("verb").asString("");
    }

    /** Where it was computed; of several devices, on which its bytes depend, in their order. */
    public String device() {
        return Stream.concat(record.path("earlier_devices").valueStream(), Stream.of(record.path("device")))
                .map(device -> device.asString(""))
                .collect(Collectors.joining(", then "));
    }

    /** A resolved setting as text. */
    public Optional<String> setting(String name) {
        JsonNode value = record.path("configuration").path(name).path("value");
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(said(value));
    }

    /** A file or folder that was read; paths are as they were given, so it need not be found from here. */
    public Optional<Path> input(String role) {
        String path = record.path("inputs").path(role).path("path").asString("");
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * The folder of the data file, where pictures' names start; also found beside the run where both were moved
     * together. Empty if it is not there any more.
     */
    public Optional<Path> dataFolder() {
        Optional<Path> data = input("data").map(path -> path.toAbsolutePath().normalize());
        if (data.isEmpty() || data.get().getNameCount() < 2) {
            return Optional.empty();
        }
        Path file = data.get();
        Path moved = folder.toAbsolutePath()
                .normalize()
                .resolveSibling(file.subpath(file.getNameCount() - 2, file.getNameCount()));
        return Stream.of(file, moved)
                .filter(Files::exists)
                .flatMap(found -> Optional.ofNullable(found.getParent()).stream())
                .findFirst();
    }

    /**
     * Where the names of pictures start: the folder of the data, or that of the questions where a benchmark has several
     * files; found again as {@link #dataFolder}. Empty if it is not there any more.
     */
    public Optional<Path> pictures() {
        Optional<Path> questions =
                input("questions").map(path -> path.toAbsolutePath().normalize());
        if (questions.isEmpty()) {
            return dataFolder();
        }
        Path data = questions.get();
        Path here = folder.toAbsolutePath().normalize();
        int names = data.getNameCount();
        return IntStream.of(names, Math.min(2, names), Math.min(1, names))
                .filter(last -> last > 0)
                .mapToObj(last -> last == names ? data : here.resolveSibling(data.subpath(names - last, names)))
                .filter(Files::isDirectory)
                .findFirst();
    }

    public List<Entry> configuration() {
        return entries(
                "configuration",
                node -> said(node.path("value")),
                node -> node.path("source").asString(""));
    }

    public List<Entry> versions() {
        return entries("versions", RunInfo::said, node -> "");
    }

    public List<Entry> seeds() {
        return entries("seeds", RunInfo::said, node -> "");
    }

    /** Inputs, the hash as value and the path as source. */
    public List<Entry> inputs() {
        return entries(
                "inputs",
                node -> node.path("sha256").asString(""),
                node -> node.path("path").asString(""));
    }

    private List<Entry> entries(String part, Function<JsonNode, String> value, Function<JsonNode, String> source) {
        List<Entry> entries = new ArrayList<>();
        record.path(part)
                .properties()
                .forEach(field -> entries.add(
                        new Entry(field.getKey(), value.apply(field.getValue()), source.apply(field.getValue()))));
        return entries;
    }

    private static String said(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.line(value);
    }

    public String started() {
        return record.path("started").asString("");
    }

    /** Empty while the run has not come to its end. */
    public String finished() {
        return record.path("finished").asString("");
    }

    /** How often it was resumed. */
    public int resumed() {
        return record.path("resumed").size();
    }

    /** From the first start to the end, pauses between resumptions included; empty if it has no end. */
    public Optional<Duration> duration() {
        try {
            return finished().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Duration.between(Instant.parse(started()), Instant.parse(finished())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
