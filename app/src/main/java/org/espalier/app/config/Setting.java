package org.espalier.app.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a person needs to know of a setting, and the range it must lie in. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /** One clause, shown by {@code --help}. */
    String value();

    /** The least allowed number. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The greatest allowed number. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether {@link #min} itself is too little. */
    boolean above() default false;
}
