package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;

/** Where Espalier stands on this machine, as its launcher said. */
final class Place {
    private Place() {}

    /** The checkout that the launcher belongs to; empty where Espalier was started without it. */
    static Optional<Path> root() {
        return Optional.ofNullable(System.getProperty("espalier.root")).map(Path::of);
    }

    /** Where native libraries are unpacked and fault logs are kept. */
    static Path cache() {
        String cache = System.getProperty("espalier.cache");
        return cache == null ? Path.of(System.getProperty("java.io.tmpdir"), "espalier") : Path.of(cache);
    }
}
