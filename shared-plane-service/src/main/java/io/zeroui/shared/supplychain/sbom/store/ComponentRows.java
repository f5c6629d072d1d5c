package io.zeroui.shared.supplychain.sbom.store;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.VersionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What components and graphs come to in rows. */
final class ComponentRows {

    /** Stands between the parts of what is hashed and of what travels as one text; in no text, for it is a control character. */
    static final String SEPARATOR = "\u001f";

    private static final int KEY_MOST = 600;
    private static final int COORDINATE_BYTES_MOST = 1_200;
    private static final int NAME_KEY_MOST = 200;
    private static final int ID_BYTES = 16;

    private ComponentRows() {
    }

    /** The id of a component: by its content without its reference. */
    static UUID id(Component one) {
        String content = String.join(SEPARATOR, one.kind(), String.valueOf(one.purl()), String.valueOf(one.group()), one.name(),
                String.valueOf(one.version()), String.valueOf(one.supplier()), String.join("\u001e", one.licences()), String.join("\u001e", one.hashes()));
        ByteBuffer half = ByteBuffer.wrap(Hash.of(content.getBytes(StandardCharsets.UTF_8)).bytes(), 0, ID_BYTES);
        return new UUID(half.getLong(), half.getLong());
    }

    /** The coordinate; of one that is too long for an index its hash stands at the end. */
    static String coordinate(Component one) {
        return bounded(one.coordinate());
    }

    /** The same for a coordinate that is looked for. */
    static String bounded(String coordinate) {
        byte[] bytes = coordinate.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= COORDINATE_BYTES_MOST ? coordinate : coordinate.substring(0, NAME_KEY_MOST) + "#" + Hash.of(bytes).hex();
    }

    static String versionKey(Component one) {
        return versionKey(one.purl() == null ? null : one.purl().type(), one.version());
    }

    static String versionKey(@Nullable String type, @Nullable String version) {
        String key = VersionKey.of(type, version);
        return key.length() > KEY_MOST ? key.substring(0, KEY_MOST) : key;
    }

    static String nameKey(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return key.length() > NAME_KEY_MOST ? key.substring(0, key.offsetByCodePoints(0, Math.min(NAME_KEY_MOST, key.codePointCount(0, key.length())))) : key;
    }

    static String joined(List<String> texts) {
        return String.join(SEPARATOR, texts);
    }

    /**
     * Shortest ways from the roots.
     *
     * @return depth and predecessor of each component; null where there is none
     */
    static Integer[][] ways(Sbom sbom) {
        int nodes = sbom.components().size();
        int[] first = new int[nodes + 1];
        for (int parent : sbom.parents()) {
            first[parent + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            first[i + 1] += first[i];
        }
        int[] next = Arrays.copyOf(first, nodes);
        int[] targets = new int[sbom.children().length];
        for (int i = 0; i < targets.length; i++) {
            targets[next[sbom.parents()[i]]++] = sbom.children()[i];
        }
        Integer[][] ways = {new Integer[nodes], new Integer[nodes]};
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int root : sbom.roots()) {
            ways[0][root] = 0;
            queue.add(root);
        }
        for (Integer node = queue.poll(); node != null; node = queue.poll()) {
            for (int i = first[node]; i < first[node + 1]; i++) {
                if (ways[0][targets[i]] == null) {
                    ways[0][targets[i]] = ways[0][node] + 1;
                    ways[1][targets[i]] = node;
                    queue.add(targets[i]);
                }
            }
        }
        return ways;
    }
}
