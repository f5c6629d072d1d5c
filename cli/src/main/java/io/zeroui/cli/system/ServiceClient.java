package io.zeroui.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.contracts.Plane;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The planes' HTTP services. */
public final class ServiceClient {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STREAM_TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_PROBLEM_BYTES = 64 << 10;

    private final RunningSystem system;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3)).build();

    /** A client for the services of a system. */
    public ServiceClient(RunningSystem system) {
        this.system = system;
    }

    /**
     * What a service answered.
     *
     * @param status the HTTP status
     * @param body the JSON body; a missing node when it is none
     */
    public record Answer(int status, JsonNode body) {

        /** Whether the request was successful. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** Status and detail of a problem, in words. */
        public String problem() {
            String detail = body.path("detail").asText(body.path("error").path("message").asText(""));
            String reason = reason();
            return "HTTP " + status + (reason.isEmpty() ? "" : " " + reason) + (detail.isEmpty() ? "" : ": " + detail);
        }

        /** The reason code of a refusal, for example {@code KID_UNKNOWN}; empty when there is none. */
        public String reason() {
            JsonNode error = body.path("error");
            return error.path("details").path("reason").asText(error.path("code").asText(""));
        }
    }

    /**
     * GET of a path.
     *
     * @throws CliFailure when the service does not answer
     */
    public Answer get(Plane plane, String path, String... headers) {
        HttpRequest.Builder request = request(plane, path).timeout(ANSWER_TIMEOUT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(plane, request.build());
    }

    /**
     * GET of a path that must succeed.
     *
     * @throws CliFailure when the service does not answer, or not with success
     */
    public JsonNode getBody(Plane plane, String path, String... headers) {
        Answer answer = get(plane, path, headers);
        if (!answer.isSuccess()) {
            throw new CliFailure("the " + plane.key() + " plane refuses GET " + path + " with " + answer.problem(),
                    "see ./zeroui logs " + plane.key());
        }
        return answer.body();
    }

    /**
     * POST of one document.
     *
     * @param headers names and values, one after the other
     * @throws CliFailure when the service does not answer
     */
    public Answer post(Plane plane, String path, byte[] document, String... headers) {
        return send(plane, "POST", path, HttpRequest.BodyPublishers.ofByteArray(document), headers);
    }

    /**
     * POST of a file, whose answer may take minutes.
     *
     * @param headers names and values, one after the other
     * @throws CliFailure when the service does not answer, or the file cannot be read
     */
    public Answer postFile(Plane plane, String path, Path file, String... headers) {
        HttpRequest.Builder request = request(plane, path).timeout(STREAM_TIMEOUT);
        try {
            request.POST(HttpRequest.BodyPublishers.ofFile(file));
        } catch (FileNotFoundException e) {
            throw new CliFailure("cannot read " + file, "name a file that is there");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(plane, request.build());
    }

    /**
     * PUT of one document.
     *
     * @param headers names and values, one after the other
     * @throws CliFailure when the service does not answer
     */
    public Answer put(Plane plane, String path, byte[] document, String... headers) {
        return send(plane, "PUT", path, HttpRequest.BodyPublishers.ofByteArray(document), headers);
    }

    /**
     * PUT of one document whose answer may take minutes.
     *
     * @param headers names and values, one after the other
     * @throws CliFailure when the service does not answer
     */
    public Answer putSlowly(Plane plane, String path, byte[] document, String... headers) {
        return send(plane, "PUT", path, STREAM_TIMEOUT, HttpRequest.BodyPublishers.ofByteArray(document), headers);
    }

    /**
     * DELETE of a path.
     *
     * @throws CliFailure when the service does not answer
     */
    public Answer delete(Plane plane, String path, String... headers) {
        return send(plane, "DELETE", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    private Answer send(Plane plane, String method, String path, BodyPublisher body, String... headers) {
        return send(plane, method, path, ANSWER_TIMEOUT, body, headers);
    }

    private Answer send(Plane plane, String method, String path, Duration timeout, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(plane, path).timeout(timeout).method(method, body);
        if (body.contentLength() != 0) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(plane, request.build());
    }

    /**
     * Sends a file of any length as the body of a request.
     *
     * @param method {@code POST} or {@code PUT}
     * @param contentType what is in the file
     * @throws CliFailure when the file cannot be read, or the service does not answer
     */
    public Answer sendFile(Plane plane, String method, String path, String contentType, Path file) {
        try {
            return answer(plane, request(plane, path).timeout(STREAM_TIMEOUT).header("Content-Type", contentType)
                    .method(method, HttpRequest.BodyPublishers.ofFile(file)).build());
        } catch (FileNotFoundException e) {
            throw new CliFailure("cannot read " + file, "name a file that is there");
        }
    }

    /**
     * POST of a stream of lines; the answers come as lines while the stream is being sent. The caller closes the stream.
     *
     * @throws CliFailure when the service does not answer, or refuses the whole stream
     */
    public Stream<String> postLines(Plane plane, String path, BodyPublisher lines) {
        HttpRequest request = request(plane, path).timeout(STREAM_TIMEOUT)
                .header("Content-Type", "application/x-ndjson").header("Accept", "application/x-ndjson").POST(lines)
                .build();
        HttpResponse<Stream<String>> response = send(plane, request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            try (Stream<String> body = response.body()) {
                String text = String.join("\n", body.limit(20).toList());
                throw new CliFailure("the " + plane.key() + " plane refuses the stream with "
                        + new Answer(response.statusCode(), Json.read(text)).problem(),
                        "see ./zeroui logs " + plane.key());
            }
        }
        return response.body();
    }

    /**
     * Fetches a file, from where the beginning of it ends that is there already. A file that does not go on is written anew.
     *
     * @param etag the file's; what is there is kept only where it is still the same file
     * @throws CliFailure when the service does not answer, or not with the file
     */
    public void download(Plane plane, String path, Path file, String etag, String... headers) {
        HttpRequest.Builder request = request(plane, path).timeout(STREAM_TIMEOUT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        long there = FileParts.length(file);
        if (there > 0) {
            request.header("Range", "bytes=" + there + "-").header("If-Range", etag);
        }
        HttpResponse<InputStream> response = send(plane, request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200 && response.statusCode() != 206) {
                String text = new String(body.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8);
                throw new CliFailure("the " + plane.key() + " plane does not give the file: "
                        + new Answer(response.statusCode(), Json.read(text)).problem(), "ask for the export again");
            }
            FileParts.write(file, body, response.statusCode() == 206);
        } catch (IOException e) {
            throw new CliFailure("the file was not fetched: " + e.getMessage(), "run it again with --id; it goes on where it ended");
        }
    }

    private Answer answer(Plane plane, HttpRequest request) {
        HttpResponse<String> response = send(plane, request, BodyHandlers.ofString());
        return new Answer(response.statusCode(), Json.read(response.body()));
    }

    private <T> HttpResponse<T> send(Plane plane, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            String detail = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            throw new CliFailure("the " + plane.key() + " plane does not answer at " + system.serviceUrl(plane) + detail,
                    "start it with ./zeroui up; what it says is in ./zeroui logs " + plane.key());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted", "run it again");
        }
    }

    /** A request with the key that commands act with, where it is known. */
    private HttpRequest.Builder request(Plane plane, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(plane, path));
        system.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        return request;
    }

    private URI uri(Plane plane, String path) {
        return URI.create(system.serviceUrl(plane) + path);
    }
}
