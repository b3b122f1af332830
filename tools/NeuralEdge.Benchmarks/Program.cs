using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;

switch (args)
{
    case ["device"]:
        new DeviceProgram(Console.WriteLine).Run();
        break;
    case ["documents"]:
        // Called in the working copy's root, as the other commands of the README.
        foreach ((string path, string text) in RatioDocuments.Write(Environment.CurrentDirectory))
        {
            File.WriteAllText(path, text);
            Console.WriteLine(path);
        }

        break;
    default:
        // Its reports go where all other output goes.
        BenchmarkSwitcher.FromAssembly(typeof(InferenceBenchmarks).Assembly)
            .Run(args, DefaultConfig.Instance.WithArtifactsPath(".artifacts/benchmarks"));
        break;
}
