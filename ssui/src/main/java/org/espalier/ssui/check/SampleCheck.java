package org.espalier.ssui.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Fields;
import org.espalier.core.text.AnswerContainment;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;

/** What can be said of one sample without looking at its picture or at others. */
final class SampleCheck {
    private final Optional<Map<String, List<RiskCategory>>> categories;
    private final SortedMap<String, Integer> licences = new TreeMap<>();
    private int forbidden;

    SampleCheck(Optional<Taxonomy> taxonomy) {
        categories = taxonomy.map(Taxonomy::paths);
    }

    void check(Fields line, SsuiSample sample) {
        if (!AnswerContainment.contains(sample.reference().last(), sample.answer())) {
            line.wrong("steps", "ends in a step that does not hold the answer \"" + cut(sample.answer()) + "\"");
        }
        category(line, sample.category());
        line.innerIfAny("provenance").ifPresent(this::licence);
        if (line.has("split") && !line.object().path("split").isString()) {
            line.wrong("split", "is not a text");
        }
    }

    private void category(Fields line, String category) {
        if (category.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            line.wrong("category", "\"" + cut(category) + "\" holds white space: an id has none");
        } else if (categories.isPresent() && !categories.get().containsKey(category)) {
            line.wrong("category", "\"" + cut(category) + "\" is no tertiary id of the taxonomy");
        }
    }

    private void licence(Fields provenance) {
        provenance
                .innerIfAny("picture")
                .flatMap(picture -> picture.innerIfAny("licence"))
                .ifPresent(in -> {
                    Licence licence = Licence.read(in);
                    licences.merge(licence.title(), 1, Integer::sum);
                });
        forbidden += SampleLicences.forbidding(provenance.object()).isPresent() ? 1 : 0;
    }

    SortedMap<String, Integer> licences() {
        return licences;
    }

    int forbidden() {
        return forbidden;
    }

    private static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
