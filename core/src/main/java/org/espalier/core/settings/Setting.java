package org.espalier.core.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A component of a settings record that a recipe or a flag may give. Its type is a number, boolean, enum or list of texts. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** One sentence for {@code --help}. */
    String help();

    /** The flag's name where the setting's own would not say enough beside the flags of other records. */
    String flag() default "";

    /** The smallest number. */
    double min() default Double.NEGATIVE_INFINITY;

    /** What the number must exceed. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The largest number. */
    double max() default Double.POSITIVE_INFINITY;
}
