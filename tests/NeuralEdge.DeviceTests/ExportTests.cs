using nanoFramework.TestFramework;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Networks written as code give the integers of the kernels on this device too.</summary>
    [TestClass]
    public class ExportTests
    {
        private const int Rows = 20;

        private delegate void Inference(int[] inputs, int[] outputs);

        /// <summary>Activations by table, layers that call each other.</summary>
        [TestMethod]
        public void ANetworkOfTheProfileFastDoes()
        {
            byte[] model = RandomModel.CreateFast(new int[] { 3, 9, 8, 2 }, Activation.Tanh, Activation.Linear, 2, 1);
            Compare(model, ExportedFast.Forward, 300);
        }

        /// <summary>Two neurons in a word, tanh and sigmoid computed.</summary>
        [TestMethod]
        public void ANetworkOfTheProfileExactDoes()
        {
            byte[] model = RandomModel.Create(new int[] { 3, 9, 2 }, Activation.Tanh, Activation.Sigmoid, 12, 4, 1);
            Compare(model, ExportedExact.Forward, 40000);
        }

        /// <summary>Compares outputs for inputs of which some are outside of their ranges.</summary>
        private static void Compare(byte[] file, Inference exported, int range)
        {
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(4096, 4, 16, 0, 0), out ModelError error, out int where);
            Assert.AreEqual((int)ModelError.None, (int)error);
            Network network = model.Network;
            int[] inputs = new int[network.InputCount];
            int[] outputs = new int[network.OutputCount];
            uint seed = 1;
            for (int row = 0; row < Rows; row++)
            {
                for (int i = 0; i < inputs.Length; i++)
                {
                    seed = (seed * 1664525u) + 1013904223u;
                    inputs[i] = (int)((seed >> 8) % (uint)((2 * range) + 1)) - range;
                }

                network.SetInputs(inputs, 0);
                network.Forward();
                exported(inputs, outputs);
                for (int o = 0; o < outputs.Length; o++)
                {
                    Assert.AreEqual(network.Outputs[o], outputs[o]);
                }
            }
        }
    }
}
