package io.zeroui.shared.supplychain.sbom.read;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** XML without document types and entities, and nested no deeper than it may be. */
final class XmlRules extends StreamReaderDelegate {

    private static final int ATTRIBUTES_MOST = 64;

    private final int depthMost;
    private int depth;

    private XmlRules(XMLStreamReader reader, int depthMost) {
        super(reader);
        this.depthMost = depthMost;
    }

    /** A reader that refuses what breaks the rules with a {@link ProblemException}. */
    static XmlRules open(InputStream in, SbomConfig limits) {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.textMost());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.textMost());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, ATTRIBUTES_MOST);
        try {
            return new XmlRules(factory.createXMLStreamReader(in), limits.depthMost());
        } catch (XMLStreamException e) {
            throw refusal(e);
        }
    }

    @Override
    public int next() {
        try {
            int event = super.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE || event == XMLStreamConstants.ENTITY_DECLARATION) {
                throw SbomProblem.ENTITIES_REFUSED.because("The document declares a document type or uses entities" + where());
            }
            if (event == XMLStreamConstants.START_ELEMENT && ++depth > depthMost) {
                throw SbomProblem.TOO_DEEP.because("The document is nested more than " + depthMost + " deep" + where());
            }
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            return event;
        } catch (XMLStreamException e) {
            throw refusal(e);
        }
    }

    /** Goes to the next element; false where the present one ends first. */
    boolean nextChild() {
        for (int event = next();; event = next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                return false;
            }
        }
    }

    /** Goes to the end of the present element. */
    void skip() {
        int end = depth - 1;
        while (depth > end) {
            int event = next();
            assert event != XMLStreamConstants.END_DOCUMENT;
        }
    }

    /** The text of the present element, whose end comes then; elements in it are passed over. */
    String text(int most) {
        StringBuilder text = new StringBuilder();
        int end = depth - 1;
        while (depth > end) {
            int event = next();
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(getText());
                if (text.length() > most) {
                    throw SbomProblem.TOO_LARGE.because("A text of the document has more than " + most + " characters" + where());
                }
            }
        }
        return text.toString().strip();
    }

    private String where() {
        return " at line " + getLocation().getLineNumber();
    }

    private static ProblemException refusal(XMLStreamException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (message.contains("limit")) {
            return SbomProblem.TOO_LARGE.because("The document goes beyond a limit: " + SbomTexts.quoted(message));
        }
        if (message.toLowerCase(java.util.Locale.ROOT).contains("entity")) {
            return SbomProblem.ENTITIES_REFUSED.because("The document uses an entity: " + SbomTexts.quoted(message));
        }
        return SbomProblem.MALFORMED.because("The document is no XML: " + SbomTexts.quoted(message));
    }
}
