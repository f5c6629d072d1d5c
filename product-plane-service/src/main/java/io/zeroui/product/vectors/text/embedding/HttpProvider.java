package io.zeroui.product.vectors.text.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.bodies.AnswerBody;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A service that speaks the form of OpenAI's {@code POST /v1/embeddings}. Its key is in no log and in no failure. What fails on the way, is put off
 * with 429 or meets an error of the service is tried again, later and later.
 */
final class HttpProvider implements EmbeddingProvider {

    static final String NAME = "http";

    private static final Logger LOG = Logger.getLogger(HttpProvider.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int BYTES_OF_COMPONENT = 32;
    private static final int BYTES_BESIDE = 65_536;

    private final URI address;
    private final String model;
    private final int dimension;
    private final EmbeddingConfig.Http config;
    private final HttpClient client;
    private final Turns turns;

    private HttpProvider(URI address, String model, int dimension, EmbeddingConfig.Http config) {
        this.address = address;
        this.model = model;
        this.dimension = dimension;
        this.config = config;
        this.client = HttpClient.newBuilder().connectTimeout(config.timeout()).followRedirects(HttpClient.Redirect.NEVER).build();
        this.turns = new Turns(config.requests(), config.waitingMost());
    }

    /**
     * The configured service; empty where there is none.
     *
     * @throws IllegalArgumentException when settings are missing or wrong
     */
    static Optional<EmbeddingProvider> of(EmbeddingConfig.Http config) {
        if (config.url().isEmpty()) {
            return Optional.empty();
        }
        String url = config.url().get().toString();
        String model = config.model().orElse("");
        int dimension = config.dimension().orElse(0);
        if (!url.matches("https?://.+") || model.isBlank() || dimension < 1) {
            throw new IllegalArgumentException("an embedding service needs an http or https URL, a model and a dimension");
        }
        return Optional.of(new HttpProvider(URI.create(url.replaceAll("/+$", "") + "/embeddings"), model, dimension, config));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int textsMost() {
        return config.texts();
    }

    @Override
    public Uni<List<float[]>> embed(TenantId tenant, List<String> texts) {
        Vectors.requireTexts(this, texts);
        return turns.run(tenant, () -> attempt(texts, 1)).map(vectors -> Vectors.checked(this, texts.size(), vectors));
    }

    private Uni<List<float[]>> attempt(List<String> texts, int number) {
        return Uni.createFrom().deferred(() -> send(request(texts), texts.size()))
                .ifNoItem().after(config.timeout()).fail()
                .onItemOrFailure().transformToUni((answer, failure) -> {
                    boolean isAnswer = failure == null && answer.statusCode() != TOO_MANY && answer.statusCode() < SERVER_ERROR;
                    if (isAnswer) {
                        return Uni.createFrom().item(() -> vectors(answer));
                    }
                    if (failure instanceof ProblemException) {
                        return Uni.createFrom().failure(failure);
                    }
                    String why = failure == null ? "status " + answer.statusCode() : failure.getClass().getSimpleName();
                    return again(texts, number, why, failure == null ? answer : null);
                });
    }

    private Uni<List<float[]>> again(List<String> texts, int number, String why, @Nullable HttpResponse<byte[]> answer) {
        if (number >= config.attempts()) {
            LOG.warnf("the embedding service does not answer after %d attempts: %s", number, why);
            return Uni.createFrom().failure(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The embedding service does not answer: " + why));
        }
        Duration pause = pause(number, answer);
        LOG.debugf("the embedding service is asked again in %s: %s", pause, why);
        return Uni.createFrom().voidItem().onItem().delayIt().by(pause).chain(() -> attempt(texts, number + 1));
    }

    /** As the service says, else doubling with some chance, at most {@link EmbeddingConfig.Http#pauseMost()}. */
    private Duration pause(int number, @Nullable HttpResponse<byte[]> answer) {
        Duration own = config.pause().multipliedBy(1L << Math.min(number - 1, 16));
        own = own.plusMillis(ThreadLocalRandom.current().nextLong(own.toMillis() / 2 + 1));
        String asked = answer == null ? "" : answer.headers().firstValue("Retry-After").orElse("");
        Duration wanted = asked.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(asked)) : own;
        Duration longer = wanted.compareTo(own) > 0 ? wanted : own;
        return longer.compareTo(config.pauseMost()) > 0 ? config.pauseMost() : longer;
    }

    private HttpRequest request(List<String> texts) {
        ObjectNode body = JSON.createObjectNode().put("model", model).put("encoding_format", "float");
        texts.forEach(body.putArray("input")::add);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(config.timeout())
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
            return request.build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request that is no JSON", e);
        } catch (IllegalArgumentException e) {
            throw unusableKey();
        }
    }

    /** The file is small and read before each request: another key counts at once. */
    private Optional<String> key() {
        Optional<Path> file = config.keyFile();
        if (file.isEmpty()) {
            return config.key().map(String::strip);
        }
        try {
            return Optional.of(Files.readString(file.get()).strip());
        } catch (IOException e) {
            LOG.errorf("the key of the embedding service cannot be read: %s", e.getClass().getSimpleName());
            throw unusableKey();
        }
    }

    private static ProblemException unusableKey() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The key of the embedding service cannot be used");
    }

    /** Who gives up waiting closes the connection. */
    private Uni<HttpResponse<byte[]>> send(HttpRequest request, int texts) {
        int bytesMost = BYTES_BESIDE + texts * dimension * BYTES_OF_COMPONENT;
        return Uni.createFrom().emitter(emitter -> {
            CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, answer -> new AnswerBody(bytesMost));
            emitter.onTermination(() -> sent.cancel(true));
            var unused = sent.whenComplete((answer, failure) -> {
                if (failure == null) {
                    emitter.complete(answer);
                } else {
                    emitter.fail(failure);
                }
            });
        });
    }

    private List<float[]> vectors(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            throw Vectors.wrong(this, "refuses with status " + answer.statusCode());
        }
        JsonNode data = data(answer.body());
        List<float[]> vectors = new ArrayList<>(Collections.nCopies(data.size(), new float[0]));
        boolean[] seen = new boolean[data.size()];
        for (JsonNode one : data) {
            int index = one.path("index").asInt(-1);
            if (index < 0 || index >= seen.length || seen[index]) {
                throw Vectors.wrong(this, "gave vectors whose places are not clear");
            }
            seen[index] = true;
            vectors.set(index, vector(one.path("embedding")));
        }
        return vectors;
    }

    private JsonNode data(byte[] body) {
        try {
            JsonNode data = JSON.readTree(body).path("data");
            if (data.isArray()) {
                return data;
            }
        } catch (IOException e) {
            throw Vectors.wrong(this, "gave an answer that is no JSON");
        }
        throw Vectors.wrong(this, "gave an answer without vectors");
    }

    private float[] vector(JsonNode components) {
        float[] vector = new float[components.size()];
        for (int i = 0; i < vector.length; i++) {
            JsonNode component = components.get(i);
            vector[i] = component.isNumber() ? component.floatValue() : Float.NaN;
        }
        return vector;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return Arrays.asList(NAME, address, model).toString();
    }
}
