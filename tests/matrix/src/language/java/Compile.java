import java.io.File;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles classes to WebAssembly: arguments are a folder for what is made, and the name of the file in there. */
final class Compile {
    public static void main(String[] arguments) throws Exception {
        var log = new ConsoleTeaVMToolLog(false);
        var tool = new TeaVMTool();
        tool.setLog(log);
        tool.setTargetType(TeaVMTargetType.WEBASSEMBLY_GC);
        tool.setMainClass("wit.Guest");
        tool.setTargetDirectory(new File(arguments[0]));
        tool.setTargetFileName(arguments[1]);
        tool.setObfuscated(false);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.generate();
        TeaVMProblemRenderer.describeProblems(tool.getDependencyInfo().getCallGraph(), tool.getProblemProvider(), log);
        System.exit(tool.getProblemProvider().getSevereProblems().isEmpty() ? 0 : 1);
    }
}
