using System;
using NeuralEdge.Board.Link;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>Inputs that a host puts to the model that runs, and the outputs to them. It allocates once for each model.</summary>
    internal sealed class ModelQuestion : IQuestions
    {
        private static readonly int[] Nothing = new int[0];

        private readonly ControlLoop _loop;

        // Not the model itself: one that no longer runs must not be kept in memory.
        private int _modelCount;
        private int[] _inputs = Nothing;
        private int[] _outputs = Nothing;
        private int[] _kept = Nothing;

        internal ModelQuestion(ControlLoop loop)
        {
            _loop = loop;
        }

        /// <inheritdoc/>
        public int AnswerCount { get; private set; }

        /// <inheritdoc/>
        public bool IsAnswerSaturated { get; private set; }

        /// <inheritdoc/>
        public RequestStatus Set(int index, int raw)
        {
            Network network = _loop.Model.Network;
            if (_modelCount != _loop.ModelCount)
            {
                if (index != 0)
                {
                    // The first part was put to another model.
                    return RequestStatus.BadRequest;
                }

                _inputs = new int[network.InputCount];
                _kept = new int[network.InputCount + network.OutputCount];
                _outputs = new int[network.OutputCount];
                AnswerCount = 0;
                _modelCount = _loop.ModelCount;
            }

            if (raw < network.GetInputMinimum(index) || raw > network.GetInputMaximum(index))
            {
                return RequestStatus.InputRange;
            }

            _inputs[index] = raw;
            return RequestStatus.Ok;
        }

        /// <summary>Frees what belongs to a model that no longer runs: its memory is for the next one.</summary>
        internal void LetGo()
        {
            if (_modelCount != _loop.ModelCount && _inputs.Length > 0)
            {
                AnswerCount = 0;
                _inputs = Nothing;
                _outputs = Nothing;
                _kept = Nothing;
            }
        }

        /// <summary>Has the network answer. It is the one that runs, so what it holds of the last period is put aside and back again.</summary>
        public void Ask()
        {
            Network network = _loop.Model.Network;
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
                IsAnswerSaturated = network.SaturatedCount != 0;
            }
            finally
            {
                network.SetInputs(_kept, 0);
                Array.Copy(_kept, inputs, network.Outputs, 0, outputs);
            }
        }

        /// <inheritdoc/>
        public int GetAnswer(int index)
        {
            return _outputs[index];
        }

        /// <inheritdoc/>
        public void Forget()
        {
            AnswerCount = 0;
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
