package io.zeroui.runtime.problems;

import io.zeroui.contracts.problems.ProblemDetail;

/**
 * How refusals look at the paths of a protocol that has a form of its own for them, and clients that know no other. A bean of this type
 * is asked for every refusal, also of requests that reach no resource.
 */
public interface ErrorForm {

    /** Whether requests for that path, as the client sent it, are of the protocol. */
    boolean covers(String path);

    /** The media type of the form. */
    String mediaType();

    /** The problem in the form; anything that JSON is written from. */
    Object body(ProblemDetail problem);
}
