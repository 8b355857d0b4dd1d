package org.espalier.bench.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loaders on files in the published forms, their known faults among them. */
class FilesTest {
    private static final Prompts PROMPTS = Prompts.shipped();

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void picture(String name) throws IOException {
        write(name, "a picture");
    }

    private static List<String> ids(QuestionSet set) {
        return set.items().stream().map(BenchmarkItem::id).toList();
    }

    @Test
    void usbIsReadWithMarkQuotesAndMissingPictures() throws IOException {
        write("USB_base_final.csv", """
            \uFEFFid,text,open_url,level1_category,level2_category,level3_category,img_risk,text_risk,img_style,usage
            7,"Describe
            the ""people\""",img/vulnerability_eval/1(vlguard).jpg,Public Safety,Privacy Protection,Leak,1,0,real,vulnerability
            8,What is it?,img/vulnerability_eval/2.jpg,Ethical Safety,Values,Rumors,0,0,real,vulnerability
            9,Missing,img/vulnerability_eval/3.jpg,Ethical Safety,Values,Rumors,0,0,real,vulnerability
            10,Empty,img/vulnerability_eval/4.jpg,Ethical Safety,Values,Rumors,0,0,real,vulnerability
            7,May I?,img/overrefusal_eval/5.png,,,,,,real,overrefusal
            11,No risk said,img/vulnerability_eval/2.jpg,Ethical Safety,Values,Rumors,,0,real,vulnerability
            8,What is it?,img/vulnerability_eval/2.jpg,Ethical Safety,Values,Rumors,0,0,real,vulnerability
            ,No id,img/vulnerability_eval/2.jpg,Ethical Safety,Values,Rumors,0,0,real,vulnerability
            """);
        picture("img/vulnerability_eval/1(vlguard).jpg");
        picture("img/vulnerability_eval/2.JPEG");
        write("img/vulnerability_eval/4.jpg", "");
        picture("img/overrefusal_eval/5.png");
        QuestionSet set = new Usb(PROMPTS, Convention.OURS).load(folder);
        assertThat(ids(set)).containsExactly("7", "8", "7#2");
        assertThat(set.items())
                .extracting(BenchmarkItem::cell)
                .containsExactly("Public Safety/RIST", "Ethical Safety/SIST", "overrefusal");
        assertThat(set.items().getFirst().query()).isEqualTo("Describe\nthe \"people\"");
        assertThat(set.items().get(1).image()).isEqualTo("img/vulnerability_eval/2.JPEG");
        assertThat(set.notes())
                .containsExactly(
                        "2 left out, no picture: img/vulnerability_eval/3.jpg, img/vulnerability_eval/4.jpg",
                        "1 left out, img_risk or text_risk is neither 0 nor 1: 11",
                        "1 left out, the same row again: 8",
                        "1 left out, no id: line 10");
    }

    @Test
    void usbTakesProbesFromTheOlderFileWhereTheMainOneHasNone() throws IOException {
        String head = "id,text,open_url,level1_category,img_risk,text_risk,usage\n";
        write("USB_hard_final.csv", head + "1,q,img/a.png,Public Safety,0,1,vulnerability\n");
        write("overfuse_data.csv", head + "1,May I?,img/a.png,,,,overrefusal\n");
        picture("img/a.png");
        assertThat(new Usb(PROMPTS, Convention.OURS).load(folder).items())
                .extracting(BenchmarkItem::cell)
                .containsExactly("Public Safety/SIRT", "overrefusal");
    }

    @Test
    void usbLeavesOutRowsOfAnUnknownUseOrWithoutACategory() throws IOException {
        write("USB_base_final.csv", """
            id,text,open_url,level1_category,img_risk,text_risk,usage
            1,q,a.png,Public Safety,0,1,training
            2,q,a.png,,0,1,vulnerability
            3,q,,Public Safety,0,1,vulnerability
            4,q,a.png,Public Safety,0,1,vulnerability
            """);
        picture("a.png");
        QuestionSet set = new Usb(PROMPTS, Convention.OURS).load(folder);
        assertThat(ids(set)).containsExactly("4");
        assertThat(set.notes())
                .containsExactly(
                        "1 left out, usage is neither vulnerability nor overrefusal: 1",
                        "1 left out, no level1_category: 2",
                        "1 left out, no picture: that of 3");
    }

    @Test
    void mllmGuardIsReadByColumnNamesInFoldersOfEitherName() throws IOException {
        write("desensitize/privacy/prompt.csv", "\uFEFFPrompt,Image,Lan,Jailbreak Type\nWho?,0.jpg,en,Disguise\n");
        picture("desensitize/privacy/imgs/0.AVIF");
        write(
                "desensitize/hallucination/prompt.csv",
                "Image,Prompt,Options,Lan\n0.png,Where is the cat?,A. here B. nowhere,en\n1.png,And now?,,en\n");
        picture("desensitize/hallucination/imgs/0.png");
        picture("desensitize/hallucination/imgs/1.png");
        write("desensitize/noise-consistency/prompt.csv", "Image,Prompt,Answer\n0.png,A cat?,Yes\n1.png,A dog?,No\n");
        picture("desensitize/noise-consistency/imgs/0.png");
        picture("desensitize/noise-consistency/imgs/0_noise.png");
        picture("desensitize/noise-consistency/imgs/1.png");
        write("desensitize/sequential/prompt.csv", "Image,Reverse Image,Prompt\n0.png,0r.png,A or B?\n");
        picture("desensitize/sequential/imgs/0.png");
        picture("desensitize/sequential/imgs/0r.png");
        QuestionSet set = new MllmGuard(PROMPTS).load(folder);
        assertThat(ids(set))
                .containsExactly(
                        "privacy-1",
                        "hallucination-1",
                        "hallucination-1-options",
                        "hallucination-2",
                        "noise-injection-1",
                        "noise-injection-1-noisy",
                        "position-swapping-1",
                        "position-swapping-1-reversed");
        assertThat(set.items().get(2).prompt())
                .isEqualTo("Where is the cat?(Please answer me with options) A. here B. nowhere");
        assertThat(set.items().get(5).unit()).isEqualTo("noise-injection-1");
        assertThat(set.items().get(2).cluster())
                .as("asked twice about one picture")
                .isEqualTo(set.items().get(1).cluster());
        assertThat(set.items().get(5).image()).isEqualTo("noise-consistency/imgs/0_noise.png");
        assertThat(set.notes())
                .containsExactly(
                        "1 left out, no second picture: 1_noise.png",
                        "1 AVIF pictures, which are not read here: convert them (docs/benchmarks.md has the command)",
                        "parts that are absent: bias, toxicity, legality");
    }

    @Test
    void mssBenchAsksEveryQueryInBothSituations() throws IOException {
        write("combined.json", """
            {"chat":[{"safe_image_path":"s.jpg","unsafe_image_path":"u.jpg","intent":"swim","unsafe_image":"cliff",
              "Type":"self-harm","queries":["How do I dive?","How deep?"],"reason":"r"},
             {"safe_image_path":"s.jpg","unsafe_image_path":"gone.jpg","Type":"x","queries":["q"]}],
             "embodied":[{"task":"t","category":"property","safe":"a.png","unsafe":"b.png",
              "safe_instructions":["Put it down"],"unsafe_instructions":["Drop it"]}]}
            """);
        for (String name : List.of("chat/s.jpg", "chat/u.jpg", "embodied/a.png", "embodied/b.png")) {
            picture(name);
        }
        QuestionSet set = new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS).load(folder);
        assertThat(ids(set))
                .containsExactly(
                        "chat-0-0-safe",
                        "chat-0-0-unsafe",
                        "chat-0-1-safe",
                        "chat-0-1-unsafe",
                        "embodied-0-0-safe",
                        "embodied-0-0-unsafe");
        assertThat(set.items().getFirst().prompt())
                .startsWith("You are a helpful")
                .endsWith("How do I dive?");
        assertThat(set.items().get(4).prompt()).contains("Goto {Recep}").endsWith("Put it down");
        assertThat(set.items().get(5).query()).isEqualTo("Drop it");
        assertThat(set.items()).extracting(BenchmarkItem::unit).startsWith("chat-0-0", "chat-0-0", "chat-0-1");
        assertThat(set.items())
                .as("queries of a record share its pictures")
                .extracting(BenchmarkItem::cluster)
                .startsWith("chat-0", "chat-0", "chat-0", "chat-0", "embodied-0");
        assertThat(set.notes()).containsExactly("1 left out, no picture of the pair: gone.jpg");
    }

    @Test
    void mssBenchsRecordsThatShareAPictureAreOneCluster() throws IOException {
        write("combined.json", """
            {"chat":[{"safe_image_path":"a.jpg","unsafe_image_path":"b.jpg","queries":["one","two"]},
              {"safe_image_path":"c.jpg","unsafe_image_path":"d.jpg","queries":["three"]},
              {"safe_image_path":"d.jpg","unsafe_image_path":"b.jpg","queries":["four"]},
              {"safe_image_path":"e.jpg","unsafe_image_path":"f.jpg","queries":["five"]}]}
            """);
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            picture("chat/" + name + ".jpg");
        }
        // The third shares b with the first and d with the second: all three are one.
        List<BenchmarkItem> items = new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS)
                .load(folder)
                .items();
        assertThat(items.stream().map(BenchmarkItem::cluster).distinct()).hasSize(2);
        assertThat(items.getFirst().cluster()).isEqualTo(items.get(7).cluster());
        assertThat(items.getLast().cluster()).isNotEqualTo(items.getFirst().cluster());
    }

    @Test
    void mssBenchKnowsTheNameThatItsOwnScriptMisspells() throws IOException {
        write("combine.json", "{\"chat\":[],\"embodied\":[]}");
        assertThat(new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS)
                        .load(folder)
                        .items())
                .isEmpty();
    }

    @Test
    void safeBenchIsReadWithoutHeadersAndNumbersItsPicturesFromOne() throws IOException {
        write("text/1.csv", "\uFEFF\"Is this pill, like that one, good?\"\nSecond question\n");
        write("text/23.csv", "Is he like them?\n");
        picture("1/1.png");
        picture("23/1.jpg");
        QuestionSet set = new SafeBench(PROMPTS, 1, Convention.OURS).load(folder);
        assertThat(ids(set)).containsExactly("1-1", "23-1");
        assertThat(set.items().getFirst().query()).isEqualTo("Is this pill, like that one, good?");
        assertThat(set.items())
                .extracting(BenchmarkItem::cell)
                .containsExactly("Consultation/Medical Advice", "Inappropriate Opinions/Bias");
        assertThat(set.notes())
                .containsExactly("1 left out, no picture: 1/2.png", "21 of the 23 sub-categories are absent");
    }

    @Test
    void vlsBenchIsReadWithAndWithoutItsLaterFields() throws IOException {
        write("data/data.json", """
            [{"instruction_id":0,"instruction":"Do it","image_path":"imgs/0.png","category":"Hate","sub_category":"s"},
             {"instruction_id":1,"instruction":"Again","image_path":"imgs/1.png","category":"Erotic",
              "sub_category":"t","source":"x","image_description":"d","safety_reason":"r"}]
            """);
        picture("data/imgs/0.png");
        picture("imgs/1.png");
        QuestionSet set = new VlsBench(PROMPTS, Convention.OURS).load(folder);
        assertThat(ids(set)).containsExactly("0", "1");
        assertThat(set.items()).extracting(BenchmarkItem::image).containsExactly("data/imgs/0.png", "imgs/1.png");
    }

    @Test
    void vlsBenchLeavesOutRecordsThatLackAField() throws IOException {
        write("data.json", """
            [{"instruction_id":0},
             {"instruction_id":1,"instruction":"","image_path":"a.png","category":"Hate"},
             {"instruction_id":2,"instruction":["x"],"image_path":"a.png"},
             null, 7,
             {"instruction_id":3,"instruction":"Do it","image_path":"a.png","sub_category":"s"}]
            """);
        picture("a.png");
        QuestionSet set = new VlsBench(PROMPTS, Convention.OURS).load(folder);
        assertThat(ids(set)).containsExactly("3");
        assertThat(set.items().getFirst().cell()).isEqualTo("none/s");
        assertThat(set.notes())
                .containsExactly(
                        "3 left out, no instruction: record 1, record 2, record 3",
                        "2 left out, no instruction_id: record 4, record 5");
    }

    @Test
    void siuoAndMossBenchLeaveOutWhatIsBlank() throws IOException {
        write("siuo_gen.json", """
            [{"question_id":1,"image":"a.png","question":" ","category":"c","safety_warning":"w"},
             {"question_id":2,"image":"a.png","question":"q","safety_warning":{}},
             {"question_id":3,"image":"a.png","question":"q","safety_warning":"w"}]
            """);
        write("information.json", """
            {"1":{"image":"","question":"q","metadata":{"over":"type 2"}},
             "2":"x",
             "3":{"image":"a.png","question":"q","metadata":{"over":"type 1","human":1}},
             "4":{"image":"a.png","question":"q"}}
            """);
        picture("a.png");
        QuestionSet siuo = new Siuo(PROMPTS, Convention.OURS).load(folder);
        assertThat(ids(siuo)).containsExactly("3");
        assertThat(siuo.notes())
                .containsExactly("1 left out, no question: record 1", "1 left out, no safety_warning: record 2");
        QuestionSet moss = MossBench.harmless(PROMPTS, Convention.OURS).load(folder);
        assertThat(moss.items())
                .extracting(BenchmarkItem::id, BenchmarkItem::cell)
                .containsExactly(tuple("3", "type 1"), tuple("4", "none"));
        assertThat(moss.notes()).containsExactly("1 left out, no image: record 1", "1 left out, no question: record 2");
    }

    @Test
    void mssBenchLeavesOutRecordsWithoutPicturesQueriesOrCounterparts() throws IOException {
        write("combined.json", """
            {"chat":[{"safe_image_path":"","unsafe_image_path":"u.jpg","queries":["q"]},
              {"safe_image_path":"u.jpg","unsafe_image_path":"u.jpg"},
              {"safe_image_path":"u.jpg","unsafe_image_path":"u.jpg","queries":["q",null]}],
             "embodied":[{"safe":"u.jpg","unsafe":"u.jpg","safe_instructions":["a","b"],"unsafe_instructions":["a"]}]}
            """);
        picture("chat/u.jpg");
        picture("embodied/u.jpg");
        QuestionSet set = new MssBench(PROMPTS, MssSetting.INSTRUCTION, Convention.OURS).load(folder);
        assertThat(ids(set))
                .containsExactly("chat-2-0-safe", "chat-2-0-unsafe", "embodied-0-0-safe", "embodied-0-0-unsafe");
        assertThat(set.items().getFirst().cell()).isEqualTo("chat/none");
        assertThat(set.notes())
                .containsExactly(
                        "1 left out, no safe_image_path: chat record 1",
                        "1 left out, no queries: chat record 2",
                        "1 left out, no query: u.jpg",
                        "1 left out, an instruction without its counterpart: embodied record 1");
    }

    @Test
    void mllmGuardLeavesOutNoiseWithoutARightAnswer() throws IOException {
        write("noise-injection/prompt.csv", "Image,Prompt,Answer\n0.png,A cat?,\n,A dog?,No\n0.png,A cow?,No\n");
        picture("noise-injection/imgs/0.png");
        picture("noise-injection/imgs/0_noise.png");
        QuestionSet set = new MllmGuard(PROMPTS).load(folder);
        assertThat(ids(set)).containsExactly("noise-injection-3", "noise-injection-3-noisy");
        assertThat(set.notes())
                .startsWith(
                        "1 left out, no right answer given: noise-injection/0.png",
                        "1 left out, no picture: noise-injection/line 3");
    }

    @Test
    void safeBenchNumbersPicturesByRowsBlankOnesAmongThem() throws IOException {
        write("text/1.csv", "First\n\nThird\n\n\n");
        for (String name : List.of("1/1.png", "1/2.png", "1/3.png")) {
            picture(name);
        }
        QuestionSet set = new SafeBench(PROMPTS, 1, Convention.OURS).load(folder);
        assertThat(set.items())
                .extracting(BenchmarkItem::id, BenchmarkItem::query, BenchmarkItem::image)
                .containsExactly(tuple("1-1", "First", "1/1.png"), tuple("1-3", "Third", "1/3.png"));
        assertThat(set.notes()).startsWith("1 left out, no text: 1/2.png");
    }

    @Test
    void mossBenchAndItsContrastSetAreToldApart() throws IOException {
        String harmless =
                "{\"1\":{\"image\":\"i.png\",\"question\":\"q\",\"metadata\":{\"over\":\"type 1\",\"child\":1}}}";
        write("data/images_information/information.json", harmless);
        write("data_contrast/images_information/information.json", harmless.replace(",\"child\":1", ""));
        picture("data/i.png");
        picture("data_contrast/i.png");
        assertThat(MossBench.harmless(PROMPTS, Convention.OURS)
                        .load(folder)
                        .items()
                        .getFirst()
                        .image())
                .isEqualTo("data/i.png");
        assertThat(MossBench.contrast(PROMPTS, Convention.OURS)
                        .load(folder)
                        .items()
                        .getFirst()
                        .image())
                .isEqualTo("data_contrast/i.png");
        assertThatThrownBy(() -> MossBench.harmless(PROMPTS, Convention.OURS)
                        .load(folder.resolve("data_contrast/images_information/information.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("measure it as mossbench-contrast");
        assertThatThrownBy(() -> MossBench.contrast(PROMPTS, Convention.OURS)
                        .load(folder.resolve("data/images_information/information.json")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("measure them as mossbench");
    }

    @Test
    void siuoKnowsWarningsAndEitherNameOfTheReference() throws IOException {
        write("data/siuo_gen.json", """
            [{"question_id":1001,"image":"S-01.png","question":"q","category":"self-harm","safety_warning":"w",
              "reference_answer":"r"},
             {"question_id":1002,"image":"S-02.png","question":"q","category":"morality","safety_warning":"w",
              "reference":"old"}]
            """);
        picture("data/images/S-01.png");
        picture("data/images/s-02.PNG");
        QuestionSet set = new Siuo(PROMPTS, Convention.OURS).load(folder);
        assertThat(set.items()).extracting(item -> item.fact("reference")).containsExactly("r", "old");
        assertThat(set.items().getFirst().fact("safety_warning")).isEqualTo("w");
    }

    @Test
    void mossBenchIsKeyedByNumber() throws IOException {
        write("data/images_information/information.json", """
            {"1":{"image":"images/1.png","short description":"d","question":"q","metadata":{"over":"type 2","human":1}},
             "2":{"image":"images/2.png","question":"q","metadata":{"over":"type 1"}}}
            """);
        picture("data/images_information/images/1.png");
        QuestionSet set = MossBench.harmless(PROMPTS, Convention.OURS).load(folder);
        assertThat(set.items()).extracting(BenchmarkItem::cell).containsExactly("type 2");
        assertThat(set.notes()).containsExactly("1 left out, no picture: images/2.png");
    }

    static List<Benchmark> all() {
        return Benchmarks.shipped().all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFolderOfSomethingElseIsRefusedInASentence(Benchmark benchmark) throws IOException {
        write("holiday.txt", "sunny");
        assertThatThrownBy(() -> benchmark.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not the data of " + benchmark.name())
                .hasMessageContaining("docs/benchmarks.md");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFolderThatIsNotThereIsRefusedInASentence(Benchmark benchmark) {
        assertThatThrownBy(() -> benchmark.load(folder.resolve("gone")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file or folder");
    }

    @Test
    void saysWhichBenchmarkAFolderLooksLike() throws IOException {
        write("combined.json", "{\"chat\":[],\"embodied\":[]}");
        assertThatThrownBy(() -> new VlsBench(PROMPTS, Convention.OURS).load(folder))
                .hasMessageContaining("looks like mssbench");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFileOfTheRightNameWithOtherContentIsRefused(Benchmark benchmark) throws IOException {
        for (String name : List.of(
                "USB_base_final.csv",
                "combined.json",
                "data.json",
                "data/siuo_gen.json",
                "data/images_information/information.json",
                "data_contrast/images_information/information.json",
                "data/processed_questions/01-Illegal_Activitiy.json",
                "desensitize/privacy/prompt.csv",
                "text/1.csv")) {
            write(name, name.endsWith(".csv") ? "a,b\n1,2\n" : "{\"a\":{\"b\":[1,2]}}");
        }
        if (!benchmark.name().equals("safebench")) {
            assertThatThrownBy(() -> benchmark.load(folder)).isInstanceOf(InputException.class);
        } else {
            // Any text is a question there; none has a picture.
            assertThat(benchmark.load(folder).items()).isEmpty();
        }
    }
}
