package io.zeroui.contracts.boundaries;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The class of the data in a component of a payload record; on the record, the class of all components that do not say
 * another one. {@link PayloadClasses} reads it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.RECORD_COMPONENT })
public @interface Carries {

    /** The class. */
    DataClass value();
}
