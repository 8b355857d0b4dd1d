package org.espalier.tensor.check;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;

/**
 * Runs code whose every call into libtorch is checked. The code is a class of its own, which is loaded anew for that,
 * together with all of Espalier that it uses.
 */
public final class CheckedRun {
    private CheckedRun() {}

    /**
     * Runs.
     *
     * @param scenario has a constructor without parameters
     * @throws MixedPlacements if tensors of several placements met, or one was read back undeclared
     */
    public static void of(Class<? extends Runnable> scenario) {
        of(scenario, CallChecker.class);
    }

    /**
     * Runs what every tensor that it makes may be refused to ({@link FailingMemory}).
     *
     * @param scenario has a constructor without parameters
     */
    public static void withFailingMemory(Class<? extends Runnable> scenario) {
        of(scenario, FailingMemory.class);
    }

    private static void of(Class<? extends Runnable> scenario, Class<?> checker) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader checked = new Loader(scenario.getClassLoader(), checker);
        thread.setContextClassLoader(checked);
        try {
            var constructor = checked.loadClass(scenario.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            ((Runnable) constructor.newInstance()).run();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Loads Espalier's classes anew; all else, libtorch's bindings among it, comes from the parent. */
    private static final class Loader extends ClassLoader {
        private final CallRewriter rewriter;

        Loader(ClassLoader parent, Class<?> checker) {
            super(parent);
            this.rewriter = new CallRewriter(parent, checker);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith("org.espalier.")
                    && !name.startsWith("org.espalier.tensor.check.")
                    && !name.startsWith("org.espalier.core.");
            if (!own) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = rewriter.rewritten(in.readAllBytes());
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
