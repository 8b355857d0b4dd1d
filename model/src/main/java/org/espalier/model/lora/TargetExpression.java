package org.espalier.model.lora;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One regular expression for whole names that means some modules of a model and no other: bare ends of names would also
 * match the vision side. Layers that are alike stand together.
 */
final class TargetExpression {
    private static final Pattern OF_LAYER = Pattern.compile("(.*?)\\.(\\d+)\\.(.+)");

    private TargetExpression() {}

    /**
     * Puts it together.
     *
     * @param modules names in the library
     * @param all of the model
     */
    static String of(Collection<String> modules, Collection<String> all) {
        Map<String, TreeMap<Integer, List<String>>> stacks = stacks(all);
        List<String> parts = new ArrayList<>();
        stacks(modules).forEach((stack, layers) -> {
            Map<List<String>, List<Integer>> alike = layers.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            LinkedHashMap::new,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
            int most = stacks.getOrDefault(stack, new TreeMap<>()).size();
            List<String> groups = alike.entrySet().stream()
                    .map(group -> numbers(group.getValue(), most) + "\\." + ends(group.getKey()))
                    .toList();
            parts.add(escaped(stack) + "\\." + any(groups));
        });
        modules.stream()
                .filter(module -> !OF_LAYER.matcher(module).matches())
                .map(TargetExpression::escaped)
                .forEach(parts::add);
        return String.join("|", parts);
    }

    /** The ends of names by what stands before the number of a layer, and by that number. */
    private static Map<String, TreeMap<Integer, List<String>>> stacks(Collection<String> modules) {
        Map<String, TreeMap<Integer, List<String>>> stacks = new LinkedHashMap<>();
        for (String module : modules) {
            Matcher name = OF_LAYER.matcher(module);
            if (name.matches()) {
                stacks.computeIfAbsent(name.group(1), stack -> new TreeMap<>())
                        .computeIfAbsent(Integer.valueOf(name.group(2)), number -> new ArrayList<>())
                        .add(name.group(3));
            }
        }
        return stacks;
    }

    private static String numbers(List<Integer> numbers, int most) {
        return numbers.size() == most
                ? "\\d+"
                : any(new TreeSet<>(numbers).stream().map(String::valueOf).toList());
    }

    private static String ends(List<String> ends) {
        Map<String, List<String>> byParent = ends.stream()
                .collect(Collectors.groupingBy(
                        end -> end.substring(0, end.lastIndexOf('.') + 1),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                end -> escaped(end.substring(end.lastIndexOf('.') + 1)), Collectors.toList())));
        return any(byParent.entrySet().stream()
                .map(parent -> escaped(parent.getKey()) + any(parent.getValue()))
                .toList());
    }

    private static String any(List<String> alternatives) {
        return alternatives.size() == 1 ? alternatives.getFirst() : "(" + String.join("|", alternatives) + ")";
    }

    private static String escaped(String name) {
        return name.replace(".", "\\.");
    }
}
