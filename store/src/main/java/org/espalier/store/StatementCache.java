package org.espalier.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection that prepares each text once: SQLite compiles a statement at every {@code prepareStatement}, which costs
 * more than running it. Closing such a statement clears it for its next use.
 */
final class StatementCache implements InvocationHandler {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private StatementCache(Connection connection) {
        this.connection = connection;
    }

    static Connection over(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                StatementCache.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new StatementCache(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement") && arguments != null && arguments.length == 1) {
            String sql = (String) arguments[0];
            PreparedStatement known = statements.get(sql);
            if (known == null) {
                known = kept(connection.prepareStatement(sql));
                statements.put(sql, known);
            }
            return known;
        }
        return call(connection, method, arguments);
    }

    private static PreparedStatement kept(PreparedStatement statement) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                statement.clearParameters();
                statement.clearBatch();
                return null;
            }
            return call(statement, method, arguments);
        };
        return (PreparedStatement) Proxy.newProxyInstance(
                StatementCache.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, handler);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
