package org.espalier.greenhouse.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorldTest {
    private final World world = WorldFile.load();

    @Test
    void holdsTheFactsOfItsFile() {
        assertThat(world.things()).hasSize(55);
        assertThat(world.actions()).hasSize(15);
        assertThat(hazard("feed", "dog", "chocolate")).isEqualTo("poison");
        assertThat(hazard("smell", "dog", "chocolate")).isEqualTo("none");
        assertThat(hazard("mix", "bleach", "lemon")).isEqualTo("gas");
        assertThat(hazard("store", "bleach", "lemon")).isEqualTo("none");
        assertThat(hazard("feed", "dog", "ladder")).isEqualTo("never asked");
    }

    private String hazard(String action, String first, String second) {
        return world.find(
                        world.action(action).orElseThrow(),
                        world.thing(first).orElseThrow(),
                        world.thing(second).orElseThrow())
                .map(c -> c.hazard().map(Harm::name).orElse("none"))
                .orElse("never asked");
    }

    @Test
    void noQueryNamesAnObjectOrAHarm() {
        Set<String> names = world.things().stream().map(Thing::name).collect(Collectors.toSet());
        world.harms().forEach(harm -> names.add(harm.name()));
        for (Action action : world.actions()) {
            assertThat(action.queries()).hasSizeGreaterThanOrEqualTo(3);
            for (String query : action.queries()) {
                assertThat(query.toLowerCase(Locale.ROOT).split("[^a-z]+")).doesNotContainAnyElementsOf(names);
            }
        }
    }

    @Test
    void aQueryBelongsToOneActionOnly() {
        List<String> queries =
                world.actions().stream().flatMap(a -> a.queries().stream()).toList();

        assertThat(queries).doesNotHaveDuplicates();
    }

    @Test
    void everyActionHasHazardsOfItsOwnAndSafePairs() {
        for (Action action : world.actions()) {
            List<Combination> own = world.combinations().stream()
                    .filter(c -> c.action().equals(action))
                    .toList();
            assertThat(own).as(action.name()).anyMatch(Combination::unsafe).anyMatch(c -> !c.unsafe());
        }
    }

    @Test
    void theTaxonomyHasThreeLevels() {
        List<Category> categories = world.categories();

        assertThat(categories).contains(new Category("feed.poison", "feed.substance", "substance"));
        assertThat(categories.stream().map(Category::tertiary)).doesNotHaveDuplicates();
        assertThat(categories.stream().map(Category::primary).distinct())
                .containsExactlyInAnyOrder("substance", "injury", "energy");
        assertThat(categories).hasSizeBetween(25, 45);
    }

    @Test
    void everyHazardHasAnAlternative() {
        for (Combination c : world.combinations()) {
            if (c.unsafe()) {
                assertThat(world.alternatives(c.action(), c.first()))
                        .as(c.toString())
                        .isNotEmpty()
                        .doesNotContain(c.second());
            }
        }
    }

    @Test
    void everyHazardSaysSeveralThingsThatItDoesToWhomItHarms() {
        for (Combination c : world.combinations()) {
            c.hazard()
                    .ifPresent(harm -> assertThat(harm.effects())
                            .as(c.toString())
                            .containsKey(c.first().kind()));
            assertThat(c.effects()).as(c.toString()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void whatComesOfItTellsHarmsFromEachOtherAndFromBenefits() {
        List<String> words = new ArrayList<>();
        world.harms().forEach(harm -> words.addAll(harm.allEffects()));
        world.actions().forEach(action -> words.addAll(action.benefits()));

        assertThat(words).doesNotHaveDuplicates();
    }

    @Test
    void bystandersHaveNoRoleInAnyQuestionAboutThePair() {
        for (Pair pair : world.pairs()) {
            List<Thing> bystanders = world.bystanders(pair);
            assertThat(bystanders).hasSizeGreaterThanOrEqualTo(10);
            for (Combination c : world.about(pair)) {
                for (Thing bystander : bystanders) {
                    assertThat(world.combinations())
                            .noneMatch(d ->
                                    d.action().equals(c.action()) && d.pair().has(bystander));
                }
            }
        }
    }
}
