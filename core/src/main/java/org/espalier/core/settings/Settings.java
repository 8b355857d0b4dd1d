package org.espalier.core.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.espalier.core.InputException;

/**
 * Reads and replaces the settings of a record and of the records inside it. What may be any implementation of a port, as an
 * objective, is left alone: its settings are its own.
 */
public final class Settings {
    private Settings() {}

    /** The settings of a record with their values, in order. */
    public static SequencedMap<SettingKey, Object> values(Record settings) {
        SequencedMap<SettingKey, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(settings, component);
            if (component.getType().isRecord()) {
                values.putAll(values((Record) value));
            } else {
                SettingKey.of(component).ifPresent(key -> values.put(key, value));
            }
        }
        return values;
    }

    /** The same record with another value of one setting, by its name as recipes write it. */
    public static <T extends Record> T with(T settings, String name, Object value) {
        return with(settings, Map.of(name, value));
    }

    /**
     * The same record with other values.
     *
     * @param values by name as recipes write it, of the settings' types; what is not named stays
     * @throws InputException if the record refuses them
     */
    public static <T extends Record> T with(T settings, Map<String, Object> values) {
        RecordComponent[] components = settings.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            Object old = value(settings, components[i]);
            types[i] = components[i].getType();
            arguments[i] = types[i].isRecord()
                    ? with((Record) old, values)
                    : SettingKey.of(components[i])
                            .map(key -> values.getOrDefault(key.name(), old))
                            .orElse(old);
        }
        try {
            @SuppressWarnings("unchecked") // the class of the record that was given
            Class<T> type = (Class<T>) settings.getClass();
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InputException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Record settings, RecordComponent component) {
        try {
            return Objects.requireNonNull(component.getAccessor().invoke(settings), component.getName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
