using BenchmarkDotNet.Attributes;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks;

/// <summary>One inference on the desktop, beside the naive float network.</summary>
[MemoryDiagnoser]
public class InferenceBenchmarks
{
    private NaiveNetwork _naive;
    private Network _network;

    /// <summary>Names of the shapes.</summary>
    public static IEnumerable<string> Names => Shapes.GetAll().Select(Shapes.GetName);

    /// <summary>Number of inputs and of neurons of each layer.</summary>
    [ParamsSource(nameof(Names))]
    public string Shape { get; set; } = "";

    /// <summary>Makes both networks.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        int[] shape = [.. Shape.Split('-').Select(int.Parse)];
        _naive = new NaiveNetwork(shape);
        _network = RandomNetworks.Read(shape);
    }

    /// <summary>Floats, two loops, Math.Tanh.</summary>
    [Benchmark(Baseline = true)]
    public float NaiveFloat() => _naive.Forward();

    /// <summary>Integers, the kernels of the core.</summary>
    [Benchmark]
    public int Exact()
    {
        _network.Forward();
        return _network.Outputs[0];
    }
}
