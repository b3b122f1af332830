using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Certificates;

[TestClass]
public sealed class CertificateTests
{
    [TestMethod]
    public void TravelsWithTheModelAndIsVerifiedThere()
    {
        ConvertedModel conversion = Examples.Convert(Examples.WorkedExample);
        Certificate? certificate = Certificate.Read(conversion.File);
        Assert.IsNotNull(certificate);
        Assert.IsEmpty(Certificate.Verify(conversion.File));
        CollectionAssert.AreEqual(conversion.File.Sections[ModelFormat.CertificateSection], certificate.Write());
        Assert.IsTrue(certificate.VerifyAgainst(conversion.Model.Network, conversion.Network));
    }

    [TestMethod]
    public void OfTheSameModelIsTheSameToTheLastBit()
    {
        byte[] once = Examples.Convert(MeasuredNetworks.Iris).File.Bytes;
        CollectionAssert.AreEqual(once, Examples.Convert(MeasuredNetworks.Iris).File.Bytes);
    }

    [TestMethod]
    public void OfAnotherNetworkIsNotAccepted()
    {
        ConvertedModel mine = Examples.Convert(Examples.WorkedExample);
        FloatModel other = new(
            new FloatNetwork(new FloatLayer([[1, 1], [-1, 1.0001]], [0, 0], Networks.Activation.Tanh), Examples.WorkedExample.Network.Layers[1]),
            Examples.WorkedExample.Inputs,
            Examples.WorkedExample.Outputs);
        byte[] foreign = Examples.Convert(other).File.Sections[ModelFormat.CertificateSection];
        ModelFile forged = WithCertificate(mine, foreign);
        Assert.IsNotEmpty(Certificate.Verify(forged));
    }

    [TestMethod]
    [DataRow(56, "accumulator")]
    [DataRow(4, "another network")]
    public void DamageIsFoundWhenVerified(int offset, string part)
    {
        ConvertedModel mine = Examples.Convert(Examples.WorkedExample);
        byte[] section = [.. mine.File.Sections[ModelFormat.CertificateSection]];
        section[offset] ^= 1;
        StringAssert.Contains(string.Join(' ', Certificate.Verify(WithCertificate(mine, section))), part);
    }

    [TestMethod]
    public void AnErrorAboveTheBoundIsFoundWhenVerified()
    {
        ConvertedModel mine = Examples.Convert(Examples.WorkedExample);
        Certificate certificate = Certificate.Read(mine.File)!;
        Certificate wrong = certificate with { Observed = [certificate.Bound.Total[0] * 1.01] };
        StringAssert.Contains(string.Join(' ', Certificate.Verify(WithCertificate(mine, wrong.Write()))), "above the bound");
    }

    [TestMethod]
    public void AnErrorThatWasFoundAboveTheBoundIsFoundWhenVerified()
    {
        ConvertedModel mine = Examples.Convert(Examples.WorkedExample);
        Certificate certificate = Certificate.Read(mine.File)!;
        Certificate wrong = certificate with { Found = [certificate.Bound.Total[0] * 1.01] };
        StringAssert.Contains(string.Join(' ', Certificate.Verify(WithCertificate(mine, wrong.Write()))), "was found, above the bound");
    }

    [TestMethod]
    public void AccumulatorsReachTheirWorstCaseToWithinFifteenPercent()
    {
        // Each input stands where its weight makes the sum largest; the worst case is the sum of all magnitudes.
        FloatModel[] models = [Examples.WorkedExample, MeasuredNetworks.Iris];
        foreach (FloatModel model in models)
        {
            IntegerNetwork network = new(Examples.Convert(model).Network);
            long[][] worst = AccumulatorBounds.Of(network.Core);
            AccumulatorTrace trace = new(network.Core);
            for (int n = 0; n < worst[0].Length; n++)
            {
                int sign = network.Core.GetLayer(0).GetBias(n) < 0 ? -1 : 1;
                trace.Run([.. Enumerable.Range(0, network.Core.InputCount).Select(i => sign * network.Core.GetLayer(0).GetWeight(n, i) > 0
                    ? network.Core.GetInputMaximum(i)
                    : network.Core.GetInputMinimum(i))]);
            }

            // Ranges here lie about zero, so that every neuron of the first layer can be driven there.
            for (int n = 0; n < worst[0].Length; n++)
            {
                Assert.IsGreaterThanOrEqualTo(0.85 * worst[0][n], trace.Peaks[0][n], $"neuron {n}");
            }
        }
    }

    private static ModelFile WithCertificate(ConvertedModel conversion, byte[] certificate)
    {
        GoldenVectors golden = conversion.File.Model.Golden;
        List<(int[], int[])> vectors = [];
        for (int v = 0; v < golden.Count; v++)
        {
            int[] raw = [.. Enumerable.Range(0, conversion.Network.Inputs.Length).Select(i => golden.GetInput(v, i))];
            vectors.Add((raw, conversion.File.Run(raw)));
        }

        byte[] bytes = ModelWriter.Write(conversion.Network, null, vectors, conversion.File.Signature, certificate);
        return ModelFile.Parse(bytes, "forged");
    }
}
