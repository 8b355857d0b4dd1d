package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.OutcomeTally;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.bench.suite.Slice;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the schemas in docs/schema to the code: what is written fits, and what one refuses the other refuses. */
class SchemaTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");

    private interface Reads {
        Object read(Fields line);
    }

    private static final QuestionKind RISKY = new QuestionKind(Optional.of(Risk.UNSAFE), Optional.of("seen"), "pets");

    @Test
    void answersFitTheirSchemaAndAreRefusedWithIt() throws IOException {
        QuestionKind plain = QuestionKind.of("x/y");
        for (AnswerLine line : List.of(
                new AnswerLine("a", 1, new Reply.Said("yes", true), List.of(), "a", "a", plain, "p.png", "q"),
                new AnswerLine("a", 0, new Reply.Said("", false), List.of(), "u", "p.png", plain, "p.png", "q"),
                new AnswerLine("a", 0, new Reply.Said("1\n2", true), List.of("1", "2"), "a", "a", RISKY, "p.png", "q"),
                new AnswerLine("a", 2, new Reply.Failed("timed out"), List.of(), "a", "a", RISKY, "", ""),
                new AnswerLine("a", 2, new Reply.Blocked("filter"), List.of(), "a", "a", plain, "", ""))) {
            check("bench-answers", line.line(), AnswerLine::read);
            assertThat(line(line.line(), AnswerLine::read)).isEqualTo(line);
        }
    }

    @Test
    void judgementsFitTheirSchemaAndAreRefusedWithIt() throws IOException {
        Outcome given = new Outcome.Judged(new AnswerVerdict("10 3", "why"));
        Outcome missing = new Outcome.Missing(Mishap.SPLIT_VOTE, "");
        for (JudgementLine line : List.of(
                new JudgementLine("a", 0, given, List.of()),
                new JudgementLine("a", 0, missing, List.of(new Vote("one", given), new Vote("two", missing))))) {
            check("bench-judgements", line.line(), JudgementLine::read);
            assertThat(line(line.line(), JudgementLine::read)).isEqualTo(line);
        }
    }

    @Test
    void everyKindOfMishapIsInTheSchema() throws IOException {
        for (Mishap mishap : Mishap.values()) {
            String line = new JudgementLine("a", 0, new Outcome.Missing(mishap, "why"), List.of()).line();
            assertThat(faults("bench-judgements", Json.parse(line), true)).isEmpty();
        }
    }

    @Test
    void unitsFitTheirSchemaAndAreRefusedWithIt() throws IOException {
        SortedMap<String, Double> merits = new TreeMap<>(Map.of("SR", 1.0, "ER", 0.5));
        for (UnitLine line : List.of(
                new UnitLine("u", "p.png", RISKY, List.of("11", "10"), merits),
                new UnitLine("u", "u", QuestionKind.of("c"), List.of(), new TreeMap<>()))) {
            check("bench-units", line.line(), UnitLine::read);
            assertThat(line(line.line(), UnitLine::read)).isEqualTo(line);
        }
    }

    private static Result result() {
        OutcomeTally cells = new OutcomeTally();
        cells.add("c", "3");
        AnswerCounts counts = new AnswerCounts(
                3, 3, 0, 1, 1, new TreeMap<>(Map.of("unanswered", 1L)), 3, 1, new TreeMap<>(Map.of(2, 1L)));
        List<ResultFigure> figures = List.of(
                new ResultFigure(
                        "k",
                        "K",
                        "safe",
                        Direction.LOWER,
                        true,
                        OptionalDouble.of(3),
                        Optional.of(new Interval(2, 4)),
                        Optional.of(new Interval(1, 5)),
                        Optional.of("from 1 of 5 cells")),
                new ResultFigure(
                        "n",
                        "N",
                        "",
                        Direction.HIGHER,
                        false,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return new Result(
                "vlsbench",
                "VLSBench",
                "K is low.",
                "m",
                Json.object().put("benchmark", "vlsbench"),
                Bootstrap.of(1),
                new ResultPart(Slice.ALL, counts, figures),
                List.of(new ResultPart(Slice.of(Risk.UNSAFE).inSplit("seen").inCategory("c"), counts, figures)),
                cells,
                List.of(new JudgeAgreement(
                        "a",
                        "b",
                        "verdict",
                        3,
                        0.5,
                        0,
                        Optional.of(new Interval(0.1, 0.9)),
                        Optional.of(new Interval(-0.5, 0.5)))),
                List.of("a note"));
    }

    @Test
    void resultsFitTheirSchemaAndAreRefusedWithIt(@TempDir Path folder) throws IOException {
        ObjectNode tree = (ObjectNode) Json.tree(result());
        assertThat(faults("bench-results", tree, true)).isEmpty();
        Path file = folder.resolve(Result.FILE);
        result().write(file);
        assertThat(Result.read(file)).isEqualTo(result());
        for (String field : List.copyOf(tree.propertyNames())) {
            ObjectNode without = tree.deepCopy();
            without.remove(field);
            assertThat(faults("bench-results", without, false)).as(field).isNotEmpty();
            Files.writeString(file, Json.page(without));
            assertThatThrownBy(() -> Result.read(file)).as(field).isInstanceOf(InputException.class);
        }
        ((ObjectNode) tree.path("whole").path("counts")).put("judged", -1);
        assertThat(faults("bench-results", tree, false)).isNotEmpty();
    }

    @Test
    void refusesResultsWithAFigureThatHasNoKey(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(Result.FILE);
        ObjectNode tree = (ObjectNode) Json.tree(result());
        ((ObjectNode) tree.path("parts").get(0).path("figures").get(0)).remove("key");
        Files.writeString(file, Json.page(tree));
        assertThatThrownBy(() -> Result.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(Result.FILE);
    }

    /** The line as written, then without each of its fields, then with each of them a list where it is none. */
    private static void check(String name, String written, Reads reader) throws IOException {
        ObjectNode line = (ObjectNode) Json.parse(written);
        assertThat(faults(name, line, true)).isEmpty();
        assertThat(reads(line, reader)).isTrue();
        for (String field : List.copyOf(line.propertyNames())) {
            ObjectNode without = line.deepCopy();
            without.remove(field);
            assertThat(reads(without, reader))
                    .as("without %s: %s", field, line)
                    .isEqualTo(faults(name, without, false).isEmpty());
            ObjectNode odd = line.deepCopy();
            odd.putArray(field).add(1.5);
            assertThat(reads(odd, reader))
                    .as("%s a list of numbers: %s", field, line)
                    .isFalse();
            assertThat(faults(name, odd, false)).isNotEmpty();
        }
    }

    private static boolean reads(JsonNode line, Reads reader) {
        Problems problems = new Problems(Path.of("lines.jsonl"));
        Fields.of(Json.line(line), 1, problems).ifPresent(reader::read);
        return problems.count() == 0;
    }

    private static Object line(String written, Reads reader) {
        return Fields.of(written, 1, new Problems(Path.of("lines.jsonl")))
                .map(reader::read)
                .orElseThrow();
    }

    /** @param strict whether a field that the schema does not name is a fault, though readers keep such fields */
    private static List<String> faults(String name, JsonNode value, boolean strict) throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
        if (strict) {
            close(schema);
        }
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(SchemaTest::close);
    }
}
