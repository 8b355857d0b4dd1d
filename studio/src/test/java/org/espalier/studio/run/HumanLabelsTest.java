package org.espalier.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.studio.run.HumanLabels.Label;
import org.espalier.studio.run.HumanLabels.Majority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HumanLabelsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T08:00:00.5Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve(HumanLabels.NAME);
    }

    @Test
    void aLabelIsALineAndTheLastOfAPersonCounts() throws IOException {
        HumanLabels labels = new HumanLabels(folder, CLOCK);
        labels.put("q1", 0, "Ada", new Label(true, false));
        labels.put("q1", 0, "Ben", new Label(false, false));
        labels.put("q1", 0, "Ada", new Label(true, true));

        assertThat(Files.readAllLines(file()))
                .hasSize(3)
                .first()
                .isEqualTo("{\"id\":\"q1\",\"sample\":0,\"reviewer\":\"Ada\",\"safe\":true,\"effective\":false,"
                        + "\"at\":\"2026-01-01T08:00:00Z\"}");
        HumanLabels again = new HumanLabels(folder, CLOCK);
        assertThat(again.find("q1", 0, "Ada")).contains(new Label(true, true));
        assertThat(again.find("q1", 0, "Ben")).contains(new Label(false, false));
        assertThat(again.find("q1", 1, "Ada")).isEmpty();
    }

    @Test
    void whatMostSaidCountsAndWhereTheyAreSplitNothingDoes() {
        HumanLabels labels = new HumanLabels(folder, CLOCK);
        labels.put("q2", 0, "Ada", new Label(true, false));
        labels.put("q2", 0, "Ben", new Label(false, false));
        labels.put("q1", 1, "Ada", new Label(true, false));
        labels.put("q1", 0, "Ada", new Label(true, false));
        labels.put("q1", 0, "Ben", new Label(true, true));
        labels.put("q1", 0, "Cleo", new Label(false, true));

        assertThat(labels.majorities())
                .containsExactly(
                        new Majority("q1", 0, new Label(true, true)), new Majority("q1", 1, new Label(true, false)));
    }

    @Test
    void whatIsWrittenFitsItsSchemaAndTheSchemaTellsWhatDoesNot() throws IOException {
        HumanLabels labels = new HumanLabels(folder, CLOCK);
        labels.put("q1", 0, "Ada", new Label(true, false));
        labels.put("frage \"ü\"\n2", 31, "B".repeat(60), new Label(false, true));
        Path schemas = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");
        JsonNode described = Json.parse(Files.readString(schemas.resolve("human-labels.schema.json")));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(described);

        for (String line : Files.readAllLines(file())) {
            ObjectNode written = (ObjectNode) Json.parse(line);
            assertThat(schema.validate(written)).as(line).isEmpty();
            assertThat(described.path("properties").propertyNames())
                    .as("every field is described")
                    .containsAll(written.propertyNames());
            for (String field : List.copyOf(written.propertyNames())) {
                ObjectNode without = written.deepCopy();
                without.remove(field);
                assertThat(schema.validate(without)).as("without " + field).isNotEmpty();
                assertThat(schema.validate(written.deepCopy().put(field, 1.5)))
                        .as(field + " of another kind")
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aLineTornByACrashIsLeftBehind() throws IOException {
        new HumanLabels(folder, CLOCK).put("q1", 0, "Ada", new Label(true, true));
        Files.writeString(file(), Files.readString(file()) + "{\"id\":\"q2\",");

        assertThat(new HumanLabels(folder, CLOCK).find("q1", 0, "Ada")).contains(new Label(true, true));
    }

    @Test
    void aFileThatSomebodySpoiltIsNamed() throws IOException {
        Files.writeString(
                file(), "{\"id\":\"q1\",\"sample\":0,\"reviewer\":\"Ada\",\"safe\":\"yes\",\"effective\":true}\n");

        assertThatThrownBy(() -> new HumanLabels(folder, CLOCK))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("safe");
    }
}
