using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;

if (args is ["device"])
{
    DeviceProgram.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(InferenceBenchmarks).Assembly).Run(args);
