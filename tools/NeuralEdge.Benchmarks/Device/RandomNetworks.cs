using NeuralEdge.DeviceTests;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Integer networks to measure: tanh, then a linear last layer, as the naive network.</summary>
    public static class RandomNetworks
    {
        /// <summary>Makes a model file of a shape and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The network; its inputs are set.</returns>
        public static Network Read(int[] shape)
        {
            byte[] file = RandomModel.Create(shape, Activation.Tanh, Activation.Linear, 12, 4, 1);
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            for (int i = 0; i < shape[0]; i++)
            {
                model.Network.SetInput(i, (i * 9973 % 65536) - 32768);
            }

            return model.Network;
        }
    }
}
