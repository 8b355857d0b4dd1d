package org.espalier.bench.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Folders;

/** The folder or file that somebody gave as a benchmark's data. */
public record DataFolder(String benchmark, Path given) {
    /** Names that give a benchmark away. */
    private static final List<Map.Entry<String, List<String>>> SIGNS = List.of(
            Map.entry("usb", List.of("USB_base_final.csv", "USB_hard_final.csv")),
            Map.entry("mllmguard", List.of("desensitize", "privacy", "position-swapping")),
            Map.entry("mssbench", List.of("combined.json", "embodied")),
            Map.entry("safebench", List.of("text", "category.csv", "minibench.tar.gz")),
            Map.entry("vlsbench", List.of("imgs.tar", "data.json")),
            Map.entry("siuo", List.of("siuo_gen.json", "siuo_mcqa.json")),
            Map.entry("mossbench", List.of("images_information")),
            Map.entry("mossbench-contrast", List.of("data_contrast")),
            Map.entry("mm-safetybench", List.of("processed_questions")),
            Map.entry("rsbench", List.of("ssui.jsonl", "test.jsonl")));

    public DataFolder {
        if (!Files.exists(given)) {
            throw new InputException("there is no file or folder " + given);
        }
    }

    /** The folder: that which was given, or that of the file which was given. */
    public Path root() {
        Path parent = given.toAbsolutePath().getParent();
        return Files.isDirectory(given) || parent == null ? given : parent;
    }

    /**
     * The file that was given, or the first that is there of some names below the folder.
     *
     * @throws InputException naming what a folder of this benchmark holds
     */
    public Path file(List<String> names) {
        if (Files.isRegularFile(given)) {
            return given;
        }
        return find(names).orElseThrow(() -> notTheData("it holds no " + String.join(" or ", names)));
    }

    /** The first file or folder that is there of some names below the folder. */
    public Optional<Path> find(List<String> names) {
        return names.stream().map(root()::resolve).filter(Files::exists).findFirst();
    }

    /** A folder that is not this benchmark. */
    public InputException notTheData(String why) {
        return new InputException(given + " is not the data of " + benchmark + ": " + why
                + "; docs/benchmarks.md lists the files it needs"
                + likely().map(name -> " (it looks like " + name + ")").orElse(""));
    }

    /** Which benchmark a folder looks like by its file names. */
    private Optional<String> likely() {
        List<String> names = new ArrayList<>();
        Folders.list(root()).forEach(file -> names.add(String.valueOf(file.getFileName())));
        return SIGNS.stream()
                .filter(sign -> sign.getValue().stream().anyMatch(names::contains))
                .map(Map.Entry::getKey)
                .findFirst()
                .filter(name -> !benchmark.startsWith(name));
    }
}
