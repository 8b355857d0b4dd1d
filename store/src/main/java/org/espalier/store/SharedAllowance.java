package org.espalier.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What this process may spend of a budget that all processes of a store share. Each asks for some at a time; what it was
 * granted counts as spent for the others, until it gives it back, ends, or gives no sign of life for too long. What was
 * really spent is what the journal says. Thread-safe.
 */
public final class SharedAllowance implements AutoCloseable {
    /** Granted at once: so much of the budget, where there is enough left. */
    private static final BigDecimal SHARE = new BigDecimal("0.01");

    private final Store store;
    private final String provider;
    private final BigDecimal budget;
    private final Duration lease;
    private final String owner = UUID.randomUUID().toString();

    SharedAllowance(Store store, String provider, BigDecimal budget, Duration lease) {
        this.store = store;
        this.provider = provider;
        this.budget = budget;
        this.lease = lease;
    }

    /**
     * What came of a request.
     *
     * @param amount that may be spent beside what calls under way hold; 0 where there was not enough
     * @param others what other processes may still spend
     */
    public record Grant(BigDecimal amount, BigDecimal others) {}

    /**
     * Asks for money. What is left of earlier grants is given back.
     *
     * @param held what calls under way may still cost
     * @param least what is needed
     */
    public Grant request(BigDecimal held, BigDecimal least) {
        return store.alone(connection -> {
            // One process at a time looks at the journal and takes from the budget.
            Statements.list(
                    connection, row -> row, "select pg_advisory_xact_lock(hashtext(?))", "allowance " + provider);
            BigDecimal spent = sum(connection, "select sum(cost) from journal where provider = ?", provider);
            BigDecimal others = sum(
                    connection,
                    "select sum(amount) from allowance where provider = ? and owner <> ? and alive_until > "
                            + store.now(),
                    provider,
                    owner);
            BigDecimal free = budget.subtract(spent).subtract(others).subtract(held);
            BigDecimal amount =
                    free.compareTo(least) < 0 ? BigDecimal.ZERO : free.min(least.max(budget.multiply(SHARE)));
            Statements.update(
                    connection,
                    "insert into allowance (provider, owner, amount, alive_until) values (?, ?, ?, ? + " + store.now()
                            + ") on conflict (provider, owner) do update set amount = excluded.amount,"
                            + " alive_until = excluded.alive_until",
                    provider,
                    owner,
                    Journal.nanos(held.add(amount)),
                    lease.toMillis());
            return new Grant(amount, others);
        });
    }

    private static BigDecimal sum(Connection connection, String sql, Object... values) throws SQLException {
        return Journal.money(
                Statements.first(connection, row -> row.getLong(1), sql, values).orElseThrow());
    }

    /** Says that this process still lives, which every call must do that may last as long as the lease. */
    public void renew() {
        update(
                "update allowance set alive_until = ? + " + store.now() + " where provider = ? and owner = ?",
                lease.toMillis());
    }

    /** Gives everything back. */
    @Override
    public void close() {
        update("delete from allowance where provider = ? and owner = ?");
    }

    private void update(String sql, Object... before) {
        List<Object> values = new ArrayList<>(List.of(before));
        values.addAll(List.of(provider, owner));
        store.autocommit(connection -> Statements.update(connection, sql, values.toArray()));
    }
}
