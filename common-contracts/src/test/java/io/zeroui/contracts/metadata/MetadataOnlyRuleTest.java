package io.zeroui.contracts.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.SampleReceipts;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.metadata.Finding.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MetadataOnlyRuleTest {

    @Test
    void theReceiptsOfAnEdgeAgentAreMetadata() {
        assertThat(MetadataOnlyRule.find(SampleReceipts.decision())).isNull();
        assertThat(MetadataOnlyRule.find(SampleReceipts.feedback())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "4f2d0c1b7a9e8d6c5b4a39281706f5e4d3c2b1a0", "4111111111111111000000000000000000000000",
            "3f2c8a34-5b0e-4f6a-9f39-0c5c3a0e9a11", "41111111-1111-1111-1111-411111111111",
            "receipt-1769860800000-4111111111111111", "fp-4111111111111111", "1769860800000", "1769860800000123",
            "1769860800000123456",
            "20260131120000", "2026-01-31T11:59:58.123456Z", "1.2.3-rc.1+build.5", "lodash@4.17.21", "react@18.2.0.tgz",
            "actions/checkout@v4", "checkout@v4.beta", "icon@2x.png",
            "image@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "https://ci.example.com/runs/20260131?job=17&attempt=2#L10-L20", "https://github.com/acme/api/pull/4711/files",
            "git@github.com:acme/payments-api.git", "ssh://git@git.example.com:2222/acme/api.git",
            "redis://localhost:6379", "postgresql://localhost:5432/db", "@acme/design-system", "user@localhost",
            "feature/JIRA-1234-56-7890", "10.20.30.40:8080", "refs/heads/main", "src/main/java/io/acme/Payment.java:42",
            "io.acme.payments.PaymentService#charge(long)", "+49 30 123456", "123-45-678", "000-12-3456", "666-12-3456",
            "987-65-4321", "4111 1111 1111 1112", "4111111111111112", "AKIA", "ghp_short", "sk-learn", "eyJ", "token",
            "task-force-of-many-people-working-on-this", "sk-learn-based-model-for-code-review-version-2",
            "2026/01/31 12:00:00", "eu-central-1", "#1234", "100%", "a=b", "coverage=81.5", "size-limits-1.4.0", "${CI_TOKEN}",
            "{\"level\":\"warn\"}", "risk >= 0.8", "[[1,2],[3,4]]", "^feature/[a-z0-9-]+$", "✔ Änderung geprüft" })
    void idsHashesUrlsVersionsAndTimesAreMetadata(String value) {
        assertThat(inValue(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Change is larger than the limit of 100 lines (120 lines, 7 files); split it.",
            "Function validate() in Payment.java has no test; see the docs for details.",
            "The class Payment has 3 public methods without documentation",
            "Import order is wrong in 2 files", "Data from vendor import failed, retry later",
            "Package com.acme is not allowed",
            "Found 3 console.log() calls and 1 System.out.println() call", "Select a reviewer from the list of owners",
            "Update the changelog, set the version and delete from the list",
            "Migration uses ALTER TABLE without a lock timeout",
            "Removed return of null; use Optional", "If coverage (81%) drops below the limit, the gate blocks",
            "for every file (7) there is a test", "Blocked: password detected in 1 file", "token: missing",
            "password: required",
            "secret: 3 found", "api key = absent", "Secrets: none. Tokens: 0. Passwords: 0.", "No private key was found",
            "Basic authentication is enabled", "bearer of bad news", "Reviewed by 2 people @ 12:00",
            "let us try again = retry later",
            "Deploy window closed: 22:00-06:00 UTC", "Warnings: 3; errors: 0; skipped: 12.",
            "Run 12345678 of pipeline 9876543 took 1234 ms",
            "max_tokens: 4096, tokens: 12345", "Interface changes are breaking: see policy api-1.2.0",
            "Risk is 0.8 => needs approval", "pre-commit -> pre-merge", "A && B must both hold",
            "First line.\nSecond line: ok.\n- item",
            "The new rule (size) was introduced by this policy", "this. is fine", "Switch (v2) is not allowed here" })
    void rationalesInPlainWordsAreMetadata(String value) {
        assertThat(inValue(value)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "public static void main(String[] args) { run(); }", "private final int limit = 3;",
            "import java.util.List;\nimport java.util.Map;", "package io.acme.payments;",
            "public class Payment extends Thing {\n}", "record Point(int x, int y) {}",
            "def charge(amount, currency):\n    return amount * 2", "def charge(self, amount: int) -> int: return amount",
            "class Payment:\n    pass", "from os import path\nprint(path)", "import os\nos.remove('x')\nx = 1",
            "for x in items:\n    total += x\nself.total = total", "function charge(amount) { return amount * 2 }",
            "const charge = (amount) => amount * 2;", "items.map((x) => { return x.id })",
            "let total = 0;\nfor (let i = 0; i < 3; i++) { total += i; }",
            "import { charge } from './payments'", "const fs = require('fs')", "console.log('hello')",
            "export default function () { }",
            "func (p *Payment) Charge(amount int) error {\n\treturn nil\n}",
            "package main\n\nfunc main() { fmt.Println(\"x\") }",
            "fn charge(amount: u64) -> Result<(), Error> {\n    Ok(())\n}", "impl Payment for Card {",
            "fun charge(amount: Long): Long = amount * 2",
            "#include <stdio.h>\nint main(void) { return 0; }", "struct payment { int amount; };",
            "if (x == NULL) { return -1; }",
            "using System.Linq;", "namespace Acme { class A { } }", "<?php echo $x; ?>", "#!/bin/sh\nrm -rf build",
            "#!/usr/bin/env python3",
            "def charge(amount)\n  amount * 2\nend", "SELECT id, name FROM users WHERE id = 7", "select id, mail from users",
            "SELECT * FROM users",
            "INSERT INTO users (id) VALUES (1)", "UPDATE users SET name = 'x' WHERE id = 1", "DELETE FROM users WHERE id = 1",
            "CREATE TABLE users (id int)", "ALTER TABLE users ADD COLUMN mail text", "diff --git a/x.java b/x.java",
            "@@ -1,3 +1,4 @@ class A",
            "```java\nint x;\n```", "<script>alert(1)</script>", "int total = price * 2;\nreturn total;", "x = foo(1);",
            "try {\n  run();\n} catch (Exception e) {\n}", "while (true) { poll(); }" })
    void sourceCodeIsFound(String value) {
        assertKind(inValue(value), Kind.SOURCE_CODE);
    }

    static Stream<String> secrets() {
        // put together here so that no scanner of this repository takes them for real
        return Stream.of("-----BEGIN PRIVATE" + " KEY-----\nMC4CAQAwBQYDK2VwBCIEIA", "-----BEGIN RSA PRIVATE" + " KEY-----",
                "use " + ApiKey.generate(KeyScope.TENANT).reveal() + " here",
                "AKIA" + "IOSFODNN7EXAMPLE", "key is AKIA" + "IOSFODNN7EXAMPLE.",
                "ghp_" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
                "github_pat_" + "11ABCDEFG0abcdefghijklmnop", "glpat-" + "abcdefghij1234567890",
                "xoxb-" + "123456789012-abcdefghijkl",
                "sk_live_" + "abcdefghijklmnop12345678", "sk-" + "proj-Abc123Def456Ghi789Jkl012",
                "AIza" + "SyA1234567890abcdefghijklmnopqrstuvw",
                "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
                "Authorization: Bearer " + "abcdef0123456789abcdef", "Basic " + "dXNlcjpwYXNzd29yZDEyMw==",
                "postgresql://app:" + "hunter2@db.internal:5432/app", "https://user:" + "s3cr3t@example.com/x",
                "password=" + "hunter2!", "DB_PASSWORD: " + "hunter22", "{\"api_key\": \"" + "a1b2c3d4e5f6\"}",
                "client_secret = '" + "q1w2e3r4t5'",
                "export AWS_SECRET_ACCESS_KEY=" + "wJalrXUtnFEMI/K7MDENG");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void secretsAreFound(String value) {
        assertKind(inValue(value), Kind.SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = { "password", "db_password", "apiKey", "API-KEY", "client_secret", "accessToken", "private_key" })
    void aValueThatIsNamedAsASecretIsOne(String name) {
        assertKind(inMember(name, "correct1horse"), Kind.SECRET);
        for (String harmless : List.of("", "******", "redacted", "[REDACTED]", "<none>", "missing", "${VAULT}", "absent")) {
            assertThat(inMember(name, harmless)).as(harmless).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "jane.doe@example.com", "Approved by jane.doe+x@mail.example.co.uk.", "mailto:jane@example.org",
            "<jane@example.org>", "jane%40example.com", "jürgen@müller.de", "o'neil@example.ie", "x@163.com",
            "https://x.org/?u=jane@example.com" })
    void mailAddressesAreFound(String value) {
        assertKind(inValue(value), Kind.PERSONAL_DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = { "123-45-6789", "is 123-45-6789.", "(123-45-6789)", "SSN 123456789", "ssn: 123 45 6789" })
    void socialSecurityNumbersAreFound(String value) {
        assertKind(inValue(value), Kind.PERSONAL_DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = { "4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "card 5500005555555559 used",
            "378282246310005",
            "3782 822463 10005", "6011111111111117", "30569309025904", "paid:4012888888881881." })
    void cardNumbersAreFound(String value) {
        assertKind(inValue(value), Kind.PERSONAL_DATA);
    }

    @Test
    void cardNumbersAreFoundAsJsonNumbersToo() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        assertKind(MetadataOnlyRule.find(document.put("n", 4111111111111111L)), Kind.PERSONAL_DATA);
        assertThat(MetadataOnlyRule.find(document.put("n", 1769860800000123L))).isNull();
    }

    @Test
    void thePathOfTheOffendingValueIsNamedAndItsContentIsNot() {
        Finding finding = MetadataOnlyRule.find(SampleReceipts.parse(
                "{\"inputs\":{\"a/b\":[1,{\"x~y\":\"jane@example.com\"}]}}"));
        assertThat(finding).isEqualTo(new Finding(Kind.PERSONAL_DATA, "a mail address", "/inputs/a~1b/1/x~0y"));
    }

    @Test
    void namesOfMembersAreLookedAtToo() {
        Finding finding = MetadataOnlyRule.find(SampleReceipts.parse("{\"inputs\":{\"jane@example.com\":1}}"));
        assertThat(finding).isEqualTo(
                new Finding(Kind.PERSONAL_DATA, "a mail address in the name of a member", "/inputs"));
    }

    @Test
    void theSignatureOfTheDocumentIsNotContentButAnotherOneIs() {
        assertThat(MetadataOnlyRule.find(SampleReceipts.parse("{\"signature\":\"jane@example.com\"}"))).isNull();
        assertThat(MetadataOnlyRule.find(SampleReceipts.parse("{\"a\":{\"signature\":\"jane@example.com\"}}"))).isNotNull();
    }

    @Property(tries = 2_000)
    void randomHashesAndIdsAreMetadata(@ForAll long seed) {
        Random random = new Random(seed);
        assertThat(inValue(new java.util.UUID(random.nextLong(), random.nextLong()).toString())).isNull();
        assertThat(inValue(String.format("%016x%016x%08x", random.nextLong(), random.nextLong(), random.nextInt()))).isNull();
        assertThat(inValue(Long.toString(1_500_000_000_000L + random.nextInt()))).isNull();
        byte[] bytes = new byte[64];
        random.nextBytes(bytes);
        assertThat(inValue(java.util.Base64.getEncoder().encodeToString(bytes))).isNull();
    }

    @Property(tries = 2_000)
    void noTextMakesTheRuleFail(@ForAll String text, @ForAll String name) {
        Assertions.assertDoesNotThrow(() -> MetadataOnlyRule.find(
                JsonNodeFactory.instance.objectNode().put(name, text)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "(", "function(", "@", "a@", "a@b.", "1-", "4111 ", "class ", "if (", "public static ", "=",
            "def f(", "SELECT a ",
            "import x ", "://", "password=", "Bearer ", "eyJ.", "const a", "- ", "\n", "{ ", "fn f<", "func (", "/*",
            "select a,", "%40", "((((a=",
            "for (;", "static int x ", "impl x" })
    void hostileTextsTakeBoundedTime(String part) {
        String text = part.repeat(65_000 / part.length());
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> inValue(text));
    }

    private static @Nullable Finding inValue(String value) {
        return inMember("rationale", value);
    }

    private static @Nullable Finding inMember(String name, String value) {
        return MetadataOnlyRule.find(JsonNodeFactory.instance.objectNode().put(name, value));
    }

    private static void assertKind(@Nullable Finding finding, Kind kind) {
        assertThat(finding).isNotNull();
        assertThat(finding.kind()).isEqualTo(kind);
    }
}
