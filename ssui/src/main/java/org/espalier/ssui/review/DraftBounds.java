package org.espalier.ssui.review;

import java.util.function.BiConsumer;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;

/** What is larger is no sample that people revise: no page could show it, nor what became of it. */
public final class DraftBounds {
    /** Steps of a path. */
    public static final int MOST_STEPS = 1000;

    /** Of the words that people revise, all together; and of a note. */
    private static final int MOST_CHARACTERS = 200_000;
    /** It stands in addresses. */
    private static final int LONGEST_ID = 1000;
    /** Characters of tag and provenance, which are shown as they are. */
    private static final int MOST_BESIDES = 2_000_000;

    private DraftBounds() {}

    /**
     * Tells what is too much in a draft.
     *
     * @param wrong hears the field and what is wrong with it
     */
    public static void check(Draft draft, BiConsumer<String, String> wrong) {
        refuse(draft.id().length(), LONGEST_ID, "id", "characters", wrong);
        refuse(Json.line(draft.tag()).length(), MOST_BESIDES, "tag", "characters", wrong);
        refuse(Json.line(draft.provenance()).length(), MOST_BESIDES, "provenance", "characters", wrong);
        check(draft.wording(), wrong);
    }

    /**
     * The same of the words alone.
     *
     * @throws InputException naming the first that is too much
     */
    static void check(DraftText wording) {
        check(wording, DraftBounds::refuse);
    }

    private static void check(DraftText wording, BiConsumer<String, String> wrong) {
        refuse(wording.steps().size(), MOST_STEPS, "steps", "steps", wrong);
        long steps = wording.steps().stream().mapToLong(String::length).sum();
        long all = steps + wording.query().length() + wording.answer().length();
        refuse(
                all,
                MOST_CHARACTERS,
                steps > MOST_CHARACTERS / 2 ? "steps" : "query",
                "characters with the other words",
                wrong);
    }

    /** @throws InputException if a note is longer than any that is read */
    static void check(Opinion opinion) {
        refuse(opinion.note().length(), MOST_CHARACTERS, "note", "characters", DraftBounds::refuse);
    }

    private static void refuse(String field, String what) {
        throw new InputException("'" + field + "' " + what);
    }

    private static void refuse(long size, long most, String field, String unit, BiConsumer<String, String> wrong) {
        if (size > most) {
            wrong.accept(field, "has " + size + " " + unit + ", and people can revise at most " + most);
        }
    }
}
