using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Models;

/// <summary>The sections that only the desktop reads: a hostile file is refused with a sentence, or read without harm.</summary>
[TestClass]
public sealed class HostSectionTests
{
    private static readonly byte[] Sound = Converter.Convert(new(
        Examples.WorkedExample, ModelTask.Regression, Examples.NoBoard, Profile.Exact, "name: worked example")).File.Bytes;

    [TestMethod]
    public void MutatedLabelsAndCertificatesAreRefusedOrRead()
    {
        PortableRandom random = new(5);
        (int At, int Length)[] sections = [Section(ModelFormat.LabelsSection), Section(ModelFormat.CertificateSection), Section(ModelFormat.AboutSection)];
        int read = 0;
        int refused = 0;
        for (int k = 0; k < 20_000; k++)
        {
            byte[] file = (byte[])Sound.Clone();
            (int at, int length) = sections[k % sections.Length];
            for (int m = 1 + random.Next(3); m > 0; m--)
            {
                file[at + random.Next(length)] = random.Next(4) == 0 ? (byte)255 : (byte)random.Next(256);
            }

            ModelBytes.Seal(file);
            try
            {
                ModelFile model = ModelFile.Parse(file, "mutant");
                _ = model.About;
                _ = Certificate.Read(model);
                _ = Certificate.Verify(model);
                int[] raw = model.ToRaw([1e300, -1e300]);
                Assert.IsTrue(raw[0] >= model.Model.Network.GetInputMinimum(0) && raw[0] <= model.Model.Network.GetInputMaximum(0));
                _ = model.ToValues(model.Run(raw));
                read++;
            }
            catch (InputRefusedException e)
            {
                StringAssert.EndsWith(e.Message, ".");
                refused++;
            }
        }

        Assert.IsGreaterThan(1000, read);
        Assert.IsGreaterThan(1000, refused);
    }

    private static (int At, int Length) Section(int id)
    {
        int at = ModelBytes.Find(Sound, id);
        return (at, LittleEndian.ReadInt32(Sound, at - 4));
    }
}
