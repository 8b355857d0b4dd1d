package org.espalier.bench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.FolderBounds;
import org.espalier.core.file.Folders;

/**
 * Finds pictures by the names that data give them, below some folders: as written, else in another case, else with
 * another extension. A file of no bytes is no picture, and neither is what a link leads to outside of its folder, since data may
 * come from elsewhere.
 */
public final class PictureFinder {
    private final Path root;
    private final List<Place> places;
    private final Map<Path, Map<String, Path>> listings = new HashMap<>();

    /** @param places folders below {@code root} that names are looked up in, in this order; empty for the root itself */
    public PictureFinder(Path root, List<String> places) {
        this.root = root;
        this.places = places.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .map(folder -> new Place(folder, FolderBounds.of(folder)))
                .toList();
    }

    private record Place(Path folder, FolderBounds bounds) {}

    /** A picture that is there. */
    public Optional<Path> find(String name) {
        String plain = name.strip().replace('\\', '/').replaceFirst("^(?:\\./|/)+", "");
        if (plain.isEmpty() || ("/" + plain + "/").contains("/../")) {
            return Optional.empty();
        }
        try {
            for (Place place : places) {
                Optional<Path> found = in(place.folder().resolve(plain));
                if (found.isPresent() && place.bounds().hold(found.get())) {
                    return found;
                }
            }
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Path> in(Path file) {
        if (holdsSomething(file)) {
            return Optional.of(file);
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Map<String, Path> listing = listings.computeIfAbsent(folder, PictureFinder::list);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(listing.get(name))
                .or(() -> Optional.ofNullable(listing.get(stem(name))))
                .filter(PictureFinder::holdsSomething);
    }

    private static boolean holdsSomething(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Files by lower-case name, and by lower-case name without extension (the first of them in alphabetical order). */
    private static Map<String, Path> list(Path folder) {
        Map<String, Path> listing = new HashMap<>();
        for (Path file : Folders.list(folder)) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            listing.put(name, file);
            listing.putIfAbsent(stem(name), file);
        }
        return listing;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** A picture's path below the root, with forward slashes. */
    public String below(Path picture) {
        return root.relativize(picture).toString().replace('\\', '/');
    }
}
