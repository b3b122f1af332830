using nanoFramework.TestFramework;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A network's kernels against the plain form of its layers, on whatever runs these tests.</summary>
    [TestClass]
    public class KernelTests
    {
        [TestMethod]
        public void TanhNetworksAreExact()
        {
            Check(new int[] { 2, 2, 1 }, Activation.Tanh, Activation.Linear, 12, 1);
            Check(new int[] { 4, 10, 3 }, Activation.Tanh, Activation.Softmax, 12, 4);
            Check(new int[] { 1, 16, 16, 1 }, Activation.Tanh, Activation.Tanh, 12, 4);
            Check(new int[] { 16, 32, 16, 4 }, Activation.Tanh, Activation.Linear, 12, 1);
        }

        [TestMethod]
        public void OddAndPaddedShapesAreExact()
        {
            Check(new int[] { 3, 5, 7, 9, 11 }, Activation.Tanh, Activation.Linear, 10, 3);
            Check(new int[] { 5, 13, 15, 2 }, Activation.Tanh, Activation.Sigmoid, 12, 1);
            Check(new int[] { 20, 33, 3 }, Activation.Sigmoid, Activation.Linear, 13, 2);
        }

        [TestMethod]
        public void OtherActivationsAreExact()
        {
            Check(new int[] { 6, 8, 5, 2 }, Activation.Relu, Activation.Linear, 15, 2);
            Check(new int[] { 6, 8, 5, 2 }, Activation.LeakyRelu, Activation.Relu, 15, 1);
            Check(new int[] { 6, 8, 5, 2 }, Activation.Linear, Activation.Softmax, 15, 2);
        }

        [TestMethod]
        public void NegativeShiftsAreExact()
        {
            Check(new int[] { 4, 6, 2 }, Activation.Tanh, Activation.Linear, -9, 8);
            Check(new int[] { 4, 6, 2 }, Activation.Sigmoid, Activation.Linear, -2, 1);
        }

        [TestMethod]
        public void WideLayersAreExact()
        {
            Check(new int[] { 65, 3, 1 }, Activation.Tanh, Activation.Linear, 12, 2);
            Check(new int[] { 200, 4 }, Activation.Tanh, Activation.Tanh, 12, 1);
        }

        [TestMethod]
        public void FastNetworksAreExact()
        {
            CheckFast(new int[] { 2, 2, 1 }, Activation.Tanh, Activation.Linear, 2);
            CheckFast(new int[] { 4, 10, 3 }, Activation.Tanh, Activation.Softmax, 3);
            CheckFast(new int[] { 1, 16, 16, 1 }, Activation.Tanh, Activation.Tanh, 2);
            CheckFast(new int[] { 16, 32, 16, 4 }, Activation.Tanh, Activation.Linear, 2);
            CheckFast(new int[] { 3, 5, 7, 9, 11 }, Activation.Sigmoid, Activation.Sigmoid, 3);
            CheckFast(new int[] { 6, 8, 5, 2 }, Activation.Relu, Activation.Relu, 2);
            CheckFast(new int[] { 5, 70, 3 }, Activation.LeakyRelu, Activation.Linear, 3);
        }

        [TestMethod]
        public void WideFastLayersAreExact()
        {
            CheckFast(new int[] { 65, 3, 1 }, Activation.Tanh, Activation.Linear, 2);
            CheckFast(new int[] { 200, 4, 8 }, Activation.Tanh, Activation.Linear, 3);
        }

        private static void CheckFast(int[] shape, Activation hidden, Activation last, int lanes)
        {
            Check(RandomModel.CreateFast(shape, hidden, last, lanes, (uint)shape.Length));
        }

        private static void Check(int[] shape, Activation hidden, Activation last, int shift, int spread)
        {
            Check(RandomModel.Create(shape, hidden, last, shift, spread, (uint)shape.Length));
        }

        [TestMethod]
        public void SaturatingNetworksAreExact()
        {
            Check(RandomModel.CreateSaturating(new int[] { 6, 8, 5, 2 }, Activation.Relu, Activation.Linear, 10, 1));
            Check(RandomModel.CreateSaturating(new int[] { 3, 9, 5 }, Activation.LeakyRelu, Activation.Softmax, 12, 2));
            Check(RandomModel.CreateSaturating(new int[] { 6, 8, 5, 2 }, Activation.Tabulated, Activation.Linear, 12, 3));
            Check(RandomModel.CreateSaturating(new int[] { 70, 3, 1 }, Activation.Tabulated, Activation.Tabulated, 13, 4));
        }

        private static void Check(byte[] file)
        {
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            Assert.AreEqual((int)ModelError.None, (int)error);
            Network network = model.Network;
            for (int r = 0; r < 3; r++)
            {
                for (int i = 0; i < network.InputCount; i++)
                {
                    int span = network.GetInputMaximum(i) - network.GetInputMinimum(i) + 1;
                    network.SetInput(i, network.GetInputMinimum(i) + (((i * 12345) + (r * 23456)) % span));
                }

                network.Forward();
                int[] x = new int[network.InputCount];
                for (int i = 0; i < x.Length; i++)
                {
                    x[i] = network.GetInput(i);
                }

                for (int l = 0; l < network.LayerCount; l++)
                {
                    int[] y = new int[network.GetLayer(l).NeuronCount];
                    network.GetLayer(l).Forward(x, y);
                    x = y;
                }

                for (int o = 0; o < network.OutputCount; o++)
                {
                    Assert.AreEqual(x[o], network.Outputs[o]);
                }
            }
        }
    }
}
