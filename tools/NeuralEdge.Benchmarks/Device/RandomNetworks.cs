using System;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>Integer networks to measure: tanh, then a linear last layer, as the naive networks.</summary>
    public static class RandomNetworks
    {
        private const int ExactValues = 65536;
        private const int FastValues = 511;

        /// <summary>Makes a model file of the profile exact and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The model; its network's inputs are set.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model Read(int[] shape)
        {
            Model model = Read(RandomModelFile.Create(shape, 0));
            SetInputs(model.Network, ExactValues);
            return model;
        }

        /// <summary>Makes a model file of the profile fast and reads it, as a board would.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The model, with its golden vector computed; its network's inputs are set.</returns>
        /// <exception cref="OutOfMemoryException">The heap is too small for it.</exception>
        public static Model ReadFast(int[] shape)
        {
            byte[] file = CreateFast(shape);

            // Nobody has set the inputs of this one yet: they are the zeros of the golden vector.
            Network network = Read(file).Network;
            network.Forward();
            RandomModelFile.SetOutputs(file, network.Outputs);
            Model model = Read(file);
            SetInputs(model.Network, FastValues);
            return model;
        }

        /// <summary>Makes the model file that <see cref="ReadFast"/> reads.</summary>
        /// <param name="shape">Number of inputs, then of neurons of each layer.</param>
        /// <returns>The file.</returns>
        public static byte[] CreateFast(int[] shape)
        {
            return RandomModelFile.Create(shape, GetLanes(shape));
        }

        /// <summary>What the inputs of a network of the profile fast are set to.</summary>
        /// <param name="input">The input's number.</param>
        /// <returns>Its raw value.</returns>
        public static int GetFastInput(int input)
        {
            return GetInput(input, FastValues);
        }

        private static Model Read(byte[] file)
        {
            ModelError error;
            int where;
            Model model = ModelReader.Read(file, file.Length, new ModelLimits(65536, 16, 512, 0, 0), out error, out where);
            if (error == ModelError.OutOfMemory)
            {
                throw new OutOfMemoryException();
            }

            return model;
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
