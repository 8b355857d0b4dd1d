package org.espalier.ssui.taxonomy;

import java.util.List;

/**
 * One name of the taxonomy.
 *
 * @param id as samples name it; stands once in a taxonomy
 * @param source where the name is from
 * @param categories of the next level; none at the third
 */
public record RiskCategory(String id, String name, String description, String source, List<RiskCategory> categories) {
    public RiskCategory {
        categories = List.copyOf(categories);
    }
}
