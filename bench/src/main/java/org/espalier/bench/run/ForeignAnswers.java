package org.espalier.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.bench.internal.ItemFile;
import org.espalier.bench.internal.ItemRow;
import org.espalier.bench.internal.ItemValue;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.core.UnusableModelException;

/**
 * Answers that another program wrote, in any order: predictions of VLMEvalKit (TSV or JSON: {@code index}, {@code
 * prediction}), samples of lmms-eval (JSON lines: {@code doc_id}, {@code resps} or {@code filtered_resps}), or any rows
 * with an id and a text. All of them are held in memory. A question without an answer there counts as unanswered.
 */
public final class ForeignAnswers implements AnswerSource {
    private static final List<String> IDS = List.of("id", "index", "question_id", "doc_id");
    /** What was said before what was made of it. */
    private static final List<String> TEXTS =
            List.of("text", "prediction", "resps", "filtered_resps", "response", "answer");

    private static final String SAMPLE = "sample";

    /** VLMEvalKit puts these words in the place of an answer that it did not get. */
    private static final String NOT_OBTAINED = "Failed to obtain answer";

    private final Path file;
    private final Map<String, List<Optional<Reply>>> answers = new HashMap<>();
    private boolean anyFound;

    /** @throws InputException if the file is of no kind that is known, or a row has no id or no text */
    public ForeignAnswers(Path file) {
        this.file = file;
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".xlsx") || name.endsWith(".pkl")) {
            throw new InputException(file + " is not read: have VLMEvalKit write its predictions as TSV or JSON (set"
                    + " PRED_FORMAT=tsv and run it again; answers that it has are kept)");
        }
        ItemFile.each(file, this::add);
        if (answers.isEmpty()) {
            throw new InputException(file + " holds no answer");
        }
    }

    private void add(ItemRow row) {
        String id = first(row, IDS)
                .map(ItemValue::words)
                .orElseThrow(() -> lacks(row, "an id in one of the columns " + String.join(", ", IDS)));
        // A table leaves out what is empty: an answer without words is one.
        List<String> texts = switch (first(row, TEXTS).orElse(new ItemValue.One(""))) {
            case ItemValue.Several(List<String> several) -> several;
            case ItemValue one -> List.of(one.words());
        };
        List<Optional<Reply>> replies = answers.computeIfAbsent(id, _ -> new ArrayList<>());
        String sample = row.words(SAMPLE);
        if (!sample.isEmpty() && !sample.matches("[0-9]{1,5}")) {
            throw lacks(row, "a whole number as sample, not \"" + sample + "\"");
        }
        int place = sample.isEmpty() ? replies.size() : Integer.parseInt(sample);
        for (String text : texts) {
            while (replies.size() <= place) {
                replies.add(Optional.empty());
            }
            replies.set(place++, Optional.of(reply(text)));
        }
    }

    private static Reply reply(String text) {
        return text.contains(NOT_OBTAINED) && text.length() < 4 * NOT_OBTAINED.length()
                ? new Reply.Failed("the program that asked did not obtain an answer")
                : new Reply.Said(text, true);
    }

    private InputException lacks(ItemRow row, String what) {
        return new InputException(file + ", row " + (row.number() + 1) + " needs " + what + "; it has "
                + String.join(", ", row.values().keySet()));
    }

    private static Optional<ItemValue> first(ItemRow row, List<String> columns) {
        return columns.stream().flatMap(column -> row.value(column).stream()).findFirst();
    }

    /** @throws UnusableModelException if there is none to any of the first requests */
    @Override
    public List<Reply> reply(List<Request> requests, Sampling sampling) {
        List<Reply> replies = requests.stream().map(this::reply).toList();
        if (!anyFound) {
            throw new UnusableModelException(file + " answers none of the first " + requests.size()
                    + " questions: theirs are called " + shown(requests.stream().map(Request::key)) + ", and its rows "
                    + shown(answers.keySet().stream()));
        }
        return replies;
    }

    private Reply reply(Request request) {
        List<Optional<Reply>> known = answers.getOrDefault(request.key(), List.of());
        Optional<Reply> found = request.sample() < known.size() ? known.get(request.sample()) : Optional.empty();
        anyFound |= found.isPresent();
        return found.orElseGet(() -> new Reply.Failed(file.getFileName() + " has no answer to it"));
    }

    private static String shown(Stream<String> names) {
        return String.join(", ", names.distinct().sorted().limit(3).toList()) + ", …";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
