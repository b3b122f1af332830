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
    [DataRow(Profile.Exact, 300, "a623fe9eaa03d7654237cd6e6a0ee1d5d72b65112f218ade60f34f5ec2a7af63")]
    [DataRow(Profile.Compact, 40, "b8593a41c0837d2c213b2da90618ddfcb43e61157962a4597760692d44a529e6")]
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
