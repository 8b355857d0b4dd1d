package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the schemas in docs/schema to what is written: no field of one is missing in the other. */
class SchemaTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");

    @TempDir
    Path folder;

    @Test
    void treesAreWrittenAsTheirSchemaSays() throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve("trees.schema.json")));
        JsonNode line = Json.parse(TreeFile.line(TreeFileTest.tree()));
        assertThat(faults(schema, line)).isEmpty();
    }

    @Test
    void samplesAreReadAsTheirSchemaSays() throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve("ssui.schema.json")));
        JsonNode sound = Json.parse("""
                {"id":"a","image":"a.png","query":"q","steps":["s"],"answer":"x","risk":"safe","category":"c",
                 "split":"train","tag":{"history":[]},
                 "provenance":{"fields":{},"licence":{},"picture":{},
                               "review":{"state":"draft","revised":false,"decisions":[]}}}""");
        assertThat(faults(schema, sound)).isEmpty();
        Files.writeString(folder.resolve("a.png"), "");
        Path file = folder.resolve("ssui.jsonl");
        for (String field : schema.path("properties").propertyNames()) {
            var line = Json.object().setAll((ObjectNode) sound);
            line.remove(field);
            Files.writeString(file, Json.line(line) + "\n");
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.stringValue().equals(field));
            assertThat(refused(file)).as("without %s", field).isEqualTo(required);
        }
    }

    private static boolean refused(Path file) {
        try {
            SsuiFile.read(file);
            return false;
        } catch (org.espalier.core.InputException e) {
            return true;
        }
    }

    /** What is wrong with a value where nothing that the schema names may be missing, and nothing else be there. */
    private static List<String> faults(JsonNode schema, JsonNode value) {
        JsonNode strict = schema.deepCopy();
        strict.findParents("properties").forEach(meant -> {
            ObjectNode object = (ObjectNode) meant;
            object.put("additionalProperties", false);
            object.set(
                    "required", Json.tree(List.copyOf(object.path("properties").propertyNames())));
        });
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(strict)
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void aFieldThatOnlyOneOfThemHasIsAFault() throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve("trees.schema.json")));
        ObjectNode line = (ObjectNode) Json.parse(TreeFile.line(TreeFileTest.tree()));
        ObjectNode more = line.deepCopy();
        more.withObject("origin").put("unheard-of", 1);
        assertThat(faults(schema, more)).isNotEmpty();
        ObjectNode less = line.deepCopy();
        ((ObjectNode) less.path("branches").get(0)).remove("text");
        assertThat(faults(schema, less)).isNotEmpty();
    }
}
