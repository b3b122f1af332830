using NeuralEdge.Benchmarks;
using NeuralEdge.Conversion.Export;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Generators.Speed;

/// <summary>The classes that <see cref="ExportedContender"/> runs, made by the code behind <c>neuraledge export</c>.</summary>
internal static class ExportedNetworks
{
    private const string Folder = "tools/NeuralEdge.Benchmarks/Device/";

    /// <summary>Makes the classes that are in the tree.</summary>
    /// <returns>Path below the working copy's root, with forward slashes, and text of each.</returns>
    public static IEnumerable<(string Path, string Text)> Files() =>
        Shapes.GetAll()
            .Where(shape => ExportedContender.Find(Shapes.GetName(shape)) is not null)
            .Select(shape => (Name: $"Exported{string.Join('x', shape)}", Shape: shape))
            .Select(network => ($"{Folder}{network.Name}.g.cs", Export(network.Shape, $"{network.Name}.cs").Text));

    /// <summary>Exports the network that the contender "fast" has for a shape.</summary>
    /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
    /// <param name="path">What the class is called after.</param>
    /// <exception cref="Conversion.InputRefusedException">The code would not fit a method, or the path names no class.</exception>
    public static ExportedCode Export(int[] shape, string path)
    {
        ModelFile file = ModelFile.Parse(RandomNetworks.CreateFast(shape), "random.nedge");
        return CSharpExport.Write(file, "random.nedge", ClassName.Choose(path, null, "NeuralEdge.Benchmarks"));
    }
}
