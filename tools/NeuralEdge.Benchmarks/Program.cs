using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;

if (args is ["device"])
{
    new DeviceProgram(Console.WriteLine).Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(InferenceBenchmarks).Assembly).Run(args);
