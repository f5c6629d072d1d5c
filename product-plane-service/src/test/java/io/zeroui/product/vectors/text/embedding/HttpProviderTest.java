package io.zeroui.product.vectors.text.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks the form of OpenAI's embeddings, and behaves as the test says. */
class HttpProviderTest {

    private static final TenantId TENANT = TenantId.of("acme");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "sk-test-0123456789abcdef";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    /** What is answered next: a status, or the name of something that is wrong; without one all is well. */
    private final ConcurrentLinkedQueue<String> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        held.countDown();
        server.stop(0);
    }

    @Test
    void vectorsComeInTheOrderOfTheTextsWhateverTheOrderOfTheAnswer() {
        List<float[]> vectors = await(provider(Map.of()).embed(TENANT, List.of("1", "2", "3")));
        assertThat(vectors).extracting(vector -> vector[0]).containsExactly(1f, 2f, 3f);
        assertThat(requests.get(0).path("model").asText()).isEqualTo("a-model");
        assertThat(requests.get(0).path("encoding_format").asText()).isEqualTo("float");
        assertThat(requests.get(0).path("input")).extracting(JsonNode::asText).containsExactly("1", "2", "3");
        assertThat(keys).containsExactly("Bearer " + KEY);
    }

    @Test
    void manyTextsAreSeveralRequests() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add(Integer.toString(i));
        }
        List<float[]> vectors = await(EmbeddingProviders.embedAll(TENANT, provider(Map.of("texts", "8")), texts));
        assertThat(vectors).extracting(vector -> (int) vector[0]).isEqualTo(texts.stream().map(Integer::valueOf).toList());
        assertThat(requests).extracting(request -> request.path("input").size()).containsExactly(8, 8, 4);
        assertThat(await(EmbeddingProviders.embedAll(TENANT, provider(Map.of()), List.of()))).isEmpty();
        assertThatThrownBy(() -> provider(Map.of()).embed(TENANT, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsPutOffOrFailsIsTriedAgainAndNotForEver() {
        next.addAll(List.of("429", "503", "hang-up"));
        assertThat(await(provider(Map.of()).embed(TENANT, List.of("5"))).get(0)[0]).isEqualTo(5f);
        assertThat(requests).hasSize(4);

        next.addAll(List.of("500", "500", "500", "500", "500"));
        refused(provider(Map.of()).embed(TENANT, List.of("5")), 503, "does not answer: status 500");
        assertThat(requests).hasSize(8);
    }

    @Test
    void theServiceSaysHowLongToWaitAndNotLongerThanTheSettings() {
        next.add("retry-after");
        long start = System.nanoTime();
        assertThat(await(provider(Map.of("pauseMost", "PT1S")).embed(TENANT, List.of("5")))).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "401", "404", "302"})
    void aRefusalIsNotTriedAgain(String status) {
        next.add(status);
        refused(provider(Map.of()).embed(TENANT, List.of("5")), 502, "refuses with status " + status);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-json", "no-data", "short", "long", "dimension", "nan", "infinite", "text", "twice", "far", "huge"})
    void whatIsNoAnswerIsNoVector(String how) {
        next.addAll(List.of(how, how, how, how));
        assertThatThrownBy(() -> await(provider(Map.of()).embed(TENANT, List.of("1", "2")))).isInstanceOf(ProblemException.class)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void aServiceThatSaysNothingIsGivenUp() {
        next.addAll(List.of("hold", "hold"));
        refused(provider(Map.of("timeout", "PT0.3S", "attempts", "2")).embed(TENANT, List.of("5")), 503, "does not answer");
    }

    @Test
    void onlySoManyRequestsRunAtOnceAndOnlySoManyWait() {
        next.addAll(List.of("hold", "hold"));
        EmbeddingProvider provider = provider(Map.of("requests", "2", "waitingMost", "3", "timeout", "PT15S"));
        List<String> outcomes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            var unused = provider.embed(TENANT, List.of("7")).subscribe()
                    .with(vectors -> outcomes.add("ok"), failure -> outcomes.add(failure.getMessage()));
        }
        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome.contains("Too many texts wait"));
        held.countDown();
        Awaitility.await().atMost(PATIENCE).until(() -> outcomes.size() == 8);
        assertThat(outcomes).filteredOn("ok"::equals).hasSize(5);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void whoGivesUpWaitingTakesNobodysTurn() {
        next.addAll(List.of("hold", "hold"));
        EmbeddingProvider provider = provider(Map.of("requests", "2", "waitingMost", "8", "timeout", "PT15S"));
        List<Cancellable> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(provider.embed(TENANT, List.of("7")).subscribe().with(vectors -> {
            }, failure -> {
            }));
        }
        Awaitility.await().atMost(PATIENCE).until(() -> requests.size() == 2);
        all.forEach(Cancellable::cancel);
        held.countDown();
        for (int i = 0; i < 5; i++) {
            assertThat(await(provider.embed(TENANT, List.of("9"))).get(0)[0]).isEqualTo(9f);
        }
    }

    @Test
    void theKeyMayBeInAFileWhichIsReadEachTime() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), "first\n");
        EmbeddingProvider provider = provider(Map.of("keyFile", file.toString()));
        assertThat(await(provider.embed(TENANT, List.of("1")))).hasSize(1);
        Files.writeString(file, "second\n");
        assertThat(await(provider.embed(TENANT, List.of("1")))).hasSize(1);
        assertThat(keys).containsExactly("Bearer first", "Bearer second");
        Files.writeString(file, "two\nlines");
        refused(provider.embed(TENANT, List.of("1")), 503, "The key of the embedding service cannot be used");
        Files.delete(file);
        refused(provider.embed(TENANT, List.of("1")), 503, "The key of the embedding service cannot be used");
        assertThat(provider.toString()).doesNotContain("first").doesNotContain(KEY);
    }

    @Test
    void settingsThatAreNotCompleteAreRefusedAtTheStart() {
        assertThat(HttpProvider.of(new HttpSettings(null, Map.of()))).isEmpty();
        assertThatThrownBy(() -> HttpProvider.of(new HttpSettings("ftp://x/v1", Map.of()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpProvider.of(new HttpSettings("http://x/v1", Map.of("model", " ")))).hasMessageContaining("a model");
        assertThatThrownBy(() -> HttpProvider.of(new HttpSettings("http://x/v1", Map.of("dimension", "0")))).hasMessageContaining("a dimension");
    }

    private EmbeddingProvider provider(Map<String, String> settings) {
        return HttpProvider.of(new HttpSettings("http://localhost:" + server.getAddress().getPort() + "/v1/", settings)).orElseThrow();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    private static void refused(Uni<?> work, int status, String what) {
        assertThatThrownBy(() -> await(work)).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(status)).hasMessageContaining(what).hasMessageNotContaining(KEY);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int running = atOnce.incrementAndGet();
        mostAtOnce.accumulateAndGet(running, Math::max);
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            requests.add(request);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            String how = next.poll();
            if ("hang-up".equals(how)) {
                return;
            }
            if ("hold".equals(how)) {
                var unused = held.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            if ("retry-after".equals(how)) {
                exchange.getResponseHeaders().set("Retry-After", "3600");
            }
            boolean isStatus = how != null && how.matches("\\d{3}");
            byte[] body = isStatus ? KEY.getBytes(StandardCharsets.UTF_8) : body(request.path("input"), String.valueOf(how));
            exchange.sendResponseHeaders(isStatus ? Integer.parseInt(how) : "retry-after".equals(how) ? 429 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    /** In the reverse order; the first component of a vector is the text, which is a number. */
    private static byte[] body(JsonNode texts, String how) throws IOException {
        if (how.equals("no-json") || how.equals("huge")) {
            return how.equals("huge") ? " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8) : "<html>".getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", "a-model");
        ArrayNode data = answer.putArray(how.equals("no-data") ? "vectors" : "data");
        int count = texts.size() + (how.equals("short") ? -1 : how.equals("long") ? 1 : 0);
        for (int i = count - 1; i >= 0; i--) {
            ObjectNode one = data.addObject().put("object", "embedding").put("index", how.equals("twice") ? 0 : how.equals("far") ? i + 1 : i);
            ArrayNode vector = one.putArray("embedding").add(Float.parseFloat(texts.path(i).asText("0")));
            vector.add(how.equals("infinite") ? 1e300 : 0.5);
            if (how.equals("nan")) {
                vector.addNull();
            } else if (how.equals("text")) {
                vector.add("0.5");
            } else if (!how.equals("dimension")) {
                vector.add(0.25);
            }
        }
        return JSON.writeValueAsBytes(answer);
    }
}
