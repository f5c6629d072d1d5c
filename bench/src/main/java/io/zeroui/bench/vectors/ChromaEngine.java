package io.zeroui.bench.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Chroma over HTTP. What an index keeps of candidates is a setting of the collection, which counts from its next start. */
final class ChromaEngine implements Engine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections";
    private static final int FLOATS_A_REQUEST = 400_000;

    private final ChromaServer server = new ChromaServer();
    private final ShapedVectors data;
    private final String collection;
    private int effort;

    /** With a server of its own and an empty collection. */
    ChromaEngine(ShapedVectors data, int m, int efConstruction) throws IOException, InterruptedException {
        this.data = data;
        JsonNode made = JSON.readTree(exchange("POST", "", "{\"name\":\"bench\",\"configuration\":{\"hnsw\":{\"space\":\"cosine\",\"max_neighbors\":" + m
                + ",\"ef_construction\":" + efConstruction + "}}}"));
        collection = "/" + made.path("id").asText();
        effort = made.at("/configuration_json/hnsw/ef_search").asInt();
    }

    @Override
    public String name() {
        return "Chroma";
    }

    @Override
    public int writers() {
        return 2;
    }

    @Override
    public int batch() {
        return Math.min(2_000, FLOATS_A_REQUEST / data.dimension());
    }

    @Override
    public Writer writer() throws IOException {
        HttpConnection connection = new HttpConnection(server.url());
        VectorJson json = new VectorJson();
        return new Writer() {
            @Override
            public void write(int from, int to) throws IOException {
                StringBuilder ids = new StringBuilder();
                StringBuilder payloads = new StringBuilder();
                json.text("{\"embeddings\":");
                for (int i = from; i < to; i++) {
                    char before = i == from ? '[' : ',';
                    json.text(String.valueOf(before)).vector(data.vector(i));
                    ids.append(before).append('"').append(i).append('"');
                    payloads.append(before).append("{\"tenant\":\"").append(ShapedVectors.tenantName(data.tenant(i))).append("\"}");
                }
                json.text("],\"ids\":" + ids + "],\"metadatas\":" + payloads + "]}");
                if (connection.send(request("POST", collection + "/add", json.take())).length == 0) {
                    throw new IOException("Chroma answered nothing");
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    @Override
    public void settle(int size) throws IOException {
        String count = exchange("GET", collection + "/count", "");
        if (Integer.parseInt(count) != size) {
            throw new IOException("Chroma has " + count + " points");
        }
    }

    @Override
    public Caller caller(Asked asked) throws IOException {
        if (asked.effort() != effort) {
            if (exchange("PUT", collection, "{\"new_configuration\":{\"hnsw\":{\"ef_search\":" + asked.effort() + "}}}").isEmpty()) {
                throw new IOException("Chroma answered nothing");
            }
            server.restart();
            effort = asked.effort();
        }
        byte[][] requests = new byte[asked.questions().length][];
        String filter = asked.tenant() < 0 ? "" : ",\"where\":{\"tenant\":\"" + ShapedVectors.tenantName(asked.tenant()) + "\"}";
        for (int i = 0; i < requests.length; i++) {
            requests[i] = request("POST", collection + "/query", new VectorJson().text("{\"query_embeddings\":[").vector(asked.questions()[i])
                    .text("],\"n_results\":" + Neighbours.WANTED + filter + ",\"include\":[\"distances\"]}").take());
        }
        HttpConnection connection = new HttpConnection(server.url());
        return new Caller() {
            @Override
            public int[] ask(int question) throws IOException {
                return VectorJson.listAfter(connection.send(requests[question]), "\"ids\":[[");
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private String exchange(String method, String path, String body) throws IOException {
        try (HttpConnection connection = new HttpConnection(server.url())) {
            return new String(connection.send(request(method, path, body.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
        }
    }

    private static byte[] request(String method, String path, byte[] body) {
        return HttpConnection.request(method, COLLECTIONS + path, Map.of(), body);
    }

    /** Removes everything. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
