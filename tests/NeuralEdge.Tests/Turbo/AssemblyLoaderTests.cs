using Mono.Cecil;
using Mono.Cecil.Cil;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>What a board does before it loads an assembly, and no desktop shows.</summary>
[TestClass]
public sealed class AssemblyLoaderTests
{
    [TestMethod]
    public void TheHeapIsCompactedBeforeAnAssemblyIsLoaded()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(AssemblyLoader).Assembly.Location);
        MethodDefinition load = module.GetType(typeof(AssemblyLoader).FullName).Methods.Single(method => method.Name == nameof(AssemblyLoader.Load));
        Instruction[] calls = [.. load.Body.Instructions.Where(i => i.OpCode.FlowControl == FlowControl.Call)];
        Assert.AreEqual(("Run", "Load"), (((MethodReference)calls[0].Operand).Name, ((MethodReference)calls[1].Operand).Name));
        Assert.AreEqual(OpCodes.Ldc_I4_1, calls[0].Previous.OpCode, "not only collected");
    }
}
