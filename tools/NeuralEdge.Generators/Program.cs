using NeuralEdge.Generators.Factory;
using NeuralEdge.Generators.Kernels;
using NeuralEdge.Generators.Pictures;
using NeuralEdge.Generators.Tables;

namespace NeuralEdge.Generators;

/// <summary>Writes the generated files again, or says which of them are not what would be written.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not ([] or ["--check"]))
        {
            Console.Error.WriteLine("Usage: dotnet run --project tools/NeuralEdge.Generators [-- --check], in the folder of NeuralEdge.sln.");
            return 1;
        }

        int different = 0;
        foreach ((string path, string text) in GeneratedFiles())
        {
            if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                Console.Error.WriteLine($"There is no folder of {path} here; run this in the folder of NeuralEdge.sln.");
                return 2;
            }

            if (File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == text)
            {
                continue;
            }

            different++;
            if (args.Length == 0)
            {
                File.WriteAllText(path, text);
            }

            Console.Out.WriteLine($"{path} {(args.Length == 0 ? "written" : "is not what would be written")}");
        }

        Console.Out.WriteLine(different == 0 ? "All generated files are what would be written." : $"{different} differ.");
        return args.Length > 0 && different > 0 ? 2 : 0;
    }

    /// <summary>Path, below the folder of NeuralEdge.sln, and text of every generated file.</summary>
    internal static IEnumerable<(string Path, string Text)> GeneratedFiles() =>
    [
        (TableSources.TanhPath, TableSources.Tanh()),
        (TableSources.ExponentialPath, TableSources.OfExponential()),
        .. TableDocuments.Files(),
        (FactoryModelSource.Path, FactoryModelSource.Write()),
        .. KernelSource.Files(),
        (GreenhousePicture.Path, GreenhousePicture.Write(".")),
    ];
}
