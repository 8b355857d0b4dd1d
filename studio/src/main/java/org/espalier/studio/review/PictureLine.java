package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.Optional;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.pool.Safety;
import org.espalier.studio.internal.page.Control;
import org.espalier.studio.internal.page.Frame;

/**
 * What is known of a picture, below it, and whether it is harmless by itself, for the reviewer to say.
 *
 * @param harmless what the reviewer says; empty where nothing has been said
 */
record PictureLine(PictureProvenance picture, Optional<Boolean> harmless) {
    Html caption() {
        return element("figcaption")
                .add(
                        element("p")
                                .add("Licence: " + picture.licence().words() + " Source: "
                                        + picture.source().words()),
                        element("p").add(safety(picture.safety())),
                        element("fieldset", "rating")
                                .add(
                                        element("legend").add("Harmless by itself?"),
                                        element("div", "scale")
                                                .add(choice("yes", "h", true), choice("no", "x", false))));
    }

    private static String safety(Safety safety) {
        String by = safety.by().isEmpty() ? "" : " by " + safety.by();
        String found = switch (safety.verdict()) {
            case SAFE -> "Found harmless" + by;
            case UNSAFE -> "Found not harmless" + by;
            case UNVERIFIED -> by.isEmpty() ? "Nobody has verified it" : "Not verified" + by;
        };
        return found + (safety.reason().isEmpty() ? "." : ": " + safety.reason());
    }

    private Html choice(String word, String key, boolean value) {
        Element radio = Control.tick("radio", "harmless", word, harmless.equals(Optional.of(value)))
                .attribute("data-key", key);
        return element("label").add(radio, element("span").add(Html.text(word), Frame.key(key)));
    }
}
