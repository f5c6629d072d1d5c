/**
 * What a receipt is: its shape, what it may not contain, and the verdict on one line of JSONL.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.receipts;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
