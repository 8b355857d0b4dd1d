package org.espalier.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.espalier.core.file.FileTrouble;

/** The class path that a process was started with, jar by jar. */
public final class OwnClassPath {
    private OwnClassPath() {}

    /** That of this process. */
    public static List<Path> entries() {
        return entries(System.getProperty("java.class.path"));
    }

    /** Its entries in their order, with those that the manifests of its jars name. */
    static List<Path> entries(String classPath) {
        Set<Path> entries = new LinkedHashSet<>();
        for (String word : classPath.split(File.pathSeparator)) {
            Path entry = Path.of(word).toAbsolutePath().normalize();
            if (Files.exists(entry) && entries.add(entry) && Files.isRegularFile(entry)) {
                named(entry).stream().filter(Files::exists).forEach(entries::add);
            }
        }
        return new ArrayList<>(entries);
    }

    private static List<Path> named(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String words = Optional.ofNullable(file.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(attributes -> attributes.getValue(Attributes.Name.CLASS_PATH))
                    .orElse("");
            URI base = jar.toUri();
            List<Path> named = new ArrayList<>();
            for (String word : words.split(" ")) {
                if (!word.isBlank()) {
                    named.add(Path.of(base.resolve(word)).normalize());
                }
            }
            return named;
        } catch (IOException e) {
            throw FileTrouble.reading(jar, e);
        }
    }
}
