using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>Inputs that a host puts to the model that runs, and the outputs to them. It allocates once for each model.</summary>
    internal sealed class ModelQuestion
    {
        private Model _model;
        private int[] _inputs = new int[0];
        private int[] _outputs = new int[0];
        private int[] _kept = new int[0];

        /// <summary>Number of outputs of the last answer; 0 when there is none.</summary>
        internal int AnswerCount { get; private set; }

        /// <summary>Takes one input.</summary>
        /// <param name="model">The model that runs.</param>
        /// <param name="index">Which input; 0 begins a question.</param>
        /// <param name="raw">Its raw value.</param>
        /// <returns>Whether the value is in the input's range, and the question is one to this model.</returns>
        internal LinkStatus Set(Model model, int index, int raw)
        {
            Network network = model.Network;
            if (_model != model)
            {
                if (index != 0)
                {
                    // The first part was put to another model.
                    return LinkStatus.BadRequest;
                }

                _inputs = new int[network.InputCount];
                _kept = new int[network.InputCount + network.OutputCount];
                _outputs = new int[network.OutputCount];
                AnswerCount = 0;
                _model = model;
            }

            if (raw < network.GetInputMinimum(index) || raw > network.GetInputMaximum(index))
            {
                return LinkStatus.InputRange;
            }

            _inputs[index] = raw;
            return LinkStatus.Ok;
        }

        /// <summary>Has the network answer. It is the one that runs, so what it holds of the last period is put aside and back again.</summary>
        /// <param name="network">The network of the model that all inputs were put to.</param>
        internal void Put(Network network)
        {
            int inputs = network.InputCount;
            int outputs = network.OutputCount;
            for (int i = 0; i < inputs; i++)
            {
                _kept[i] = network.GetInput(i);
            }

            Array.Copy(network.Outputs, 0, _kept, inputs, outputs);
            try
            {
                network.SetInputs(_inputs, 0);
                Compute(network);
                Array.Copy(network.Outputs, 0, _outputs, 0, outputs);
                AnswerCount = outputs;
            }
            finally
            {
                network.SetInputs(_kept, 0);
                Array.Copy(_kept, inputs, network.Outputs, 0, outputs);
            }
        }

        /// <summary>An output of the last answer.</summary>
        /// <param name="index">Which output.</param>
        /// <returns>Its raw value.</returns>
        internal int GetAnswer(int index)
        {
            return _outputs[index];
        }

        private static void Compute(Network network)
        {
            try
            {
                network.Forward();
            }
            catch (Exception)
            {
                if (!network.ForwardAsPlanned())
                {
                    throw;
                }
            }
        }
    }
}
