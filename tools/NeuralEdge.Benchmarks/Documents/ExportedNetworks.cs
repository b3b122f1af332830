using NeuralEdge.Conversion.Export;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Benchmarks;

/// <summary>The classes that <see cref="ExportedContender"/> runs, made by the code behind <c>neuraledge export</c>.</summary>
internal static class ExportedNetworks
{
    /// <summary>Makes the files anew.</summary>
    /// <returns>Path below the working copy's root, with forward slashes, and text of each.</returns>
    public static IEnumerable<(string Path, string Text)> Write()
    {
        foreach (int[] shape in ExportedContender.GetShapes())
        {
            string path = $"tools/NeuralEdge.Benchmarks/Device/Exported{string.Join('x', shape)}.cs";
            yield return (path, Export(shape, path).Text);
        }
    }

    /// <summary>Exports the network that the contender "fast" has for a shape.</summary>
    /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
    /// <param name="path">What the class is called after.</param>
    public static ExportedCode Export(int[] shape, string path)
    {
        ModelFile file = ModelFile.Parse(RandomNetworks.CreateFast(shape), "random.nedge");
        return CSharpExport.Write(file, "random.nedge", ClassName.Choose(path, null, "NeuralEdge.Benchmarks"));
    }
}
