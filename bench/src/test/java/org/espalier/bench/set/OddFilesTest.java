package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Published files in which one record is odd: each of its fields in turn is gone, or something else than it should be. */
class OddFilesTest {
    private static final List<String> ODD = List.of(
            "null", "\"\"", "\" \\u0000 \"", "7", "true", "[]", "{}", "[null, \"x\"]", "{\"x\": [1]}", "\"../../x\"");

    /** A file with a sound record, another like it, and the pictures of both. */
    private enum Published {
        VLSBENCH(
                "vlsbench",
                "data.json",
                "[%s, %s]",
                "{'instruction_id': %d, 'instruction': 'q', 'image_path': 'imgs/0.png', 'category': 'Hate',"
                        + " 'sub_category': 's'}",
                List.of("imgs/0.png")),
        SIUO(
                "siuo",
                "data/siuo_gen.json",
                "[%s, %s]",
                "{'question_id': %d, 'image': 'S.png', 'question': 'q', 'category': 'c', 'safety_warning': 'w',"
                        + " 'reference_answer': 'r'}",
                List.of("data/images/S.png")),
        CHOICE(
                "siuo-mcqa",
                "data/siuo_mcqa.json",
                "[%s, %s]",
                "{'question_id': %d, 'image': 'S.png', 'question': 'q', 'category': 'c', 'options': {'A': 'a',"
                        + " 'B': 'b'}, 'correct_option': 'B'}",
                List.of("data/images/S.png")),
        MOSSBENCH(
                "mossbench",
                "data/images_information/information.json",
                "{'1': %s, '2': %s}",
                "{'image': 'images/1.png', 'question': 'q', 'metadata': {'over': 'type 1', 'human': 0}, 'pid': '%d'}",
                List.of("data/images/1.png")),
        CONTRAST(
                "mossbench-contrast",
                "data_contrast/images_information/information.json",
                "{'1': %s, '2': %s}",
                "{'image': 'images/1.png', 'question': 'q', 'metadata': {'over': 'type 1'}, 'pid': '%d'}",
                List.of("data_contrast/images/1.png")),
        MM_SAFETYBENCH(
                "mm-safetybench",
                "data/processed_questions/06-Fraud.json",
                "{'1': %s, '2': %s}",
                "{'Question': 'q%d', 'Rephrased Question': 'r', 'Rephrased Question(SD)': 's'}",
                List.of("data/imgs/06-Fraud/SD/1.jpg", "data/imgs/06-Fraud/SD/2.jpg")),
        MSSBENCH(
                "mssbench",
                "combined.json",
                "{'chat': [%s, %s], 'embodied': []}",
                "{'safe_image_path': 's.jpg', 'unsafe_image_path': 'u.jpg', 'intent': 'i%d', 'unsafe_image': 'c',"
                        + " 'Type': 't', 'queries': ['a', 'b']}",
                List.of("chat/s.jpg", "chat/u.jpg")),
        MSSBENCH_TASKS(
                "mssbench",
                "combined.json",
                "{'embodied': [%s, %s]}",
                "{'category': 'y%d', 'safe': 's.png', 'unsafe': 'u.png', 'safe_instructions': ['a'],"
                        + " 'unsafe_instructions': ['b'], 'safe_instruction': 'a', 'unsafe_instruction': 'b',"
                        + " 'observation_safe': 'o', 'observation_unsafe': 'o'}",
                List.of("embodied/s.png", "embodied/u.png")),
        MSSBENCH_CAPTIONS(
                "mssbench-ic-cap",
                "combined.json",
                MSSBENCH_TASKS.form,
                MSSBENCH_TASKS.record,
                MSSBENCH_TASKS.pictures);

        private final String benchmark;
        private final String file;
        private final String form;
        private final String record;
        private final List<String> pictures;

        Published(String benchmark, String file, String form, String record, List<String> pictures) {
            this.benchmark = benchmark;
            this.file = file;
            this.form = form;
            this.record = record;
            this.pictures = pictures;
        }

        private static ObjectNode parsed(String text, int number) {
            return (ObjectNode)
                    Json.parse(String.format(Locale.ROOT, text, number).replace('\'', '"'));
        }

        String with(JsonNode second) {
            return String.format(Locale.ROOT, form.replace('\'', '"'), Json.line(parsed(record, 1)), Json.line(second));
        }

        ObjectNode sound() {
            return parsed(record, 2);
        }
    }

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The second record in every odd shape, one at a time. */
    private static List<JsonNode> odd(Published data) {
        List<JsonNode> all = new ArrayList<>(ODD.stream().map(Json::parse).toList());
        for (String field : data.sound().propertyNames()) {
            ObjectNode without = data.sound();
            without.remove(field);
            all.add(without);
            for (String odd : ODD) {
                all.add(data.sound().set(field, Json.parse(odd)));
                if (data.sound().path(field) instanceof ObjectNode inner) {
                    for (String name : inner.propertyNames()) {
                        ObjectNode deep = data.sound();
                        ((ObjectNode) deep.path(field)).set(name, Json.parse(odd));
                        all.add(deep);
                    }
                }
                if (data.sound().path(field) instanceof ArrayNode) {
                    ObjectNode deep = data.sound();
                    ((ArrayNode) deep.path(field)).set(0, Json.parse(odd));
                    all.add(deep);
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Published.class)
    void theSoundRecordIsAskedAndWhatIsLeftOutOfTheOddOneIsNamed(Published data) throws IOException {
        for (String picture : data.pictures) {
            write(picture, "a picture");
        }
        Benchmark benchmark = Benchmarks.shipped().named(data.benchmark).orElseThrow();
        write(data.file, data.with(data.sound()));
        int both = benchmark.load(folder).items().size();
        assertThat(both).isPositive().isEven();
        for (JsonNode odd : odd(data)) {
            write(data.file, data.with(odd));
            QuestionSet set = benchmark.load(folder);
            assertThat(set.items().size()).as("%s", odd).isBetween(both / 2, both);
            assertThat(set.items()).as("%s", odd).allSatisfy(item -> {
                assertThat(item.query()).isNotBlank();
                assertThat(item.pictures()).isNotEmpty().allMatch(Files::isRegularFile);
            });
            assertThat(set.items()).extracting(BenchmarkItem::id).doesNotHaveDuplicates();
            if (set.items().size() < both) {
                assertThat(set.notes()).as("%s", odd).anyMatch(note -> note.contains("left out"));
            }
        }
    }
}
