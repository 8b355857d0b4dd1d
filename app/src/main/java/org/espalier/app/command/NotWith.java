package org.espalier.app.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An option that would be passed over where another one is given, so that both together are refused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface NotWith {
    /** The other. */
    String value();
}
