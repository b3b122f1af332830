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
        new ScoreProgram(Console.WriteLine).RunWindows(WindowCase.Examples("tools/examples"));
        break;
    case ["scores", "windows", string text]:
        if (!int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int people) || people < 1)
        {
            Console.Error.WriteLine($"{text} is no seed; give 1 or more.");
            return 1;
        }

        new ScoreProgram(Console.WriteLine).RunWindows(WindowCase.Generated(people));
        break;
    case ["scores", "normal"]:
    case ["scores", "normal", _]:
        int seeds = 5;
        if (args.Length > 2 && (!int.TryParse(args[2], System.Globalization.CultureInfo.InvariantCulture, out seeds) || seeds < 1))
        {
            Console.Error.WriteLine($"{args[2]} is no number of machines; give 1 or more.");
            return 1;
        }

        using (CancellationTokenSource stop = new())
        {
            Console.CancelKeyPress += (_, pressed) =>
            {
                pressed.Cancel = true;
                stop.Cancel();
            };
            try
            {
                new MachineProgram(Console.WriteLine, Console.Error.WriteLine, stop.Token).Run(seeds, work: 1e5);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("Stopped.");
                return 3;
            }
        }

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

return 0;
