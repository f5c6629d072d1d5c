package io.zeroui.product.vectors.text.reembedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service in the form of OpenAI's embeddings: a text's words are counted in eight components, so the same words are the same vector. */
public final class EmbeddingServer implements QuarkusTestResourceLifecycleManager {

    static final int DIMENSION = 8;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private @Nullable HttpServer server;

    /** For Quarkus. */
    public EmbeddingServer() {
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(Executors.newCachedThreadPool());
            started.createContext("/v1/embeddings", EmbeddingServer::answer);
            started.start();
            server = started;
            return Map.of("zeroui.vectors.embedding.http.url", "http://localhost:" + started.getAddress().getPort() + "/v1",
                    "zeroui.vectors.embedding.http.model", "words-8", "zeroui.vectors.embedding.http.dimension", Integer.toString(DIMENSION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        HttpServer started = server;
        if (started != null) {
            started.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode texts = JSON.readTree(exchange.getRequestBody()).path("input");
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode data = answer.putArray("data");
            for (int i = 0; i < texts.size(); i++) {
                float[] vector = new float[DIMENSION];
                for (String word : texts.get(i).asText().toLowerCase(Locale.ROOT).split("\\W+")) {
                    vector[Math.floorMod(word.hashCode(), DIMENSION)] += 1;
                }
                ArrayNode embedding = data.addObject().put("index", i).putArray("embedding");
                for (float component : vector) {
                    embedding.add(component);
                }
            }
            byte[] body = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
