using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// From a network's outputs to pins: one <see cref="OutputRule"/> per bound output. A pin is written when its state
    /// changes. Nothing is allocated after construction.
    /// </summary>
    public sealed class OutputRules
    {
        private readonly Network _network;
        private readonly SafeOutputs _pins;
        private readonly OutputBinding[] _bindings;
        private readonly OutputRule[] _rules;

        // Outputs that have a rule, in order; and for each of them whether it is on while it is the largest.
        private readonly int[] _bound;
        private readonly bool[] _argMax;
        private readonly int[] _probabilities;
        private readonly bool _needsArgMax;
        private readonly bool _needsProbabilities;

        /// <summary>Prepares the rules of a model; no pin is touched yet.</summary>
        /// <param name="model">The model whose outputs are followed.</param>
        /// <param name="pins">Where levels go.</param>
        /// <param name="now">Microseconds since start: minimum off times count from here, so a board that restarts does not hammer a pump.</param>
        public OutputRules(Model model, SafeOutputs pins, long now)
        {
            _network = model.Network;
            _pins = pins;
            _bindings = model.Bindings.Outputs;
            _rules = new OutputRule[_bindings.Length];
            _probabilities = new int[_network.OutputCount];
            int[] bound = new int[_rules.Length];
            int count = 0;
            for (int i = 0; i < _rules.Length; i++)
            {
                int rule = _bindings[i].Rule;
                if (rule == OutputBinding.RuleArgMax)
                {
                    _needsArgMax = true;
                }
                else if (rule == OutputBinding.RuleThreshold)
                {
                    // Thresholds of a softmax model are probabilities, Q0.15; without one, nobody pays for the exponentials.
                    _needsProbabilities |= _network.HasProbabilities;
                }
                else
                {
                    continue;
                }

                _rules[i] = new OutputRule(_bindings[i], now);
                bound[count] = i;
                count++;
            }

            _bound = new int[count];
            _argMax = new bool[count];
            for (int k = 0; k < count; k++)
            {
                _bound[k] = bound[k];
                _argMax[k] = _bindings[bound[k]].Rule == OutputBinding.RuleArgMax;
            }
        }

        /// <summary>Bytes of a board's heap that the rules of a model take at most.</summary>
        /// <param name="outputs">Outputs of the network.</param>
        /// <returns>The bytes.</returns>
        internal static int MeasureHeap(int outputs)
        {
            return HeapSize.Object(9) + HeapSize.References(outputs) + (outputs * HeapSize.Object(6)) + (2 * HeapSize.Array(4 * outputs)) + HeapSize.Array(outputs);
        }

        /// <summary>Applies every rule to the outputs of the last forward pass and writes the pins that change.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Apply(long now)
        {
            int[] bound = _bound;
            if (bound.Length == 0)
            {
                return;
            }

            int[] values = _network.Outputs;
            if (_needsProbabilities)
            {
                _network.GetProbabilities(_probabilities);
                values = _probabilities;
            }

            OutputRule[] rules = _rules;
            bool[] argMax = _argMax;

            // Integers: outputs that are compared have one scale (FORMAT.md, section 3).
            int winner = _needsArgMax ? _network.ArgMax() : -1;
            for (int k = 0; k < bound.Length; k++)
            {
                int i = bound[k];
                OutputRule rule = rules[i];
                if (rule.Follow(argMax[k] ? i == winner : rule.Wants(values[i]), now))
                {
                    // Rare: a pin is written when its state changes.
                    _pins.Write(_bindings[i].Pin, rule.IsOn != _bindings[i].ActiveLow);
                }
            }
        }

        /// <summary>Every output off. The caller drives the pins safe.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Release(long now)
        {
            for (int i = 0; i < _rules.Length; i++)
            {
                if (_rules[i] != null)
                {
                    _rules[i].Release(now);
                }
            }
        }

        /// <summary>
        /// Follows another model's rules: a pin both use in the same polarity keeps its level and its minimum times,
        /// every other pin of the old model goes to its inactive level.
        /// </summary>
        /// <param name="before">The rules of the model that is being replaced.</param>
        public void TakeOver(OutputRules before)
        {
            for (int old = 0; old < before._rules.Length; old++)
            {
                if (before._rules[old] == null)
                {
                    continue;
                }

                int heir = FindHeir(before._bindings[old]);
                if (heir < 0)
                {
                    _pins.Forget(before._bindings[old].Pin);
                }
                else
                {
                    _rules[heir].TakeOver(before._rules[old]);
                }
            }
        }

        /// <summary>Tells the pins which level each output of this model has when it is off.</summary>
        public void DeclarePins()
        {
            for (int i = 0; i < _rules.Length; i++)
            {
                if (_rules[i] != null)
                {
                    _pins.Declare(_bindings[i].Pin, _bindings[i].ActiveLow);
                }
            }
        }

        /// <summary>Whether an output drives a pin.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>False for outputs without a rule.</returns>
        public bool HasRule(int output)
        {
            return _rules[output] != null;
        }

        /// <summary>Whether an output is on; false for outputs without a rule.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>True when the output's pin is at its active level.</returns>
        public bool IsOn(int output)
        {
            return _rules[output] != null && _rules[output].IsOn;
        }

        private int FindHeir(OutputBinding binding)
        {
            for (int i = 0; i < _rules.Length; i++)
            {
                if (_rules[i] != null && _bindings[i].Pin == binding.Pin && _bindings[i].ActiveLow == binding.ActiveLow)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
