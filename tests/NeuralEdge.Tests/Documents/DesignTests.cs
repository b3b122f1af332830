using System.Globalization;
using NeuralEdge.Board.Control;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Documents;

/// <summary>The numbers in DESIGN.md are the code's.</summary>
[TestClass]
public sealed class DesignTests
{
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five"];
    private static readonly Document Design = new("shared/DESIGN.md");

    [TestMethod]
    public void TheNumbersOfTheArithmeticAreTheCodes()
    {
        Design.MustSay($"each stretch of {1 << Tanh.SegmentBits} inputs");
        Design.MustSay($"`fast` puts {Words[LaneRows.Narrow]} in, with {LaneRows.NarrowBits} bits each. Its activations have 9 bits, and the upper {LaneRows.NarrowBits - ActivationTable.IndexShift} bits of a sum");
        Assert.AreEqual(9, 1 + (int)Math.Log2(ActivationTable.TanhOne + 1));
    }

    [TestMethod]
    public void TheNumbersOfSafetyAreTheCodes() =>
        Design.MustSay($"a sensor that says something impossible for {new BoardSettings().SensorFaultMs / 1000} second");

    [TestMethod]
    public void TheNumbersOfTurboAreTheCodes()
    {
        Design.MustSay($"for all golden vectors and for {Trial.Vectors} others");
        Design.MustSay($"once it has worked for {TurboGuard.TrialPeriods} periods. After {Words[TurboGuard.MaxStarts]} starts that ended too soon");
        Design.MustSay($"{char.ToUpperInvariant(Words[TurboCompiler.MaxImages][0])}{Words[TurboCompiler.MaxImages][1..]} shapes from one start to the next are the most.");
        Design.MustSay(string.Create(CultureInfo.InvariantCulture, $"at most {CodePlan.MaxImageBytes:N0} bytes of byte code"));
    }
}
