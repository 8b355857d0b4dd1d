package org.espalier.bench.suite;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.core.file.TextFile;

/**
 * The words that benchmarks ask and judge with. Those that ship are ours: they follow each benchmark's rubric. Somebody
 * who has the authors' own may put them into a folder under the same names.
 */
public final class Prompts {
    private static final String PLACE = "/org/espalier/bench/prompts/";

    private final Optional<Path> folder;
    private final Properties hashes = authors();

    private Prompts(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Those that ship. */
    public static Prompts shipped() {
        return new Prompts(Optional.empty());
    }

    /** Those of a folder, and of what it lacks those that ship. */
    public static Prompts in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + " of prompts");
        }
        return new Prompts(Optional.of(folder));
    }

    /** A prompt by name. */
    public String of(String name) {
        return own(name)
                .orElseGet(
                        () -> Shipped.text(Prompts.class, PLACE + name + ".md").strip());
    }

    /** Whose words a prompt is. */
    public enum Origin {
        SHIPPED,
        /** The authors' own, by its hash. */
        AUTHORS,
        /** Somebody's. */
        OWN
    }

    /** Whose words a prompt is; those of the authors are told by a hash over them, white space apart. */
    public Origin origin(String name) {
        if (folder.map(at -> at.resolve(name + ".md")).filter(Files::exists).isEmpty()) {
            return Origin.SHIPPED;
        }
        return Sha256.of(of(name).replaceAll("\\s+", " ")).equals(hashes.getProperty(name))
                ? Origin.AUTHORS
                : Origin.OWN;
    }

    private static Properties authors() {
        Properties hashes = new Properties();
        try {
            hashes.load(new StringReader(Shipped.text(Prompts.class, PLACE + "authors.properties")));
            return hashes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the folder alone; empty where it has none. */
    public Optional<String> own(String name) {
        return folder.map(at -> at.resolve(name + ".md")).filter(Files::exists).map(Prompts::read);
    }

    private static String read(Path file) {
        String text = TextFile.read(file).strip();
        if (text.isEmpty()) {
            throw new InputException(file + " is empty where a prompt is needed");
        }
        return text;
    }
}
