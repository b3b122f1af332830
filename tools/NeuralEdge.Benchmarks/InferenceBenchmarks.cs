using BenchmarkDotNet.Attributes;

namespace NeuralEdge.Benchmarks;

/// <summary>One inference on the desktop, of every contender of the device's program.</summary>
[MemoryDiagnoser]
public class InferenceBenchmarks
{
    private const int Inferences = 100;

    private readonly Dictionary<string, Contender> _contenders = [];

    /// <summary>Names of the shapes.</summary>
    public static IEnumerable<string> Names => Shapes.GetAll().Select(Shapes.GetName);

    /// <summary>Number of inputs and of neurons of each layer.</summary>
    [ParamsSource(nameof(Names))]
    public string Shape { get; set; } = "";

    /// <summary>Makes all networks.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        int[] shape = [.. Shape.Split('-').Select(int.Parse)];
        foreach (Contender contender in Contenders.Make(null).Where(contender => contender.Prepare(shape)))
        {
            _contenders.Add(contender.Name, contender);
        }
    }

    /// <summary>Floats, flat weights, Math.Tanh.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Inferences)]
    public void Naive() => _contenders["naive"].Run(Inferences);

    /// <summary>Floats, a row of weights for each neuron, Math.Tanh.</summary>
    [Benchmark(OperationsPerInvoke = Inferences)]
    public void NaiveJagged() => _contenders["naive-jagged"].Run(Inferences);

    /// <summary>Integers, the profile exact.</summary>
    [Benchmark(OperationsPerInvoke = Inferences)]
    public void Exact() => _contenders["exact"].Run(Inferences);

    /// <summary>Integers, the profile fast.</summary>
    [Benchmark(OperationsPerInvoke = Inferences)]
    public void Fast() => _contenders["fast"].Run(Inferences);
}
