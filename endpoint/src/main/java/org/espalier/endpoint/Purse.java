package org.espalier.endpoint;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.store.Journal;
import org.espalier.store.Spending;

/**
 * The money of one endpoint: what was spent, what calls under way may still cost, and the budget that both may not
 * exceed. What other processes spend is looked up in the journal now and then.
 */
final class Purse {
    private static final long LOOK = TimeUnit.SECONDS.toNanos(5);

    private final EndpointPlan plan;
    private final Journal journal;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private BigDecimal spent;
    private BigDecimal held = BigDecimal.ZERO;
    /** Of the calls so far: what the next one may cost too, whatever was estimated. */
    private BigDecimal dearest = BigDecimal.ZERO;

    private long looked;

    /** @param shared whether other processes may use the same journal */
    Purse(EndpointPlan plan, Journal journal, boolean shared) {
        this.plan = plan;
        this.journal = journal;
        this.shared = shared;
        this.spent = recorded();
        this.looked = System.nanoTime();
    }

    private BigDecimal recorded() {
        return journal.spending().stream()
                .filter(spending -> spending.provider().equals(plan.name()))
                .map(Spending::cost)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Sets money aside for a call; waits while calls under way might leave enough for it.
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
            look();
            BigDecimal most = estimate.max(dearest);
            while (spent.add(held).add(most).compareTo(budget) > 0) {
                if (held.signum() == 0) {
                    throw new SurroundingsException(
                            "The budget of endpoint " + plan.name() + " is used up: "
                                    + spent.stripTrailingZeros().toPlainString()
                                    + " of " + budget.toPlainString()
                                    + " are spent, and the next call could exceed it. Raise 'budget' and run the same"
                                    + " command to go on; nothing is lost.",
                            new IllegalStateException("budget"));
                }
                returned.await(1, TimeUnit.SECONDS);
                most = estimate.max(dearest);
            }
            held = held.add(most);
            return most;
        } finally {
            lock.unlock();
        }
    }

    /** Notes what a call did cost, before the journal has it: the sum is never too small for longer than a look takes. */
    void spend(BigDecimal cost) {
        lock.lock();
        try {
            spent = spent.add(cost);
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
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    BigDecimal spent() {
        lock.lock();
        try {
            look();
            return spent;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        if (shared && System.nanoTime() - looked > LOOK) {
            looked = System.nanoTime();
            spent = spent.max(recorded());
        }
    }
}
