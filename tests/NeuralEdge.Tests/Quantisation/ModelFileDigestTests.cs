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
    [DataRow(Profile.Exact, 300, "81c2424e40ca5f7766a2b67bb2522d99d52642838128dc865c9e39c2bf5abf46")]
    [DataRow(Profile.Compact, 40, "72accddafa5bb84fcab9aba425cb3e5ca230fc487aa7754a4dcd8f6c4c8c4aad")]
    [DataRow(Profile.Fast, 40, "c674e96c36d19125d514bb46cb36ac68cf53154cad03b3b426d66f923ba7672e")]
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
