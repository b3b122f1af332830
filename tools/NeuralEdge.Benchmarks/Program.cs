using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;

switch (args)
{
    case ["device"]:
        // What loads compiled code is a board's runtime.
        new DeviceProgram(Console.WriteLine, null).Run();
        break;
    case ["write"]:
        // Called in the working copy's root, as the other commands of the README.
        foreach ((string path, string text) in RatioDocuments.Write(Environment.CurrentDirectory).Concat(ExportedNetworks.Write()))
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
