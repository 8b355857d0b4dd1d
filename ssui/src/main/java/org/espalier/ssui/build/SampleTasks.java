package org.espalier.ssui.build;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.ssui.agent.AgentCall;
import org.espalier.ssui.agent.RejectedAnswer;
import org.espalier.ssui.agent.WorkingSample;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.work.StopSignal;
import org.espalier.store.work.Tasks;
import tools.jackson.databind.node.ObjectNode;

/** The samples of a build as tasks: each goes through all agents in their order until it ends. */
final class SampleTasks implements Tasks {
    /** Asks of one agent that the surroundings put off again and again. */
    static final int ATTEMPTS = 10;

    /** Longer from attempt to attempt, so that all of them together outlast a server that is restarted. */
    static final IntFunction<Duration> PAUSES =
            attempt -> Duration.ofSeconds(Math.min(1L << Math.min(attempt, 10), 60));

    private static final System.Logger LOG = System.getLogger(SampleTasks.class.getPackageName());

    private final SamplePlan plan;
    private final Map<String, PooledPicture> pictures;
    private final List<AgentCall> calls;
    private final SampleOutcomes outcomes;
    private final Drafts drafts;
    private final IntFunction<Duration> pauses;
    private final List<String> ids = new ArrayList<>();
    /** Samples that each agent works on in this process. */
    private final Map<String, AtomicInteger> inWork = new LinkedHashMap<>();

    /** @param pauses before the attempt of this number, from 1, after the surroundings put the one before it off */
    SampleTasks(
            SamplePlan plan,
            Map<String, PooledPicture> pictures,
            List<AgentCall> calls,
            SampleOutcomes outcomes,
            Drafts drafts,
            IntFunction<Duration> pauses) {
        this.plan = plan;
        this.pictures = pictures;
        this.calls = calls;
        this.outcomes = outcomes;
        this.drafts = drafts;
        this.pauses = pauses;
        pictures.keySet().forEach(picture -> ids.addAll(plan.ids(picture)));
        calls.forEach(call -> inWork.put(call.agent().name(), new AtomicInteger()));
    }

    @Override
    public List<String> ids() {
        return ids;
    }

    @Override
    public List<String> unfinished(List<String> some) {
        return outcomes.unfinished(some);
    }

    /** Samples that an agent works on in this process. */
    int inWork(String agent) {
        AtomicInteger count = inWork.get(agent);
        return count == null ? 0 : count.get();
    }

    @Override
    public void run(String id, StopSignal stop) throws InterruptedException {
        SampleOutcomes.History history = outcomes.of(id);
        if (history.ended()) {
            return;
        }
        PooledPicture picture = pictures.get(SamplePlan.picture(id));
        if (picture == null) {
            throw new InputException("the pool " + plan.pool().folder() + " no longer has the picture of " + id
                    + ": a build is continued with the pool that it started with");
        }
        WorkingSample sample = plan.blank(id, picture);
        for (AgentCall call : calls) {
            Optional<WorkingSample> kept = pass(
                    call, sample, history.deaths().getOrDefault(call.agent().name(), 0), stop);
            if (kept.isEmpty()) {
                return;
            }
            sample = kept.get();
        }
        outcomes.draft(calls.getLast().agent().name(), finished(sample, picture), drafts);
    }

    /** Its words, and a tag with every change; export adds who wrote which field, and what is known of the picture. */
    private Draft finished(WorkingSample sample, PooledPicture picture) {
        ObjectNode tag = Json.object().put("scenario", sample.scenario()).put("aim", sample.aim());
        plan.twin(sample.id()).ifPresent(other -> tag.put("twin", other));
        tag.set("history", Json.tree(sample.history()));
        return new Draft(
                sample.id(),
                picture.image(),
                sample.query(),
                sample.steps(),
                sample.answer(),
                sample.risk(),
                sample.category(),
                tag,
                Json.object()
                        .put("source", "espalier ssui build")
                        .put("seed", plan.settings().seed()));
    }

    /** What an agent makes of a sample; nothing where it ends here. */
    private Optional<WorkingSample> pass(AgentCall call, WorkingSample sample, int round, StopSignal stop)
            throws InterruptedException {
        String agent = call.agent().name();
        AtomicInteger here = Optional.ofNullable(inWork.get(agent)).orElseThrow();
        here.incrementAndGet();
        try {
            switch (settled(call, sample, round, stop)) {
                case AgentCall.Outcome.Kept(WorkingSample kept) -> {
                    return Optional.of(kept);
                }
                case AgentCall.Outcome.Dropped(var drop) -> outcomes.dropped(drop);
                case AgentCall.Outcome.Later(var after, String reason, var received) ->
                    dead(sample, agent, "Given up after " + ATTEMPTS + " attempts: " + reason, received);
                case AgentCall.Outcome.Dead(String reason, var received) -> dead(sample, agent, reason, received);
            }
            return Optional.empty();
        } finally {
            here.decrementAndGet();
        }
    }

    /** Asks again while the surroundings put it off, with a pause before each new attempt. */
    private AgentCall.Outcome settled(AgentCall call, WorkingSample sample, int round, StopSignal stop)
            throws InterruptedException {
        stop.check();
        AgentCall.Outcome outcome = ask(call, sample, round);
        for (int attempt = 1; attempt < ATTEMPTS && outcome instanceof AgentCall.Outcome.Later later; attempt++) {
            stop.pause(Collections.max(List.of(later.after(), pauses.apply(attempt))));
            outcome = ask(call, sample, round);
        }
        return outcome;
    }

    /** A fault of ours is a dead letter too: it must not keep the other samples from their ends. */
    private static AgentCall.Outcome ask(AgentCall call, WorkingSample sample, int round) throws InterruptedException {
        try {
            return call.ask(sample, round);
        } catch (InputException | SurroundingsException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "a fault in the call of " + call.agent().name(),
                    e);
            return new AgentCall.Outcome.Dead("A fault of Espalier: " + e, List.of());
        }
    }

    private void dead(WorkingSample sample, String agent, String reason, List<RejectedAnswer> received) {
        LOG.log(System.Logger.Level.INFO, "dead letter " + agent + "/" + sample.id() + ": " + reason);
        outcomes.dead(sample.id(), agent, reason, received);
    }
}
