package org.espalier.ssui.pool;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Licences as sources write them (a name, a link, both) turned into one name each and what they say of training. */
public final class Licences {
    private static final Pattern CREATIVE_COMMONS =
            Pattern.compile("creativecommons\\.org/licenses/([a-z-]+)/(\\d\\.\\d)(?:/([a-z]{2})\\b)?");
    private static final Pattern PUBLIC_DOMAIN =
            Pattern.compile("creativecommons\\.org/publicdomain/(zero|mark)/(\\d\\.\\d)");
    private static final Pattern SPELT_OUT =
            Pattern.compile("cc[ -](by(?:[ -](?:nc|sa|nd))*)(?:[ -]v?(\\d\\.\\d))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_TRAINING = Pattern.compile(
            "no[ -](ai[ -])?training|not for training|evaluation[ -]only|test[ -]only|all rights reserved",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OPEN = Pattern.compile(
            "apache-2\\.0|mit|cc0(-1\\.0)?|pdm(-1\\.0)?|public domain|bsd-[23]-clause", Pattern.CASE_INSENSITIVE);

    private Licences() {}

    /**
     * The licence that a name and a link stand for. Works under a Creative Commons licence without "no derivatives" may
     * be trained on as its terms stand (who sells the model must mind "non-commercial", which stays in the name); for
     * "no derivatives" and what is not known here, nothing is claimed.
     *
     * @param name may be empty
     * @param url may be empty
     */
    public static Licence of(String name, String url) {
        String link = url.strip();
        String said = name.strip();
        if (NO_TRAINING.matcher(said).find()) {
            return new Licence(said, link, Training.FORBIDDEN);
        }
        String address = (link.isEmpty() && said.contains("://") ? said : link).toLowerCase(Locale.ROOT);
        Matcher commons = CREATIVE_COMMONS.matcher(address);
        if (commons.find()) {
            String port = commons.group(3) == null ? "" : "-" + commons.group(3);
            return commons("CC-" + commons.group(1) + "-" + commons.group(2) + port, address);
        }
        Matcher free = PUBLIC_DOMAIN.matcher(address);
        if (free.find()) {
            String mark = free.group(1).equals("zero") ? "CC0-" : "PDM-";
            return new Licence(mark + free.group(2), address, Training.ALLOWED);
        }
        Matcher spelt = SPELT_OUT.matcher(said);
        if (spelt.matches()) {
            String version = spelt.group(2) == null ? "" : "-" + spelt.group(2);
            return commons("CC-" + spelt.group(1).replace(' ', '-') + version, link);
        }
        boolean open = OPEN.matcher(said).matches() || address.contains("usa.gov/copyright");
        return new Licence(said, link, open ? Training.ALLOWED : Training.UNSTATED);
    }

    private static Licence commons(String name, String url) {
        String upper = name.toUpperCase(Locale.ROOT);
        return new Licence(upper, url, upper.contains("-ND") ? Training.UNSTATED : Training.ALLOWED);
    }
}
