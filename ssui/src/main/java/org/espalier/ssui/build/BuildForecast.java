package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.Risk;
import org.espalier.core.Turn;
import org.espalier.core.cost.Cost;
import org.espalier.core.cost.CostForecast;
import org.espalier.endpoint.CallCost;
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
 * @param all of all agents, endpoints beside each other
 * @param notes on pictures that are not sent as they are
 */
public record BuildForecast(
        long pictures, long samples, long ended, List<Stage> stages, CostForecast all, List<String> notes) {
    /** Tokens of what earlier agents wrote, by experience, and at most, by the lengths that are accepted. */
    private static final long USUAL_BEFORE = 150;

    private static final long MOST_BEFORE = 2500;
    /** Of the words that ask for a repair. */
    private static final long COMPLAINT = 200;

    /** One agent, and the endpoint that it asks. */
    public record Stage(String name, String endpoint, CostForecast cost) {}

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
            seen += ofPicture * CallCost.tokens(picture.width(), picture.height());
        }
        PooledPicture some = pictures.iterator().next();
        List<Stage> stages = new ArrayList<>();
        for (AgentCall call : agents) {
            long input = words(call, plan, some) + (call.agent().seesPicture() ? seen / samples : 0);
            stages.add(stage(call, Math.max(0, samples - ended), input, stages.isEmpty()));
        }
        CostForecast all = stages.stream().map(Stage::cost).reduce(CostForecast.NONE, CostForecast::plus);
        return new BuildForecast(
                pictures.size(),
                samples,
                ended,
                stages,
                new CostForecast(all.likely().within(time(agents, stages)), all.most()),
                PictureForecast.of(plan.pool(), pictures, agents).lines().toList());
    }

    /** @param input tokens of one call, without what earlier agents wrote */
    private static Stage stage(AgentCall call, long calls, long input, boolean first) {
        Endpoint endpoint = call.endpoint();
        long before = first ? 0 : 1;
        long tries = calls * call.tries();
        long longest = call.sampling().maxTokens();
        long mostInput = 2 * (input + before * MOST_BEFORE) + longest + COMPLAINT;
        return new Stage(
                call.agent().name(),
                endpoint.name(),
                new CostForecast(
                        CallCost.of(
                                endpoint,
                                calls,
                                calls * (input + before * USUAL_BEFORE),
                                calls * call.agent().usualTokens()),
                        CallCost.of(endpoint, 2 * tries, tries * mostInput, 2 * tries * longest)));
    }

    /** Agents of one endpoint share its places and its limits; endpoints work beside each other. */
    private static Duration time(List<AgentCall> agents, List<Stage> stages) {
        Map<Endpoint, Cost> loads = new LinkedHashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            loads.merge(agents.get(i).endpoint(), stages.get(i).cost().likely(), Cost::plus);
        }
        return loads.entrySet().stream()
                .map(load -> CallCost.of(
                                load.getKey(),
                                load.getValue().calls(),
                                load.getValue().input(),
                                load.getValue().output())
                        .time())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static long words(AgentCall call, SamplePlan plan, PooledPicture picture) {
        WorkingSample blank = WorkingSample.blank(picture.id(), plan.pool().file(picture), Risk.UNSAFE, "");
        return (long) call.conversation(blank).stream()
                .map(Turn::text)
                .mapToDouble(CallCost::tokens)
                .sum();
    }

    /** Money to be expected of one endpoint. */
    public BigDecimal cost(String endpoint) {
        return stages.stream()
                .filter(stage -> stage.endpoint().equals(endpoint))
                .map(stage -> stage.cost().likely().money())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** For people, a line an agent. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%d pictures, %d samples%s; about %d calls, if every sample passes every agent:"
                .formatted(
                        pictures,
                        samples,
                        ended > 0 ? " of which " + ended + " have come to their end" : "",
                        all.likely().calls()));
        for (Stage stage : stages) {
            Cost likely = stage.cost().likely();
            lines.add("  %-11s %-14s %8d calls  %11d tokens in  %10d out  cost %s"
                    .formatted(
                            stage.name(),
                            stage.endpoint(),
                            likely.calls(),
                            likely.input(),
                            likely.output(),
                            BuildFunnel.money(likely.money())));
        }
        lines.add("  together cost %s; about %s at four seconds a call and within the endpoints' limits"
                .formatted(BuildFunnel.money(all.likely().money()), minutes()));
        lines.add("  at most %d calls and cost %s, if every answer is too long, repaired once, and every try needed"
                .formatted(all.most().calls(), BuildFunnel.money(all.most().money())));
        lines.addAll(notes);
        return lines;
    }

    private String minutes() {
        long minutes = Math.max(1, Math.round(all.likely().time().toMillis() / 60_000.0));
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }
}
