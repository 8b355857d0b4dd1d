package org.espalier.store.perf;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.espalier.store.Store;

/** db-scheduler with the settings that served it best: virtual threads, early fetches, immediate execution. */
final class DbSchedulerEngine implements WorkEngine {
    private static final String TABLE =
            "create table scheduled_tasks (task_name text not null, task_instance text not null,"
                    + " task_data %s, execution_time timestamp with time zone not null, picked boolean not null, picked_by text,"
                    + " last_success timestamp with time zone, last_failure timestamp with time zone, consecutive_failures int,"
                    + " last_heartbeat timestamp with time zone, version bigint not null, priority smallint,"
                    + " primary key (task_name, task_instance))";

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public void add(Store store, WorkPlan plan) {
        store.write(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(TABLE.formatted(store.postgres() ? "bytea" : "blob"));
                statement.execute("create index execution_time_idx on scheduled_tasks (execution_time)");
                return statement.execute("create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");
            }
        });
        Scheduler client = scheduler(store.dataSource(), plan, List.of(), store.postgres());
        String first = plan.stageNames().getFirst();
        List<TaskInstance<?>> all = new ArrayList<>();
        plan.ids().forEach(id -> all.add(new TaskInstance<>(first, id)));
        for (int from = 0; from < all.size(); from += 500) {
            client.scheduleBatch(all.subList(from, Math.min(from + 500, all.size())), Instant.now());
        }
    }

    @Override
    public void work(Store store, WorkPlan plan, Call call, LongConsumer done) {
        CountDownLatch left = new CountDownLatch((int) plan.steps());
        List<String> names = plan.stageNames();
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int next = i + 1;
            tasks.add(Tasks.custom(names.get(i), Void.class).execute((instance, context) -> {
                try {
                    call.run(instance.getTaskName(), instance.getId());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return (complete, operations) -> {
                    if (next < names.size()) {
                        operations.removeAndScheduleNew(SchedulableInstance.of(
                                new TaskInstance<>(names.get(next), instance.getId()), Instant.now()));
                    } else {
                        operations.remove();
                    }
                    left.countDown();
                };
            }));
        }
        Scheduler scheduler = scheduler(store.dataSource(), plan, tasks, store.postgres());
        scheduler.start();
        try {
            while (!left.await(1, TimeUnit.SECONDS)) {
                done.accept(plan.steps() - left.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scheduler.stop();
    }

    private static Scheduler scheduler(DataSource source, WorkPlan plan, List<Task<?>> tasks, boolean postgres) {
        SchedulerBuilder builder = new SchedulerBuilder(source, tasks)
                .threads(plan.concurrency())
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollingInterval(Duration.ofMillis(100))
                .serializer(Serializer.DEFAULT_JAVA_SERIALIZER)
                .enableImmediateExecution();
        return (postgres ? builder.pollUsingLockAndFetch(0.5, 1.5) : builder.pollUsingFetch(0.5, 3)).build();
    }
}
