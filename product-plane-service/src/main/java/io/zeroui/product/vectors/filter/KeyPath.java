package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.node.TextNode;
import io.zeroui.product.vectors.model.VectorProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where in a payload a value is: member names between dots; {@code []} behind a name is for readers, as arrays on the way are looked into
 * anyway. A name with dots stands in quotation marks.
 *
 * @param names of the members from the outermost to the innermost
 */
public record KeyPath(List<String> names) {

    private static final int LENGTH_MOST = 512;
    private static final int DEPTH_MOST = 16;
    private static final Pattern STEP = Pattern.compile("(?:\"([^\"\\\\\\x00]+)\"|([^.\"\\[\\]\\x00]+))(?:\\[])?(\\.|$)");

    public KeyPath {
        names = List.copyOf(names);
    }

    /** The path that a request writes; 400 where it is none. */
    public static KeyPath of(String text) {
        List<String> names = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int at = 0;
        while (text.length() <= LENGTH_MOST && at < text.length() && step.find(at) && step.start() == at && names.size() < DEPTH_MOST) {
            names.add(step.group(1) == null ? step.group(2) : step.group(1));
            at = step.end();
        }
        if (at != text.length() || names.isEmpty() || text.endsWith(".")) {
            throw VectorProblem.invalid("key", "must be a path of at most " + DEPTH_MOST + " names between dots, at most " + LENGTH_MOST
                    + " characters");
        }
        return new KeyPath(names);
    }

    /** The member's name, where it is one of the payload itself. */
    public boolean isTop() {
        return names.size() == 1;
    }

    /** As PostgreSQL's {@code jsonpath} in lax mode, which looks into arrays on the way. */
    public String toJsonPath() {
        return names.stream().map(name -> "." + TextNode.valueOf(name)).collect(Collectors.joining("", "lax $", ""));
    }

    /** As a request writes it. */
    @Override
    public String toString() {
        return names.stream().map(name -> name.indexOf('.') < 0 ? name : '"' + name + '"').collect(Collectors.joining("."));
    }
}
