using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using NeuralEdge.Benchmarks;
using NeuralEdge.Benchmarks.Scoring;
using NeuralEdge.Learning.Training;

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
    case ["scores", "drift", .. string[] rest]:
        new ScoreProgram(Console.WriteLine).RunDrift(
            rest.Length > 0 && rest[0] != "auto" ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 20,
            rest.Contains("auto") ? new Hyperparameters() : ScoreProgram.Quick);
        break;
    case ["scores", "windows"]:
        new ScoreProgram(Console.WriteLine).RunWindows("tools/examples");
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
