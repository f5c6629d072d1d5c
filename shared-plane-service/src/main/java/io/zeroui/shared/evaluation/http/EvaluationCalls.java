package io.zeroui.shared.evaluation.http;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.security.Callers;
import io.zeroui.shared.evaluation.EvaluationProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What all requests about evaluations need. */
@ApplicationScoped
class EvaluationCalls {

    static final String NOT_MODIFIED = "The same as If-None-Match says";
    private static final int PAGE_MOST = 1_000;

    private final Callers callers;

    EvaluationCalls(Callers callers) {
        this.callers = callers;
    }

    /** Who calls; to be asked at the beginning of a resource method. */
    String by() {
        return callers.current().subject();
    }

    /** A number of rows; 400 where it is not 1 to 1,000. */
    static int limit(int limit) {
        if (limit < 1 || limit > PAGE_MOST) {
            throw EvaluationProblem.invalid("limit", "must be from 1 to " + PAGE_MOST);
        }
        return limit;
    }

    /** Where a page begins that goes down; 400 where it is no number of one. */
    static long before(long before) {
        if (before < 1) {
            throw EvaluationProblem.invalid("before", "must be a number that an earlier answer gave");
        }
        return before;
    }

    /** A text of at most so many characters without NUL; 400 otherwise. */
    static @Nullable String text(String what, @Nullable String text, int most) {
        if (text != null && (text.length() > most || text.indexOf('\0') >= 0)) {
            throw EvaluationProblem.invalid(what, "must have at most " + most + " characters");
        }
        return text;
    }

    /** An answer with a strong ETag over what makes it what it is; 304 where the caller has it. */
    static <T> RestResponse<T> tagged(String identity, @Nullable String known, Supplier<T> answer) {
        String tag = "\"" + Hash.of(identity.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32) + "\"";
        return (tag.equals(known) ? RestResponse.ResponseBuilder.<T> notModified() : RestResponse.ResponseBuilder.ok(answer.get())).header("ETag", tag)
                .build();
    }
}
