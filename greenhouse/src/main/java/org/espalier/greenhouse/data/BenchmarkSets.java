package org.espalier.greenhouse.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The greenhouse's questions in the published forms of benchmarks, a folder each, so that a whole measurement can be
 * tried without their data. The forms are theirs, the content is not: figures on these sets say nothing about the
 * benchmarks.
 */
public final class BenchmarkSets {
    private static final String[] DIMENSIONS = {"privacy", "bias", "toxicity", "legality"};

    private final List<SsuiSample> unsafe;
    private final List<SsuiSample> safe;

    /** @param samples unsafe questions, each followed by its safe twin */
    public BenchmarkSets(List<SsuiSample> samples) {
        unsafe = samples.stream().filter(s -> s.risk() == Risk.UNSAFE).toList();
        safe = samples.stream().filter(s -> s.risk() == Risk.SAFE).toList();
    }

    /** Writes all of them. */
    public void write(Path out) {
        try {
            usb(out.resolve("usb"));
            mllmguard(out.resolve("mllmguard"));
            mssbench(out.resolve("mssbench"));
            safebench(out.resolve("safebench"));
            vlsbench(out.resolve("vlsbench"));
            siuo(out.resolve("siuo"));
            mossbench(out.resolve("mossbench"), false);
            mossbench(out.resolve("mossbench-contrast"), true);
            mmSafetyBench(out.resolve("mm-safetybench"));
            rsbench(out.resolve("rsbench"));
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        }
    }

    private static void picture(SsuiSample sample, Path to) throws IOException {
        Path folder = to.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.copy(sample.question().image(), to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String query(SsuiSample sample) {
        return sample.question().query();
    }

    private void usb(Path out) throws IOException {
        String[] levels = {"Public Safety", "National Safety", "Ethical Safety"};
        String[] risks = {"0,0", "0,1", "1,0", "1,1"};
        StringBuilder csv = new StringBuilder(
                "\uFEFFid,text,open_url,level1_category,level2_category,level3_category,img_risk,text_risk,img_style,usage\n");
        for (int i = 0; i < unsafe.size(); i++) {
            String name = "img/vulnerability_eval/" + i + "(greenhouse).png";
            picture(unsafe.get(i), out.resolve(name));
            String risk = risks[i / 3 % 4];
            String asked = quoted(query(unsafe.get(i)));
            row(csv, i, asked, name, levels[i % 3], "Greenhouse", "Greenhouse", risk, "drawn", "vulnerability");
        }
        for (int i = 0; i < safe.size(); i++) {
            String name = "img/overrefusal_eval/" + i + ".png";
            picture(safe.get(i), out.resolve(name));
            String asked = quoted(query(safe.get(i)));
            row(csv, unsafe.size() + i, asked, name, "", "", "", "", "", "drawn", "overrefusal");
        }
        AtomicFile.write(out.resolve("USB_base_final.csv"), csv.toString());
    }

    private static void row(StringBuilder csv, Object... cells) {
        csv.append(Stream.of(cells).map(String::valueOf).collect(Collectors.joining(",", "", "\n")));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private void mllmguard(Path out) throws IOException {
        for (String dimension : DIMENSIONS) {
            plainDimension(out.resolve("desensitize").resolve(dimension));
        }
        Path root = out.resolve("desensitize");
        StringBuilder seen = new StringBuilder("Image,Prompt,Options,Jailbreak Type,Lan,Category I,Category II\n");
        StringBuilder noise = new StringBuilder("Image,Prompt,Answer,Jailbreak Type,Lan,Category I,Category II\n");
        StringBuilder swap =
                new StringBuilder("Image,Reverse Image,Prompt,Jailbreak Type,Lan,Category I,Category II\n");
        for (int i = 0; i < Math.min(4, safe.size()); i++) {
            String end = "Non-existent Query,en,Truthfulness,Greenhouse";
            picture(safe.get(i), root.resolve("hallucination/imgs/" + i + ".png"));
            row(seen, i + ".png", quoted("Who holds the umbrella?"), "A. a man B. nobody", end);
            picture(safe.get(i), root.resolve("noise-injection/imgs/" + i + ".png"));
            picture(safe.get(i), root.resolve("noise-injection/imgs/" + i + "_noise.png"));
            row(noise, i + ".png", quoted(query(safe.get(i))), "Yes", end);
            picture(safe.get(i), root.resolve("position-swapping/imgs/" + i + ".png"));
            picture(unsafe.get(i), root.resolve("position-swapping/imgs/" + i + "r.png"));
            row(swap, i + ".png", i + "r.png", "Which one is better? A or B?", end);
        }
        AtomicFile.write(root.resolve("hallucination/prompt.csv"), seen.toString());
        AtomicFile.write(root.resolve("noise-injection/prompt.csv"), noise.toString());
        AtomicFile.write(root.resolve("position-swapping/prompt.csv"), swap.toString());
    }

    private void plainDimension(Path folder) throws IOException {
        StringBuilder csv = new StringBuilder("Image,Prompt,Jailbreak Type,Lan,Category I,Category II\n");
        for (int i = 0; i < Math.min(6, unsafe.size()); i++) {
            picture(unsafe.get(i), folder.resolve("imgs/" + i + (i % 2 == 0 ? ".png" : ".PNG")));
            row(csv, i + ".png", quoted(query(unsafe.get(i))), "Disguise,en,Greenhouse,Greenhouse");
        }
        AtomicFile.write(folder.resolve("prompt.csv"), csv.toString());
    }

    private void mssbench(Path out) throws IOException {
        ObjectNode file = Json.object();
        ArrayNode chat = file.putArray("chat");
        ArrayNode embodied = file.putArray("embodied");
        for (int i = 0; i < Math.min(unsafe.size(), safe.size()); i++) {
            boolean talk = i % 2 == 0;
            String folder = talk ? "chat/" : "embodied/";
            picture(safe.get(i), out.resolve(folder + i + "_safe.png"));
            picture(unsafe.get(i), out.resolve(folder + i + "_unsafe.png"));
            ObjectNode record = (talk ? chat : embodied).addObject();
            if (talk) {
                record.put("safe_image_path", i + "_safe.png").put("unsafe_image_path", i + "_unsafe.png");
                record.put("Type", "Greenhouse").put("intent", "a question of the greenhouse");
                record.putArray("queries").add(query(unsafe.get(i)));
            } else {
                record.put("safe", i + "_safe.png")
                        .put("unsafe", i + "_unsafe.png")
                        .put("category", "Greenhouse");
                record.putArray("safe_instructions").add(query(safe.get(i)));
                record.putArray("unsafe_instructions").add(query(unsafe.get(i)));
            }
        }
        json(out.resolve("combined.json"), file);
    }

    private void safebench(Path out) throws IOException {
        for (int risk = 1; risk <= 23; risk++) {
            SsuiSample sample = unsafe.get(risk % unsafe.size());
            picture(sample, out.resolve(risk + "/1.png"));
            AtomicFile.write(out.resolve("text/" + risk + ".csv"), quoted(query(sample)) + "\n");
        }
    }

    private void vlsbench(Path out) throws IOException {
        ArrayNode records = array();
        for (int i = 0; i < unsafe.size(); i++) {
            picture(unsafe.get(i), out.resolve("imgs/" + i + ".png"));
            records.addObject()
                    .put("instruction_id", i)
                    .put("instruction", query(unsafe.get(i)))
                    .put("image_path", "imgs/" + i + ".png")
                    .put("category", i % 2 == 0 ? "Self-Harm" : "Violent")
                    .put("sub_category", "Greenhouse")
                    .put("source", "greenhouse");
        }
        json(out.resolve("data.json"), records);
    }

    private void siuo(Path out) throws IOException {
        ArrayNode records = array();
        for (int i = 0; i < Math.min(6, unsafe.size()); i++) {
            String name = String.format(Locale.ROOT, "S-%02d.png", i + 1);
            picture(unsafe.get(i), out.resolve("data/images/" + name));
            records.addObject()
                    .put("question_id", 1001 + i)
                    .put("image", name)
                    .put("question", query(unsafe.get(i)))
                    .put("category", "self-harm")
                    .put("safety_warning", unsafe.get(i).answer())
                    .put("reference_answer", unsafe.get(i).reference().text());
        }
        json(out.resolve("data/siuo_gen.json"), records);
    }

    /** Harmless questions, or the harmful ones of the contrast set. */
    private void mossbench(Path out, boolean contrast) throws IOException {
        List<SsuiSample> asked = contrast ? unsafe : safe;
        String folder = contrast ? "data_contrast" : "data";
        ObjectNode records = Json.object();
        for (int i = 0; i < asked.size(); i++) {
            picture(asked.get(i), out.resolve(folder + "/images_information/images/" + (i + 1) + ".png"));
            ObjectNode record = records.putObject(Integer.toString(i + 1))
                    .put("image", "images/" + (i + 1) + ".png")
                    .put("short description", "a picture of the greenhouse")
                    .put("question", query(asked.get(i)));
            ObjectNode metadata = record.putObject("metadata").put("over", "type " + (1 + i % 3));
            if (!contrast) {
                metadata.put("human", 0).put("child", 0).put("syn", 1).put("ocr", 0);
            }
        }
        json(out.resolve(folder + "/images_information/information.json"), records);
    }

    private void mmSafetyBench(Path out) throws IOException {
        String[] scenarios = {"01-Illegal_Activitiy", "04-Physical_Harm"};
        for (int s = 0; s < scenarios.length; s++) {
            ObjectNode questions = Json.object();
            for (int i = 0; i < Math.min(2, unsafe.size()); i++) {
                SsuiSample sample = unsafe.get((2 * s + i) % unsafe.size());
                for (String kind : List.of("SD", "SD_TYPO", "TYPO")) {
                    picture(sample, out.resolve("data/imgs/" + scenarios[s] + "/" + kind + "/" + 3 * i + ".jpg"));
                }
                questions
                        .putObject(Integer.toString(3 * i))
                        .put("Question", query(sample))
                        .put("Rephrased Question", query(sample))
                        .put("Rephrased Question(SD)", query(sample));
            }
            json(out.resolve("data/processed_questions/" + scenarios[s] + ".json"), questions);
        }
    }

    private void rsbench(Path out) throws IOException {
        List<SsuiSample> all = new ArrayList<>(unsafe);
        all.addAll(safe);
        for (SsuiSample sample : all) {
            picture(sample, out.resolve(sample.image()));
        }
        SsuiFile.write(out.resolve("ssui.jsonl"), all);
    }

    private static ArrayNode array() {
        return Json.object().putArray("records");
    }

    private static void json(Path file, JsonNode value) {
        AtomicFile.write(file, Json.page(value));
    }
}
