package io.zeroui.contracts.metadata;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Source code of common languages. One strong sign is enough, of weak signs it takes two. Every pattern hangs on a
 * literal that is looked for first, and every repetition is bounded, so that hostile texts take bounded time.
 */
final class SourceCode {

    private static final int MIN_LENGTH = 8;
    private static final String WHAT = "source code";
    private static final String[] CARRIER_NAMES = { "sourcecode", "codesnippet", "filecontent", "filecontents" };

    /** A literal and the pattern around it. */
    private record Sign(String literal, Pattern pattern) {

        static Sign of(String literal, String regex) {
            return new Sign(literal, Pattern.compile(regex));
        }

        boolean isIn(String text) {
            return text.contains(literal) && pattern.matcher(text).find();
        }
    }

    /** Strong signs that plain words can be. */
    private static final List<Sign> STRONG_WORDS = List.of(
            Sign.of("diff --git", "diff --git a/"),
            Sign.of("@@ -", "@@ -\\d{1,9}(?:,\\d{1,9})? \\+\\d{1,9}(?:,\\d{1,9})? @@"),
            Sign.of("import ", "(?m)^\\s{0,40}from\\s{1,4}[\\w.]{1,100}\\s{1,4}import\\s{1,4}[\\w*, ()]{1,200}$"),
            Sign.of("SELECT ", "\\bSELECT\\s{1,9}[\\w*,.()\\s\"]{1,300}?\\sFROM\\s{1,9}[\\w.\"]"),
            Sign.of("select ",
                    "(?i)\\bselect\\s{1,9}(?:\\*|[\\w.]{1,60}(?:,\\s?[\\w.]{1,60}){1,40})\\s{1,9}from\\s{1,9}[\\w.]"),
            Sign.of("INSERT INTO ", "INSERT INTO\\s{1,9}[\\w.\"]{1,120}\\s?(?:\\(|VALUES|SELECT)"),
            Sign.of("UPDATE ", "\\bUPDATE\\s{1,9}[\\w.\"]{1,120}\\s{1,9}SET\\s{1,9}[\\w.\"]{1,120}\\s?="),
            Sign.of("DELETE FROM ", "DELETE FROM\\s{1,9}[\\w.\"]{1,120}\\s{0,9}(?:WHERE\\b|;)"),
            Sign.of("ALTER TABLE ", "ALTER TABLE\\s{1,9}[\\w.\"]{1,120}\\s{1,9}(?:ADD|DROP|ALTER|RENAME)\\b"));

    /** Strong signs that need a bracket, a semicolon, another mark or a second line. */
    private static final List<Sign> STRONG_MARKS = List.of(
            Sign.of("#include", "#include\\s{0,3}[<\"]\\w"),
            Sign.of("<?php", "<\\?php"),
            Sign.of("#!", "^#!\\s?/(?:usr/)?bin/"),
            Sign.of("```", "```"),
            Sign.of("def ", "\\bdef\\s{1,4}\\w{1,80}\\s?\\([^)\\n]{0,200}\\)\\s?(?:->[^:\\n]{1,80})?:"),
            Sign.of("def ", "(?m)^\\s{0,40}def\\s{1,4}\\w{1,80}[?!]?(?:\\([^)\\n]{0,200}\\))?\\s{0,9}\\n"),
            Sign.of("class ", "\\bclass\\s{1,4}\\w{1,80}(?:\\s?\\([^)\\n]{0,200}\\))?:\\s{0,9}\\n"),
            Sign.of("class ", "\\bclass\\s{1,4}[\\w<>]{1,80}[^{};\\n]{0,200}\\{"),
            Sign.of("{", "\\b(?:interface|enum|struct|trait|impl|namespace|record)\\s{1,4}[\\w:<>(]{1,80}[^{};\\n]{0,200}\\{"),
            Sign.of("function", "\\bfunction\\s{0,4}\\*?\\s{0,4}\\w{0,80}\\s{0,4}\\([^)\\n]{0,200}\\)\\s{0,9}\\{"),
            Sign.of("=>", "\\)\\s{0,9}=>\\s{0,9}[\\w{(]|\\w\\s{0,9}=>\\s{0,9}\\{"),
            Sign.of("->", "\\)\\s{0,9}->\\s{0,9}\\{"),
            Sign.of("func ",
                    "\\bfunc\\s{1,4}(?:\\([^)\\n]{1,80}\\)\\s{0,4})?\\w{1,80}\\s?\\([^)\\n]{0,200}\\)[^{\\n]{0,80}\\{"),
            Sign.of("fn ", "\\bfn\\s{1,4}\\w{1,80}\\s?(?:<[^>\\n]{1,80}>)?\\s?\\([^)\\n]{0,200}\\)[^{\\n]{0,80}\\{"),
            Sign.of("fun ", "\\bfun\\s{1,4}(?:\\w{1,80}\\.)?\\w{1,80}\\s?\\([^)\\n]{0,200}\\)[^{=\\n]{0,80}[{=]"),
            Sign.of("import ", "(?m)^\\s{0,40}import\\s{1,4}(?:static\\s{1,4})?[\\w.*]{1,200};"),
            Sign.of("import ", "\\bimport\\s{1,4}[\\w*{}, ]{1,200}\\sfrom\\s{1,4}['\"]"),
            Sign.of("package ", "(?m)^\\s{0,40}package\\s{1,4}[\\w.]{1,200};"),
            Sign.of("using ", "(?m)^\\s{0,40}using\\s{1,4}(?:namespace\\s{1,4})?[\\w.:]{1,200};"),
            Sign.of("require(", "\\brequire\\(\\s?['\"]"),
            Sign.of("=", "\\b(?:const|let|var|val)\\s{1,4}[\\w{}\\[\\], :]{1,100}=\\s{0,4}[^=\\n;(]{0,200}[;\\n(]"),
            Sign.of("(", "\\b(?:public|private|protected|static)\\s{1,4}(?:(?:static|final|abstract|async|override|"
                    + "synchronized)\\s{1,4}){0,4}[\\w<>\\[\\],.?]{1,80}\\s{1,4}\\w{1,80}\\s?\\([^)\\n]{0,300}\\)"
                    + "\\s{0,9}(?:throws\\s[\\w., ]{1,100})?\\s{0,9}[{;]"),
            Sign.of(";", "\\b(?:public|private|protected|static)\\s{1,4}(?:(?:static|final|volatile)\\s{1,4}){0,3}"
                    + "[\\w<>\\[\\],.?]{1,80}\\s{1,4}\\w{1,80}\\s{0,4}=\\s{0,4}[^;\\n]{1,200};"),
            Sign.of("(", "\\b(?:System\\.(?:out|err)\\.print(?:ln|f)?|console\\.(?:log|error|warn)|fmt\\.Print\\w{0,9}|"
                    + "println!|printf|print)\\s?\\(\\s?f?[\"']"),
            Sign.of("(", "\\bif\\s{0,4}\\([^)\\n]{1,200}\\){1,4}\\s{0,9}(?:\\{|return\\b|throw\\b)"),
            Sign.of("(", "\\b(?:for|while|switch|catch)\\s{0,4}\\([^{\\n]{1,200}\\)\\s{0,9}\\{"),
            Sign.of("else", "\\}\\s{0,9}else\\b"),
            Sign.of("CREATE TABLE ", "CREATE TABLE\\s{1,9}(?:IF NOT EXISTS\\s{1,9})?[\\w.\"]{1,120}\\s?\\("),
            Sign.of("</", "</(?:script|div|span|html|body|table|form|head|style)>"),
            Sign.of("<script", "<script\\b[^>\\n]{0,200}>"));

    private static final List<Sign> WEAK = List.of(
            Sign.of("return ", "\\breturn\\s[^;\\n]{1,200}(?:;|\\n|$)"),
            Sign.of(");", "\\w\\([^()\\n]{0,200}\\);"),
            Sign.of("=", "\\w\\]?\\s{0,4}[+*/|&-]?=\\s{0,4}[^=\\s;][^;\\n]{0,200};"),
            Sign.of("=", "(?m)^\\s{0,40}[\\w.\\[\\]]{1,80}\\s?[+*/-]?=\\s?[^=\\s\\n][^\\n]{0,200}$"),
            Sign.of("import ", "(?m)^\\s{0,40}import\\s{1,4}[\\w.]{1,100}(?:\\s{1,4}as\\s{1,4}\\w{1,80})?\\s{0,9}$"),
            Sign.of("self.", "\\bself\\.\\w"),
            Sign.of("this.", "\\bthis\\.\\w"),
            Sign.of("new ", "\\bnew\\s{1,4}[\\w<>.]{1,80}\\("),
            Sign.of(":", "(?m)^\\s{0,40}(?:if|for|while|elif|with|try|except|else)\\b[^:\\n]{0,200}:\\s{0,9}\\n\\s{1,40}\\w"),
            Sign.of("//", "(?m)^\\s{0,40}//"),
            Sign.of("/*", "/\\*"),
            Sign.of("{", "(?m)\\{\\s{0,9}$"),
            Sign.of("}", "(?m)^\\s{0,40}\\};?\\s{0,9}$"),
            Sign.of("&&", "&&"),
            Sign.of("||", "\\|\\|"));

    private SourceCode() {
    }

    /** What is in the text, or null. */
    static @Nullable String find(String text, int traits, String name) {
        int structure = traits & (Traits.SPACE | Traits.NEWLINE | Traits.PUNCTUATION);
        if (structure == 0 || text.length() < MIN_LENGTH) {
            return null;
        }
        boolean marks = Traits.has(traits, Traits.PUNCTUATION | Traits.NEWLINE);
        boolean code = isCarrier(name) || hasAny(STRONG_WORDS, text)
                || marks && (hasAny(STRONG_MARKS, text) || hasWeakSigns(text));
        return code ? WHAT : null;
    }

    private static boolean isCarrier(String name) {
        for (String carrier : CARRIER_NAMES) {
            if (Characters.endsInWord(name, name.length(), carrier)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAny(List<Sign> signs, String text) {
        for (Sign sign : signs) {
            if (sign.isIn(text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWeakSigns(String text) {
        int signs = 0;
        for (Sign sign : WEAK) {
            if (sign.isIn(text) && ++signs == 2) {
                return true;
            }
        }
        return false;
    }
}
