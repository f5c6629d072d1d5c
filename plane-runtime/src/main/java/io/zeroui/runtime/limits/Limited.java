package io.zeroui.runtime.limits;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The limit that a resource method counts against, one token a request. Every method that reaches a tenant's data has one.
 * Checked after the permission, so that nobody uses up the tokens of a tenant he may not reach.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Limited {

    /** The class of the limit. */
    RateLimit value();
}
