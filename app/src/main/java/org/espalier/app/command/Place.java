package org.espalier.app.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.greenhouse.grow.GrowSettings;

/** Where Espalier stands on this machine, as its launcher said. */
final class Place {
    static final String MAIN = "org.espalier.app.Main";

    private Place() {}

    /** How this program was started, up to its own words. */
    static List<String> program() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        return words;
    }

    /** The checkout that the launcher belongs to; empty where Espalier was started without it. */
    static Optional<Path> root() {
        return Optional.ofNullable(System.getProperty("espalier.root")).map(Path::of);
    }

    /** Where native libraries are unpacked and fault logs are kept. */
    static Path cache() {
        String cache = System.getProperty("espalier.cache");
        return cache == null ? Path.of(System.getProperty("java.io.tmpdir"), "espalier") : Path.of(cache);
    }

    /**
     * The folder of the small model that comes with Espalier.
     *
     * @throws InputException if it is not there
     */
    static Path baseModel() {
        return ofCheckout("greenhouse/model", "a folder with --model");
    }

    /**
     * The folder of the one of another family.
     *
     * @throws InputException if none comes with Espalier
     */
    static Path baseModel(String family) {
        return family.equals(GrowSettings.FAMILY) ? baseModel() : baseModel(root().orElse(Path.of("")), family);
    }

    /** That one in a checkout. */
    static Path baseModel(Path checkout, String family) {
        Path place = checkout.resolve("greenhouse/model-" + family);
        if (!Files.exists(place)) {
            throw new InputException("no base model of the family " + family + " comes with Espalier (" + place
                    + " is not there): grow one with 'espalier greenhouse grow --family " + family
                    + " --out DIR' and give it with --model DIR");
        }
        return place;
    }

    /** The folders of all that come with Espalier, that of {@link #baseModel()} first. */
    static List<Path> baseModels() {
        Path checkout = root().orElse(Path.of(""));
        List<Path> models = new ArrayList<>(List.of(baseModel()));
        GrowSettings.families().stream()
                .map(family -> checkout.resolve("greenhouse/model-" + family))
                .filter(Files::exists)
                .forEach(models::add);
        return models;
    }

    /** A file or folder of the checkout, which must be there. */
    static Path ofCheckout(String name, String instead) {
        Path place = root().orElse(Path.of("")).resolve(name);
        if (!Files.exists(place)) {
            throw new InputException(
                    place + " is not there: start Espalier with its launcher from a complete checkout, or" + " give "
                            + instead);
        }
        return place;
    }
}
