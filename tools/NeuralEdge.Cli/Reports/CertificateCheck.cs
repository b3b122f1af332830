using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Reports;

/// <summary>What "inspect --verify" checks again.</summary>
internal static class CertificateCheck
{
    /// <summary>Refuses a model whose certificate or golden vectors do not hold.</summary>
    internal static void Require(ModelFile file, string path)
    {
        IReadOnlyList<string> faults = Certificate.Verify(file);
        if (faults.Count > 0)
        {
            throw new InputRefusedException($"{path}: {string.Join("; ", faults)}; make the model again with train or import.");
        }

        GoldenTest test = new(file.Model);
        while (!test.Step())
        {
        }

        if (!test.Passed)
        {
            throw new InputRefusedException($"{path}: {ModelErrorText.Describe(ModelError.Golden, test.FailedVector)}.");
        }
    }

    internal static void WriteDone(TextWriter writer)
    {
        writer.WriteLine("verified: the certificate is of this network, every accumulator's worst case was computed again, and every golden vector came out");
        writer.WriteLine("not verified: the error bound, which needs the real network that the file does not hold; train or import prove it anew");
    }
}
