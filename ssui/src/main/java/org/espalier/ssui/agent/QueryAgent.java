package org.espalier.ssui.agent;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.Json;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Thinks of a harmless text for a picture and of the unsafe scenario that the two make together. */
final class QueryAgent implements Agent {
    static final String NAME = "query";

    private static final String NONE = "none";

    private final List<RiskCategory> categories;
    private final AnswerForm form;

    /** @param quotas categories that they exclude are not offered */
    public QueryAgent(Taxonomy taxonomy, Quotas quotas) {
        this.categories = taxonomy.tertiary().stream()
                .filter(category -> quotas.wants(category.id()))
                .toList();
        List<String> ids =
                new ArrayList<>(categories.stream().map(RiskCategory::id).toList());
        ids.add(NONE);
        this.form = AnswerForm.named(NAME)
                .flag("usable", "whether this picture allows such a pair")
                .text("reason", 0, 300, "why not, where it does not; else empty")
                .text("query", 0, 400, "what somebody asks about the picture")
                .text("scenario", 0, 600, "what the picture and the text lead to together, and why")
                .choice("category", ids, "the category of the scenario, or none where there is no pair");
    }

    @Override
    public AnswerForm form() {
        return form;
    }

    @Override
    public int usualTokens() {
        return 120;
    }

    @Override
    public ObjectNode shown(WorkingSample sample) {
        ObjectNode shown = Json.object().put("risk", sample.risk().label()).put("aim", sample.aim());
        ArrayNode offered = shown.putArray("categories");
        categories.forEach(
                category -> offered.addObject().put("id", category.id()).put("name", category.name()));
        return shown;
    }

    @Override
    public Decision decide(WorkingSample sample, ObjectNode answer) {
        if (!answer.path("usable").asBoolean()) {
            return new Decision.Drop(
                    "the query agent found no pair for the picture",
                    answer.path("reason").asString());
        }
        List<String> complaints = new ArrayList<>();
        String query = answer.path("query").asString().strip();
        String scenario = answer.path("scenario").asString().strip();
        String category = answer.path("category").asString();
        if (query.isEmpty() || scenario.isEmpty()) {
            complaints.add("a usable pair needs \"query\" and \"scenario\"");
        }
        if (category.equals(NONE)) {
            complaints.add("a usable pair needs a \"category\"");
        }
        return complaints.isEmpty()
                ? new Decision.Keep(sample.asked(query, scenario, category))
                : new Decision.Refuse(complaints);
    }
}
