package io.zeroui.bench.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The product plane, through one of its two HTTP APIs. */
final class ServiceEngine implements Engine {

    /** Ways to ask the same collection. */
    enum Api {
        NATIVE("service"), QDRANT("service as Qdrant");

        private final String title;

        Api(String title) {
            this.title = title;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FLOATS_A_REQUEST = 200_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final URI url;
    private final Map<String, String> headers;
    private final String collection;
    private final ShapedVectors data;
    private final Api api;

    private ServiceEngine(URI url, String key, String collection, ShapedVectors data, Api api) {
        this.url = url;
        this.headers = Map.of("Authorization", "Bearer " + key);
        this.collection = collection;
        this.data = data;
        this.api = api;
    }

    /**
     * With a new collection, empty.
     *
     * @param key of a tenant that may do everything with its vectors
     */
    static ServiceEngine create(URI url, String key, String collection, ShapedVectors data, int m, int efConstruction) throws IOException {
        ServiceEngine engine = new ServiceEngine(url, key, collection, data, Api.NATIVE);
        String wish = "{\"dimension\":" + data.dimension() + ",\"metric\":\"cosine\",\"index\":{\"kind\":\"hnsw\",\"m\":" + m
                + ",\"ef_construction\":" + efConstruction + "},\"payload_indexes\":{\"tenant\":\"keyword\"}}";
        JsonNode made = engine.exchange("PUT", "", wish);
        if (!made.path("name").asText().equals(collection)) {
            throw new IOException("another collection was made: " + made);
        }
        return engine;
    }

    /** The same collection by another API. */
    ServiceEngine as(Api other) {
        return new ServiceEngine(url, headers.getOrDefault("Authorization", "").substring("Bearer ".length()), collection, data, other);
    }

    @Override
    public String name() {
        return api.title;
    }

    @Override
    public int writers() {
        return 2;
    }

    @Override
    public int batch() {
        return Math.max(20, Math.min(1_000, FLOATS_A_REQUEST / data.dimension()));
    }

    @Override
    public Writer writer() throws IOException {
        HttpConnection connection = new HttpConnection(url);
        VectorJson json = new VectorJson();
        return new Writer() {
            @Override
            public void write(int from, int to) throws IOException {
                for (int i = from; i < to; i++) {
                    json.text(i == from ? "{\"points\":[{\"id\":" : ",{\"id\":").text(Integer.toString(i)).text(",\"vector\":").vector(data.vector(i))
                            .text(",\"payload\":{\"tenant\":\"").text(ShapedVectors.tenantName(data.tenant(i))).text("\"}}");
                }
                byte[] answer = connection.send(request("PUT", "/points", json.text("]}").take()));
                if (JSON.readTree(answer).path("written").asInt() != to - from) {
                    throw new IOException("not all were written: " + new String(answer, StandardCharsets.UTF_8));
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    /** Waits for the collection's own partition and its index. */
    @Override
    public void settle(int size) throws IOException {
        JsonNode now = exchange("GET", "", "");
        while (now.path("is_moving").asBoolean() || !now.path("is_indexed").asBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
            now = exchange("GET", "", "");
        }
    }

    @Override
    public Caller caller(Asked asked) throws IOException {
        byte[][] requests = new byte[asked.questions().length][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = api == Api.NATIVE ? search(asked, i) : query(asked, i);
        }
        HttpConnection connection = new HttpConnection(url);
        return new Caller() {
            @Override
            public int[] ask(int question) throws IOException {
                return VectorJson.numbersAfter(connection.send(requests[question]), "\"id\":");
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private byte[] search(Asked asked, int question) {
        return request("POST", "/search", new VectorJson().text("{\"vector\":").vector(asked.questions()[question])
                .text(",\"limit\":" + Neighbours.WANTED + ",\"ef\":" + asked.effort() + filter(asked) + ",\"with_payload\":false}").take());
    }

    private byte[] query(Asked asked, int question) {
        byte[] body = new VectorJson().text("{\"query\":").vector(asked.questions()[question]).text(",\"limit\":" + Neighbours.WANTED
                + ",\"params\":{\"hnsw_ef\":" + asked.effort() + "}" + filter(asked) + ",\"with_payload\":false}").take();
        return HttpConnection.request("POST", "/collections/" + collection + "/points/query", headers, body);
    }

    private static String filter(Asked asked) {
        return asked.tenant() < 0 ? ""
                : ",\"filter\":{\"must\":[{\"key\":\"tenant\",\"match\":{\"value\":\"" + ShapedVectors.tenantName(asked.tenant()) + "\"}}]}";
    }

    private byte[] request(String method, String path, byte[] body) {
        return HttpConnection.request(method, "/v1/collections/" + collection + path, headers, body);
    }

    private JsonNode exchange(String method, String path, String body) throws IOException {
        try (HttpConnection connection = new HttpConnection(url)) {
            return JSON.readTree(connection.send(request(method, path, body.getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** Removes the collection. */
    @Override
    public void close() throws IOException {
        if (api == Api.NATIVE && !exchange("DELETE", "", "").isMissingNode()) {
            throw new IOException("the collection was not removed");
        }
    }
}
