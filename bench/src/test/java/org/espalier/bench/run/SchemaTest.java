package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Ruling;
import org.espalier.bench.run.JudgementLine.Vote;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Tally;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Scored;
import org.espalier.bench.suite.Verdict;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import org.espalier.core.file.Problems;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the schemas in docs/schema to the code: what is written fits, and what one refuses the other refuses. */
class SchemaTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");

    private interface Reads {
        Object read(Fields line);
    }

    @Test
    void answersFit() throws IOException {
        for (Reply reply :
                List.of(new Reply.Said("yes", true), new Reply.Said("", false), new Reply.Failed("timed out"))) {
            check("bench-answers", new AnswerLine("a", 1, reply, "x/y", "p.png", "q").line(), AnswerLine::read);
        }
    }

    @Test
    void judgementsFit() throws IOException {
        Ruling given = new Ruling.Given(new Verdict("3", "why"));
        Ruling missing = new Ruling.Missing(Mishap.SPLIT_VOTE, "");
        for (JudgementLine line : List.of(
                new JudgementLine("a", 0, given, List.of()),
                new JudgementLine("a", 0, missing, List.of(new Vote("one", given), new Vote("two", missing))))) {
            check("bench-judgements", line.line(), JudgementLine::read);
        }
    }

    @Test
    void everyKindOfMishapIsInTheSchema() throws IOException {
        for (Mishap mishap : Mishap.values()) {
            String line = new JudgementLine("a", 0, new Ruling.Missing(mishap, "why"), List.of()).line();
            assertThat(faults("bench-judgements", Json.parse(line))).isEmpty();
        }
    }

    @Test
    void unitsFit() throws IOException {
        check(
                "bench-units",
                UnitLine.of("u", Optional.of(new Scored("c", "3")), 0.5).line(),
                UnitLine::read);
        check("bench-units", UnitLine.of("u", Optional.empty(), 0).line(), UnitLine::read);
    }

    @Test
    void resultsFit() throws IOException {
        Tally cells = new Tally();
        cells.add("c", "3");
        Result result = new Result(
                "vlsbench",
                "VLSBench",
                "m",
                Json.object().put("benchmark", "vlsbench"),
                new Tallied(2, 2, 0, 1, new java.util.TreeMap<>(java.util.Map.of("unanswered", 1L)), 2, 1),
                Bootstrap.of(1),
                List.of(
                        new Figure(
                                "k",
                                "K",
                                Direction.LOWER,
                                true,
                                java.util.OptionalDouble.of(3),
                                Optional.of(new org.espalier.bench.stats.Interval(2, 4))),
                        new Figure(
                                "n", "N", Direction.HIGHER, false, java.util.OptionalDouble.empty(), Optional.empty())),
                cells,
                List.of(new Agreement("a", "b", 3, 0.5, 0)),
                List.of("a note"));
        ObjectNode tree = ResultFile.tree(result);
        assertThat(faults("bench-results", tree)).isEmpty();
        for (String field : List.copyOf(tree.propertyNames())) {
            ObjectNode without = tree.deepCopy();
            without.remove(field);
            assertThat(faults("bench-results", without)).as(field).isNotEmpty();
        }
    }

    /** The line as written, then without each of its fields. */
    private static void check(String name, String written, Reads reader) throws IOException {
        ObjectNode line = (ObjectNode) Json.parse(written);
        assertThat(faults(name, line)).isEmpty();
        assertThat(reads(line, reader)).isTrue();
        for (String field : List.copyOf(line.propertyNames())) {
            ObjectNode without = line.deepCopy();
            without.remove(field);
            assertThat(reads(without, reader))
                    .as("without %s: %s", field, line)
                    .isEqualTo(faults(name, without).isEmpty());
        }
    }

    private static boolean reads(JsonNode line, Reads reader) {
        Problems problems = new Problems(Path.of("lines.jsonl"));
        Fields.of(Json.line(line), 1, problems).ifPresent(reader::read);
        return problems.count() == 0;
    }

    private static List<String> faults(String name, JsonNode value) throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
