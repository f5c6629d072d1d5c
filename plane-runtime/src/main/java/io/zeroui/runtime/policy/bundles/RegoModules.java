package io.zeroui.runtime.policy.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The Rego modules in a policy's content, {@code {"rego":{"modules":{"name":["line", …]}}}}; a text in place of the lines is as good. A module
 * is in the package {@code zeroui.rules["{policy-id}"]} or below it: OPA refuses a bundle as a whole when one module is outside of its roots,
 * so one that is elsewhere is left out, with the reason.
 *
 * @param taken by name
 * @param leftOut reasons, by name
 */
record RegoModules(Map<String, String> taken, Map<String, String> leftOut) {

    static final String RULES = "rules";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([_-][a-z0-9]+)*");
    private static final int NAME_MOST = 64;
    private static final Pattern PACKAGE = Pattern.compile("package\\s+(\\w+(?:\\s*\\.\\s*\\w+|\\s*\\[\\s*\"[\\w.-]+\"\\s*])*)\\s*(?:#.*)?");
    private static final Pattern STEP = Pattern.compile("\"([\\w.-]+)\"|(\\w+)");

    /** Those of a content. */
    static RegoModules in(String policyId, JsonNode content) {
        Map<String, String> taken = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        content.path("rego").path("modules").fields().forEachRemaining(module -> {
            String text = text(module.getValue());
            String fault = fault(policyId, module.getKey(), text);
            (fault.isEmpty() ? taken : leftOut).put(module.getKey(), fault.isEmpty() ? text : fault);
        });
        return new RegoModules(taken, leftOut);
    }

    private static String text(JsonNode module) {
        return module.isArray() ? StreamSupport.stream(module.spliterator(), false).map(JsonNode::asText).collect(Collectors.joining("\n", "", "\n"))
                : module.asText();
    }

    /** Why a module is left out; empty where it is not. */
    private static String fault(String policyId, String name, String text) {
        if (name.length() > NAME_MOST || !NAME.matcher(name).matches()) {
            return "a module's name has lower-case letters and digits with - or _ between, at most " + NAME_MOST;
        }
        List<String> in = packageOf(text);
        return in.size() >= 3 && in.subList(0, 3).equals(List.of("zeroui", RULES, policyId)) ? ""
                : "a module of this policy begins with: package zeroui." + RULES + "[\"" + policyId + "\"]";
    }

    /** The path of the package that the first statement names; empty where it names none. */
    private static List<String> packageOf(String text) {
        String first = text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#")).findFirst().orElse("");
        Matcher statement = PACKAGE.matcher(first);
        List<String> path = new ArrayList<>();
        if (statement.matches()) {
            Matcher step = STEP.matcher(statement.group(1));
            while (step.find()) {
                path.add(step.group(1) == null ? step.group(2) : step.group(1));
            }
        }
        return path;
    }
}
