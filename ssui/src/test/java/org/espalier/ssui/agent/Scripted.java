package org.espalier.ssui.agent;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.Endpoint;
import org.espalier.endpoint.EndpointAnswer;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.PictureTerms;
import org.espalier.endpoint.wire.Usage;

/** An endpoint that says what a function says, and remembers what it was asked. */
public final class Scripted implements Endpoint {
    private final Function<EndpointRequest, EndpointAnswer> answers;
    private final List<EndpointRequest> asked = Collections.synchronizedList(new ArrayList<>());

    private Scripted(Function<EndpointRequest, EndpointAnswer> answers, boolean any) {
        this.answers = answers;
    }

    public Scripted(Function<EndpointRequest, String> words) {
        this(ask -> said(ask, words.apply(ask)), true);
    }

    /** One that may fail as well. */
    public static Scripted answering(Function<EndpointRequest, EndpointAnswer> answers) {
        return new Scripted(answers, true);
    }

    /** Words, as this endpoint says them. */
    public static EndpointAnswer said(EndpointRequest ask, String words) {
        String key = Sha256.of(ask.conversation() + " " + ask.sample());
        return new EndpointAnswer.Said(words, true, Usage.NONE, new BigDecimal("0.01"), key, false);
    }

    public List<EndpointRequest> asked() {
        return asked;
    }

    @Override
    public EndpointPlan plan() {
        return EndpointPlan.at("http://127.0.0.1:8000/v1", "script", Optional.empty())
                .named("scripted");
    }

    @Override
    public PictureTerms pictures() {
        return PictureTerms.ANY;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(true, true, false, Capabilities.JsonOutput.SCHEMA, Capabilities.Prefill.NONE);
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public EndpointAnswer ask(EndpointRequest ask) {
        asked.add(ask);
        return answers.apply(ask);
    }

    @Override
    public BigDecimal price(long inputTokens, long outputTokens) {
        return BigDecimal.valueOf(inputTokens + 4 * outputTokens, 6);
    }

    @Override
    public BigDecimal spent() {
        return BigDecimal.valueOf(asked.size(), 2);
    }
}
