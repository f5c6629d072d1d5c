package io.zeroui.shared.supplychain.sbom.read;

import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers components and edges while a document is read, and refuses too many of them. */
final class GraphBuilder {

    private static final int NAMED_MOST = 5;

    private final SbomConfig limits;
    private final List<Component> components = new ArrayList<>();
    private final Map<String, Integer> ordinals = new HashMap<>();
    private final List<String> parents = new ArrayList<>();
    private final List<String> children = new ArrayList<>();
    private final Set<String> roots = new LinkedHashSet<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable String serial;
    private @Nullable String name;
    private @Nullable String version;

    GraphBuilder(SbomConfig limits) {
        this.limits = limits;
    }

    /** Notes what the document calls itself. */
    void serial(@Nullable String given) {
        serial = given;
    }

    /** Notes what the document is about. */
    void subject(@Nullable String givenName, @Nullable String givenVersion) {
        name = givenName;
        version = givenVersion;
    }

    /** A reference for a component that has none. */
    String freshRef() {
        return "#" + components.size();
    }

    void add(Component component) {
        if (components.size() >= limits.componentsMost()) {
            throw SbomProblem.TOO_LARGE.because("The document has more than " + limits.componentsMost() + " components");
        }
        if (ordinals.putIfAbsent(component.ref(), components.size()) != null) {
            throw SbomProblem.DUPLICATE_REF.because("Two components have the reference " + SbomTexts.quoted(component.ref()));
        }
        components.add(component);
    }

    boolean has(String ref) {
        return ordinals.containsKey(ref);
    }

    void root(String ref) {
        roots.add(ref);
    }

    void edge(String parent, String child) {
        if (parents.size() >= limits.edgesMost()) {
            throw SbomProblem.TOO_LARGE.because("The document has more than " + limits.edgesMost() + " dependencies");
        }
        parents.add(parent);
        children.add(child);
    }

    /** What was gathered; edges to what is not in the document are left out and named. */
    Sbom build(SbomFormat format, String specVersion) {
        int[][] edges = resolve();
        List<Integer> top = new ArrayList<>();
        for (String ref : roots) {
            Integer ordinal = ordinals.get(ref);
            if (ordinal != null) {
                top.add(ordinal);
            }
        }
        if (top.isEmpty()) {
            top.addAll(withoutParents(edges[1]));
        }
        Cycle.find(components.size(), edges[0], edges[1]).ifPresent(cycle -> findings.add("there is a cycle of dependencies: "
                + String.join(" -> ", cycle.stream().limit(NAMED_MOST).map(ordinal -> SbomTexts.quoted(components.get(ordinal).ref())).toList())));
        return new Sbom(format, specVersion, serial, name, version, components, top, edges[0], edges[1], findings);
    }

    private int[][] resolve() {
        Set<Long> seen = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        for (int i = 0; i < parents.size(); i++) {
            Integer from = ordinals.get(parents.get(i));
            Integer to = ordinals.get(children.get(i));
            if (from == null || to == null) {
                missing.add(from == null ? parents.get(i) : children.get(i));
            } else if (!from.equals(to)) {
                seen.add(((long) from << Integer.SIZE) | to);
            }
        }
        if (!missing.isEmpty()) {
            findings.add(missing.size() + " references lead to no component: "
                    + String.join(", ", missing.stream().limit(NAMED_MOST).map(SbomTexts::quoted).toList()));
        }
        int[][] edges = {new int[seen.size()], new int[seen.size()]};
        int next = 0;
        for (long edge : seen) {
            edges[0][next] = (int) (edge >> Integer.SIZE);
            edges[1][next++] = (int) edge;
        }
        return edges;
    }

    private List<Integer> withoutParents(int[] to) {
        BitSet depended = new BitSet(components.size());
        Arrays.stream(to).forEach(depended::set);
        List<Integer> free = new ArrayList<>();
        for (int i = depended.nextClearBit(0); i < components.size(); i = depended.nextClearBit(i + 1)) {
            free.add(i);
        }
        return free.isEmpty() && !components.isEmpty() ? List.of(0) : free;
    }
}
