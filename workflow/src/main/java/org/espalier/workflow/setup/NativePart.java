package org.espalier.workflow.setup;

import java.net.URI;
import java.util.List;
import org.espalier.hub.KnownFile;

/**
 * A file of native libraries that does not come with Espalier: libtorch's CUDA build and what it needs, MKL.
 *
 * @param libraries what is unpacked of it; none of a jar, which is kept as it is
 */
public record NativePart(KnownFile file, List<String> libraries) {
    /** The version of libtorch and its bindings, which must be that of the rest of the class path. */
    public static final String TORCH = "2.10.0-1.5.13";

    private static final String CENTRAL = "https://repo1.maven.org/maven2/org/bytedeco/";
    private static final String CUDA = "cuda/13.1-9.19-1.5.13/cuda-13.1-9.19-1.5.13";
    private static final String PYTHON = "https://files.pythonhosted.org/packages/";

    /**
     * libtorch's CUDA build and the bindings of CUDA from Maven Central; CUDA's own libraries as NVIDIA publishes them for
     * Python, each once the ones before it are there. They are CUDA 13.0's, which a driver of version 580 is for.
     */
    public static final List<NativePart> ALL = List.of(
            jar(
                    "pytorch/" + TORCH + "/pytorch-" + TORCH + "-linux-x86_64-gpu.jar",
                    457_810_679,
                    "299b5003deb8e01353db2112ce4ccd245205b871f0fce52fb8315d1948ff2ae4"),
            jar(CUDA + ".jar", 1_071_920, "d73134336b62283184a439b53f1a770c48961317bd53a858799920d19fa42882"),
            jar(
                    CUDA + "-linux-x86_64.jar",
                    4_981_951,
                    "52fae29c3a9f47a5652bf90640b6c203005b0e39bfbc2602036845e9fc0c5a5c"),
            wheel(
                    "2e/24/d1558f3b68b1d26e706813b1d10aa1d785e4698c425af8db8edc3dced472/"
                            + "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    2_243_632,
                    "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
                    "libcudart.so.13"),
            wheel(
                    "56/7a/123e033aaff487c77107195fa5a2b8686795ca537935a24efae476c41f05/"
                            + "nvidia_nvjitlink-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
                    40_713_933,
                    "13a74f429e23b921c1109976abefacc69835f2f433ebd323d3946e11d804e47b",
                    "libnvJitLink.so.13"),
            wheel(
                    "e7/44/423ac00af4dd95a5aeb27207e2c0d9b7118702149bf4704c3ddb55bb7429/"
                            + "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_x86_64.whl",
                    423_133_236,
                    "ee8722c1f0145ab246bccb9e452153b5e0515fd094c3678df50b2a0888b8b171",
                    "libcublasLt.so.13",
                    "libcublas.so.13"),
            wheel(
                    "a8/2f/7b57e29836ea8714f81e9898409196f47d772d5ddedddf1592eadb8ab743/"
                            + "nvidia_cufft-12.0.0.61-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    214_085_489,
                    "6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3",
                    "libcufft.so.12"),
            wheel(
                    "a5/9f/be0a41ca4a4917abf5cb9ae0daff1a6060cc5de950aec0396de9f3b52bc5/"
                            + "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_x86_64.whl",
                    59_544_258,
                    "1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc",
                    "libcurand.so.10"),
            wheel(
                    "fa/18/623c77619c31d62efd55302939756966f3ecc8d724a14dab2b75f1508850/"
                            + "nvidia_cusparse-12.6.3.3-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    145_942_937,
                    "2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b",
                    "libcusparse.so.12"),
            wheel(
                    "5f/67/cba3777620cdacb99102da4042883709c41c709f4b6323c10781a9c3aa34/"
                            + "nvidia_cusolver-12.0.4.66-py3-none-manylinux_2_27_x86_64.whl",
                    200_941_980,
                    "0a759da5dea5c0ea10fd307de75cdeb59e7ea4fcb8add0924859b944babf1112",
                    "libcusolver.so.12",
                    "libcusolverMg.so.12"),
            wheel(
                    "33/6d/737d164b4837a9bbd202f5ae3078975f0525a55730fe871d8ed4e3b952b0/"
                            + "nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl",
                    10_715_597,
                    "4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8",
                    "libcupti.so.13"),
            wheel(
                    "3f/70/4f193de89a48b71714e74602ee14d04e4019ad36a5a9f20c425776e72cd6/"
                            + "nvidia_cufile-1.15.1.6-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                    1_223_672,
                    "08a3ecefae5a01c7f5117351c64f17c7c62efa5fffdbe24fc7d298da19cd0b44",
                    "libcufile.so.0"),
            wheel(
                    "b0/b4/878fefaad5b2bcc6fcf8d474a25e3e3774bc5133e4b58adff4d0bca238bc/"
                            + "nvidia_nccl_cu13-2.28.9-py3-none-manylinux_2_18_x86_64.whl",
                    196_493_177,
                    "e4553a30f34195f3fa1da02a6da3d6337d28f2003943aa0a3d247bbc25fefc42",
                    "libnccl.so.2"),
            wheel(
                    "c3/68/483a78f5e8f31b08fb1bb671559968c0ca3a065ac7acabfc7cee55214fd6/"
                            + "nvidia_cuda_nvrtc-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
                    90_215_200,
                    "ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575",
                    "libnvrtc.so.13",
                    "libnvrtc-builtins.so.13.0"),
            wheel(
                    "a3/22/0b4b932655d17a6da1b92fa92ab12844b053bb2ac2475e179ba6f043da1e/"
                            + "nvidia_cudnn_cu13-9.19.0.56-py3-none-manylinux_2_27_x86_64.whl",
                    366_066_321,
                    "d20e1734305e9d68889a96e3f35094d733ff1f83932ebe462753973e53a572bf",
                    "libcudnn.so.9",
                    "libcudnn_graph.so.9",
                    "libcudnn_ops.so.9",
                    "libcudnn_cnn.so.9",
                    "libcudnn_adv.so.9",
                    "libcudnn_heuristic.so.9",
                    "libcudnn_engines_precompiled.so.9",
                    "libcudnn_engines_runtime_compiled.so.9"));

    /** The version of Intel's MKL. */
    public static final String MKL_VERSION = "2025.3-1.5.13";

    /** Its libraries, which javacpp finds on the class path. */
    public static final NativePart MKL = jar(
            "mkl/" + MKL_VERSION + "/mkl-" + MKL_VERSION + "-linux-x86_64-redist.jar",
            159_518_741,
            "dd04c076cff9ea1df9bf6252d61517c8c861b90039719ca57d5cc21a7109c28e");

    public NativePart {
        libraries = List.copyOf(libraries);
    }

    private static NativePart jar(String path, long bytes, String sha256) {
        return new NativePart(new KnownFile(URI.create(CENTRAL + path), bytes, sha256), List.of());
    }

    private static NativePart wheel(String path, long bytes, String sha256, String... libraries) {
        return new NativePart(new KnownFile(URI.create(PYTHON + path), bytes, sha256), List.of(libraries));
    }

    /** Whether it is kept as it is. */
    boolean isJar() {
        return libraries.isEmpty();
    }
}
