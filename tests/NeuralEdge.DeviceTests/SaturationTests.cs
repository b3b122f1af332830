using nanoFramework.TestFramework;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Networks of arithmetic 2: the integers and the flags that the desktop has recorded.</summary>
    [TestClass]
    public class SaturationTests
    {
        [TestMethod]
        public void ACeilingGivesTheRecordedIntegersAndFlags()
        {
            Check(
                RandomModel.CreateSaturating(new int[] { 6, 8, 5, 2 }, Activation.Relu, Activation.Linear, 10, 1),
                new int[]
                {
                    8410422, 97215016, 6,
                    -76357807, 7859407, 2,
                    -24170826, 96860872, 6,
                    43019281, 175100472, 3,
                    1459638, 97139464, 6,
                });
        }

        [TestMethod]
        public void ATabulatedLayerGivesTheRecordedIntegersAndFlags()
        {
            Check(
                RandomModel.CreateSaturating(new int[] { 6, 8, 5, 2 }, Activation.Tabulated, Activation.Linear, 12, 3),
                new int[]
                {
                    23761360, 2437495, 1,
                    17428840, 9904170, 0,
                    18256628, 9087796, 0,
                    25148567, 1869431, 2,
                    17171204, 9289581, 0,
                });
        }

        [TestMethod]
        public void ATabulatedLastLayerGivesTheRecordedIntegersAndFlags()
        {
            Check(
                RandomModel.CreateSaturating(new int[] { 4, 7, 2 }, Activation.Tabulated, Activation.Tabulated, 13, 4),
                new int[]
                {
                    -2907, -3046, 1,
                    -2953, -3051, 0,
                    -3016, -3031, 0,
                    -2981, -3058, 0,
                    -2998, -3025, 0,
                });
        }

        // Two outputs and the number of values that met their ceiling, for inputs from one end of their ranges to the other.
        private static void Check(byte[] file, int[] recorded)
        {
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            Assert.AreEqual((int)ModelError.None, (int)error);
            Network network = model.Network;
            for (int r = 0; 3 * r < recorded.Length; r++)
            {
                for (int i = 0; i < network.InputCount; i++)
                {
                    network.SetInput(i, -32768 + (((r * 16384) + (i * r * 5000)) % 65537));
                }

                network.Forward();
                Assert.AreEqual(recorded[3 * r], network.Outputs[0]);
                Assert.AreEqual(recorded[(3 * r) + 1], network.Outputs[1]);
                Assert.AreEqual(recorded[(3 * r) + 2], network.SaturatedCount);
            }
        }
    }
}
