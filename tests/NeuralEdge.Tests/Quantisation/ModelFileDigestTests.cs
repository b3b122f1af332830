using System.Security.Cryptography;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>
/// The same model gives the same file, byte for byte: rounding, certificates and golden vectors of random networks of every
/// activation. A change of these digests changes every model file that anybody makes.
/// </summary>
[TestClass]
public sealed class ModelFileDigestTests
{
    [TestMethod]
    [DataRow(Profile.Exact, 300, "84b1e18f29fbece6b2b14ca1bccf2cdabfe81e7ba65371193dd0642d9db87dfb")]
    [DataRow(Profile.Compact, 40, "bb9a6592cb81db56a1679210412c00b8e5ade0f35987d4125028d6c55680d96a")]
    [DataRow(Profile.Fast, 40, "e528827c9210d545560743bc5b7ed5b07de6a696b4b4c72f5c5ab945b87316cb")]
    public void FilesOfRandomNetworksAreWhatTheyWere(Profile profile, int models, string digest)
    {
        const double Work = 1e5;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int seed = 0; seed < models; seed++)
        {
            ModelTask task = seed % 2 == 0 ? ModelTask.Regression : ModelTask.Classification;
            FloatModel model = Examples.RandomModel(new PortableRandom(seed));
            hash.AppendData(Converter.Convert(new(model, task, Examples.NoBoard, profile, "seed", AcceptError: double.PositiveInfinity, Work: Work)).File.Bytes);
        }

        Assert.AreEqual(digest, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
