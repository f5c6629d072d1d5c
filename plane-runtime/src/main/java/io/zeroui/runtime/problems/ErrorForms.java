package io.zeroui.runtime.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.zeroui.contracts.problems.ProblemDetail;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms that refusals have: problem documents, but at the paths of an {@link ErrorForm}. */
@ApplicationScoped
public class ErrorForms {

    private final List<ErrorForm> forms;
    private final ObjectMapper json;

    ErrorForms(@All List<ErrorForm> forms, ObjectMapper json) {
        this.forms = forms;
        this.json = json;
    }

    /** The media type of refusals at that path. */
    public String mediaType(String path) {
        ErrorForm form = find(path);
        return form == null ? ProblemDetail.MEDIA_TYPE : form.mediaType();
    }

    /** What is written as JSON at that path. */
    public Object body(String path, ProblemDetail problem) {
        ErrorForm form = find(path);
        return form == null ? problem : form.body(problem);
    }

    /** The same in bytes. */
    byte[] bytes(String path, ProblemDetail problem) {
        try {
            return json.writeValueAsBytes(body(path, problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }

    private @Nullable ErrorForm find(String path) {
        return forms.stream().filter(form -> form.covers(path)).findFirst().orElse(null);
    }
}
