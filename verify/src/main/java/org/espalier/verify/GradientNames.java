package org.espalier.verify;

/** How the file names the tensors of the adapter: as PEFT does, whose names differ by its version and the family. */
record GradientNames(String prefix, String suffix) {
    private static final String FIRST = "sft.grad.";

    /** Known from the file's first gradient. */
    static GradientNames of(OracleFile file) {
        for (String key : file.keys(FIRST)) {
            int layers = key.indexOf("layers.");
            int half = key.indexOf(".lora_");
            if (layers >= 0 && half > layers) {
                return new GradientNames(
                        key.substring(FIRST.length(), layers), key.substring(half + ".lora_A".length()));
            }
        }
        return new GradientNames("base_model.model.model.language_model.", ".weight");
    }

    /** Of a parameter as {@link org.espalier.model.lora.Parameters#views} calls it. */
    String key(String parameter) {
        return prefix + parameter + suffix;
    }
}
