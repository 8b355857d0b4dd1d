package org.espalier.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.bench.set.RsBench;
import org.espalier.core.Risk;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.Problems;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TextLines;
import org.espalier.core.text.HiddenMarks;
import org.espalier.report.answer.AnswerReader;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.draw.EmbeddedPicture;
import org.espalier.report.study.CellRuns;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of a study as data for its page: every text once, and numbers that name them. Where there are too many, neighbouring
 * questions are left out evenly, of all rows and cells the same.
 */
final class StudyAnswers {
    /** Answers that a page holds. */
    static final int MOST = 40_000;

    /** Letters of all its pictures together. */
    static final int PICTURES = 1_500_000;

    /** Twins stand side by side, and stay or go together. */
    private static final int TWINS = 2;

    /** What is named by its place in a list. */
    private static final class Names {
        private final Map<String, Integer> places = new LinkedHashMap<>();

        int of(String name) {
            return places.computeIfAbsent(name, _ -> places.size());
        }

        List<String> all() {
            return List.copyOf(places.keySet());
        }
    }

    /** @param place of the question in its file, from 0 */
    private record Asked(int place, Path folder, String image, ArrayNode line) {}

    private final AnswerReader reader = AnswerReader.of(RsBench.NAME);
    private final Names rows = new Names();
    private final Names cells = new Names();
    private final Names splits = new Names();
    private final Names verdicts = new Names();
    private final Names texts = new Names();
    private final Names pictures = new Names();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Asked> questions = new ArrayList<>();
    private final Map<String, List<String>> references = new HashMap<>();
    private final Set<Path> read = new HashSet<>();
    private final ArrayNode answers = Json.object().putArray("answers");
    private final int most;
    private final long all;
    private final long every;
    private int wrong;
    private int pictured;

    /** @param most answers that are kept */
    StudyAnswers(List<CellRuns> from, int most) {
        this.all = from.stream()
                .flatMap(cell -> cell.rows().values().stream())
                .mapToLong(row -> lines(row.measured().resolve(AnswerLine.FILE)))
                .sum();
        this.most = most;
        this.every = Math.max(1, (all + most - 1) / most);
        from.forEach(this::add);
        embed();
    }

    private static long lines(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        try (TextLines lines = new TextLines(file)) {
            while (lines.next().isPresent()) {
                // Counted there.
            }
            return lines.number();
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private void add(CellRuns cell) {
        int number = cells.of(cell.cell().words());
        cell.rows().forEach((label, row) -> {
            if (Files.exists(row.measured().resolve(AnswerLine.FILE))) {
                int place = rows.of(label);
                int[] line = new int[1];
                AnsweredQuestions.each(row.measured(), Long.MAX_VALUE, (answer, judgement) -> {
                    int at = line[0]++;
                    if (at / TWINS % every == 0) {
                        add(cell, number, place, at, reader.of(answer, Optional.of(judgement)));
                    }
                });
            }
        });
    }

    private void add(CellRuns cell, int number, int row, int place, ShownAnswer answer) {
        ArrayNode line = answers.addArray()
                .add(question(cell, place, answer))
                .add(number)
                .add(row)
                .add(verdicts.of(answer.label()))
                .add(answer.good().map(good -> good ? 1 : 0).orElse(-1))
                .add(answer.wrong())
                .add(text(answer.reason()));
        List<String> steps = answer.steps().isEmpty() ? List.of(answer.text()) : answer.steps();
        steps.forEach(step -> line.add(text(step)));
        wrong = Math.max(wrong, answer.wrong());
    }

    private int question(CellRuns cell, int place, ShownAnswer answer) {
        return numbers.computeIfAbsent(cell.cell().unit() + "\n" + answer.id(), _ -> {
            ArrayNode line = Json.object()
                    .putArray("question")
                    .add(text(answer.id()))
                    .add(text(answer.query()))
                    .add(answer.risk().map(Risk::ordinal).orElse(-1))
                    .add(splits.of(answer.split().map(ReportWording::split).orElse("")))
                    .add(text(answer.cell()))
                    .add(-1);
            reference(cell.asked(), answer.id()).forEach(step -> line.add(text(step)));
            Path folder = cell.asked().toAbsolutePath().getParent();
            questions.add(new Asked(place, folder == null ? cell.asked() : folder, answer.image(), line));
            return questions.size() - 1;
        });
    }

    /** Empty where the questions are not there any more. */
    private List<String> reference(Path file, String id) {
        if (read.add(file) && Files.exists(file)) {
            SsuiFile.each(
                    file,
                    new Problems(file),
                    (_, sample) -> references.put(
                            file + "\n" + sample.id(), sample.reference().steps()));
        }
        return references.getOrDefault(file + "\n" + id, List.of());
    }

    private int text(String text) {
        return texts.of(HiddenMarks.shown(text));
    }

    /** The first questions of each cell come first, so that every cell has pictures. */
    private void embed() {
        int letters = 0;
        List<Asked> inTurn =
                questions.stream().sorted(Comparator.comparingInt(Asked::place)).toList();
        for (Asked asked : inTurn) {
            String picture = letters < PICTURES && !asked.image().isEmpty()
                    ? EmbeddedPicture.embed(asked.folder(), asked.image()).orElse("")
                    : "";
            letters += picture.length();
            if (!picture.isEmpty() && letters < PICTURES) {
                asked.line().set(5, pictures.of(picture));
                pictured++;
            }
        }
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    /** What is there of how much. */
    String extent() {
        String answered = every == 1
                ? "All " + ReportWording.count(answers.size(), "answer", "answers")
                : ReportWording.count(answers.size(), "answer", "answers") + " of "
                        + String.format(Locale.ROOT, "%,d", all)
                        + ": one pair of neighbouring questions in " + every
                        + ", the same of all rows and cells, since a page holds "
                        + ReportWording.count(most, "answer", "answers") + " at most";
        return answered + "."
                + (pictured < questions.size()
                        ? " " + ReportWording.count(pictured, "question", "questions") + " of " + questions.size()
                                + " have their picture here; those of the others lie in the study's folder, in worlds."
                        : "");
    }

    List<String> rows() {
        return rows.all();
    }

    List<String> cells() {
        return cells.all();
    }

    List<String> splits() {
        return splits.all();
    }

    List<String> verdicts() {
        return verdicts.all();
    }

    /** The latest first wrong step of any answer. */
    int wrong() {
        return wrong;
    }

    ObjectNode json() {
        ObjectNode out = Json.object();
        out.set("rows", Json.tree(rows()));
        out.set("cells", Json.tree(cells()));
        out.set("splits", Json.tree(splits()));
        out.set("verdicts", Json.tree(verdicts()));
        out.set("texts", Json.tree(texts.all()));
        out.set("pictures", Json.tree(pictures.all()));
        ArrayNode asked = out.putArray("questions");
        questions.forEach(question -> asked.add(question.line()));
        out.set("answers", answers);
        return out;
    }
}
