using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
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

    internal const string NotProven = "not verified: the error bound, which needs the real network that the file does not hold; give it with --reference FILE";

    /// <summary>Has the independent checker prove the bound of every input from the real network.</summary>
    /// <returns>A line that says what was checked.</returns>
    internal static string Prove(
        ModelFile file, string path, FloatNetwork exact, string reference, IProgress<ConversionProgress> progress, CancellationToken cancellation)
    {
        Certificate certificate = Certificate.Read(file)!;
        ErrorBound bound = certificate.Bound;
        if (file.Layers.Any(layer => layer.LaneCount > 0))
        {
            return "not verified: the error bound; the independent checker does not know the profile fast";
        }

        if (bound.Method == BoundMethod.Enumeration)
        {
            return "not verified: the error bound, which was found by trying every raw input; the independent checker knows boxes only";
        }

        try
        {
            return new ProofCheck(exact, RebuiltNetwork.From(file, exact)).Whole(bound, progress, cancellation) is string fault
                ? throw new InputRefusedException($"{path}: its error bound is not proven from {reference}: {fault}; give the network that the model was made of, or make the model again with train or import.")
                : $"proven anew: an independent checker found the error bound to hold for every input, box by box, from {reference}{ReachOf(file, certificate)}";
        }
        catch (NotSupportedException e)
        {
            return $"not verified: the error bound; {e.Message}";
        }
    }

    // The checker knows networks; how far features can be from real ones it is told.
    private static string ReachOf(ModelFile file, Certificate certificate) => certificate.IsFromSamples ? "; how far features are off it takes as given"
        : file.HasWindows ? "; from the features on, as the certificate says nothing of what these are off by" : "";

    internal static void WriteDone(TextWriter writer, ModelFile file, string proof)
    {
        string windows = Certificate.Read(file)!.IsFromSamples ? " and of its windows" : "";
        string tests = file.HasWindows ? " and every test window" : "";
        writer.WriteLine($"verified: the certificate is of this network{windows}, every accumulator's worst case was computed again, and every golden vector{tests} came out");
        writer.WriteLine(proof);
    }
}
