using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;
using NeuralEdge.Benchmarks.Scoring;

switch (args)
{
    case ["device"]:
        // What loads compiled code is a board's runtime.
        DeviceProgram program = new(Console.WriteLine, null);
        program.Run();
        program.RunLooks();
        break;
    case ["scores"]:
        new ScoreProgram(Console.WriteLine).RunTables("tools/examples", new Dictionary<string, string[]> { ["greenhouse.csv"] = ["water", "shade"] });
        break;
    case ["scores", "drift", .. string[] seeds]:
        new ScoreProgram(Console.WriteLine).RunDrift(seeds.Length == 0 ? 20 : int.Parse(seeds[0], System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["scores", string folder]:
        new ScoreProgram(Console.WriteLine).RunTables(folder);
        break;
    default:
        // Its reports go where all other output goes.
        BenchmarkSwitcher.FromAssembly(typeof(InferenceBenchmarks).Assembly)
            .Run(args, DefaultConfig.Instance.WithArtifactsPath(".artifacts/benchmarks"));
        break;
}
