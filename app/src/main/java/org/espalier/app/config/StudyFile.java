package org.espalier.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.Problems;
import org.espalier.core.file.TextFile;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.text.Nearest;
import org.espalier.core.yaml.YamlEntries;
import org.espalier.srpo.objective.Objective;
import org.espalier.workflow.study.StudyDesign;
import org.espalier.workflow.study.StudyPart;
import org.espalier.workflow.study.StudyRow;

/** Reads the YAML of a study. Everything that is wrong with it is told at once, each with its line. */
public final class StudyFile {
    /** Each is an exploration, a training and a measurement a cell. */
    private static final int MOST_ROWS = 1000;

    private static final List<String> METHODS =
            Preset.PAPER.objectives().stream().map(Objective::name).toList();
    private static final long MOST = 1_000_000_000;

    private final Path file;
    private final Problems problems;

    private StudyFile(Path file) {
        this.file = file;
        this.problems = new Problems(file);
    }

    /** @throws InputException if it cannot be read, or says something that cannot be done */
    public static StudyDesign read(Path file) {
        return new StudyFile(file).design(TextFile.read(file));
    }

    private StudyDesign design(String yaml) {
        YamlEntries top = YamlEntries.of(yaml, file, "a study should stand", problems);
        Path recipe = recipe(top);
        List<Path> bases = bases(top);
        StudyDesign.Cells validation = range(top, "validation");
        StudyDesign.Cells finals = range(top, "final");
        StudyDesign.Cells curveCells = top.has("curve-cells") ? range(top, "curve-cells") : finals;
        int questions = even(top, StudyDraft.QUESTIONS, 200);
        int asked = even(top, "ask", 240);
        int drawings = (int) top.whole("drawings", 0, 50_000, 0);
        List<StudyDraft> rows = rows(top, questions);
        requireFew(top, "rows", rows);
        List<StudyDraft> few = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
        List<StudyDraft> grids = variants(top, "grids", few);
        List<StudyDraft> curves = variants(top, "curves", few);
        requireFew(top, "grids", grids);
        requireFew(top, "curves", curves);
        top.refuseOthers("part of a study");
        problems.throwIfAny();
        StudyDesign design = new StudyDesign(
                file,
                recipe,
                bases,
                validation,
                finals,
                curveCells,
                asked,
                drawings,
                Recipes.read(Optional.of(recipe), Map.of()).bench(),
                resolved(rows, recipe),
                resolved(grids, recipe),
                resolved(curves, recipe));
        requirePool(top, "validation", validation, design.rows(StudyPart.TUNE));
        requirePool(top, "final", finals, design.rows(StudyPart.CORE));
        requirePool(top, "curve-cells", curveCells, design.rows(StudyPart.CURVES));
        problems.throwIfAny();
        return design;
    }

    /** Before each is read with the recipe, as {@link #resolved} does. */
    private void requireFew(YamlEntries top, String part, List<StudyDraft> rows) {
        if (rows.size() > MOST_ROWS) {
            top.wrong(part, "are " + rows.size() + " rows or more; a study has at most " + MOST_ROWS + " of a kind");
        }
    }

    private Path beside(String name) {
        return file.resolveSibling(name).normalize();
    }

    private Path recipe(YamlEntries top) {
        Path recipe = beside(top.text("recipe", "greenhouse.yaml"));
        if (!Files.isRegularFile(recipe)) {
            problems.add(top.line("recipe"), "'recipe' names " + recipe + ", which is not there");
        }
        return recipe;
    }

    private List<Path> bases(YamlEntries top) {
        List<String> names = top.texts("bases");
        if (names.isEmpty()) {
            top.wrong("bases", "is a list of folders of base models");
        }
        List<Path> bases = new ArrayList<>();
        for (String name : names) {
            Path base = beside(name);
            if (!Files.isDirectory(base)) {
                problems.add(top.line("bases"), "'bases' names " + base + ", which is no folder");
            }
            bases.add(base);
        }
        return bases;
    }

    private StudyDesign.Cells range(YamlEntries top, String name) {
        YamlEntries range = top.inner(name);
        StudyDesign.Cells found = new StudyDesign.Cells(numbers(range, "worlds"), numbers(range, "seeds"), pool(range));
        range.refuseOthers("part of '" + name + "'");
        return found;
    }

    private void requirePool(YamlEntries top, String name, StudyDesign.Cells cells, List<StudyRow> rows) {
        rows.stream()
                .filter(row -> row.questions() > cells.pool().orElse(Integer.MAX_VALUE))
                .findFirst()
                .ifPresent(row -> problems.add(
                        top.line(name),
                        "'pool' of '" + name + "' holds fewer questions than the " + row.questions() + " of '"
                                + row.label() + "': make it larger, or leave it out for twice as many as a row has"));
    }

    private OptionalInt pool(YamlEntries range) {
        return range.has("pool") ? OptionalInt.of(even(range, "pool", 2)) : OptionalInt.empty();
    }

    private static List<Long> numbers(YamlEntries entries, String name) {
        List<Long> numbers = new ArrayList<>();
        for (String word : entries.texts(name)) {
            if (word.matches("[0-9]{1,9}") && !numbers.contains(Long.valueOf(word))) {
                numbers.add(Long.valueOf(word));
            } else {
                entries.wrong(name, "holds '" + word + "': it is a list of different whole numbers up to " + MOST);
            }
        }
        if (numbers.isEmpty() && !entries.has(name)) {
            entries.wrong(name, "is missing: a list of whole numbers");
        }
        return numbers;
    }

    private int even(YamlEntries entries, String name, int fallback) {
        long number = entries.whole(name, 2, 50_000, fallback);
        if (number % 2 != 0) {
            entries.wrong(name, "is an even number, since each unsafe question comes with its twin, not " + number);
        }
        return (int) number;
    }

    private List<StudyDraft> rows(YamlEntries top, int questions) {
        List<StudyDraft> rows = new ArrayList<>();
        YamlEntries all = top.inner("rows");
        for (String label : all.names()) {
            YamlEntries one = all.inner(label);
            String about = one.text("about", "");
            if (about.isEmpty()) {
                one.wrong("about", "is missing: a line on what the row '" + label + "' is");
            }
            boolean baseline = one.flag("baseline", false);
            int own = one.has(StudyDraft.QUESTIONS) ? even(one, StudyDraft.QUESTIONS, questions) : questions;
            List<StudyDraft.Stage> stages =
                    one.list("stages").stream().map(this::stage).toList();
            one.refuseOthers("part of a row");
            rows.add(new StudyDraft(label, about, baseline, own, 0, stages, new TreeMap<>(), label, all.line(label)));
        }
        return rows;
    }

    private StudyDraft.Stage stage(YamlEntries stage) {
        String method = stage.choice("method", METHODS, "").orElse("");
        if (!stage.has("method")) {
            stage.wrong("method", "is missing: one of " + String.join(", ", METHODS));
        }
        boolean before = stage.choice("explored", List.of("base", "before"), "base")
                .filter("before"::equals)
                .isPresent();
        SortedMap<String, Given> settings = new TreeMap<>();
        if (stage.has("set")) {
            YamlEntries set = stage.inner("set");
            for (String name : set.names()) {
                given(set, name, method, set.texts(name)).ifPresent(one -> settings.put(name, one));
            }
        }
        OptionalInt questions = stage.has(StudyDraft.QUESTIONS)
                ? OptionalInt.of(even(stage, StudyDraft.QUESTIONS, 0))
                : OptionalInt.empty();
        stage.refuseOthers("part of a stage");
        return new StudyDraft.Stage(method, before, questions, settings);
    }

    /** A setting as it is understood; what is wrong with it is noted. */
    private Optional<Given> given(YamlEntries set, String name, String method, List<String> words) {
        if (method.isEmpty()) {
            return Optional.empty();
        }
        var known = StudyDraft.settings(method);
        SettingKey key = known.get(name);
        if (key == null) {
            set.wrong(
                    name,
                    "is no setting of exploring or of training " + method
                            + Nearest.suggestion(name, List.copyOf(known.keySet())));
            return Optional.empty();
        }
        try {
            key.parse(words);
        } catch (IllegalArgumentException e) {
            set.wrong(name, String.valueOf(e.getMessage()));
        }
        return Optional.of(new Given(name, words, "study " + file + ":" + set.line(name)));
    }

    private List<StudyDraft> variants(YamlEntries top, String part, List<StudyDraft> rows) {
        List<StudyDraft> variants = new ArrayList<>();
        if (!top.has(part)) {
            return variants;
        }
        YamlEntries all = top.inner(part);
        List<String> labels = rows.stream().map(StudyDraft::label).toList();
        for (String name : all.names()) {
            YamlEntries one = all.inner(name);
            List<String> of = one.has("rows") ? one.texts("rows") : List.of(name);
            boolean everyStage = one.choice("stages", List.of("last", "all"), "last")
                    .filter("all"::equals)
                    .isPresent();
            YamlEntries set = one.inner("set");
            for (String label : of) {
                if (variants.size() > MOST_ROWS) {
                    break;
                }
                if (labels.contains(label)) {
                    variants.addAll(variants(rows.get(labels.indexOf(label)), set, everyStage));
                } else {
                    problems.add(
                            one.has("rows") ? one.line("rows") : all.line(name),
                            "'" + label + "' is no row" + Nearest.suggestion(label, labels));
                }
            }
            one.refuseOthers("part of a variation");
        }
        return variants;
    }

    /** Every combination of the values. */
    private List<StudyDraft> variants(StudyDraft row, YamlEntries set, boolean everyStage) {
        List<StudyDraft> variants = List.of(row);
        for (String name : set.names()) {
            if ((long) variants.size() * set.texts(name).size() > MOST_ROWS) {
                set.wrong(name, "makes more than " + MOST_ROWS + " combinations with the settings before it");
                return List.of(row);
            }
            List<StudyDraft> more = new ArrayList<>();
            for (StudyDraft one : variants) {
                for (String word : set.texts(name)) {
                    more.add(varied(one, set, name, word, everyStage));
                }
            }
            variants = more;
        }
        return variants;
    }

    private StudyDraft varied(StudyDraft row, YamlEntries set, String name, String word, boolean everyStage) {
        if (row.stages().isEmpty()) {
            set.wrong(name, "cannot be varied of the base model, which is not trained");
            return row;
        }
        return switch (name) {
            case StudyDraft.QUESTIONS -> {
                boolean sound = word.matches("[0-9]{1,5}") && Integer.parseInt(word) % 2 == 0 && !word.matches("0+");
                if (!sound) {
                    set.wrong(name, "takes even numbers from 2, not '" + word + "'");
                }
                yield row.with(name, word, sound ? Integer.parseInt(word) : 2, row.verifierErrors());
            }
            case "verifier-errors" -> {
                boolean sound = word.matches("0(\\.[0-9]{1,3})?|1");
                if (!sound) {
                    set.wrong(name, "takes shares from 0 to 1 with three digits, not '" + word + "'");
                }
                yield row.with(name, word, row.questions(), sound ? Double.parseDouble(word) : 0);
            }
            default -> {
                String method = row.stages().getLast().method();
                yield given(set, name, method, List.of(word))
                        .map(one -> row.with(one, everyStage))
                        .orElse(row);
            }
        };
    }

    private List<StudyRow> resolved(List<StudyDraft> drafts, Path recipe) {
        List<StudyRow> rows = new ArrayList<>();
        for (StudyDraft draft : drafts) {
            try {
                rows.add(draft.row(recipe));
            } catch (InputException e) {
                problems.add(draft.line(), "row '" + draft.label() + "': " + e.getMessage());
            }
        }
        return rows;
    }
}
