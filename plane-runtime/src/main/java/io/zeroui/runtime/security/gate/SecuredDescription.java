package io.zeroui.runtime.security.gate;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Says in the API's description that every endpoint wants a bearer credential, so that Swagger UI asks for one. */
public final class SecuredDescription implements OASFilter {

    private static final String NAME = "bearer";

    /** For the framework. */
    public SecuredDescription() {
    }

    @Override
    public void filterOpenAPI(OpenAPI description) {
        Components components = description.getComponents();
        if (components == null) {
            components = OASFactory.createComponents();
            description.setComponents(components);
        }
        components.addSecurityScheme(NAME, OASFactory.createSecurityScheme().type(SecurityScheme.Type.HTTP)
                .scheme("bearer").description("An API key, zu_…, or a JSON Web Token"));
        description.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(NAME));
    }
}
