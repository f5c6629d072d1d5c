package io.zeroui.runtime.security;

import io.zeroui.contracts.access.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the caller of a resource method must be allowed to do. A method without this annotation answers nobody. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresPermission {

    /** The permission. */
    Permission value();

    /** True where the answer is about the whole plane: credentials of one tenant are refused. */
    boolean planeWide() default false;
}
