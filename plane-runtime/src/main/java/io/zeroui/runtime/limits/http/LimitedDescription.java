package io.zeroui.runtime.limits.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.zeroui.runtime.limits.Limited;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** Says in the API's description which endpoints are limited: they may answer 429, with the headers of {@link LimitCheck}. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class LimitedDescription implements OASFilter {

    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final Set<String> limited = new HashSet<>();

    /** For the framework, which has the classes of the application. */
    public LimitedDescription(IndexView classes) {
        for (AnnotationInstance found : classes.getAnnotations(Limited.class)) {
            if (found.target().kind() == AnnotationTarget.Kind.METHOD) {
                MethodInfo method = found.target().asMethod();
                String path = plain(value(method.declaringClass().declaredAnnotation(PATH)) + "/"
                        + value(method.annotation(PATH)));
                VERBS.stream().filter(verb -> method.hasAnnotation("jakarta.ws.rs." + verb))
                        .forEach(verb -> limited.add(verb + " " + path));
            }
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        if (description.getPaths() == null || description.getPaths().getPathItems() == null) {
            return;
        }
        description.getPaths().getPathItems().forEach((path, item) -> item.getOperations().forEach((verb, operation) -> {
            if (limited.contains(verb.name().toUpperCase(Locale.ROOT) + " " + plain(path))) {
                describe(operation);
            }
        }));
    }

    private static void describe(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        APIResponse refused = OASFactory.createAPIResponse()
                .description("The tenant's limit is reached; the answers to other requests have the X- headers as well")
                .addHeader("Retry-After", header("Seconds after which to try again, at least 1"))
                .addHeader("X-RateLimit-Limit", header("Size of the tenant's bucket"))
                .addHeader("X-RateLimit-Remaining", header("What is left in it"))
                .addHeader("X-RateLimit-Reset", header("Unix second in which it is whole if nothing more is taken"));
        operation.getResponses().addAPIResponse("429", refused);
    }

    private static Header header(String description) {
        return OASFactory.createHeader().description(description)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
    }

    private static String value(@Nullable AnnotationInstance path) {
        return path == null || path.value() == null ? "" : path.value().asString();
    }

    private static String plain(String path) {
        String text = ("/" + path).replaceAll("/+", "/");
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
