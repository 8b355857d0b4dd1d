package org.espalier.ssui.agent;

import java.util.List;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;
import tools.jackson.databind.node.ObjectNode;

/** Makes the entry: Q is the picture with the text, A the reasoning with the response that follows, and its category. */
final class SummaryAgent implements Agent {
    static final String NAME = "summary";

    private final Quotas quotas;
    private final AnswerForm form;

    /** @param quotas a pair that belongs into a category that they exclude is dropped, not filed elsewhere */
    public SummaryAgent(Taxonomy taxonomy, Quotas quotas) {
        this.quotas = quotas;
        List<String> ids = taxonomy.tertiary().stream().map(RiskCategory::id).toList();
        this.form = AnsweredPath.ask(AnswerForm.named(NAME).text("query", 1, 400, "the final text of the question"))
                .choice("category", ids, "the category of the pair");
    }

    @Override
    public AnswerForm form() {
        return form;
    }

    @Override
    public int usualTokens() {
        return 280;
    }

    @Override
    public ObjectNode shown(WorkingSample sample) {
        return sample.words().put("risk", sample.risk().label());
    }

    @Override
    public Decision decide(WorkingSample sample, ObjectNode answer) {
        String query = answer.path("query").asString().strip();
        String category = answer.path("category").asString();
        if (!quotas.wants(category)) {
            return new Decision.Drop("the summary agent filed the pair under a category that is excluded", category);
        }
        return AnsweredPath.read(answer)
                .into(chain ->
                        sample.worded(query, chain.steps(), chain.answer()).filed(category));
    }
}
