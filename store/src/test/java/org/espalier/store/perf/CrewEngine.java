package org.espalier.store.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.espalier.store.Store;
import org.espalier.store.work.Crew;
import org.espalier.store.work.CrewSettings;
import org.espalier.store.work.NewItem;
import org.espalier.store.work.Outcome;
import org.espalier.store.work.Stage;
import org.espalier.store.work.StageCount;
import org.espalier.store.work.StageGroup;
import org.espalier.store.work.Work;

/** Espalier's own. */
public final class CrewEngine implements WorkEngine {
    private static final String QUEUE = "perf";
    private static final int PAGE = 1000;

    @Override
    public String name() {
        return "crew";
    }

    @Override
    public void add(Store store, WorkPlan plan) {
        List<NewItem> items = plan.ids().stream()
                .map(id -> new NewItem(plan.stageNames().getFirst(), id, "{}"))
                .toList();
        for (int from = 0; from < items.size(); from += PAGE) {
            Work.in(store, QUEUE).add(items.subList(from, Math.min(from + PAGE, items.size())));
        }
    }

    @Override
    public void work(Store store, WorkPlan plan, Call call, LongConsumer done) {
        List<String> names = plan.stageNames();
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<String> next = names.subList(Math.min(i + 1, names.size()), Math.min(i + 2, names.size()));
            stages.add(new Stage(names.get(i), 1, item -> {
                call.run(item.stage(), item.id());
                return new Outcome.Done(next.stream()
                        .map(stage -> new NewItem(stage, item.id(), item.payload()))
                        .toArray(NewItem[]::new));
            }));
        }
        new Crew(store, QUEUE, List.of(new StageGroup(plan.concurrency(), stages)), CrewSettings.USUAL)
                .run(counts -> done.accept(
                        counts.values().stream().mapToLong(StageCount::done).sum()));
    }
}
