using Mono.Cecil;
using Mono.Cecil.Cil;
using NeuralEdge.Board.Security;
using NeuralEdge.Tests.DeviceSurface;

namespace NeuralEdge.Tests.Security;

/// <summary>The comparison of tags tells nothing by its time.</summary>
[TestClass]
public sealed class ConstantTimeTests
{
    private const string EarlyExit =
        "public static class Planted { public static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset, int count) "
        + "{ for (int i = 0; i < count; i++) { if (a[aOffset + i] != b[bOffset + i]) { return false; } } return true; } }";

    [TestMethod]
    public void ItIsRight()
    {
        byte[] a = [9, .. KeyedBench.Key];
        byte[] b = [.. KeyedBench.Key, 9];
        Assert.IsTrue(ConstantTime.AreEqual(a, 1, b, 0, 32));
        for (int bit = 0; bit < 256; bit++)
        {
            byte[] changed = [.. b];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(ConstantTime.AreEqual(a, 1, changed, 0, 32), $"bit {bit}");
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void NoBranchOfItDependsOnWhatItCompares(bool optimised)
    {
        TypeDefinition type = DeviceBuild.Of("shared/NeuralEdge.Board/NeuralEdge.Board.nfproj", optimised).Types.Single(t => t.Name == nameof(ConstantTime));
        Assert.AreEqual(1, Decisions(type), "the end of the loop, and nothing else");
        Assert.AreEqual(2, Decisions(DeviceBuild.ModuleOf([EarlyExit]).GetType("Planted")), "an early exit is seen");
    }

    /// <summary>Places at which the method goes one way or another.</summary>
    private static int Decisions(TypeDefinition type) =>
        type.Methods.Single().Body.Instructions.Count(i => i.OpCode.FlowControl == FlowControl.Cond_Branch);
}
