package io.zeroui.shared.evaluation.formats;

/** A file is not what it should be. Has no stack trace: it is an outcome. */
public final class InvalidResults extends Exception {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * A refusal.
     *
     * @param place line and JSON Pointer, or what else says where; empty for the file as a whole
     * @param what is wrong, without repeating what was found
     */
    public InvalidResults(String place, String what) {
        super(what, null, false, false);
        this.place = place;
    }

    /** Where. */
    public String place() {
        return place;
    }

    /** What is wrong, in words. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
