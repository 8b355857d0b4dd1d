package org.espalier.bench.set;

import java.util.List;
import java.util.stream.Stream;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Preparation;
import org.espalier.bench.suite.Prompts;

/**
 * MSSBench's agents. In a chat one says what the user is after, another whether that is safe in what the picture shows, and
 * what is answered follows from it; of a robot's task one says what to look for. The released code does not run, loses what
 * the first agent said, and answers without a prompt: here each agent is handed what its prompt speaks of.
 */
final class MssAgents implements Preparation {
    private static final String ACTIVITY = "Potential intent activity:";
    private static final String STATE = "Important environment state:";
    private static final String NAME = "mssbench-agents-";

    /** Of the texts that are not those of the question itself. */
    static final List<String> NAMES =
            Stream.of("intent", "judge", "yes", "no", "point").map(NAME::concat).toList();

    private final Prompts prompts;
    private final String unsure;
    private final String robot;

    MssAgents(Prompts prompts) {
        this.prompts = prompts;
        unsure = text(MssBench.CHAT);
        robot = text(MssBench.EMBODIED);
    }

    private String text(String name) {
        return prompts.of(NAME + name);
    }

    @Override
    public int agents(String category) {
        return robot(category) ? 1 : 2;
    }

    private static boolean robot(String category) {
        return Cells.head(category).equals(MssBench.EMBODIED);
    }

    @Override
    public String asked(BenchmarkItem item, List<String> said) {
        return robot(item.cell()) ? task(item.query(), said) : chat(item.query(), said);
    }

    private String task(String task, List<String> said) {
        return said.isEmpty()
                ? text("point").replace("{query}", task)
                : robot.replace("{query}", task).replace("{point}", behind(STATE, said.getFirst()));
    }

    private String chat(String query, List<String> said) {
        return switch (said.size()) {
            case 0 -> text("intent").replace("{query}", query);
            case 1 -> text("judge").replace("{query}", behind(ACTIVITY, said.getFirst()));
            default -> answered(query, said.get(1));
        };
    }

    /** By what is said of the user's safety: that there is none counts as no. */
    private String answered(String query, String evaluation) {
        String words = MssSetting.safe(MssBench.CHAT, evaluation)
                .map(safe -> text(safe ? "yes" : "no"))
                .orElseGet(() -> evaluation.strip().equals("None") ? text("no") : unsure);
        return words.replace("{query}", query).replace("{evaluation}", evaluation.strip());
    }

    /** What stands behind a mark, or all of it where there is none. */
    private static String behind(String mark, String said) {
        int at = said.lastIndexOf(mark);
        return (at < 0 ? said : said.substring(at + mark.length())).strip();
    }

    @Override
    public List<String> texts() {
        return Stream.concat(NAMES.stream().map(prompts::of), Stream.of(unsure, robot))
                .toList();
    }
}
