using System.Security.Cryptography;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>
/// The same model gives the same file, byte for byte: rounding, certificates and golden vectors of random networks of every
/// activation, as version 0.1.0 wrote them. A change of these digests changes every model file that anybody makes.
/// </summary>
[TestClass]
public sealed class ModelFileDigestTests
{
    [TestMethod]
    [DataRow(Profile.Exact, 300, "946a3aadbd4a6e1a87cb9ae6ceb43259362bfe92848ac4644fe6dfc3bc880ef3")]
    [DataRow(Profile.Compact, 40, "c93cc638c4445ff7a85f7a3bcd2b57a1fb1f1fce2f8a9aceb3e84e3872f4bac8")]
    [DataRow(Profile.Fast, 40, "31997461d75e3981ac86e15c52c979c1789064797d6cfeb6791cf5739b435a4b")]
    public void FilesOfRandomNetworksAreWhatTheyWere(Profile profile, int models, string digest)
    {
        const double Work = 1e5;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int seed = 0; seed < models; seed++)
        {
            ModelTask task = seed % 2 == 0 ? ModelTask.Regression : ModelTask.Classification;
            FloatModel model = Examples.RandomModel(new PortableRandom(seed));
            hash.AppendData(Converter.Convert(new(model, task, Examples.NoBoard, profile, "seed", Work: Work)).File.Bytes);
        }

        Assert.AreEqual(digest, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
