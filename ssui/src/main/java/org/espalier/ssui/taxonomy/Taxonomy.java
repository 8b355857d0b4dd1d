package org.espalier.ssui.taxonomy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.core.file.TextFile;

/**
 * Primary, secondary and tertiary categories. Samples name tertiary ones. What ships has 3, 19 and 68 as the paper has,
 * composed from published names since the authors' own are not public; any file of the same form replaces it.
 *
 * @param about what the taxonomy is, for people
 * @param sha256 of the file it was read from
 */
public record Taxonomy(String name, String about, List<RiskCategory> primary, String sha256) {
    private static final String SHIPPED = "/org/espalier/ssui/taxonomy/composed.json";

    public Taxonomy {
        primary = List.copyOf(primary);
    }

    /** The taxonomy that ships with Espalier. */
    public static Taxonomy composed() {
        return parse("the taxonomy that ships", Shipped.bytes(Taxonomy.class, SHIPPED));
    }

    /**
     * Reads one of your own.
     *
     * @throws org.espalier.core.InputException naming everything that is wrong with the file
     */
    public static Taxonomy read(Path file) {
        return parse(file.toString(), TextFile.bytes(file));
    }

    private static Taxonomy parse(String place, byte[] bytes) {
        return TaxonomyReader.read(place, new String(bytes, StandardCharsets.UTF_8), Sha256.of(bytes));
    }

    /** The second level, in the order of the file. */
    public List<RiskCategory> secondary() {
        return primary.stream().flatMap(p -> p.categories().stream()).toList();
    }

    /** The third level, in the order of the file: what samples name. */
    public List<RiskCategory> tertiary() {
        return secondary().stream().flatMap(s -> s.categories().stream()).toList();
    }

    /** A tertiary category by its id. */
    public Optional<RiskCategory> find(String id) {
        return tertiary().stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /** The names that lead to each tertiary id: primary, secondary, tertiary. */
    public Map<String, List<RiskCategory>> paths() {
        Map<String, List<RiskCategory>> paths = new LinkedHashMap<>();
        for (RiskCategory one : primary) {
            for (RiskCategory two : one.categories()) {
                for (RiskCategory three : two.categories()) {
                    paths.put(three.id(), List.of(one, two, three));
                }
            }
        }
        return paths;
    }
}
