using System;
using NeuralEdge.DeviceTests;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Integer networks to measure: tanh, then a linear last layer, as the naive networks.</summary>
    public static class RandomNetworks
    {
        private const uint Seed = 1;
        private const int ExactValues = 65536;
        private const int FastValues = 511;

        /// <summary>Makes a model file of the profile exact and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The model; its network's inputs are set.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model Read(int[] shape)
        {
            Model model = RandomModel.Read(RandomModel.Create(shape, Activation.Tanh, Activation.Linear, 12, 4, Seed));
            SetInputs(model.Network, ExactValues);
            return model;
        }

        /// <summary>Makes a model file of the profile fast and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The model, with its golden vector computed; its network's inputs are set.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model ReadFast(int[] shape)
        {
            Model model = RandomModel.ReadFast(shape, Activation.Tanh, Activation.Linear, GetLanes(shape), Seed, 0);
            SetInputs(model.Network, FastValues);
            return model;
        }

        /// <summary>Makes the model file that <see cref="ReadFast"/> reads.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The file.</returns>
        public static byte[] CreateFast(int[] shape)
        {
            return RandomModel.CreateFast(shape, Activation.Tanh, Activation.Linear, GetLanes(shape), Seed);
        }

        /// <summary>What the inputs of a network of the profile fast are set to.</summary>
        /// <param name="input">The input's number.</param>
        /// <returns>Its raw value.</returns>
        public static int GetFastInput(int input)
        {
            return GetInput(input, FastValues);
        }

        // As in a converted network: three outputs share a word only where that saves a word.
        private static int GetLanes(int[] shape)
        {
            int outputs = shape[shape.Length - 1];
            return (outputs + 1) / 2 <= (outputs + 2) / 3 ? 2 : 3;
        }

        private static void SetInputs(Network network, int values)
        {
            for (int i = 0; i < network.InputCount; i++)
            {
                network.SetInput(i, GetInput(i, values));
            }
        }

        private static int GetInput(int input, int values)
        {
            return (input * 9973 % values) - (values / 2);
        }
    }
}
