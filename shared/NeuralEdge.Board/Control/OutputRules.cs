using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// From a network's outputs to pins: one <see cref="OutputRule"/> per bound output, and one <see cref="OutputGroup"/> for outputs
    /// that exclude each other. A pin is written when its state changes. Nothing is allocated after construction.
    /// </summary>
    public sealed class OutputRules
    {
        private readonly Network _network;
        private readonly SafeOutputs _pins;
        private readonly OutputBinding[] _bindings;
        private readonly OutputRule[] _rules;
        private readonly OutputGroup[] _groups;

        // Outputs that have a rule, in order; and for each of them whether it is on while it is the largest.
        private readonly int[] _bound;
        private readonly bool[] _argMax;
        private readonly int[] _probabilities;
        private readonly bool _needsArgMax;
        private readonly bool _needsProbabilities;
        private bool _isAsked;

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
            _groups = new OutputGroup[_bindings.Length];
            _probabilities = new int[_network.OutputCount];
            Safeguards safeguards = model.Bindings.Safeguards;
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

                _rules[i] = NewRule(_bindings[i], safeguards.GetMaxOnMs(i), safeguards.GetRestMs(i), pins.Find(_bindings[i].Pin), now);
                _groups[i] = FindGroup(safeguards, i);
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
            return HeapSize.Object(12) + (2 * HeapSize.References(outputs)) + (outputs * (HeapSize.Object(10) + HeapSize.Object(4)))
                + (2 * HeapSize.Array(4 * outputs)) + HeapSize.Array(outputs);
        }

        /// <summary>Times since the start of this model at which an output went off because it had been on for the longest time.</summary>
        public uint RestCount { get; private set; }

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
                rules[i].Ask(argMax[k] ? i == winner : rules[i].Wants(values[i]));
            }

            _isAsked = true;
            Settle(now);
        }

        /// <summary>Between two inferences: writes the pins whose time has come. Before the first inference, and after a fault, none has.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Settle(long now)
        {
            if (!_isAsked)
            {
                return;
            }

            // Off before on: what excludes each other must not overlap.
            int[] bound = _bound;
            for (int k = 0; k < bound.Length; k++)
            {
                int i = bound[k];
                OutputRule rule = _rules[i];
                if (rule.GoOff(now))
                {
                    RestCount += rule.IsResting ? 1u : 0;
                    if (_groups[i] != null)
                    {
                        _groups[i].Leave(rule, now);
                    }

                    _pins.Switch(_bindings[i].Pin, false);
                }
            }

            for (int k = 0; k < bound.Length; k++)
            {
                int i = bound[k];
                OutputRule rule = _rules[i];
                if (rule.MayGoOn(now) && (_groups[i] == null || _groups[i].Enter(rule, now)))
                {
                    rule.GoOn(now);
                    _pins.Switch(_bindings[i].Pin, true);
                }
            }
        }

        /// <summary>Every output off until the next inference. The caller drives the pins safe.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Release(long now)
        {
            _isAsked = false;
            for (int k = 0; k < _bound.Length; k++)
            {
                int i = _bound[k];
                if (_rules[i].Release(now) && _groups[i] != null)
                {
                    _groups[i].Leave(_rules[i], now);
                }
            }
        }

        /// <summary>Every output begins anew, as after construction; no pin is touched.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Restart(long now)
        {
            _isAsked = false;
            RestCount = 0;
            for (int k = 0; k < _bound.Length; k++)
            {
                int i = _bound[k];
                _rules[i].Restart(now);
                if (_groups[i] != null)
                {
                    _groups[i].Restart();
                }
            }
        }

        /// <summary>
        /// Follows another model's rules: a pin both use keeps its level, its minimum times and its rest; every other pin of the
        /// old model goes to its inactive level.
        /// </summary>
        /// <param name="before">The rules of the model that is being replaced.</param>
        /// <param name="now">Microseconds since start.</param>
        public void TakeOver(OutputRules before, long now)
        {
            bool wentOff = false;
            for (int k = 0; k < before._bound.Length; k++)
            {
                int old = before._bound[k];
                OutputRule rule = before._rules[old];
                int heir = FindHeir(before._bindings[old].Pin);
                if (heir >= 0)
                {
                    _rules[heir].TakeOver(rule);
                }

                // Of two that the new model keeps apart, one may stay on.
                bool stays = heir >= 0 && (!rule.IsOn || _groups[heir] == null || _groups[heir].Enter(_rules[heir], now));
                if (!stays)
                {
                    wentOff |= rule.IsOn;
                    if (heir >= 0)
                    {
                        _rules[heir].Release(now);
                    }

                    _pins.Switch(before._bindings[old].Pin, false);
                }
            }

            // What the old model's load leaves behind counts as much as what one of this model would.
            for (int i = 0; wentOff && i < _groups.Length; i++)
            {
                if (_groups[i] != null)
                {
                    _groups[i].Wait(now);
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

        /// <summary>Bit n set: the load at GPIO n is off because it has been on for the longest time.</summary>
        /// <returns>The mask.</returns>
        public long GetRestingPins()
        {
            long mask = 0;
            for (int k = 0; k < _bound.Length; k++)
            {
                mask |= _rules[_bound[k]].IsResting ? 1L << _bindings[_bound[k]].Pin : 0;
            }

            return mask;
        }

        /// <summary>Of the board's limit and the model's the smaller one holds, with the longer rest.</summary>
        private static OutputRule NewRule(OutputBinding binding, int maxOnMs, int restMs, SafePin pin, long now)
        {
            if (pin != null && pin.MaxOnMs > 0)
            {
                bool boardIsStricter = maxOnMs == 0 || pin.MaxOnMs < maxOnMs;
                restMs = pin.RestMs == 0 || (maxOnMs > 0 && restMs == 0) ? 0 : pin.RestMs > restMs ? pin.RestMs : restMs;
                maxOnMs = boardIsStricter ? pin.MaxOnMs : maxOnMs;
            }

            return new OutputRule(binding, maxOnMs, restMs, now);
        }

        private OutputGroup FindGroup(Safeguards safeguards, int output)
        {
            int number = safeguards.GetGroup(output);
            if (number == 0)
            {
                return null;
            }

            for (int i = 0; i < output; i++)
            {
                if (_groups[i] != null && safeguards.GetGroup(i) == number)
                {
                    return _groups[i];
                }
            }

            return new OutputGroup(safeguards.DeadTimeMs);
        }

        private int FindHeir(int pin)
        {
            for (int k = 0; k < _bound.Length; k++)
            {
                if (_bindings[_bound[k]].Pin == pin)
                {
                    return _bound[k];
                }
            }

            return -1;
        }
    }
}
