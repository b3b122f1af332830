using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>
/// An activation is added: TEMPLATE.cs.txt is compiled as it stands, trained with, turned into integers and certified. What a
/// board would compute stands here, because no board has it.
/// </summary>
[TestClass]
public sealed class ActivationTemplateTests
{
    private const string Template = "tools/NeuralEdge.Conversion/Activations/TEMPLATE.cs.txt";

    private static readonly ActivationFunction HardTanh = Compile<ActivationFunction>("NeuralEdge.Conversion.Activations.HardTanh", File.ReadAllText(Repository.PathOf(Template)));

    [TestMethod]
    public void ItsSlopesLinesAndRangesHold() => ActivationFunctionTests.AssertSound(HardTanh, rounds: 2000);

    [TestMethod]
    public void ATrainedNetworkKeepsToItsCertificate()
    {
        FloatModel model = Train();
        Assert.AreSame(HardTanh, model.Network.Layers[0].Function);
        RawInput[] inputs = Array.ConvertAll(model.Inputs, i => new RawInput(-32768, 32767, (i.Maximum!.Value - i.Minimum!.Value) / 65535, (i.Maximum.Value + i.Minimum.Value) / 2));
        QuantisedNetwork integers = Quantiser.Quantise(model.Network, inputs, Profile.Exact, comparable: false);
        ErrorBound bound = ErrorBound.Find(model.Network, integers, work: 1e7);
        Assert.AreEqual(BoundMethod.Affine, bound.Method);
        PortableRandom random = new(1);
        double largest = 0;
        for (int r = 0; r < 2000; r++)
        {
            int[] raw = Array.ConvertAll(inputs, _ => random.Next(65536) - 32768);
            double[] values = [.. raw.Select((x, i) => inputs[i].Offset + (inputs[i].Scale * x))];
            double error = Math.Abs(Run(integers, raw) - model.Network.Scores(values)[0]);
            Assert.IsTrue(error <= bound.Arithmetic[0], $"{error:R} is more than {bound.Arithmetic[0]:R}");
            largest = Math.Max(largest, error);
        }

        // A bound that nothing comes near would hold without proving anything.
        Assert.IsLessThan(100 * largest, bound.Arithmetic[0]);
    }

    [TestMethod]
    public void ItsCodeGivesTheBoardsIntegersInTheBytesThatItSays()
    {
        Code written = HardTanh.Write(new Code("z", 1), slope: 0);
        object program = Compile<object>("Program", $$"""internal class Program { public static void Run(int z, int[] y) { int v; y[0] = {{written.Text}}; } }""");
        MethodInfo run = program.GetType().GetMethod("Run")!;
        Action<int, int[]> function = run.CreateDelegate<Action<int, int[]>>();
        int[] y = new int[1];
        PortableRandom random = new(2);
        for (int k = 0; k < 10_000; k++)
        {
            int z = random.Next(1 << (3 + random.Next(28))) * (random.Next(2) == 0 ? 1 : -1);
            function(z, y);
            Assert.AreEqual(OnBoard(z), y[0], $"{z}");
        }

        // Four bytes more take the array and the index, store and return.
        Assert.HasCount(written.Bytes + 4, run.GetMethodBody()!.GetILAsByteArray()!);
    }

    // Q15.16 to Q0.15, rounded half up.
    private static int OnBoard(int z) => Math.Clamp((int)((z + 1L) >> 1), -32768, 32768);

    private static double Run(QuantisedNetwork network, int[] raw)
    {
        int[] x = raw;
        for (int l = 0; l < network.Layers.Length; l++)
        {
            int[] given = x;
            x = Array.ConvertAll(network.Layers[l].Neurons, neuron =>
            {
                long sum = neuron.Bias;
                for (int i = 0; i < given.Length; i++)
                {
                    sum += (long)neuron.Weights[i] * given[i];
                }

                int z = (int)(neuron.Shift >= 0 ? sum >> neuron.Shift : Math.Clamp(sum << -neuron.Shift, -int.MaxValue, int.MaxValue));
                return l == 0 ? OnBoard(z) : z;
            });
        }

        return x[0] * network.Layers[^1].Neurons[0].OutputScale;
    }

    private static FloatModel Train()
    {
        PortableRandom random = new(3);
        string rows = string.Concat(Enumerable.Range(0, 300).Select(_ =>
        {
            double a = (4 * random.NextDouble()) - 2;
            double b = (4 * random.NextDouble()) - 2;
            return FormattableString.Invariant($"{a:F4},{b:F4},{Math.Clamp(a + b, -1, 1) + (0.3 * Math.Clamp(a - b, -1, 1)):F4}\n");
        }));
        DataSet data = DataSet.From(Table.Parse("a,b,y\n" + rows, "rows"), ["y"]);
        TrainedModel trained = new Trainer(new Hyperparameters { Hidden = [6], Activation = HardTanh, WorkLimit = 60 }).Train(data);
        FloatModel model = trained.ToFloatModel();

        // The rows bend at the very places where the function does.
        Assert.IsGreaterThan(0.99, Scores.Of(data, model.Network.Scores).Explained[0]);
        return model;
    }

    // Under the name of an assembly that sees internals, as the file does where it is copied to.
    private static T Compile<T>(string type, string source)
    {
        const string Usings = "global using System;";
        string[] assemblies = [typeof(object).Assembly.Location, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"), typeof(ActivationFunction).Assembly.Location, typeof(Networks.Activation).Assembly.Location];
        CSharpCompilation compilation = CSharpCompilation.Create(
            typeof(ActivationTemplateTests).Assembly.GetName().Name,
            [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText(source)],
            assemblies.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Violations.AssertNone($"{type} does not compile", compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        image.Position = 0;
        return (T)Activator.CreateInstance(new AssemblyLoadContext(type).LoadFromStream(image).GetType(type, throwOnError: true)!)!;
    }
}
