using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>What the desktop knows of an activation is right, and stands in one place.</summary>
[TestClass]
public sealed partial class ActivationFunctionTests
{
    // Those that read foreign files name the activations that foreign operators are; a maintainer's generator names one network.
    private static readonly string[] Elsewhere =
    [
        "tools/NeuralEdge.Learning/Import/Onnx/", "tools/NeuralEdge.Learning/Import/TfLite/", "tools/NeuralEdge.Learning/Import/Fann/", "tools/NeuralEdge.Learning/Import/Keras/",
        "tools/NeuralEdge.Learning/Import/Folding/", "tools/NeuralEdge.Generators/", "tools/NeuralEdge.Benchmarks/",
    ];

    [TestMethod]
    public void EveryCodeOfTheBoardHasOneFunctionWithANameOfItsOwn()
    {
        CollectionAssert.AreEqual(Enum.GetValues<Activation>()[..^1], ActivationFunction.All.Select(f => f.Activation).ToArray());
        Assert.AreEqual(Activation.Tabulated, Enum.GetValues<Activation>()[^1]);
        Assert.AreEqual("tabulated", ActivationFunction.Of(Activation.Tabulated).Name);
        CollectionAssert.AllItemsAreUnique(ActivationFunction.All.Select(f => f.Name).ToArray());
        foreach (ActivationFunction function in ActivationFunction.All)
        {
            Assert.AreSame(function, ActivationFunction.Named(function.Name));
            Assert.AreSame(function, ActivationFunction.Of(function.Activation));
        }

        Assert.AreEqual("tanh, sigmoid, relu, leaky_relu or linear", ActivationFunction.ChoiceOfHiddenLayers);
    }

    [TestMethod]
    public void ACodeThatNobodyKnowsIsAnError() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ActivationFunction.Of((Activation)200));

    [TestMethod]
    public void SlopesLinesAndRangesHoldWhereverTheyAreAsked()
    {
        foreach (ActivationFunction function in ActivationFunction.All)
        {
            AssertSound(function, rounds: 2000);
        }
    }

    [TestMethod]
    public void OutsideItsClassNoActivationIsNamedOnTheDesktop()
    {
        // What a layer has by default, and what the last layer of a trained network has.
        string[] allowed = ["tools/NeuralEdge.Learning/Training/Hyperparameters.cs", "tools/NeuralEdge.Learning/Training/Trainer.cs"];
        Regex any = new($@"\bActivation\.({string.Join('|', Enum.GetNames<Activation>())})\b");
        IEnumerable<string> named = Sources("tools").Where(file => any.IsMatch(CodeOf(file)))
            .Where(file => !file.StartsWith("tools/NeuralEdge.Conversion/Activations/", StringComparison.Ordinal));
        Violations.AssertNone("These name an activation", named.Except(allowed));
    }

    [TestMethod]
    public void AnActivationTouchesFiveFiles()
    {
        string[] expected =
        [
            "shared/NeuralEdge/Models/LayerReader.cs",
            "shared/NeuralEdge.Networks/Networks/Activation.cs",
            "shared/NeuralEdge.Networks/Networks/ActivationTable.cs",
            "shared/NeuralEdge.Networks/Networks/Activations.cs",
            "tools/NeuralEdge.Conversion/Activations/LeakyRelu.cs",
        ];

        // Its code, wherever it is written or given its number.
        string[] touched = [.. Sources("shared").Concat(Sources("tools")).Where(file => Regex.IsMatch(CodeOf(file), @"\bActivation\.LeakyRelu\b|\bLeakyRelu = "))];
        CollectionAssert.AreEquivalent(expected, touched);
    }

    /// <summary>Claims that slopes, lines, ranges and the derivative are those of the function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="rounds">How many ranges to look at.</param>
    /// <param name="rises">False for a function that may fall.</param>
    internal static void AssertSound(ActivationFunction function, int rounds, bool rises = true)
    {
        // Ranges of every width: chords of tanh are flat far out, and touch twice around zero.
        PortableRandom random = new(function.Name.Length);
        for (int round = 0; round < rounds; round++)
        {
            double width = Math.Pow(10, (random.NextDouble() * 6) - 4);
            double low = ((2 * random.NextDouble()) - 1) * Math.Pow(10, (random.NextDouble() * 3) - 1);
            double high = low + width;
            double slope = random.NextDouble();
            (double least, double most) = function.Slopes(low, high, slope);
            (double s, double offset, double radius) = function.Line(low, high, slope);
            (double rangeLow, double rangeHigh) = function.Range(low, high, slope);
            string where = $"{function.Name} between {low:R} and {high:R}, slope {slope:R}";
            double before = double.NegativeInfinity;
            for (int p = 0; p <= 20; p++)
            {
                double z = Math.Min(high, low + ((high - low) * p / 20));
                double y = function.Evaluate(z, slope);
                Assert.IsTrue(y >= before || !rises, $"{where}: falls at {z:R}");
                Assert.IsTrue(y >= rangeLow && y <= rangeHigh, $"{where}: {y:R} is not in {rangeLow:R}..{rangeHigh:R}");

                // Double's own rounding of this very sum is not what the radius stands for.
                double rounding = 1e-15 * (Math.Abs(s * z) + Math.Abs(offset) + Math.Abs(y));
                Assert.IsTrue(Math.Abs(y - ((s * z) + offset)) <= radius + rounding, $"{where}: the line is {y - ((s * z) + offset):R} off at {z:R}, more than {radius:R}");
                double derivative = function.Derivative(z, y, slope);
                Assert.IsTrue(derivative >= least - 1e-12 && derivative <= most + 1e-12, $"{where}: the derivative {derivative:R} at {z:R} is not in {least:R}..{most:R}");
                AssertDerivative(function, z, slope, derivative);
                before = y;
            }
        }
    }

    // At a kink the derivative is that of either side, and the quotient something between.
    private static void AssertDerivative(ActivationFunction function, double z, double slope, double derivative)
    {
        const double Step = 1e-5;
        double left = (function.Evaluate(z, slope) - function.Evaluate(z - Step, slope)) / Step;
        double right = (function.Evaluate(z + Step, slope) - function.Evaluate(z, slope)) / Step;
        double nearest = Math.Min(Math.Abs(left - derivative), Math.Abs(right - derivative));
        Assert.IsTrue(nearest < 1e-4, $"{function.Name}: the derivative at {z:R} is given as {derivative:R}, and is {left:R} or {right:R}");
    }

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin") && !Array.Exists(Elsewhere, other => file.StartsWith(other, StringComparison.Ordinal)));

    private static string CodeOf(string file) => Comment().Replace(File.ReadAllText(Repository.PathOf(file)), "");

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
