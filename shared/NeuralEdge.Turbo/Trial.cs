using System;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// Compares compiled code with the planned passes of its network, one vector at each step: the model's golden vectors, then inputs of its own. The
    /// network is the one that runs, so after each step it holds what it held before, and runs its planned passes.
    /// </summary>
    internal sealed class Trial
    {
        /// <summary>Vectors besides the golden ones.</summary>
        internal const int Vectors = 64;

        private readonly Network _network;
        private readonly GoldenVectors _golden;
        private readonly CompiledPass _kernel;
        private readonly TrialInputs _drawn;
        private readonly int[] _inputs;
        private readonly int[] _keptInputs;
        private readonly int[] _keptOutputs;
        private readonly int[] _expected;
        private int _next;

        /// <summary>Prepares a trial.</summary>
        /// <param name="model">A model whose golden vectors its planned passes have passed.</param>
        /// <param name="kernel">The compiled code, attached to the model's network.</param>
        internal Trial(Model model, CompiledPass kernel)
        {
            _network = model.Network;
            _golden = model.Golden;
            _kernel = kernel;
            _drawn = new TrialInputs(_network);
            _inputs = new int[_network.InputCount];
            _keptInputs = new int[_network.InputCount];
            _keptOutputs = new int[_network.OutputCount];
            _expected = new int[_network.OutputCount];
        }

        /// <summary>True when an output was another.</summary>
        internal bool HasFailed { get; private set; }

        /// <summary>Tries one vector.</summary>
        /// <returns>True when the trial has ended, passed or failed.</returns>
        /// <exception cref="Exception">Whatever the compiled code throws.</exception>
        internal bool Step()
        {
            if (HasFailed || _next == _golden.Count + Vectors)
            {
                return true;
            }

            for (int i = 0; i < _inputs.Length; i++)
            {
                _keptInputs[i] = _network.GetInput(i);
            }

            Array.Copy(_network.Outputs, 0, _keptOutputs, 0, _keptOutputs.Length);
            try
            {
                HasFailed = !Passes();
            }
            finally
            {
                _network.Restore();
                _network.SetInputs(_keptInputs, 0);
                Array.Copy(_keptOutputs, 0, _network.Outputs, 0, _keptOutputs.Length);
            }

            _next++;
            return HasFailed || _next == _golden.Count + Vectors;
        }

        private bool Passes()
        {
            int[] outputs = _network.Outputs;
            bool golden = _next < _golden.Count;
            if (!golden)
            {
                _drawn.Draw(_inputs);
            }

            for (int i = 0; i < _inputs.Length; i++)
            {
                _network.SetInput(i, golden ? _golden.GetInput(_next, i) : _inputs[i]);
            }

            _network.Forward();
            for (int i = 0; i < outputs.Length; i++)
            {
                int expected = outputs[i];
                if (golden && expected != _golden.GetOutput(_next, i))
                {
                    return false;
                }

                // An output that the code leaves as it is must not look right.
                _expected[i] = expected;
                outputs[i] = ~expected;
            }

            _kernel.Engage();
            _network.Forward();
            for (int i = 0; i < outputs.Length; i++)
            {
                if (outputs[i] != _expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
