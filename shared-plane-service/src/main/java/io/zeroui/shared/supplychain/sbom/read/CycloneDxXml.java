package io.zeroui.shared.supplychain.sbom.read;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CycloneDX in XML, element by element; a component's members are brought into the form that JSON has them in. */
final class CycloneDxXml {

    private static final String NAMESPACE = "http://cyclonedx.org/schema/bom/";
    private static final int LISTED_MOST = 1_000;

    private final GraphBuilder graph;
    private final int textMost;

    private CycloneDxXml(SbomConfig limits) {
        this.graph = new GraphBuilder(limits);
        this.textMost = limits.textMost();
    }

    /** Reads a document; refuses what breaks a rule. */
    static Sbom read(InputStream in, SbomConfig limits) {
        return new CycloneDxXml(limits).document(XmlRules.open(in, limits));
    }

    private Sbom document(XmlRules xml) {
        if (!xml.nextChild() || !xml.getLocalName().equals("bom") || xml.getNamespaceURI() == null || !xml.getNamespaceURI().startsWith(NAMESPACE)) {
            throw SbomProblem.FORMAT_UNKNOWN.because("The document is XML, but its root is no bom of CycloneDX");
        }
        String version = CycloneDxJson.version(xml.getNamespaceURI().substring(NAMESPACE.length()));
        graph.serial(SbomTexts.clean(xml.getAttributeValue(null, "serialNumber")));
        while (xml.nextChild()) {
            switch (xml.getLocalName()) {
                case "metadata" -> metadata(xml);
                case "components" -> components(xml).clear();
                case "dependencies" -> dependencies(xml, null);
                default -> xml.skip();
            }
        }
        while (xml.getEventType() != javax.xml.stream.XMLStreamConstants.END_DOCUMENT) {
            int rest = xml.next();
            assert rest >= 0;
        }
        return graph.build(SbomFormat.CYCLONEDX_XML, version);
    }

    private void metadata(XmlRules xml) {
        while (xml.nextChild()) {
            if (xml.getLocalName().equals("component")) {
                Component subject = component(xml);
                graph.subject(subject.group() == null ? subject.name() : subject.group() + "/" + subject.name(), subject.version());
                graph.root(subject.ref());
            } else {
                xml.skip();
            }
        }
    }

    private List<String> components(XmlRules xml) {
        List<String> refs = new ArrayList<>();
        while (xml.nextChild()) {
            if (xml.getLocalName().equals("component")) {
                refs.add(component(xml).ref());
            } else {
                xml.skip();
            }
        }
        return refs;
    }

    private Component component(XmlRules xml) {
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        attribute(xml, "type", element, "type");
        attribute(xml, "bom-ref", element, "bom-ref");
        List<String> inside = List.of();
        while (xml.nextChild()) {
            switch (xml.getLocalName()) {
                case "group", "name", "version", "purl", "publisher" -> element.put(xml.getLocalName(), xml.text(textMost));
                case "supplier" -> element.set("supplier", supplier(xml));
                case "hashes" -> hashes(xml, element.putArray("hashes"));
                case "licenses" -> licences(xml, element.putArray("licenses"));
                case "components" -> inside = components(xml);
                default -> xml.skip();
            }
        }
        Component read = CycloneDxComponents.of(element, graph.freshRef());
        graph.add(read);
        inside.forEach(child -> graph.edge(read.ref(), child));
        return read;
    }

    private ObjectNode supplier(XmlRules xml) {
        ObjectNode supplier = JsonNodeFactory.instance.objectNode();
        while (xml.nextChild()) {
            if (xml.getLocalName().equals("name")) {
                supplier.put("name", xml.text(textMost));
            } else {
                xml.skip();
            }
        }
        return supplier;
    }

    private void hashes(XmlRules xml, ArrayNode into) {
        while (xml.nextChild()) {
            ObjectNode hash = listed(into);
            attribute(xml, "alg", hash, "alg");
            hash.put("content", xml.text(textMost));
        }
    }

    private void licences(XmlRules xml, ArrayNode into) {
        while (xml.nextChild()) {
            ObjectNode choice = listed(into);
            if (xml.getLocalName().equals("expression")) {
                choice.put("expression", xml.text(textMost));
                continue;
            }
            ObjectNode licence = choice.putObject("license");
            while (xml.nextChild()) {
                switch (xml.getLocalName()) {
                    case "id", "name" -> licence.put(xml.getLocalName(), xml.text(textMost));
                    default -> xml.skip();
                }
            }
        }
    }

    private void dependencies(XmlRules xml, @Nullable String parent) {
        while (xml.nextChild()) {
            String ref = xml.getAttributeValue(null, "ref");
            if (ref == null) {
                throw SbomProblem.MALFORMED.because("A dependency has no ref");
            }
            if (parent != null && xml.getLocalName().equals("dependency")) {
                graph.edge(parent, ref);
            }
            dependencies(xml, ref);
        }
    }

    private static ObjectNode listed(ArrayNode into) {
        if (into.size() >= LISTED_MOST) {
            throw SbomProblem.TOO_LARGE.because("A component has more than " + LISTED_MOST + " hashes or licences");
        }
        return into.addObject();
    }

    private static void attribute(XmlRules xml, String name, ObjectNode into, String member) {
        String value = xml.getAttributeValue(null, name);
        if (value != null) {
            into.put(member, value);
        }
    }
}
