package org.espalier.app.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An option that only says more of another one: alone it would be passed over, so that it is refused. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface GoesWith {
    /** The others, of which one is needed, such as "--endpoint" or "--verifier judge"; a verb that knows none of them minds none. */
    String[] value();
}
