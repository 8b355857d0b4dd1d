package org.espalier.model.chat;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text in Unicode's composed form (NFC), with the places of the given text. Where composing changes a character and
 * its marks, only the places around them are known.
 */
final class NormalForm {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private final String text;
    /** For each place in the composed text, the last known place of the given text at or before it. */
    private final int[] places;

    private final boolean[] known;

    private NormalForm(String text) {
        this.text = text;
        places = new int[text.length() + 1];
        known = new boolean[text.length() + 1];
    }

    /** A text that stays as it is. */
    static NormalForm same(String text) {
        NormalForm form = new NormalForm(text);
        for (int i = 0; i <= text.length(); i++) {
            form.known(i, i);
        }
        return form;
    }

    static NormalForm composed(String given) {
        if (Normalizer.isNormalized(given, Normalizer.Form.NFC)) {
            return same(given);
        }
        NormalForm form = new NormalForm(Normalizer.normalize(given, Normalizer.Form.NFC));
        form.known(0, 0);
        Matcher clusters = CLUSTER.matcher(given);
        int at = 0;
        while (clusters.find()) {
            String before = clusters.group();
            String after = Normalizer.normalize(before, Normalizer.Form.NFC);
            if (!form.text.startsWith(after, at)) {
                break;
            }
            if (after.equals(before)) {
                for (int i = 1; i < after.length(); i++) {
                    form.known(at + i, clusters.start() + i);
                }
            }
            at += after.length();
            form.known(at, clusters.end());
        }
        form.known(form.text.length(), given.length());
        form.fill();
        return form;
    }

    /** A text in the place of another one of some length: only its beginning and its end are known there. */
    static NormalForm replaced(String text, int length) {
        NormalForm form = new NormalForm(text);
        form.known(0, 0);
        form.known(text.length(), length);
        form.fill();
        return form;
    }

    /** Texts one after the other. */
    static NormalForm joined(List<NormalForm> parts) {
        NormalForm form = new NormalForm(parts.stream().map(NormalForm::text).collect(Collectors.joining()));
        int at = 0;
        int place = 0;
        form.known(0, 0);
        for (NormalForm part : parts) {
            for (int i = 0; i < part.places.length; i++) {
                form.places[at + i] = place + part.places[i];
                form.known[at + i] |= part.known[i];
            }
            at += part.text.length();
            place += part.places[part.text.length()];
        }
        return form;
    }

    /** A part of it, as the normal form of the part of the given text that it comes from. */
    NormalForm part(int from, int to) {
        NormalForm form = new NormalForm(text.substring(from, to));
        for (int i = from; i <= to; i++) {
            form.places[i - from] = places[i] - places[from];
            form.known[i - from] = known[i];
        }
        return form;
    }

    private void known(int composed, int given) {
        places[composed] = given;
        known[composed] = true;
    }

    private void fill() {
        for (int i = 1; i < places.length; i++) {
            places[i] = known[i] ? places[i] : places[i - 1];
        }
    }

    String text() {
        return text;
    }

    /** The place in the given text; beyond its end, as far beyond. */
    int place(int composed) {
        return composed < places.length ? places[composed] : places[places.length - 1] + composed - (places.length - 1);
    }

    /** Whether the place of the composed text is a place of the given text too. */
    boolean isPlace(int composed) {
        return composed >= known.length || known[composed];
    }
}
