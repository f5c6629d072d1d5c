package io.zeroui.contracts.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.SampleReceipts;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ReceiptSignatureTest {

    private static final String BASE64 = "A".repeat(86) + "==";

    @Property(tries = 200)
    void theTextFormIsReadBack(@ForAll @Size(64) byte[] bytes) {
        ReceiptSignature signature = new ReceiptSignature(Kid.of("k.1_a-B"), bytes);
        assertThat(ReceiptSignature.parse(signature.format())).isEqualTo(signature);
    }

    @Property(tries = 1_000)
    void noTextMakesReadingFailOtherwiseThanByRefusal(@ForAll String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSignature.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSignature.parse("sig-ed25519:" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sig-ed25519:", "sig-ed25519:k", "sig-ed25519:k:", "sig-ed25519::%s", "sig-ed25519:../k:%s",
            "sig-ed25519:a/b:%s", "sig-rsa:k:%s", "SIG-ED25519:k:%s", "sig-ed25519:k:%s ", " sig-ed25519:k:%s",
            "sig-ed25519:k:A:%s" })
    void otherFormsAreRefused(String form) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSignature.parse(form.replace("%s", BASE64)));
    }

    @Test
    void base64OfOtherAlphabetsOrLengthsIsRefused() {
        assertThat(ReceiptSignature.parse("sig-ed25519:k:" + BASE64).bytes()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSignature.parse("sig-ed25519:k:_" + BASE64.substring(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> ReceiptSignature.parse("sig-ed25519:k:" + "A".repeat(86)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiptSignature.parse("sig-ed25519:k:" + "A".repeat(84) + "===="));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReceiptSignature.parse("sig-ed25519:k:" + "A".repeat(85) + "B=="));
    }

    @Test
    void aSignedDocumentIsVerifiedInWhateverOrderItsMembersCome() throws Exception {
        ObjectNode receipt = SampleReceipts.decision();
        ObjectNode signed = StrictJson.parseObject(SampleReceipts.sign(receipt), JsonLimits.RECEIPT);
        ReceiptSignature signature = ReceiptSignature.parse(signed.get("signature").textValue());
        ObjectNode reordered = signed.objectNode();
        signed.fieldNames().forEachRemaining(name -> reordered.set(name, signed.get(name)));
        reordered.set("actor", reordered.remove("actor"));

        assertThat(receipt.has("signature")).isFalse();
        assertThat(DocumentSigner.verify(reordered, signature, SampleReceipts.KEYS.publicKey())).isTrue();
        assertThat(DocumentSigner.verify(reordered.put("extra", 1), signature, SampleReceipts.KEYS.publicKey())).isFalse();
    }
}
