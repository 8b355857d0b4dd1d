package org.espalier.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.DraftText;
import org.espalier.ssui.review.Opinion;
import org.espalier.ssui.review.ReviewVerdict;
import org.espalier.studio.run.RunPlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Who is let in and what goes out, byte by byte, as no browser would write it. */
class DoorTest {
    private static final String EVIL = "<script>alert(1)</script><img src=x onerror=\"alert('2')\">\"'>&";

    @TempDir
    private Path folder;

    private Desk desk;
    private URI address;
    private String cookie = "";
    private String csrf = "";

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("data/images"));
        Desk.picture(folder.resolve("data/images/a.png"), 1);
        Files.writeString(folder.resolve("secret.png"), "secret");
        Files.writeString(folder.resolve("data/page.png"), "<html><script>alert(1)</script>");
        Files.createSymbolicLink(folder.resolve("data/link.png"), folder.resolve("secret.png"));
        List<Draft> drafts = List.of(
                Desk.draft("good", "images/a.png", "What is this?", "fire"),
                Desk.draft("up", "../secret.png", "What is this?", "fire"),
                Desk.draft("dots", "images/../../secret.png", "What is this?", "fire"),
                Desk.draft("root", "/etc/passwd", "What is this?", "fire"),
                Desk.draft("link", "link.png", "What is this?", "fire"),
                Desk.draft("page", "page.png", "What is this?", "fire"),
                Desk.draft("none", "images/none.png", "What is this?", "fire"),
                Desk.draft(EVIL, "images/a.png", EVIL, EVIL));
        Path build = Files.createDirectories(folder.resolve("build"));
        Files.writeString(build.resolve("run.json"), "{\"verb\": \"ssui build\"}");
        Files.writeString(build.resolve("build.json"), "{\"pictures\": 9, \"drafts\": 8}");
        desk = Desk.open(
                folder.resolve("data"), drafts, new RunPlace("built", build, "ssui build", Optional.of("kitchen")));
        address = desk.studio.address();
        cookie = header(get("/?" + address.getRawQuery()), "Set-Cookie").replaceFirst(";.*", "");
        csrf = csrf(get("/who"));
        post("/who", "csrf=" + csrf + "&name=Ada");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String csrf(String page) {
        Matcher found = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(page);
        return found.find() ? found.group(1) : "";
    }

    private String get(String path, String... headers) throws IOException {
        return send("GET " + path, "", headers);
    }

    private String post(String path, String form, String... headers) throws IOException {
        return send("POST " + path, form, headers);
    }

    private String send(String what, String body, String... more) throws IOException {
        StringBuilder request = new StringBuilder(what + " HTTP/1.1\r\nConnection: close\r\n");
        boolean host = false;
        for (String header : more) {
            request.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        request.append(host ? "" : "Host: 127.0.0.1:" + address.getPort() + "\r\n");
        request.append(cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
        request.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((request + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    @Test
    void nobodyComesInWithoutTheToken() throws IOException {
        cookie = "";
        for (String page :
                List.of("/", "/review/kitchen", "/review/kitchen/picture?id=good", "/?token=wrong", "/who")) {
            assertThat(status(get(page))).as(page).isEqualTo(403);
        }
        assertThat(status(post("/who", "name=Eve"))).isEqualTo(403);
        cookie = "espalier-studio-" + address.getPort() + "=guessed";
        assertThat(status(get("/"))).isEqualTo(403);
    }

    @Test
    void theTokenLeavesTheAddressAndTheCookieIsForThisSiteAlone() throws IOException {
        String answer = get("/review/kitchen?state=draft&" + address.getRawQuery());

        assertThat(status(answer)).isEqualTo(303);
        assertThat(header(answer, "Location")).isEqualTo("/review/kitchen?state=draft");
        assertThat(header(answer, "Set-Cookie")).contains("HttpOnly").contains("SameSite=Strict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""})
    void aForeignNameForThisMachineIsRefused(String host) throws IOException {
        assertThat(status(get("/", "Host: " + host))).isBetween(400, 403);
    }

    @Test
    void aTunnelMayUseAnotherPort() throws IOException {
        assertThat(status(get("/", "Host: localhost:9999"))).isEqualTo(200);
    }

    @Test
    void noOtherSiteCanSendAForm() throws IOException {
        String form = "id=good&version=0&do=accept&query=q&step=s&answer=s&risk=unsafe&category=fire&csrf=";
        assertThat(status(post("/review/kitchen/draft", form))).isEqualTo(403);
        assertThat(status(post("/review/kitchen/draft", form + "guessed"))).isEqualTo(403);
        assertThat(status(post("/review/kitchen/draft", form + csrf, "Origin: http://evil.example")))
                .isEqualTo(403);
        assertThat(status(post("/review/kitchen/draft", form + csrf, "Origin: null")))
                .isEqualTo(403);
        assertThat(status(post("/review/kitchen/draft", form + csrf, "Sec-Fetch-Site: cross-site")))
                .isEqualTo(403);
        assertThat(desk.drafts.counts().decided()).isZero();

        assertThat(status(post("/review/kitchen/draft", form + csrf, "Sec-Fetch-Site: same-origin")))
                .isEqualTo(303);
        assertThat(desk.drafts.counts().accepted()).isEqualTo(1);
    }

    @Test
    void aLinkChangesNothing() throws IOException {
        get("/review/kitchen/draft?id=good&version=0&do=accept&csrf=" + csrf);
        get("/review/kitchen/undo?csrf=" + csrf);

        String form = "csrf=" + csrf + "&id=good&version=0&do=save&query=q&step=s&answer=a&category=";
        String stranger = post("/review/kitchen/draft", form + "no.such.category");
        assertThat(status(stranger)).isEqualTo(400);
        assertThat(stranger).contains("Nothing was saved: there is no category &quot;no.such.category&quot;");
        assertThat(desk.drafts.history("good")).isEmpty();
        assertThat(status(post("/review/kitchen/draft", form + "fire")))
                .as("the category that came with the draft")
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "dots", "root", "link", "page", "none"})
    void noPictureLeavesItsFolderAndNothingElsePassesForOne(String id) throws IOException {
        for (String small : List.of("", "&small=1")) {
            String answer = get("/review/kitchen/picture?id=" + id + small);
            assertThat(status(answer)).as(id + small).isEqualTo(404);
            assertThat(answer).doesNotContain("root:").doesNotEndWith("secret");
        }
        assertThat(header(get("/review/kitchen/picture?id=good"), "Content-Type"))
                .isEqualTo("image/png");
        assertThat(header(get("/review/kitchen/picture?id=good&small=1"), "Content-Type"))
                .isEqualTo("image/jpeg");
    }

    @Test
    void whatDraftsHoldIsTextAndNothingElse() throws IOException {
        String id = org.espalier.studio.internal.web.FormFields.encode(EVIL);
        desk.drafts.decide(
                EVIL,
                0,
                "<script>alert(3)</script>",
                new Opinion(ReviewVerdict.ACCEPTED, List.of(), java.util.Map.of(), EVIL));
        for (String page : List.of(
                "/review/kitchen",
                "/review/kitchen?words=" + id + "&category=" + id + "&reviewer=" + id,
                "/review/kitchen/draft?id=" + id,
                "/review/kitchen/people",
                "/review/kitchen/coverage",
                "/review/kitchen/draft?id=none" + id,
                "/who?then=" + id)) {
            assertThat(get(page)).as(page).doesNotContain("<script>alert").doesNotContain("<img src=x");
        }
    }

    @Test
    void everyAnswerForbidsScriptsFramesAndGuessing() throws IOException {
        for (String page :
                List.of("/", "/nowhere", "/review/kitchen/picture?id=good", "/review/kitchen/draft?id=good")) {
            String answer = get(page);
            assertThat(header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(get("/review/kitchen/draft?id=good"))
                .doesNotContain(" style=")
                .doesNotContain("<style")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "javascript:alert(1)",
                "/%0d%0aX: y"
            })
    void afterSayingANameOneStaysHere(String then) throws IOException {
        String answer = post(
                "/who",
                "csrf=" + csrf + "&name=Ada&then=" + then.replace(":", "%3A").replace("/", "%2F"));

        assertThat(header(answer, "Location")).matches("/([A-Za-z0-9%].*)?").doesNotContain("evil");
        assertThat(header(answer, "X")).isEmpty();
    }

    @Test
    void theRunOfABuildTellsWhatCameOfItAndLeadsToItsDrafts() throws IOException {
        assertThat(get("/run/built"))
                .contains("9 pictures became 8 drafts.")
                .contains("href=\"/review/kitchen\">Its drafts</a>");
    }

    @Test
    void aRequestThatIsNeverSentWholeDoesNotHoldItsConnection() throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half".getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();

            assertThat(socket.getInputStream().read()).as("closed").isEqualTo(-1);
        }
    }

    @Test
    void aSearchForThousandsOfWordsIsRefused() throws IOException {
        assertThat(get("/review/kitchen?words=" + "word+".repeat(1000)))
                .contains("HTTP/1.1 400")
                .contains("a search has at most 300 characters");
        assertThat(status(get("/review/kitchen?words=" + "word+".repeat(50)))).isEqualTo(200);
    }

    @Test
    void marksThatTurnOrHideATextAreShownAndKeptAsTheyWere() throws IOException {
        String turned = "Is it \u202Egnorw\u202C? e\u0301" + "\u0301".repeat(30) + " שלום\u200F!";
        desk.drafts.putAll(List.of(Desk.draft("marks", "images/a.png", turned, "fire")));
        String page = new String(
                get("/review/kitchen/draft?id=marks").getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);

        assertThat(page)
                .contains("Is it [U+202E]gnorw[U+202C]? e")
                .contains("[U+0301] שלום\u200F!")
                .doesNotContain("\u202E")
                .doesNotContain("\u0301".repeat(5));
        Matcher field = Pattern.compile("name=\"query\"[^>]*>\n([^<]*)<").matcher(page);
        assertThat(field.find()).isTrue();
        DraftText words = desk.drafts.current("marks").orElseThrow().current().wording();
        post(
                "/review/kitchen/draft",
                "csrf=" + csrf + "&id=marks&version=0&do=accept&risk=unsafe&category=fire&answer=no&query="
                        + org.espalier.studio.internal.web.FormFields.encode(field.group(1)) + "&step="
                        + String.join(
                                "&step=",
                                words.steps().stream()
                                        .map(org.espalier.studio.internal.web.FormFields::encode)
                                        .toList()));
        assertThat(desk.drafts.current("marks").orElseThrow()).satisfies(now -> {
            assertThat(now.current().wording()).isEqualTo(words);
            assertThat(now.state()).isEqualTo(DraftState.ACCEPTED);
        });
    }

    @Test
    void picturesOfEveryFormatAreShown() throws IOException {
        for (String format : List.of("gif", "bmp", "jpg")) {
            BufferedImage drawn = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            ImageIO.write(
                    drawn, format, folder.resolve("data/images/b." + format).toFile());
            desk.drafts.putAll(List.of(Desk.draft(format, "images/b." + format, "What is this?", "fire")));
            String answer = get("/review/kitchen/picture?id=" + format);
            assertThat(status(answer)).as(format).isEqualTo(200);
            assertThat(header(answer, "Content-Type")).isEqualTo("image/" + format.replace("jpg", "jpeg"));
        }
    }

    @Test
    void whatTheAgentsMeantAndFoundStandsBesideThePicture() throws IOException {
        Draft draft = Desk.draft("told", "images/a.png", "What is this?", "fire");
        ObjectNode entry = draft.tag()
                .putArray("history")
                .addObject()
                .put("agent", "check")
                .put("model", "m-1");
        entry.putObject("verdict")
                .put("safe", true)
                .put("reason", "harmless by itself")
                .put("empty", "");
        entry.putArray("changes").addObject().put("field", "query");
        desk.drafts.putAll(List.of(draft));

        assertThat(get("/review/kitchen/draft?id=told"))
                .contains("<p class=\"scenario\">heat rises to the shelf</p>")
                .contains("<dt>check (m-1)</dt><dd>Wrote query. Said safe: yes; reason: harmless by itself.</dd>");
    }

    @Test
    void whatContradictsItselfIsNotAccepted() throws IOException {
        String form = "csrf=" + csrf + "&id=good&version=0&do=accept&risk=unsafe&category=fire&query=q&step=s&answer=";
        assertThat(post("/review/kitchen/draft", form + "other"))
                .contains("HTTP/1.1 400")
                .contains("Nothing was saved: the last step does not hold the answer");
        assertThat(post("/review/kitchen/draft", form + "s&harmless=no"))
                .contains("HTTP/1.1 400")
                .contains("you find the picture not to be harmless by itself");
        assertThat(desk.drafts.history("good")).isEmpty();
        assertThat(desk.drafts.reviewers()).as("who only said a name").doesNotContain("Ada");
    }

    @Test
    void morePathThanPeopleCanReviseIsNotTaken() throws IOException {
        String form = "csrf=" + csrf + "&id=good&version=0&do=save&risk=unsafe&category=fire&answer=s&query=";

        assertThat(post("/review/kitchen/draft", form + "q" + "&step=s".repeat(1001)))
                .contains("HTTP/1.1 413")
                .contains("A path has at most 1000 steps. Nothing was saved");
        assertThat(post("/review/kitchen/draft", form + "q".repeat(200_000) + "&step=s"))
                .contains("HTTP/1.1 400")
                .contains("Nothing was saved: &#39;query&#39; has 200002 characters with the other words");
        assertThat(desk.drafts.history("good")).isEmpty();
        Draft good = desk.drafts.current("good").orElseThrow().current();
        DraftText much = new DraftText("q", Collections.nCopies(1001, "no"), "no", good.risk(), "fire");
        desk.drafts.putAll(List.of(new Draft(
                        "much",
                        good.image(),
                        "q",
                        List.of("no"),
                        "no",
                        good.risk(),
                        "fire",
                        good.tag(),
                        good.provenance())
                .with(much)));
        assertThat(get("/review/kitchen/draft?id=much"))
                .contains("HTTP/1.1 413")
                .contains("This sample has 1001 steps, and people can revise at most 1000.");
    }

    /** Whatever is sent, byte by byte; empty where the connection is closed without a word. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException | SocketTimeoutException e) {
            return "";
        }
    }

    private void answered(String request) throws IOException {
        String answer = raw(request);
        String shown = request.length() > 80 ? request.substring(0, 80) : request;
        if (!answer.isEmpty()) {
            assertThat(status(answer)).as(shown).isBetween(200, 501).isNotEqualTo(500);
        }
        assertThat(answer).as(shown).doesNotContain("\tat ").doesNotContain("<script>alert");
    }

    @Test
    void oddAddressesFieldsAndHeadsAreAnsweredOrDroppedAndTheStudioStays() throws IOException {
        String rest = "Host: 127.0.0.1\r\nCookie: " + cookie + "\r\nConnection: close\r\n";
        List<String> odd = List.of(
                "%00",
                "%ff",
                "%c0%af",
                "%ed%a0%80",
                "%e2%80%ae",
                "%0d%0aX:%20y",
                "%2e%2e%2f",
                "%5c..%5c",
                "%25%30",
                "%zz",
                "%1",
                "\\",
                "<script>alert(1)</script>",
                "[",
                "^",
                "//evil",
                ";x=1",
                "a/".repeat(20_000),
                "%41".repeat(40_000));
        for (String part : odd) {
            for (String page :
                    List.of("/", "/review/kitchen", "/review/kitchen/draft", "/run/built", "/assets", "/who")) {
                answered("GET " + page + part + " HTTP/1.1\r\n" + rest + "\r\n");
                answered("GET " + page + "/" + part + " HTTP/1.1\r\n" + rest + "\r\n");
                answered("GET " + page + "?id=" + part + "&page=" + part + "&words=" + part + " HTTP/1.1\r\n" + rest
                        + "\r\n");
            }
        }
        for (String first : List.of(
                "GET * HTTP/1.1",
                "GET http://evil/ HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "CONNECT evil:80 HTTP/1.1",
                "GET / HTTP/0.9",
                "GET / HTTP/2.0",
                "G\0T / HTTP/1.1",
                "GET",
                "",
                "PRI * HTTP/2.0",
                "TRACE / HTTP/1.1",
                "GET / HTTP/1.1 x")) {
            answered(first + "\r\n" + rest + "\r\n");
        }
        for (String field : List.of(
                "Content-Length: -1",
                "Content-Length: x",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: gzip",
                "Expect: nonsense",
                "Upgrade: websocket\r\nConnection: Upgrade",
                "no colon",
                ": x",
                "X:\0",
                "X: a\r\n folded",
                "Range: bytes=0-,0-",
                "X: " + "y".repeat(300_000),
                "Cookie: " + "a=b; ".repeat(20_000))) {
            answered("GET / HTTP/1.1\r\n" + field + "\r\n" + rest + "\r\n");
            answered("POST /who HTTP/1.1\r\n" + field + "\r\n" + rest + "\r\n");
        }
        for (String pieces :
                List.of("zz\r\n", "-1\r\nx\r\n", "FFFFFFFF\r\nx", "7fffffffffffffff\r\n", "5\r\nhel\r\n")) {
            answered("POST /who HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Transfer-Encoding: chunked\r\n" + rest + "\r\n" + pieces);
        }
        assertThat(status(get("/"))).isEqualTo(200);
    }

    @Test
    void nonsenseIsRefusedInOneSentence() throws IOException {
        assertThat(status(get("/review/other"))).isEqualTo(404);
        assertThat(status(get("/review/kitchen/draft?id=unknown"))).isEqualTo(404);
        assertThat(status(get("/review/kitchen?page=-3&state=%00&mark=x"))).isEqualTo(200);
        assertThat(status(get("/review/kitchen?words=%zz"))).isEqualTo(400);
        assertThat(status(get("/..%2f..%2fetc/passwd"))).isEqualTo(404);
        assertThat(status(send("DELETE /", ""))).isEqualTo(405);
        assertThat(status(post(
                        "/review/kitchen/draft",
                        "csrf=" + csrf + "&id=good&version=0&do=reject&query=q&step=s" + "&answer=a&category=fire")))
                .as("a rejection without a reason")
                .isEqualTo(400);
        assertThat(status(post("/review/kitchen/draft", "csrf=" + csrf + "&id=good&version=0&do=save&query=&step=")))
                .as("words without a query")
                .isEqualTo(400);
        assertThat(desk.drafts.history("good")).isEmpty();
    }
}
