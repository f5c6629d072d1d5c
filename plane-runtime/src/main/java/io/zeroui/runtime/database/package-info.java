/**
 * The one database of a plane: connection settings from the seed's variables, schema migration and schema check. No tables of its own but Flyway's history.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.database;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
