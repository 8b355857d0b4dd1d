import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.pytorch.Tensor;
import org.espalier.app.command.CommandLines;
import org.espalier.app.config.Recipes;
import org.espalier.app.console.Interruption;
import org.espalier.core.file.LineLog;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.model.chat.Tokenizer;
import org.espalier.tensor.SafetensorsFile;

/**
 * The same work by an older house and by this one, in turn. Each house has a process of its own, which does what it is told over its
 * input; this file is compiled against either class path, so what is called here must be there in both. {@code guards.sh} starts it.
 */
final class Guards {
    private static final int PROCESSES = 5;
    private static final int WARM_UPS = 8;
    private static final int ROUNDS = 9;
    private static final int MIB = 1 << 20;

    private interface Work {
        void run() throws Exception;

        default Work times(int times) {
            return () -> {
                for (int i = 0; i < times; i++) {
                    run();
                }
            };
        }
    }

    private record Named(String name, Work work) {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "data" -> data(Path.of(words[1]));
            case "work" -> work(Path.of(words[1]));
            default -> compare(Path.of(words[1]), words[2], words[3], words.length > 4 ? words[4] : "");
        }
    }

    // What is done.

    private static List<Named> works(Path data) throws Exception {
        Tokenizer tokenizer = Tokenizer.load(data);
        List<String> texts = Files.readAllLines(data.resolve("texts.txt"));
        String text = String.join(" ", texts).substring(0, 100_000);
        return List.of(
                new Named("a JPEG picture of 1600 x 1200", picture(data.resolve("plain.jpg"))),
                new Named("a progressive JPEG picture", picture(data.resolve("progressive.jpg"))),
                new Named("a PNG picture", picture(data.resolve("plain.png"))),
                new Named("an intake of 60 pictures of 640 x 480 from a folder", intake(data, "intake")),
                new Named("the same from Parquet", intake(data, "parquet:intake.parquet")),
                new Named("4,000 texts to tokens", () -> texts.forEach(tokenizer::encode)),
                new Named("a text of 100,000 characters to tokens", () -> tokenizer.encode(text)),
                new Named("a log of 300 lines, one at a time", log(data, 300, 1)),
                new Named("a log of 20,000 lines, 100 at a time", log(data, 20_000, 100)),
                new Named("256 MiB of weights", () -> weights(data.resolve("weights.safetensors"))),
                new Named("a header of 5,000 tensors", () -> header(data.resolve("header.safetensors"))),
                new Named("ssui.jsonl of 20,000 samples", () -> SsuiFile.read(data.resolve("ssui.jsonl"))),
                new Named("trees.jsonl of 200 trees", () -> TreeFile.read(data.resolve("trees.jsonl"))),
                new Named("a model's config.json, 2,000 times", config(data.resolve("config.json")).times(2000)),
                new Named("endpoints.yaml, 200 times", endpoints(data.resolve("endpoints.yaml")).times(200)),
                new Named("a recipe, 200 times", ((Work) () -> recipe(data.resolve("recipe.yaml"))).times(200)));
    }

    /** The reader of pictures has moved to a room of its own. */
    private static Work picture(Path file) throws ReflectiveOperationException {
        Class<?> type;
        try {
            type = Class.forName("org.espalier.picture.PictureReader");
        } catch (ClassNotFoundException e) {
            type = Class.forName("org.espalier.model.picture.PictureReader");
        }
        Object reader = type.getConstructor().newInstance();
        Method read = type.getMethod("read", Path.class);
        return () -> read.invoke(reader, file);
    }

    /** A family reads what a folder holds; before there were families, the one read its file. */
    private static Work config(Path file) throws ReflectiveOperationException {
        try {
            Object family = Class.forName("org.espalier.model.qwen.QwenFamily")
                    .getField("QWEN2_5_VL")
                    .get(null);
            Method read = family.getClass().getMethod("read", Path.class);
            return () -> read.invoke(family, file.getParent());
        } catch (ClassNotFoundException e) {
            Method read = Class.forName("org.espalier.model.qwen.QwenConfig").getMethod("read", Path.class);
            return () -> read.invoke(null, file);
        }
    }

    /** The command, with all that it does besides looking at pictures. */
    private static Work intake(Path data, String source) {
        String from = source.startsWith("parquet:")
                ? "parquet:" + data.resolve(source.substring("parquet:".length()))
                : data.resolve(source).toString();
        return () -> {
            Path pool = Files.createTempDirectory(data, "pool").resolve("pool");
            StringWriter said = new StringWriter();
            PrintWriter to = new PrintWriter(said);
            int code = CommandLines.espalier(to, to, new Interruption())
                    .execute("ssui", "intake", from, "--licence", "CC0-1.0", "--out", pool.toString());
            if (code != 0 || !said.toString().contains("60 of 60")) {
                throw new IllegalStateException(said.toString());
            }
            try (Stream<Path> made = Files.walk(pool.getParent())) {
                for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        };
    }

    /** Reading endpoints has got a second word since: which agents there are. */
    private static Work endpoints(Path file) {
        Method read = Arrays.stream(EndpointsFile.class.getMethods())
                .filter(method -> method.getName().equals("read"))
                .findFirst()
                .orElseThrow();
        Object[] words = read.getParameterCount() == 1 ? new Object[] {file} : new Object[] {file, List.of()};
        return () -> read.invoke(null, words);
    }

    private static void recipe(Path file) {
        Recipes.read(Optional.of(file), Map.of());
    }

    private static Work log(Path data, int lines, int together) throws IOException {
        List<String> line = Files.readAllLines(data.resolve("ssui.jsonl")).subList(0, together);
        return () -> {
            Path folder = Files.createTempDirectory(data, "log");
            Path file = folder.resolve("answers.jsonl");
            try (LineLog log = LineLog.open(file)) {
                for (int i = 0; i < lines; i += together) {
                    log.append(line);
                }
            }
            LineLog.open(file).close();
            Files.readAllLines(file);
            try (Stream<Path> made = Files.list(folder)) {
                for (Path path : made.toList()) {
                    Files.delete(path);
                }
            }
            Files.delete(folder);
        };
    }

    private static void weights(Path file) {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            for (String name : open.names()) {
                try (Tensor tensor = open.read(name)) {
                    tensor.numel();
                }
            }
        }
    }

    private static void header(Path file) {
        SafetensorsFile.open(file).close();
    }

    // Who does it, and how long it takes.

    private static void work(Path data) throws Exception {
        List<Named> works = works(data);
        BufferedReader in = new BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(works.stream().map(Named::name).collect(Collectors.joining("\t")));
        for (String number = in.readLine(); number != null; number = in.readLine()) {
            Work work = works.get(Integer.parseInt(number)).work();
            long start = System.nanoTime();
            work.run();
            System.out.println(System.nanoTime() - start);
        }
    }

    private record House(Process process, BufferedReader from, PrintWriter to, String[] works) implements AutoCloseable {
        static House start(String classPath, Path data) throws IOException {
            List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
            command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(option -> !option.startsWith("--add-modules"))
                    .toList());
            command.addAll(List.of("-cp", classPath, System.getProperty("guards.source"), "work", data.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader from = process.inputReader();
            return new House(process, from, new PrintWriter(process.outputWriter(), true), from.readLine().split("\t"));
        }

        double milliseconds(int work) throws IOException {
            to.println(work);
            return Long.parseLong(from.readLine()) / 1e6;
        }

        @Override
        public void close() {
            to.close();
            process.destroy();
        }
    }

    /** @param some what the names of the works that are wanted hold */
    private static void compare(Path data, String old, String now, String some) throws Exception {
        Map<String, List<List<double[]>>> all = new LinkedHashMap<>();
        for (int pair = 0; pair < PROCESSES; pair++) {
            try (House before = House.start(old, data);
                    House here = House.start(now, data)) {
                for (int work = 0; work < here.works().length; work++) {
                    if (here.works()[work].contains(some)) {
                        all.computeIfAbsent(here.works()[work], name -> new ArrayList<>())
                                .add(rounds(before, here, work));
                    }
                }
            }
        }
        System.out.println("| | old, ms | now, ms | now / old | each pair of processes |\n| --- | --- | --- | --- | --- |");
        all.forEach((name, pairs) -> {
            List<double[]> together = pairs.stream().flatMap(List::stream).toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.2f | %s |%n",
                    name,
                    median(together, 0),
                    median(together, 1),
                    ratio(together),
                    pairs.stream().map(pair -> "%.2f".formatted(ratio(pair))).collect(Collectors.joining(", ")));
        });
    }

    /** Times of both, in turn; who begins changes each time. */
    private static List<double[]> rounds(House before, House here, int work) throws IOException {
        List<double[]> rounds = new ArrayList<>();
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            double first = i % 2 == 0 ? before.milliseconds(work) : here.milliseconds(work);
            double second = i % 2 == 0 ? here.milliseconds(work) : before.milliseconds(work);
            if (i >= 0) {
                rounds.add(i % 2 == 0 ? new double[] {first, second} : new double[] {second, first});
            }
        }
        return rounds;
    }

    /** The middle of the ratios of neighbours, which how fast the machine is just then does not change. */
    private static double ratio(List<double[]> rounds) {
        return median(rounds.stream()
                .map(round -> new double[] {round[1] / round[0]})
                .toList(), 0);
    }

    private static double median(List<double[]> rounds, int house) {
        return rounds.stream().mapToDouble(round -> round[house]).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    // What it is done with.

    /** The folder holds what a checkout has already: tokenizer.json, config.json, recipe.yaml, one.ssui.jsonl, one.trees.jsonl. */
    private static void data(Path data) throws Exception {
        Random random = new Random(1);
        BufferedImage picture = drawn(random);
        ImageIO.write(picture, "jpg", data.resolve("plain.jpg").toFile());
        ImageIO.write(picture, "png", data.resolve("plain.png").toFile());
        progressive(picture, data.resolve("progressive.jpg"));
        pictures(data, random);
        String[] words = Files.readString(data.resolve("one.ssui.jsonl")).split("[^A-Za-z']+");
        Files.write(data.resolve("texts.txt"), IntStream.range(0, 4000).mapToObj(i -> sentence(random, words)).toList());
        many(data.resolve("one.ssui.jsonl"), data.resolve("ssui.jsonl"), 20_000);
        many(data.resolve("one.trees.jsonl"), data.resolve("trees.jsonl"), 200);
        LineLog.open(data.resolve("trees.jsonl")).close(); // With checksums, as an exploration writes them.
        tensors(data.resolve("weights.safetensors"), 8, 32 * MIB);
        tensors(data.resolve("header.safetensors"), 5000, 64);
        Files.writeString(data.resolve("endpoints.yaml"), endpoints());
    }

    private static BufferedImage drawn(Random random) {
        BufferedImage picture = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 1200; y++) {
            for (int x = 0; x < 1600; x++) {
                int wave = (int) (100 + 60 * Math.sin(x / 37.0) + 60 * Math.cos((x + y) / 53.0));
                picture.setRGB(x, y, (wave + random.nextInt(24)) << 16 | (x * 255 / 1600) << 8 | (y * 255 / 1200));
            }
        }
        return picture;
    }

    /** Pictures that do not look alike, in a folder and in a Parquet file. */
    private static void pictures(Path data, Random random) throws Exception {
        Path folder = Files.createDirectory(data.resolve("intake"));
        for (int i = 0; i < 60; i++) {
            BufferedImage small = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < 16 * 12; at++) {
                small.setRGB(at % 16, at / 16, random.nextInt(1 << 24));
            }
            BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
            picture.createGraphics().drawImage(small, 0, 0, 640, 480, null);
            ImageIO.write(picture, "jpg", folder.resolve(i + ".jpg").toFile());
        }
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = duck.createStatement()) {
            sql.execute("COPY (SELECT content AS image FROM read_blob('" + folder + "/*.jpg')) TO '"
                    + data.resolve("intake.parquet") + "' (FORMAT parquet)");
        }
    }

    private static void progressive(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }

    private static String sentence(Random random, String[] words) {
        return random.ints(5 + random.nextInt(40), 0, words.length)
                .mapToObj(word -> words[word])
                .collect(Collectors.joining(" ", "", "."));
    }

    /** A line many times, each with an id of its own. */
    private static void many(Path one, Path file, int times) throws IOException {
        String line = Files.readAllLines(one).getFirst();
        Files.write(file, IntStream.range(0, times).mapToObj(i -> line.replaceFirst("\"id\":\"", "\"id\":\"" + i + "-")).toList());
    }

    private static void tensors(Path file, int count, int bytes) throws IOException {
        String header = IntStream.range(0, count)
                .mapToObj(i -> "\"model.layers.%d.weight\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                        .formatted(i, bytes / 4, (long) i * bytes, (i + 1L) * bytes))
                .collect(Collectors.joining(",", "{", "}"));
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] numbers = new byte[bytes];
        new Random(2).nextBytes(numbers);
        try (var out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
            out.write(json);
            for (int i = 0; i < count; i++) {
                out.write(numbers);
            }
        }
    }

    private static String endpoints() {
        return IntStream.range(0, 20)
                .mapToObj(i -> """
                          server-%d:
                            provider: openai-compatible
                            base-url: http://127.0.0.1:8000/v1
                            model: a-model
                            concurrency: 256
                            requests-a-minute: 1000
                            prices: {input: 3, cached-input: 0.3, output: 15}
                            budget: 25.00
                            extra: {top_k: 20}
                        """.formatted(i))
                .collect(Collectors.joining("", "endpoints:\n", "agents:\n  default: server-0\n  judge: server-1\n"));
    }
}
