using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>What is proven of a model: no accumulator overflows, and no output is farther from the real network than a bound.</summary>
/// <param name="NetworkChecksum">CRC-32 of the network section it belongs to.</param>
/// <param name="Accumulators">Worst[layer][neuron]: the largest magnitude that any partial sum can have.</param>
/// <param name="Bound">The proven bound of the error.</param>
/// <param name="Samples">Rows of values at which the error was looked at.</param>
/// <param name="Observed">For each output, in its unit: the largest error seen at them.</param>
public sealed record Certificate(uint NetworkChecksum, long[][] Accumulators, ErrorBound Bound, int Samples, double[] Observed)
{
    /// <summary>Computes a certificate.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="samples">Rows of values at which the error is looked at besides; those outside the ranges are left out.</param>
    /// <param name="work">See <see cref="ErrorBound.Find"/>.</param>
    public static Certificate Compute(
        FloatNetwork exact, QuantisedNetwork integers, IReadOnlyList<double[]> samples, double work = ErrorBound.DefaultWork)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        ArgumentNullException.ThrowIfNull(samples);
        IntegerNetwork network = new(integers);
        double[] observed = new double[exact.OutputCount];
        int looked = 0;
        foreach (double[] row in samples)
        {
            if (IsInside(integers, row))
            {
                looked++;
                double[] expected = exact.Scores(row);
                double[] actual = network.Scores(network.ToRaw(row));
                for (int o = 0; o < observed.Length; o++)
                {
                    observed[o] = Math.Max(observed[o], Math.Abs(actual[o] - expected[o]));
                }
            }
        }

        byte[] section = ModelWriter.NetworkPayload(integers);
        return new Certificate(
            Checksum.Crc32(section, 0, section.Length), AccumulatorBounds.Of(network.Core), ErrorBound.Find(exact, integers, work), looked, observed);
    }

    /// <summary>The certificate of a model file, null when it has none.</summary>
    /// <param name="file">The model file.</param>
    /// <exception cref="InputRefusedException">The section is damaged.</exception>
    public static Certificate? Read(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return !file.Sections.TryGetValue(ModelFormat.CertificateSection, out byte[]? section)
            ? null
            : CertificateSection.Read(section, file.Model.Network)
                ?? throw new InputRefusedException("the model file's certificate is not as the format says; make the model again with train or import.");
    }

    /// <summary>The payload of the section.</summary>
    public byte[] Write() => CertificateSection.Write(this);

    /// <summary>
    /// Checks again what a model file can prove by itself: that the certificate is of this network, that every accumulator's
    /// worst case is what the integers give and fits 31 bits, and that nothing seen passed what is proven. The error bound
    /// itself needs the real network, which no model file holds; <see cref="VerifyAgainst"/> takes it.
    /// </summary>
    /// <param name="file">The model file.</param>
    /// <returns>What does not hold, one sentence each; empty when all does.</returns>
    public static IReadOnlyList<string> Verify(ModelFile file)
    {
        Certificate? certificate = Read(file);
        if (certificate is null)
        {
            return ["the model has no certificate"];
        }

        List<string> faults = [];
        byte[] section = file.Sections[ModelFormat.NetworkSection];
        if (Checksum.Crc32(section, 0, section.Length) != certificate.NetworkChecksum)
        {
            faults.Add("the certificate belongs to another network");
        }

        long[][] worst = AccumulatorBounds.Of(file.Model.Network);
        for (int l = 0; l < worst.Length; l++)
        {
            for (int n = 0; n < worst[l].Length; n++)
            {
                if (worst[l][n] != certificate.Accumulators[l][n] || worst[l][n] > AccumulatorBounds.Limit(file.Model.Network.GetLayer(l)))
                {
                    faults.Add($"layer {l}, neuron {n}: the accumulator's worst case is {worst[l][n]}, but the certificate says {certificate.Accumulators[l][n]}");
                }
            }
        }

        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            if (!(certificate.Observed[o] <= certificate.Bound.Total[o]))
            {
                faults.Add($"output {o}: an error of {certificate.Observed[o]:g3} was seen, above the bound of {certificate.Bound.Total[o]:g3}");
            }
        }

        return faults;
    }

    /// <summary>Proves the error bound anew from the real network and compares it with the certificate's.</summary>
    /// <param name="exact">The real network the model was made of.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="work">See <see cref="ErrorBound.Find"/>; with the same work the bounds are equal to the last bit.</param>
    /// <returns>True when every bound of the certificate is at least the one proven now.</returns>
    public bool VerifyAgainst(FloatNetwork exact, QuantisedNetwork integers, double work = ErrorBound.DefaultWork)
    {
        byte[] section = ModelWriter.NetworkPayload(integers);
        ErrorBound again = ErrorBound.Find(exact, integers, work);
        return Checksum.Crc32(section, 0, section.Length) == NetworkChecksum
            && Enumerable.Range(0, again.Total.Length).All(o => again.Total[o] <= Bound.Total[o] && again.Arithmetic[o] <= Bound.Arithmetic[o]);
    }

    private static bool IsInside(QuantisedNetwork integers, double[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            RawInput input = integers.Inputs[i];
            double raw = Math.Floor(((row[i] - input.Offset) / input.Scale) + 0.5);
            if (!(raw >= input.Minimum && raw <= input.Maximum))
            {
                return false;
            }
        }

        return true;
    }
}
