/**
 * How rulings travel: from the shared plane to every plane that keeps a verified copy. Whoever has newer ones pushes them; who follows says
 * now and then what it has, and gets what is newer. The receiver believes nothing of the way. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.rulings.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
