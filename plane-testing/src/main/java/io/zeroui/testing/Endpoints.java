package io.zeroui.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** All endpoints of a running service, as its own description lists them: what a new endpoint must hold, it is asked for. */
public final class Endpoints {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    /** The endpoints of the service at this address, without a slash at its end. */
    public Endpoints(String url) {
        this.url = url;
    }

    /**
     * An answer.
     *
     * @param endpoint method and path that were asked
     * @param status HTTP status
     * @param headers first value of each header, by its name in small letters
     * @param body the whole body
     */
    public record Answer(String endpoint, int status, Map<String, String> headers, String body) {

        /** The body as JSON. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }
    }

    /** Method and path of each endpoint, with {@code x} in place of path parameters. */
    public List<String> list() {
        List<String> endpoints = new ArrayList<>();
        JsonNode paths = ask("GET", "/q/openapi?format=json", null, Map.of()).json().path("paths");
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
            if (List.of("get", "post", "put", "patch", "delete").contains(method)) {
                endpoints.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey().replaceAll("\\{[^}]+}", "x"));
            }
        }));
        return endpoints;
    }

    /** Asks every endpoint, with these headers. */
    public List<Answer> askAll(Map<String, String> headers) {
        return list().stream().map(endpoint -> {
            String[] parts = endpoint.split(" ", 2);
            return ask(parts[0], parts[1], parts[0].equals("GET") ? null : "{}", headers);
        }).toList();
    }

    /** One request. */
    public Answer ask(String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), Endpoints::body);
            Map<String, String> first = new TreeMap<>();
            response.headers().map().forEach((name, values) -> first.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            return new Answer(method + " " + path, response.statusCode(), first, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The whole body; of a stream of events, which has no end, nothing. */
    private static BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
        return head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")
                ? BodySubscribers.mapping(BodySubscribers.ofPublisher(), Endpoints::left) : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private static String left(Flow.Publisher<List<ByteBuffer>> events) {
        events.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(List<ByteBuffer> item) {
            }

            @Override
            public void onError(Throwable failure) {
            }

            @Override
            public void onComplete() {
            }
        });
        return "";
    }
}
