package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.Optional;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.studio.internal.page.Control;

/** Tertiary categories under the names that lead to them. */
final class CategoryPicker {
    private CategoryPicker() {}

    /** @param none the words of an entry for no category, if there is to be one */
    static Element draw(Taxonomy taxonomy, String picked, Optional<String> none) {
        Element select = element("select").attribute("name", FilterFields.CATEGORY);
        none.ifPresent(words -> select.add(Control.option("", words, picked.isEmpty())));
        if (!picked.isEmpty() && taxonomy.find(picked).isEmpty()) {
            select.add(Control.option(picked, picked + " (not in this taxonomy)", true));
        }
        for (RiskCategory primary : taxonomy.primary()) {
            for (RiskCategory secondary : primary.categories()) {
                Element group = element("optgroup").attribute("label", primary.name() + " › " + secondary.name());
                secondary
                        .categories()
                        .forEach(each -> group.add(
                                Control.option(each.id(), each.name(), each.id().equals(picked))));
                select.add(group);
            }
        }
        return select;
    }
}
