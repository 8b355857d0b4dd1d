package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.store.Journal;
import org.espalier.store.SharedAllowance;
import org.espalier.store.Spending;
import org.espalier.store.Store;

/**
 * The money of one endpoint: what was spent, what calls under way may still cost, and the budget that both may not
 * exceed. Where several processes share the store, this one asks for a part of the budget at a time. Thread-safe.
 */
final class SpendingLimit implements AutoCloseable {
    /** How often the journal is looked at, or this process says that it lives. */
    private static final long LOOK = TimeUnit.SECONDS.toNanos(5);

    private static final long ASK_AGAIN = TimeUnit.SECONDS.toNanos(1);
    /** Longer than a call may last from its start to its answer in the journal. */
    private static final Duration BEYOND_A_CALL = Duration.ofMinutes(1);

    private final EndpointPlan plan;
    private final Journal journal;
    private final boolean shared;
    private final Optional<SharedAllowance> allowance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private BigDecimal spent;
    /** What may be spent beside {@link #held}. Below 0 where a call cost more than was thought. */
    private BigDecimal free;
    /** What calls under way may cost. */
    private BigDecimal held = BigDecimal.ZERO;
    /** What other processes may still spend, as far as is known. */
    private BigDecimal others = BigDecimal.ZERO;
    /** Of the calls so far: what the next one may cost too, whatever was estimated. */
    private BigDecimal dearest = BigDecimal.ZERO;

    private long looked = System.nanoTime();
    private long renewed = System.nanoTime();
    private long refused = System.nanoTime() - ASK_AGAIN;

    SpendingLimit(EndpointPlan plan, Store store) {
        this.plan = plan;
        this.journal = store.journal();
        this.shared = store.postgres();
        this.spent = recorded();
        Optional<BigDecimal> budget = plan.limits().budget();
        Duration lease = plan.limits().timeout().plus(BEYOND_A_CALL);
        this.allowance = shared ? budget.map(all -> store.sharedAllowance(plan.name(), all, lease)) : Optional.empty();
        this.free = shared
                ? BigDecimal.ZERO
                : budget.map(all -> all.subtract(spent)).orElse(BigDecimal.ZERO);
    }

    private BigDecimal recorded() {
        return journal.spending().stream()
                .filter(spending -> spending.provider().equals(plan.name()))
                .map(Spending::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Sets money aside for a call; waits while calls under way, here or in other processes, might leave enough for it.
     *
     * @param estimate what the call can cost
     * @return what was set aside
     * @throws SurroundingsException if the budget does not allow it
     */
    BigDecimal hold(BigDecimal estimate) throws InterruptedException {
        if (plan.limits().budget().isEmpty()) {
            return BigDecimal.ZERO;
        }
        BigDecimal budget = plan.limits().budget().get();
        lock.lockInterruptibly();
        try {
            renew();
            BigDecimal most = estimate.max(dearest);
            while (!affordable(most)) {
                if (held.signum() == 0 && others.signum() == 0) {
                    throw usedUp(budget);
                }
                returned.await(ASK_AGAIN, TimeUnit.NANOSECONDS);
                most = estimate.max(dearest);
            }
            held = held.add(most);
            free = free.subtract(most);
            return most;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so much may be spent now; asks for another part of a shared budget where it may not. */
    private boolean affordable(BigDecimal most) {
        if (free.compareTo(most) < 0 && allowance.isPresent() && System.nanoTime() - refused >= ASK_AGAIN) {
            SharedAllowance.Grant grant = allowance.get().request(held, most);
            free = grant.amount();
            others = grant.others();
            if (free.compareTo(most) < 0) {
                refused = System.nanoTime();
                look();
            }
        }
        return free.compareTo(most) >= 0;
    }

    private SurroundingsException usedUp(BigDecimal budget) {
        return new SurroundingsException(
                "The budget of endpoint " + plan.name() + " is used up: "
                        + spent.stripTrailingZeros().toPlainString()
                        + " of " + budget.toPlainString()
                        + " are spent, and the next call could exceed it. Raise 'budget' and run the same command to"
                        + " continue; nothing is lost.",
                new IllegalStateException("budget"));
    }

    /** Notes what a call cost, before the journal has it, so that the sum is never too small. */
    void spend(BigDecimal cost) {
        lock.lock();
        try {
            spent = spent.add(cost);
            free = free.subtract(cost);
            dearest = dearest.max(cost);
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what {@link #hold} set aside. */
    void giveBack(BigDecimal most) {
        lock.lock();
        try {
            held = held.subtract(most);
            free = free.add(most);
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What all processes spent, as far as is known. */
    BigDecimal spent() {
        lock.lock();
        try {
            if (shared && System.nanoTime() - looked > LOOK) {
                look();
            }
            return spent;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        looked = System.nanoTime();
        spent = spent.max(recorded());
    }

    private void renew() {
        if (System.nanoTime() - renewed > LOOK) {
            renewed = System.nanoTime();
            allowance.ifPresent(SharedAllowance::renew);
        }
    }

    @Override
    public void close() {
        allowance.ifPresent(SharedAllowance::close);
    }
}
