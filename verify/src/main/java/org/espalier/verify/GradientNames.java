package org.espalier.verify;

import java.util.HashMap;
import java.util.Map;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.lora.AdapterFiles;

/**
 * How the file names the tensors of the adapter: as PEFT does, whose names differ by its version and the family.
 *
 * @param keys of those that were found, by our names
 */
record GradientNames(ModelConfig model, Map<String, String> keys) {
    private static final String FIRST = "sft.grad.";

    /** Known from the file's gradients. */
    static GradientNames of(OracleFile file, ModelConfig model) {
        Map<String, String> keys = new HashMap<>();
        for (String key : file.keys(FIRST)) {
            String name = key.substring(FIRST.length());
            int half = name.indexOf(".lora_");
            if (half >= 0) {
                String module = name.substring(0, half).replaceFirst("^base_model\\.model\\.", "");
                String what = name.substring(half).replaceFirst("\\.weight$", "");
                keys.put(model.names().ours(module) + what, name);
            }
        }
        return new GradientNames(model, keys);
    }

    /** Of a parameter as {@link org.espalier.model.lora.Parameters#views} calls it. */
    String key(String parameter) {
        return keys.getOrDefault(parameter, AdapterFiles.key(model, parameter));
    }
}
