package org.espalier.tensor.check;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

/** Leads every call of a class into libtorch, and of a placement, through a checker such as {@link CallChecker}. */
final class CallRewriter {
    private static final ClassDesc PLACEMENT = ClassDesc.of("org.espalier.tensor.Placement");

    private final ClassFile classFile;
    private final ClassDesc checker;

    /** @param checker links the calls by its methods {@code torch} and {@code placement} */
    CallRewriter(ClassLoader loader, Class<?> checker) {
        this.checker = ClassDesc.of(checker.getName());
        classFile = ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
    }

    byte[] rewritten(byte[] bytes) {
        return classFile.transformClass(
                classFile.parse(bytes),
                ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(() -> new Calls(checker))));
    }

    private static boolean isTorch(ClassDesc type) {
        return name(type).startsWith(TensorCalls.BINDINGS);
    }

    private static String name(ClassDesc type) {
        return type.isClassOrInterface() ? type.packageName() + "." + type.displayName() : "";
    }

    /** One method body. What is constructed is left to the call that replaces the constructor's. */
    private static final class Calls implements CodeTransform {
        private final ClassDesc checker;
        private boolean skipsCopy;

        Calls(ClassDesc checker) {
            this.checker = checker;
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            switch (element) {
                case NewObjectInstruction made when isTorch(made.className().asSymbol()) -> skipsCopy = true;
                case StackInstruction copy when skipsCopy && copy.opcode() == Opcode.DUP -> skipsCopy = false;
                case InvokeInstruction call when isTorch(call.owner().asSymbol()) -> replace(builder, call, "torch");
                case InvokeInstruction call
                when call.owner().asSymbol().equals(PLACEMENT) && call.opcode() == Opcode.INVOKEVIRTUAL ->
                    replace(builder, call, "placement");
                case InvokeDynamicInstruction lambda -> {
                    lambda.bootstrapArgs().forEach(CallRewriter::refuseReference);
                    builder.with(element);
                }
                default -> builder.with(element);
            }
        }

        private void replace(CodeBuilder builder, InvokeInstruction call, String check) {
            ClassDesc owner = call.owner().asSymbol();
            MethodTypeDesc type = call.typeSymbol();
            String name = call.name().stringValue();
            boolean makes = name.equals(ConstantDescs.INIT_NAME);
            boolean isStatic = makes || call.opcode() == Opcode.INVOKESTATIC;
            MethodHandleDesc original = makes
                    ? MethodHandleDesc.ofConstructor(owner, type.parameterArray())
                    : MethodHandleDesc.ofMethod(
                            isStatic
                                    ? DirectMethodHandleDesc.Kind.STATIC
                                    : call.isInterface()
                                            ? DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL
                                            : DirectMethodHandleDesc.Kind.VIRTUAL,
                            owner,
                            name,
                            type);
            MethodTypeDesc site =
                    makes ? type.changeReturnType(owner) : isStatic ? type : type.insertParameterTypes(0, owner);
            builder.invokedynamic(DynamicCallSiteDesc.of(
                            ConstantDescs.ofCallsiteBootstrap(
                                    checker,
                                    check,
                                    ConstantDescs.CD_CallSite,
                                    ConstantDescs.CD_MethodHandle,
                                    ConstantDescs.CD_String,
                                    ConstantDescs.CD_String,
                                    ConstantDescs.CD_int),
                            makes ? "make" : name,
                            site)
                    .withArgs(original, name(owner), makes ? "new" : name, isStatic ? 1 : 0));
        }
    }

    /** A reference would go past the checker; whoever hands a tensor's method on writes a lambda. */
    private static void refuseReference(ConstantDesc argument) {
        if (argument instanceof DirectMethodHandleDesc handle
                && handle.kind() != DirectMethodHandleDesc.Kind.GETTER
                && (isTorch(handle.owner()) || handle.owner().equals(PLACEMENT))
                && !handle.methodName().equals("close")
                && !handle.methodName().startsWith("lambda$")) {
            throw new IllegalStateException("the reference " + handle.owner().displayName() + "::" + handle.methodName()
                    + " cannot be checked: write a lambda");
        }
    }
}
