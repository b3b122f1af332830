using System.Globalization;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Export;

/// <summary>
/// Writes a network as straight-line C# for nanoFramework, with its weights as constants in the code: for people who build a
/// model into a firmware of their own. It gives the integers of <see cref="Network.Forward"/>, bit for bit.
/// </summary>
/// <remarks>
/// On an interpreter the number of operations is the time. A constant, a local, a multiplication and an addition advance two or
/// three neurons at once; sums stay on the evaluation stack; nothing is loaded from an array but inputs and activations.
/// </remarks>
public static class CSharpExport
{
    /// <summary>Bytes of code that an assembly of nanoFramework holds: its metadata processor refuses more.</summary>
    public const int MaxCodeBytes = 65535;

    /// <summary>Writes the file.</summary>
    /// <param name="file">The model.</param>
    /// <param name="name">What to call the model.</param>
    /// <param name="names">Namespace and name of the class.</param>
    /// <exception cref="InputRefusedException">The code would not fit an assembly.</exception>
    public static ExportedCode Write(ModelFile file, string name, ClassName names)
    {
        Network network = file.Model.Network;
        PackedLayer[] layers = PackedLayer.Pack(network);

        // Before much text is written in vain: constants alone, and the least that is done with each.
        Require(layers.Sum(layer => layer.Rows.Sum(row => row.Words.Where(word => word != 0).Sum(word => 3L + Code.Long(word).Bytes))), name, network);
        ExportClass exported = new(network, layers);
        Require(exported.Bytes, name, network);

        // The same on every system, whichever line ends these sources have there.
        string text = (ExportHeader.Write(file, name) + exported.Write(names)).ReplaceLineEndings("\n");
        return new ExportedCode(text, exported.Bytes, exported.Methods, exported.HeapBytes);
    }

    private static void Require(long bytes, string name, Network network)
    {
        if (bytes > MaxCodeBytes)
        {
            string profile = network.GetLayer(0).LaneCount == 0 ? "the profile fast, " : "";
            throw new InputRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: as code it would take {bytes:N0} bytes or more, and an assembly of nanoFramework holds {MaxCodeBytes:N0}; choose {profile}fewer or narrower layers, or upload the model instead."));
        }
    }
}
