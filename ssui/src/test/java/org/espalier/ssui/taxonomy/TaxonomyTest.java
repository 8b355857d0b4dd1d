package org.espalier.ssui.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaxonomyTest {
    @TempDir
    private Path folder;

    @Test
    void whatShipsHasTheSizesOfThePaper() {
        Taxonomy taxonomy = Taxonomy.composed();

        assertThat(taxonomy.primary()).hasSize(3);
        assertThat(taxonomy.secondary()).hasSize(19);
        assertThat(taxonomy.tertiary()).hasSize(68);
        assertThat(taxonomy.tertiary()).allSatisfy(category -> {
            assertThat(category.description()).isNotBlank();
            assertThat(category.source()).isNotBlank();
        });
        assertThat(taxonomy.about()).contains("The authors' own names are not public");
    }

    @Test
    void tellsEverythingThatIsWrongWithAFile() throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, """
                {"name": "mine", "categories": [
                  {"id": "a", "name": "A", "source": "us", "categories": [
                    {"id": "a", "name": "A1", "source": "us", "categories": [
                      {"id": "has space", "source": "us"}]}]},
                  {"id": "b", "name": "B", "source": "us", "categories": []}]}
                """);

        assertThatThrownBy(() -> Taxonomy.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("categories[0].categories[0].id \"a\" is that of categories[0] already")
                .hasMessageContaining("categories[0].categories[0].categories[0].id \"has space\" holds more than")
                .hasMessageContaining("categories[0].categories[0].categories[0].name is missing")
                .hasMessageContaining("categories[1] has no list \"categories\" of level 2");
    }

    @Test
    void balanceIsOneWhereAllHaveTheSameAndFallsWithTheRest() throws IOException {
        Taxonomy four = four();

        assertThat(Coverage.of(four, Map.of("w", 5L, "x", 5L, "y", 5L, "z", 5L)).balance())
                .isCloseTo(1, within(1e-12));
        // Two of four categories with equal shares: ln 2 / ln 4.
        Coverage half = Coverage.of(four, Map.of("w", 5L, "x", 5L, "strange", 2L));
        assertThat(half.balance()).isCloseTo(0.5, within(1e-12));
        assertThat(half.covered()).isCloseTo(0.5, within(1e-12));
        assertThat(half.strangers()).containsExactly(Map.entry("strange", 2L));
        assertThat(half.total()).isEqualTo(10);
    }

    @Test
    void aimsFollowTheWeights() throws IOException {
        Taxonomy four = four();
        Quotas quotas = Quotas.of(four, Map.of("w", 3.0, "q", 0.0));
        Map<String, Integer> aims = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            aims.merge(quotas.aim(7, "item-" + i), 1, Integer::sum);
        }

        // w: 3 of 4, x: 1 of 4; q stands for y and z.
        assertThat(aims.keySet()).containsExactlyInAnyOrder("w", "x");
        assertThat(aims.get("w")).isBetween(2850, 3150);
        assertThat(quotas.aim(7, "item-3")).isEqualTo(quotas.aim(7, "item-3"));
    }

    @Test
    void refusesAQuotaOfAStranger() {
        assertThatThrownBy(() -> Quotas.of(Taxonomy.composed(), Map.of("moon", 1.0)))
                .isInstanceOf(InputException.class)
                .hasMessage("a quota names the category \"moon\", which the taxonomy composed-3-19-68 does not have");
    }

    @Test
    void theRingsNameEveryCategoryAndItsCount() {
        Taxonomy taxonomy = Taxonomy.composed();
        String id = taxonomy.tertiary().getFirst().id();
        String svg = Rings.draw(Coverage.of(taxonomy, Map.of(id, 12L)));

        assertThat(svg).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(svg.split("<path ", -1)).hasSize(1 + 3 + 19 + 68);
        assertThat(svg).contains("Age Discrimination (" + id + "): 12</title>").contains("Bias &amp; Discrimination");
    }

    private Taxonomy four() throws IOException {
        Path file = folder.resolve("four.json");
        String form = "{\"id\": \"%s\", \"name\": \"%s\", \"source\": \"us\"}";
        Files.writeString(
                file,
                "{\"name\": \"four\", \"categories\": [{\"id\": \"o\", \"name\": \"O\", \"source\": \"us\", \"categories\":"
                        + " [{\"id\": \"p\", \"name\": \"P\", \"source\": \"us\", \"categories\": ["
                        + form.formatted("w", "W") + "," + form.formatted("x", "X")
                        + "]}, {\"id\": \"q\", \"name\": \"Q\", \"source\": \"us\", \"categories\": ["
                        + form.formatted("y", "Y") + "," + form.formatted("z", "Z") + "]}]}]}");
        return Taxonomy.read(file);
    }
}
