using System;
using NeuralEdge.DeviceTests;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Integer networks to measure: tanh, then a linear last layer, as the naive networks.</summary>
    public static class RandomNetworks
    {
        /// <summary>Makes a model file of the profile exact and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The network; its inputs are set.</returns>
        public static Network Read(int[] shape)
        {
            return Read(RandomModel.Create(shape, Activation.Tanh, Activation.Linear, 12, 4, 1), 65536);
        }

        /// <summary>Makes a model file of the profile fast and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The network; its inputs are set.</returns>
        public static Network ReadFast(int[] shape)
        {
            // As in a converted network: three outputs share a word only where that saves a word.
            int outputs = shape[shape.Length - 1];
            int lanes = (outputs + 1) / 2 <= (outputs + 2) / 3 ? 2 : 3;
            return Read(RandomModel.CreateFast(shape, Activation.Tanh, Activation.Linear, lanes, 1), 511);
        }

        private static Network Read(byte[] file, int inputValues)
        {
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            if (error == ModelError.OutOfMemory)
            {
                throw new OutOfMemoryException();
            }

            Network network = model.Network;
            for (int i = 0; i < network.InputCount; i++)
            {
                network.SetInput(i, (i * 9973 % inputValues) - (inputValues / 2));
            }

            return network;
        }
    }
}
