package org.espalier.report.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Sha256;

/**
 * The pictures that a run may show to others, who read its report. A folder from elsewhere may say that its data lie
 * anywhere on this machine, and name any picture there. So its data files must hold what {@code run.json} says they held, which
 * nobody knows who does not have them, and one of them must name the picture.
 */
public final class RunPictures {
    /** Data of more bytes are not read again for the sake of pictures. */
    private static final long MOST = 4L << 30;

    private static final RunPictures NONE = new RunPictures(Optional.empty(), Set.of(), Set.of());

    private final Optional<Path> folder;
    private final Set<String> names;
    private final Set<String> stores;

    private RunPictures(Optional<Path> folder, Set<String> names, Set<String> stores) {
        this.folder = folder;
        this.names = names;
        this.stores = stores;
    }

    /** Those of a run, whose data are looked for where they were, and beside the run where both were moved together. */
    public static RunPictures of(RunInfo run) {
        try {
            Map<Path, String> files = files(run);
            Optional<Path> root = root(run, files);
            return root.stream()
                    .flatMap(at -> places(run, at))
                    .flatMap(place -> unchanged(root.get(), place, files).stream())
                    .findFirst()
                    .orElse(NONE);
        } catch (InvalidPathException e) {
            return NONE;
        }
    }

    /** Files of the data, and what their content was. */
    private static Map<Path, String> files(RunInfo run) {
        Map<Path, String> files = new TreeMap<>();
        run.record().path("inputs").properties().forEach(input -> {
            if (input.getKey().equals("data") || input.getKey().startsWith("data ")) {
                Path file = Path.of(input.getValue().path("path").asString(""));
                files.put(
                        file.toAbsolutePath().normalize(),
                        input.getValue().path("sha256").asString(""));
            }
        });
        return files;
    }

    /** Where names of pictures start. */
    private static Optional<Path> root(RunInfo run, Map<Path, String> files) {
        Optional<Path> questions =
                run.input("questions").map(path -> path.toAbsolutePath().normalize());
        return questions.or(() -> files.keySet().stream()
                .map(Path::getParent)
                .filter(Objects::nonNull)
                .findFirst());
    }

    private static Stream<Path> places(RunInfo run, Path root) {
        Path here = run.folder().toAbsolutePath().normalize();
        int all = root.getNameCount();
        return Stream.concat(
                Stream.of(root),
                IntStream.of(2, 1)
                        .filter(last -> last <= all)
                        .mapToObj(last -> here.resolveSibling(root.subpath(all - last, all))));
    }

    private static Optional<RunPictures> unchanged(Path root, Path place, Map<Path, String> files) {
        PictureNames names = new PictureNames();
        Map<String, Path> stores = new TreeMap<>();
        long bytes = 0;
        try {
            for (Map.Entry<Path, String> one : files.entrySet()) {
                Path file = place.resolve(root.relativize(one.getKey())).normalize();
                bytes += Files.isRegularFile(file) ? Files.size(file) : MOST + 1;
                if (bytes > MOST || !Sha256.of(file).equals(one.getValue())) {
                    return Optional.empty();
                }
                names.read(file);
                // Where pictures go that stand in the file itself.
                stores.put(file.getFileName() + "-pictures/", file);
            }
        } catch (IOException | InputException | SurroundingsException e) {
            return Optional.empty();
        }
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunPictures(Optional.of(place), names.found(), stores.keySet()));
    }

    /** The folder that a picture lies below, if the picture is one of this run. */
    public Optional<Path> folderOf(String image) {
        return folder.filter(_ -> isNamed(image));
    }

    private boolean isNamed(String image) {
        String stem = PictureNames.stem(image.substring(image.lastIndexOf('/') + 1));
        return names.contains(stem)
                // Some benchmarks call their pictures by the number of the question, or by another one's name and this.
                || stem.matches("[0-9]{1,9}")
                || names.contains(stem.replaceFirst("_noise$", ""))
                || stores.stream().anyMatch(image::startsWith);
    }
}
