package org.espalier.report.draw;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.core.text.HiddenMarks;
import tools.jackson.databind.JsonNode;

/**
 * A piece of HTML or of SVG inside it. Text and attribute values are escaped when they are written, and there is no way
 * to put markup in as text: paths are written by models and may hold anything.
 */
public sealed interface Html {
    /** Appends the markup. */
    void write(StringBuilder out);

    /** Text, whatever stands in it; what would make it look like another is shown by its number. */
    static Html text(String text) {
        return new Text(text);
    }

    /** Several pieces one after another. */
    static Html all(List<? extends Html> pieces) {
        return new All(List.copyOf(pieces));
    }

    static Html all(Html... pieces) {
        return all(List.of(pieces));
    }

    static Html nothing() {
        return all(List.of());
    }

    static Element element(String name) {
        return new Element(name);
    }

    /** An element with one class. */
    static Element element(String name, String style) {
        return new Element(name).attribute("class", style);
    }

    /** A paragraph of one class. */
    static Element p(String style, String text) {
        return element("p", style).add(text);
    }

    static Element div(Html... pieces) {
        return element("div").add(pieces);
    }

    static Element div(String style, Html... pieces) {
        return element("div", style).add(pieces);
    }

    static Element tr(Html... cells) {
        return element("tr").add(cells);
    }

    static Element th(String head) {
        return element("th").add(head);
    }

    static Element td(String value) {
        return element("td").add(value);
    }

    /** A drawing under what it is called. */
    static Element figure(Html drawing, Html... caption) {
        return element("figure").add(element("figcaption").add(caption), drawing);
    }

    /** What is folded away under a sentence. */
    static Element details(String summary, Html... pieces) {
        return element("details").add(element("summary").add(summary)).add(pieces);
    }

    /** A style sheet of our own. */
    static Html style(String css) {
        return new Style(css);
    }

    /** Data that a script of ours reads by its id: no browser takes it for anything else. */
    static Html data(String id, JsonNode content) {
        return new Data(id, Json.line(content));
    }

    /** See {@link Html#data}. */
    record Data(String id, String json) implements Html {
        @Override
        public void write(StringBuilder out) {
            // Within JSON a bracket stands in strings alone, where its number means the same.
            out.append("<script type=\"application/json\" id=\"")
                    .append(id)
                    .append("\">")
                    .append(json.replace("<", "\\u003c"))
                    .append("</script>\n");
        }
    }

    /** See {@link Html#script}. */
    record Script(String code) implements Html {
        public Script {
            if (code.contains("</") || code.contains("<!")) {
                throw new IllegalArgumentException("a script may not close its element");
            }
        }

        /** As a content security policy names it. */
        public String hash() {
            byte[] digest = HexFormat.of().parseHex(Sha256.of(code));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        }

        @Override
        public void write(StringBuilder out) {
            out.append("<script>").append(code).append("</script>\n");
        }
    }

    /** See {@link Html#text}. */
    record Text(String text) implements Html {
        @Override
        public void write(StringBuilder out) {
            escape(out, HiddenMarks.shown(text));
        }

        private static void escape(StringBuilder out, String text) {
            text.codePoints().forEach(c -> escape(out, c));
        }

        private static void escape(StringBuilder out, int c) {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) c);
                default -> out.appendCodePoint(printable(c) ? c : 0xFFFD);
            }
        }

        /** Half a surrogate pair has no UTF-8, and control characters have no place in HTML. */
        private static boolean printable(int c) {
            return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
        }
    }

    /** See {@link Html#all(List)}. */
    record All(List<Html> pieces) implements Html {
        @Override
        public void write(StringBuilder out) {
            pieces.forEach(piece -> piece.write(out));
        }
    }

    /** See {@link Html#style}. */
    record Style(String css) implements Html {
        public Style {
            if (css.contains("</")) {
                throw new IllegalArgumentException("a style sheet may not close its element");
            }
        }

        @Override
        public void write(StringBuilder out) {
            out.append("<style>").append(css).append("</style>\n");
        }
    }

    /** An element that attributes and content are added to. */
    final class Element implements Html {
        private static final Set<String> VOID = Set.of("meta", "img", "br", "hr", "input", "link");
        private static final Set<String> BLOCKS =
                Set.of("section", "table", "tr", "p", "h2", "h3", "figure", "svg", "li", "ol", "ul", "details");

        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Html> content = new ArrayList<>();

        private Element(String name) {
            this.name = name;
        }

        public Element attribute(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        /** A number, to a hundredth: finer than any screen. */
        public Element attribute(String key, double value) {
            String written = String.format(Locale.ROOT, "%.2f", value);
            return attribute(key, written.replaceFirst("\\.?0+$", ""));
        }

        public Element add(Html... pieces) {
            content.addAll(List.of(pieces));
            return this;
        }

        public Element add(List<? extends Html> pieces) {
            content.addAll(pieces);
            return this;
        }

        public Element add(String text) {
            return add(text(text));
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(name);
            attributes.forEach((key, value) -> {
                out.append(' ').append(key).append("=\"");
                Text.escape(out, value);
                out.append('"');
            });
            out.append('>');
            if (!VOID.contains(name)) {
                content.forEach(piece -> piece.write(out));
                out.append("</").append(name).append('>');
            }
            if (BLOCKS.contains(name)) {
                out.append('\n');
            }
        }
    }
}
