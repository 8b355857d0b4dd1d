package org.espalier.greenhouse.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.ReasoningPath;
import org.espalier.greenhouse.world.Action;
import org.espalier.greenhouse.world.Dose;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * Reads what the steps of a path claim. A step is understood if it has one of the forms the world's paths are written
 * in; case, white space and a missing full stop do not matter. Anything else is {@link Claim.Unclear}.
 */
public final class PathReader {
    private final Map<String, Thing> things;
    private final Map<String, Harm> harms;
    private final Map<String, Action> actions;
    private final List<Form> forms = new ArrayList<>();

    private record Form(Pattern pattern, Function<Matcher, Claim> claim) {}

    public PathReader(World world) {
        things = world.things().stream().collect(Collectors.toMap(Thing::phrase, Function.identity()));
        harms = world.harms().stream().collect(Collectors.toMap(Harm::risk, Function.identity()));
        actions = world.actions().stream().collect(Collectors.toMap(Action::doing, Function.identity()));
        Set<String> ins = new LinkedHashSet<>();
        actions.values().forEach(a -> ins.add(a.preposition()));
        String object = anyOf(things.keySet().stream());
        String risk = anyOf(Stream.concat(harms.keySet().stream(), Stream.of(Wording.NO_RISK)));
        Map<String, String> holes = Map.of(
                "doing",
                anyOf(actions.keySet().stream()),
                "risk",
                risk,
                "in",
                anyOf(ins.stream()),
                "safety",
                "safe|unsafe",
                "effect",
                anyOf(effects(world)),
                "whom",
                anyOf(world.things().stream().map(Thing::whom).distinct()),
                "dose",
                anyOf(Arrays.stream(Dose.values()).map(Dose::label)));
        add(Wording.SEEN, object, holes, m -> new Claim.Seen(thing(m, "one"), thing(m, "other")));
        add(Wording.ASKED, object, holes, m -> new Claim.Asked(known(actions, m.group("doing"))));
        add(Wording.FACT, object, holes, this::fact);
        add(Wording.EFFECT, object, holes, m -> new Claim.Effect(m.group("effect"), m.group("whom")));
        add(
                Wording.VERDICT,
                object,
                holes,
                m -> new Claim.Verdict(m.group("safety").equals("unsafe")));
        add(Wording.REFUSAL, object, holes, this::refusal);
        add(Wording.CHOICE, object, holes, m -> new Claim.Choice(thing(m, "chosen")));
        add(Wording.PLAN_TO_CLEAR, object, holes, m -> new Claim.Plan(true, dose(m)));
        add(Wording.PLAN_TO_USE, object, holes, m -> new Claim.Plan(false, dose(m)));
        add(
                Wording.HELP,
                object,
                holes,
                m -> new Claim.Help(thing(m, "second"), m.group("in"), thing(m, "first"), m.group("effect"), dose(m)));
    }

    /** What each step claims, in order. */
    public List<Claim> read(ReasoningPath path) {
        return path.steps().stream().map(this::read).toList();
    }

    /** What one step claims. */
    public Claim read(String step) {
        String plain = step.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        for (Form form : forms) {
            Matcher matcher = form.pattern.matcher(plain);
            if (matcher.matches()) {
                return form.claim.apply(matcher);
            }
        }
        return new Claim.Unclear();
    }

    private Claim fact(Matcher m) {
        return new Claim.Fact(
                thing(m, "second"), Optional.ofNullable(harms.get(m.group("risk"))), m.group("in"), thing(m, "first"));
    }

    private Claim refusal(Matcher m) {
        Harm harm = harms.get(m.group("risk"));
        return harm == null
                ? new Claim.Unclear()
                : new Claim.Refusal(
                        thing(m, "second"),
                        harm,
                        m.group("in"),
                        thing(m, "first"),
                        m.group("effect"),
                        thing(m, "alternative"),
                        dose(m));
    }

    private static Stream<String> effects(World world) {
        return Stream.concat(
                        world.harms().stream().flatMap(harm -> harm.allEffects().stream()),
                        world.actions().stream().flatMap(action -> action.benefits().stream()))
                .distinct();
    }

    private static Dose dose(Matcher m) {
        return Dose.valueOf(m.group("dose").toUpperCase(Locale.ROOT));
    }

    private Thing thing(Matcher m, String hole) {
        return known(things, m.group(hole));
    }

    private static <T> T known(Map<String, T> map, String key) {
        T value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("the pattern let an unknown word pass: " + key);
        }
        return value;
    }

    private void add(List<String> wordings, String object, Map<String, String> holes, Function<Matcher, Claim> claim) {
        for (String wording : wordings) {
            String words = wording.toLowerCase(Locale.ROOT);
            String body = words.substring(0, words.length() - 1);
            StringBuilder regex = new StringBuilder();
            Matcher hole = Pattern.compile("\\{(\\w+)}").matcher(body);
            int done = 0;
            while (hole.find()) {
                String name = hole.group(1);
                regex.append(Pattern.quote(body.substring(done, hole.start())));
                regex.append(
                        name.equals("is") ? "(?:is|are)" : "(?<" + name + ">" + holes.getOrDefault(name, object) + ")");
                done = hole.end();
            }
            regex.append(Pattern.quote(body.substring(done))).append("\\.?");
            forms.add(new Form(Pattern.compile(regex.toString()), claim));
        }
    }

    private static String anyOf(Stream<String> words) {
        return words.map(Pattern::quote).collect(Collectors.joining("|"));
    }
}
