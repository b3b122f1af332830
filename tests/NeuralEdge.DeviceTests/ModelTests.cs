using nanoFramework.TestFramework;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.DeviceTests
{
    /// <summary>The factory model on whatever runs these tests: desktop, virtual device or board.</summary>
    [TestClass]
    public class ModelTests
    {
        [TestMethod]
        public void FactoryModelIsAcceptedAndPassesItsGoldenVectors()
        {
            Model model = ReadFactoryModel();
            GoldenTest test = new GoldenTest(model);
            while (!test.Step())
            {
            }

            Assert.IsTrue(test.Passed);
            Assert.AreEqual(-1, test.FailedVector);
        }

        [TestMethod]
        public void WorkedExampleGivesTheSameIntegersEverywhere()
        {
            // a = 2 and b = 3 are the raw values (2 + 4) * 4096 and (3 + 4) * 4096; 2 tanh 5 - tanh 1 = 1.2382242526.
            Network network = ReadFactoryModel().Network;
            Assert.IsTrue(network.SetInput(0, 24576));
            Assert.IsTrue(network.SetInput(1, 28672));
            network.Forward();
            Assert.AreEqual(332382208, network.Outputs[0]);
        }

        [TestMethod]
        public void InputsOutsideTheirRangeAreLimited()
        {
            Network network = ReadFactoryModel().Network;
            Assert.IsFalse(network.SetInput(0, -1));
            Assert.AreEqual(0, network.GetInput(0));
            Assert.IsFalse(network.SetInput(0, 32769));
            Assert.AreEqual(32768, network.GetInput(0));
        }

        [TestMethod]
        public void DamagedModelIsRefused()
        {
            byte[] file = FactoryModel.GetBytes();
            file[60] ^= 1;
            ModelError error;
            int where;
            Assert.IsNull(ModelReader.Read(file, file.Length, Limits(), out error, out where));
            Assert.AreEqual((int)ModelError.Checksum, (int)error);
        }

        private static Model ReadFactoryModel()
        {
            byte[] file = FactoryModel.GetBytes();
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, Limits(), out error, out where);
            Assert.AreEqual((int)ModelError.None, (int)error);
            return model;
        }

        private static ModelLimits Limits()
        {
            return new ModelLimits(16384, 16, 512, 0, 0xF9);
        }
    }
}
