package org.espalier.ssui.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A filter as SQL over the table {@code draft}; what people typed goes into parameters only. The words come last.
 */
final class FilterSql {
    private final List<String> parts = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    private final SearchIndex words;
    private boolean searches;

    private FilterSql(SearchIndex words) {
        this.words = words;
    }

    static FilterSql of(Filter filter, SearchIndex words) {
        FilterSql condition = new FilterSql(words);
        filter.state().ifPresent(state -> condition.and("state = ?", state.label()));
        if (!filter.categories().isEmpty()) {
            String marks =
                    String.join(", ", Collections.nCopies(filter.categories().size(), "?"));
            condition.and("category in (" + marks + ")", filter.categories().toArray());
        }
        filter.risk().ifPresent(risk -> condition.and("risk = ?", risk.label()));
        filter.reviewer()
                .ifPresent(reviewer -> condition.and(
                        "seq in (select draft from decision where reviewer = ? and standing = 1)", reviewer));
        filter.mark().ifPresent(mark -> condition.and(marked(mark)));
        if (!filter.words().isEmpty()) {
            condition.searches = true;
            condition.parameters.add(words.asked(filter.words()));
        }
        return condition;
    }

    private static String marked(DraftFlag mark) {
        return switch (mark) {
            case DISPUTED -> "disputed = 1";
            case REVISED -> "revised = 1";
            case ONE_OPINION -> "opinions = 1";
            case SEVERAL_OPINIONS -> "opinions > 1";
        };
    }

    private void and(String part, Object... values) {
        parts.add(part);
        Collections.addAll(parameters, values);
    }

    String sql() {
        return searches ? rest() + " and " + words.condition() : rest();
    }

    private String rest() {
        return parts.isEmpty() ? "1 = 1" : String.join(" and ", parts);
    }

    /** The numbers of all drafts that fit, as a selection with the same parameters. */
    String all() {
        return searches ? words.all(rest()) : "select seq from draft where " + rest();
    }

    /** The parameters of the condition, then further ones. */
    Object[] values(Object... further) {
        List<Object> all = new ArrayList<>(parameters);
        Collections.addAll(all, further);
        return all.toArray();
    }
}
