using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;

switch (args)
{
    case ["device"]:
        // What loads compiled code is a board's runtime.
        new DeviceProgram(Console.WriteLine, null).Run();
        break;
    default:
        // Its reports go where all other output goes.
        BenchmarkSwitcher.FromAssembly(typeof(InferenceBenchmarks).Assembly)
            .Run(args, DefaultConfig.Instance.WithArtifactsPath(".artifacts/benchmarks"));
        break;
}
