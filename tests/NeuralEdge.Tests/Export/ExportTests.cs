using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NeuralEdge.Conversion.Export;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Tests.DeviceSurface;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Export;

/// <summary>
/// Exported code gives the integers of the network, and fits the platform. NEURALEDGE_EXPORT_NETWORKS=N tries N random networks
/// instead of 100.
/// </summary>
[TestClass]
public sealed class ExportTests
{
    private const int Rows = 8;
    private const int Most = byte.MaxValue;

    private static readonly Lazy<ExportedNetwork[]> Networks = new(() => [.. Wide(), .. DeepAndSparse(), .. Converted(), .. Random()]);

    // For what takes as long as the first compilation.
    private static readonly Lazy<ExportedNetwork[]> Some = new(() => [.. Networks.Value.Where((network, k) => network.IsWide || k % 4 == 0)]);
    private static readonly Lazy<ExportedAssembly> Compiled = new(() => new ExportedAssembly(Networks.Value.Select(network => network.Text)));

    private static readonly Lazy<ExportedAssembly> ForADebugger = new(() => new ExportedAssembly(Some.Value.Select(network => network.Text), optimise: false));

    [TestMethod]
    public void ExportedCodeGivesTheIntegersOfTheNetwork()
    {
        PortableRandom random = new(11);
        Violations.AssertNone("different", Networks.Value.Select(network => network.Differs(Compiled.Value.Forward(network.Name), random, Rows)).OfType<string>());
    }

    // The control: one wrong digit in one constant, which the comparison above has to see.
    [TestMethod]
    public void OneWrongWeightWouldBeSeen()
    {
        PortableRandom random = new(12);
        ExportedAssembly wrong = new(Some.Value.Select(network => WithOneWrongWeight(network.Text, random)));
        int seen = Some.Value.Count(network => IsSeen(network, wrong.Forward(network.Name), random));

        // Saturated neurons and weights that nothing comes of hide some.
        Assert.IsGreaterThan(Some.Value.Length / 3, seen);
    }

    [TestMethod]
    public void SumsWrapAlsoWhereAProjectAsksForChecks()
    {
        PortableRandom random = new(13);
        ExportedAssembly withChecks = new(Some.Value.Select(network => network.Text), checksOverflow: true, nullable: true);
        Violations.AssertNone("different", Some.Value.Select(network => network.Differs(withChecks.Forward(network.Name), random, Rows)).OfType<string>());
        Violations.AssertNone("on the device", Scan(withChecks.Module));
    }

    [TestMethod]
    public void ExportedCodeUsesOnlyWhatTheDeviceHasAndNoFloatingPoint() => Violations.AssertNone("on the device", Scan(Compiled.Value.DeviceModule));

    // The platform's tools cut each of these numbers to what it stores, and say nothing.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void NoMethodIsTooLargeForThePlatform(bool optimise)
    {
        ExportedAssembly assembly = optimise ? Compiled.Value : ForADebugger.Value;
        Violations.AssertNone("too large", assembly.Module.Types.SelectMany(type => type.Methods).SelectMany(TooLarge));
    }

    // The control: one parameter more than a byte counts, and a call that has them all on the stack.
    [TestMethod]
    public void AMethodThatIsTooLargeWouldBeFound()
    {
        string many = string.Join(", ", Enumerable.Range(0, Most + 1).Select(k => $"long x{k}"));
        string zeros = string.Join(", ", Enumerable.Repeat("0", Most + 1));
        ExportedAssembly planted = new([$"internal static class Planted {{ internal static void Many({many}) {{ }} internal static void Call() {{ Many({zeros}); }} }}"]);
        string found = string.Join('\n', planted.Module.Types.SelectMany(type => type.Methods).SelectMany(TooLarge));
        StringAssert.Contains(found, "256 parameters");
        StringAssert.Contains(found, "256 values on the stack");
    }

    [TestMethod]
    public void TheSizeThatIsPromisedIsNeverLessAndHardlyMoreThanTheCompilers()
    {
        List<string> found = [];
        foreach (ExportedNetwork network in Networks.Value)
        {
            // The compiler computes what comes of neurons without inputs.
            int real = SizeOf(Compiled.Value, network.Name);
            if (network.CodeBytes < real || (!network.IsSparse && network.CodeBytes > real + 16 + (real / 50)))
            {
                found.Add($"{network.Description}: {network.CodeBytes} promised, {real} made");
            }
        }

        Violations.AssertNone("wrong sizes", found);
    }

    // A debugger's build is not what goes to a board for good, but it has to fit as well while somebody looks at it.
    [TestMethod]
    public void ADebugBuildIsHardlyLarger()
    {
        foreach (ExportedNetwork network in Some.Value)
        {
            Assert.IsLessThanOrEqualTo(16 + (network.CodeBytes * 11 / 10), SizeOf(ForADebugger.Value, network.Name), network.Description);
        }
    }

    private static IEnumerable<ExportedNetwork> Random()
    {
        PortableRandom random = new(10);
        int count = int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_EXPORT_NETWORKS") ?? "100", CultureInfo.InvariantCulture);
        for (int k = 0; k < count; k++)
        {
            int[] widths = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => KernelTests.Width(random))];
            yield return Export(random, k, widths, k % 2 == 0, random.Next(3) == 0 ? random.NextDouble() : 0);
        }
    }

    // More inputs than a method takes, one output of very many values, and what lies around the limits.
    private static IEnumerable<ExportedNetwork> Wide()
    {
        PortableRandom random = new(14);
        int k = 0;
        foreach (int[] widths in (int[][])
        [
            [240, 4, 2], [241, 4, 2], [300, 7, 3], [512, 5, 3], [3, 300, 4], [2, 500, 1], [1500, 1], [600, 2, 5], [250, 20, 1], [245, 7, 490, 3, 2], [1, 1, 1, 1, 1, 1], [7, 8, 9, 8, 7],
        ])
        {
            yield return Export(random, 10_000 + k, widths, k % 2 == 0, 0);
            yield return Export(random, 20_000 + k, widths, k++ % 2 == 1, 0);
        }
    }

    // Chains of layers with one row, and neurons that only neurons read which nothing reads.
    private static IEnumerable<ExportedNetwork> DeepAndSparse()
    {
        PortableRandom random = new(16);
        int k = 30_000;
        foreach (int width in (int[])[1, 2, 3])
        {
            foreach (int depth in (int[])[10, 40, 120])
            {
                yield return Export(random, k++, [2, .. Enumerable.Repeat(width, depth), 1], k % 2 == 0, 0);
            }
        }

        foreach (int[] widths in (int[][])[[6, 1, 250, 1], [4, 12, 11, 1], [3, 20, 20, 20, 1], [2, 9, 1]])
        {
            foreach (double sparsity in (double[])[0.8, 0.9, 0.97, 0.99, 1])
            {
                yield return Export(random, k++, widths, k % 2 == 0, sparsity);
            }
        }
    }

    // As people have them.
    private static IEnumerable<ExportedNetwork> Converted()
    {
        PortableRandom random = new(15);
        Profile[] profiles = Enum.GetValues<Profile>();
        for (int k = 0; k < 8; k++)
        {
            FloatModel model = TabulatedNetworks.Create(random, 1 + random.Next(12), 1 + random.Next(3));
            yield return new ExportedNetwork(Examples.Convert(model, k % 2 == 0 ? Profile.Exact : Profile.Compact).File.Model.Network, $"Tabulated{k}", "tabulated");
        }

        for (int k = 0; k < 24; k++)
        {
            Profile profile = profiles[k % profiles.Length];
            yield return new ExportedNetwork(Examples.Convert(Examples.RandomModel(random), profile).File.Model.Network, $"Converted{k}", $"converted, {profile}");
        }
    }

    private static ExportedNetwork Export(PortableRandom random, int number, int[] widths, bool inLanes, double sparsity)
    {
        RandomLaneNetwork network = new(random, widths, inLanes: inLanes, sparsity: sparsity);
        return new ExportedNetwork(network.Network, $"N{number}", network.ToString(), sparsity > 0, widths.Any(width => width > Most));
    }

    private static bool IsSeen(ExportedNetwork network, Action<int[], int[]> forward, PortableRandom random)
    {
        try
        {
            return network.Differs(forward, random, Rows) is not null;
        }
        catch (IndexOutOfRangeException)
        {
            // The top lane left its table.
            return true;
        }
    }

    private static string WithOneWrongWeight(string text, PortableRandom random)
    {
        int[] weights = [.. Enumerable.Range(0, text.Length - 2).Where(i => text[i] == 'L' && text[i + 1] == ' ' && text[i + 2] == '*')];
        if (weights.Length == 0)
        {
            return text;
        }

        // Some digit, not the first: that one could become 0.
        int end = weights[random.Next(weights.Length)];
        int length = 1;
        while (char.IsAsciiDigit(text[end - length - 1]))
        {
            length++;
        }

        int at = end - 1 - random.Next(Math.Max(1, length - 1));
        return text[..at] + (char)('0' + ((text[at] - '0' + 5) % 10)) + text[(at + 1)..];
    }

    private static IReadOnlyList<string> Scan(ModuleDefinition module) => new SurfaceScan(refuseMutableStatics: false, refuseFloatingPoint: true).Find(module);

    // A token has 4 bytes here and 2 on a board.
    private static int SizeOf(ExportedAssembly assembly, string name) =>
        assembly.Module.GetType(ClassName.DefaultNamespace, name).Methods.Where(method => method.HasBody).Sum(method =>
            method.Body.CodeSize - (2 * method.Body.Instructions.Count(instruction => instruction.Operand is MemberReference)));

    private static IEnumerable<string> TooLarge(MethodDefinition method)
    {
        if (!method.HasBody)
        {
            yield break;
        }

        if (method.Body.Variables.Count > Most)
        {
            yield return $"{method.Body.Variables.Count} locals of {method.FullName}";
        }

        if (method.Parameters.Count > Most)
        {
            yield return $"{method.Parameters.Count} parameters of {method.FullName}";
        }

        if (method.Body.MaxStackSize > Most)
        {
            yield return $"{method.Body.MaxStackSize} values on the stack of {method.FullName}";
        }

        foreach (Instruction jump in method.Body.Instructions.Where(i => i.Operand is Instruction target && Math.Abs(target.Offset - i.Offset) > short.MaxValue))
        {
            yield return $"a jump from {jump.Offset} in {method.FullName}";
        }
    }
}
