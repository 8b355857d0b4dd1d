package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.Risk;
import org.espalier.core.Turn;
import org.espalier.endpoint.Endpoint;
import org.espalier.ssui.agent.AgentCall;
import org.espalier.ssui.agent.WorkingSample;
import org.espalier.ssui.pool.PooledPicture;

/**
 * What a build has still to do: what is to be expected if every sample passes every agent and none is asked twice, and
 * the most there can be if every answer has to be repaired and every try is needed. Samples that were interrupted count
 * as if no agent had seen them, although the journal holds some of their answers.
 *
 * @param pictures of the pool
 * @param samples one a picture, and its safe twin where it has one
 * @param ended of them, those that have come to their end
 * @param time by experience, and within the endpoints' limits
 * @param notes on pictures that are not sent as they are
 */
public record BuildForecast(
        long pictures, long samples, long ended, List<Stage> stages, Duration time, List<String> notes) {
    /** Seconds that a call takes by experience with hosted models. */
    private static final double SECONDS = 4;
    /** Side in pixels of the patch that a token of a picture stands for in most models of today. */
    private static final int PATCH = 28;

    private static final long MOST_PICTURE_TOKENS = 2500;
    private static final int LETTERS_A_TOKEN = 4;
    /** Tokens of what earlier agents wrote, by experience, and at most, by the lengths that are accepted. */
    private static final long USUAL_BEFORE = 150;

    private static final long MOST_BEFORE = 2500;
    /** Of the words that ask for a repair. */
    private static final long COMPLAINT = 200;

    /**
     * One agent: calls, tokens in and out, money.
     *
     * @param mostCalls if every answer is repaired and every try needed
     * @param mostCost of these, with the longest answers
     */
    public record Stage(
            String name,
            String endpoint,
            long calls,
            long input,
            long output,
            BigDecimal cost,
            long mostCalls,
            BigDecimal mostCost) {}

    public BuildForecast {
        stages = List.copyOf(stages);
        notes = List.copyOf(notes);
    }

    /** @param ended samples that have come to their end */
    static BuildForecast of(Collection<PooledPicture> pictures, SamplePlan plan, List<AgentCall> agents, long ended) {
        long samples = 0;
        long seen = 0;
        for (PooledPicture picture : pictures) {
            int ofPicture = plan.ids(picture.id()).size();
            samples += ofPicture;
            seen += ofPicture * tokens(picture);
        }
        PooledPicture some = pictures.iterator().next();
        List<Stage> stages = new ArrayList<>();
        for (AgentCall call : agents) {
            long input = words(call, plan, some) + (call.agent().seesPicture() ? seen / samples : 0);
            stages.add(stage(call, Math.max(0, samples - ended), input, call == agents.getFirst()));
        }
        return new BuildForecast(
                pictures.size(),
                samples,
                ended,
                stages,
                time(agents, stages),
                PictureForecast.of(plan.pool(), pictures, agents).lines().toList());
    }

    /** @param input tokens of one call, without what earlier agents wrote */
    private static Stage stage(AgentCall call, long calls, long input, boolean first) {
        Endpoint endpoint = call.endpoint();
        long before = first ? 0 : 1;
        long output = calls * call.agent().usualTokens();
        long tries = calls * call.tries();
        long longest = call.sampling().maxTokens();
        long mostInput = 2 * (input + before * MOST_BEFORE) + longest + COMPLAINT;
        long usualInput = calls * (input + before * USUAL_BEFORE);
        return new Stage(
                call.agent().name(),
                endpoint.name(),
                calls,
                usualInput,
                output,
                endpoint.price(usualInput, output),
                2 * tries,
                endpoint.price(tries * mostInput, 2 * tries * longest));
    }

    /** Agents of one endpoint share its places and its limits; endpoints work beside each other. */
    private static Duration time(List<AgentCall> agents, List<Stage> stages) {
        Map<Endpoint, long[]> loads = new LinkedHashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            long[] load = loads.computeIfAbsent(agents.get(i).endpoint(), _ -> new long[2]);
            load[0] += stages.get(i).calls();
            load[1] += stages.get(i).input() + stages.get(i).output();
        }
        return loads.entrySet().stream()
                .map(entry -> longer(
                        Duration.ofMillis((long) (entry.getValue()[0]
                                * SECONDS
                                * 1000
                                / entry.getKey().concurrency())),
                        entry.getKey().atLeast(entry.getValue()[0], entry.getValue()[1])))
                .reduce(Duration.ZERO, BuildForecast::longer);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static long tokens(PooledPicture picture) {
        long patches = (long) Math.ceilDiv(picture.width(), PATCH) * Math.ceilDiv(picture.height(), PATCH);
        return Math.min(patches, MOST_PICTURE_TOKENS);
    }

    private static long words(AgentCall call, SamplePlan plan, PooledPicture picture) {
        WorkingSample blank = WorkingSample.blank(picture.id(), plan.pool().file(picture), Risk.UNSAFE, "");
        return call.conversation(blank).stream()
                        .map(Turn::text)
                        .mapToLong(String::length)
                        .sum()
                / LETTERS_A_TOKEN;
    }

    /** All calls to be expected. */
    public long calls() {
        return stages.stream().mapToLong(Stage::calls).sum();
    }

    /** All money to be expected. */
    public BigDecimal cost() {
        return stages.stream().map(Stage::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Money to be expected of one endpoint. */
    public BigDecimal cost(String endpoint) {
        return stages.stream()
                .filter(stage -> stage.endpoint().equals(endpoint))
                .map(Stage::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Calls that can become necessary. */
    public long mostCalls() {
        return stages.stream().mapToLong(Stage::mostCalls).sum();
    }

    /** Money that these can cost. */
    public BigDecimal mostCost() {
        return stages.stream().map(Stage::mostCost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** For people, a line an agent. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d pictures, %d samples%s; about %d calls, if every sample passes every agent:"
                .formatted(
                        pictures, samples, ended > 0 ? " of which " + ended + " have come to their end" : "", calls()));
        for (Stage stage : stages) {
            lines.add("  %-11s %-14s %8d calls  %11d tokens in  %10d out  cost %s"
                    .formatted(
                            stage.name(),
                            stage.endpoint(),
                            stage.calls(),
                            stage.input(),
                            stage.output(),
                            BuildFunnel.money(stage.cost())));
        }
        lines.add("  together cost %s; about %s at four seconds a call and within the endpoints' limits"
                .formatted(BuildFunnel.money(cost()), minutes()));
        lines.add("  at most %d calls and cost %s, if every answer is too long, repaired once, and every try needed"
                .formatted(mostCalls(), BuildFunnel.money(mostCost())));
        lines.addAll(notes);
        return lines;
    }

    private String minutes() {
        long minutes = Math.max(1, Math.round(time.toMillis() / 60_000.0));
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }
}
