using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Generators.Factory;
using NeuralEdge.Generators.Kernels;
using NeuralEdge.Generators.Pictures;
using NeuralEdge.Generators.Speed;
using NeuralEdge.Generators.Tables;

namespace NeuralEdge.Generators;

/// <summary>Writes what is generated in this repository again, or says which of it is not what would be written.</summary>
internal static class Program
{
    private const string Usage =
        """
        Usage, in the folder of NeuralEdge.sln:
          dotnet run --project tools/NeuralEdge.Generators                          writes all generated files
          dotnet run --project tools/NeuralEdge.Generators -- --check               compares them
          dotnet run --project tools/NeuralEdge.Generators -- export SHAPE FILE.cs  writes a network to measure, SHAPE such as 16,32,16,4
        """;

    /// <summary>Path, below the folder of NeuralEdge.sln, and text of every generated file.</summary>
    /// <param name="root">That folder.</param>
    internal static IEnumerable<(string Path, string Text)> GeneratedFiles(string root) =>
    [
        (TableSources.TanhPath, TableSources.Tanh()),
        (TableSources.ExponentialPath, TableSources.OfExponential()),
        .. TableDocuments.Files(),
        .. GestureTables.Files(),
        (FactoryModelSource.Path, FactoryModelSource.Write()),
        .. KernelSource.Files(),
        (GreenhousePicture.Path, GreenhousePicture.Write(root)),
        .. ExportedNetworks.Files(),
        .. RatioDocuments.Write(root),
    ];

    private static int Main(string[] args)
    {
        switch (args)
        {
            case [] or ["--check"] or ["export", _, _] when !File.Exists("NeuralEdge.sln"):
                Console.Error.WriteLine("There is no NeuralEdge.sln here; run this in the folder of NeuralEdge.sln.");
                return 2;
            case []:
                return WriteAll();
            case ["--check"]:
                return Check();
            case ["export", var shape, var path]:
                return Export(shape, path);
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }

    private static int WriteAll()
    {
        foreach ((string path, string text) in Different())
        {
            File.WriteAllText(path, text);
            Console.Out.WriteLine($"{path} written");
        }

        return 0;
    }

    private static int Check()
    {
        int different = 0;
        foreach ((string path, _) in Different())
        {
            different++;
            Console.Error.WriteLine($"{path} is not what would be written");
        }

        Console.Out.WriteLine(different == 0 ? "All generated files are what would be written." : $"{different} differ.");
        return different == 0 ? 0 : 2;
    }

    private static IEnumerable<(string Path, string Text)> Different() =>
        GeneratedFiles(".").Where(file => !File.Exists(file.Path) || File.ReadAllText(file.Path).ReplaceLineEndings("\n") != file.Text);

    private static int Export(string text, string path)
    {
        int[] shape = [.. text.Split(',').Select(width => int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0)];
        if (shape.Length < 2 || shape.Any(width => width is < 1 or > 512))
        {
            Console.Error.WriteLine($"{text} is no shape; write the numbers of inputs and of neurons of each layer, 1 to 512, with commas between them.");
            return 1;
        }

        try
        {
            File.WriteAllText(path, ExportedNetworks.Export(shape, path).Text);
            Console.Out.WriteLine($"{path} written");
            return 0;
        }
        catch (Exception e) when (e is InputRefusedException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}
