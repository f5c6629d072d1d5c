/**
 * Who may do what: permissions, and the form of API keys. Every plane and the command agree on these.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.access;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
