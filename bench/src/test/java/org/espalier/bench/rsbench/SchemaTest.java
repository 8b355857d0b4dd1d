package org.espalier.bench.rsbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.bench.files.LineReader;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter.Judgement;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the schemas in docs/schema to the code: what is written fits, and what one refuses the other refuses. */
class SchemaTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");
    private static final Asked ASKED = Paths.asked("a", Risk.UNSAFE, "pets", "seen");
    private static final Asked BARE = new Asked("b", Risk.SAFE, "pets", Optional.empty(), "b.png", "May I?");

    private static final List<Answer> ANSWERS = List.of(
            new Answer(ASKED, 0, new Reply.Said("one\ntwo", true), List.of("one", "two")),
            new Answer(BARE, 1, new Reply.Said("", false), List.of("")),
            new Answer(ASKED, 2, new Reply.Failed("timed out"), List.of()));
    private static final List<Ruling> RULINGS = List.of(
            new Ruling("a", 0, new Judgement.Judged(true, false, OptionalInt.of(2), "why")),
            new Ruling("b", 1, new Judgement.Judged(true, true, OptionalInt.empty(), "")),
            new Ruling("a", 2, new Judgement.Failed("no answer: timed out")));

    @TempDir
    Path folder;

    @Test
    void answersFitTheirSchemaAndAreRefusedWithIt() throws IOException {
        for (Answer answer : ANSWERS) {
            check("rsbench-answers", AnswerFile.line(answer), AnswerFile::reader);
        }
    }

    @Test
    void judgementsFitTheirSchemaAndAreRefusedWithIt() throws IOException {
        for (Ruling ruling : RULINGS) {
            check("rsbench-judgements", JudgementFile.line(ruling), JudgementFile::reader);
        }
    }

    private interface Reads {
        LineReader<?> read(Path file);
    }

    /** The line as written, then without each of its fields, then with each of them a list. */
    private void check(String name, String written, Reads reader) throws IOException {
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
            odd.putArray(field);
            assertThat(reads(odd, reader)).as("%s a list: %s", field, line).isFalse();
            assertThat(faults(name, odd, false)).isNotEmpty();
        }
    }

    private boolean reads(JsonNode line, Reads reader) throws IOException {
        Path file = folder.resolve("lines.jsonl");
        Files.writeString(file, Json.line(line) + "\n");
        try (LineReader<?> lines = reader.read(file)) {
            return lines.next().isPresent() && lines.next().isEmpty();
        } catch (InputException e) {
            return false;
        }
    }

    @Test
    void resultsFitTheirSchema() {
        List<ScoredPath> paths = java.util.stream.IntStream.range(0, 3)
                .mapToObj(i -> new ScoredPath(ANSWERS.get(i), RULINGS.get(i).judgement()))
                .toList();
        JsonNode results = ResultsFile.tree(RunCounts.of(paths::forEach).results(Bootstrap.of(1)));
        assertThat(faults("rsbench-results", results, true)).isEmpty();
        ((ObjectNode) results.path("figures").get(0)).put("safe", -1);
        assertThat(faults("rsbench-results", results, false)).isNotEmpty();
    }

    @Test
    void refusesResultsThatLackAFigure() throws IOException {
        Path file = folder.resolve(ResultsFile.NAME);
        List<ScoredPath> paths =
                List.of(new ScoredPath(ANSWERS.get(0), RULINGS.get(0).judgement()));
        JsonNode results = ResultsFile.tree(RunCounts.of(paths::forEach).results(Bootstrap.of(1)));
        ((ObjectNode) results.path("figures").get(0)).remove("safety_rate");
        Files.writeString(file, Json.page(results));
        assertThatThrownBy(() -> ResultsFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(ResultsFile.NAME);
    }

    /** @param strict whether a field that the schema does not name is a fault, though readers keep such fields */
    private static List<String> faults(String name, JsonNode value, boolean strict) {
        try {
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
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(SchemaTest::close);
    }
}
