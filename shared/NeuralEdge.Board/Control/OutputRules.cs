using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// From a network's outputs to pins: one <see cref="OutputRule"/> per bound output, and outputs that exclude each other kept
    /// apart. A pin is written when its state changes. Nothing is allocated after construction.
    /// </summary>
    public sealed class OutputRules
    {
        private const long EverSince = 0;

        private readonly Network _network;
        private readonly SafeOutputs _pins;
        private readonly OutputBinding[] _bindings;
        private readonly OutputRule[] _rules;
        private readonly Safeguards _safeguards;

        // Outputs that have a rule, in order; and for each of them whether it is on while it is the largest.
        private readonly int[] _bound;
        private readonly bool[] _argMax;
        private readonly int[] _probabilities;
        private readonly bool _needsArgMax;
        private readonly bool _needsProbabilities;
        private readonly DecisionMemory _memory;

        // A model whose first decision takes a while must not hold what another one switched on.
        private readonly bool _inherits;
        private bool _isAsked;

        /// <summary>Prepares the rules of a model; no pin is touched yet.</summary>
        /// <param name="model">The model whose outputs are followed.</param>
        /// <param name="pins">Where levels go.</param>
        public OutputRules(Model model, SafeOutputs pins)
        {
            _network = model.Network;
            _pins = pins;
            _memory = model.Bindings.Decisions == null ? null : new DecisionMemory(model);
            _inherits = model.Windows == null && _memory == null;
            _needsProbabilities = _memory != null && model.Bindings.Decisions.Confidence > 0;
            _bindings = model.Bindings.Outputs;
            _safeguards = model.Bindings.Safeguards;
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

                _rules[i] = NewRule(_bindings[i], _safeguards.GetMaxOnMs(i), _safeguards.GetRestMs(i), pins);
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
            return HeapSize.Object(15) + HeapSize.References(outputs) + (outputs * HeapSize.Object(10)) + (2 * HeapSize.Array(4 * outputs)) + HeapSize.Array(outputs);
        }

        /// <summary>Times since these rules began at which an output went off because it had been on for the longest time.</summary>
        public uint RestCount { get; private set; }

        /// <summary>
        /// Begins to rule, after another model or none: a pin that both use keeps its level and its age, unless this model needs more than one period to decide; every other pin of the old
        /// model goes to its inactive level; the minimum off time of a pin that only this model uses begins now. A quiet time goes on, or begins
        /// where a pin goes off.
        /// </summary>
        /// <param name="before">The rules of the model that is being replaced, null when no model ran.</param>
        /// <param name="now">Microseconds since start: a board that restarts does not hammer a pump.</param>
        public void Begin(OutputRules before, long now)
        {
            _isAsked = false;
            RestCount = 0;
            if (_memory != null)
            {
                _memory.Forget();
            }

            for (int k = 0; k < _bound.Length; k++)
            {
                bool isHeir = _inherits && before != null && before.Find(_bindings[_bound[k]].Pin) >= 0;
                _rules[_bound[k]].Begin(isHeir ? EverSince : now);
            }

            for (int k = 0; before != null && k < before._bound.Length; k++)
            {
                int old = before._bound[k];
                int heir = _inherits ? Find(before._bindings[old].Pin) : -1;

                // Of two that this model keeps apart, the first may stay on.
                if (heir < 0 || (_rules[heir].Load.IsOn && HasElder(heir)))
                {
                    _pins.WentOffAt = before._rules[old].Load.IsOn ? now : _pins.WentOffAt;
                    before._rules[old].Load.Release(now);
                    _pins.Switch(before._bindings[old].Pin, false);
                }
            }
        }

        /// <summary>
        /// Asks every rule about the outputs of the last forward pass; the pins follow with <see cref="Settle"/>. Where a model averages
        /// its outputs, the averages take their place first.
        /// </summary>
        public void Ask()
        {
            if (_memory != null && !_memory.Average())
            {
                return;
            }

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
            if (_memory != null)
            {
                _memory.Take(winner, values, _needsProbabilities ? _probabilities : null);
                if (!_memory.IsComplete)
                {
                    return;
                }

                winner = _needsArgMax ? _memory.Winner() : winner;
                values = _memory.Medians;
            }

            for (int k = 0; k < bound.Length; k++)
            {
                int i = bound[k];
                if (argMax[k])
                {
                    rules[i].Ask(i == winner);
                }
                else
                {
                    rules[i].Ask(values[i]);
                }
            }

            _isAsked = true;
        }

        /// <summary>Writes the pins whose time has come. Before the first inference, and after a fault, none has.</summary>
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
                OutputRule rule = _rules[bound[k]];
                if (rule.GoOff(now))
                {
                    _pins.WentOffAt = now;
                    RestCount += rule.Load.IsResting ? 1u : 0;
                    _pins.Switch(_bindings[bound[k]].Pin, false);
                }
            }

            bool isQuiet = _memory != null && now - _pins.WentOffAt < _memory.QuietMs * 1000L;
            for (int k = 0; k < bound.Length && !isQuiet; k++)
            {
                OutputRule rule = _rules[bound[k]];
                if (rule.MayGoOn(now) && IsFree(bound[k], now))
                {
                    rule.Load.GoOn(now);
                    _pins.Switch(_bindings[bound[k]].Pin, true);
                }
            }
        }

        /// <summary>Every output off until the next inference. The caller drives the pins safe.</summary>
        /// <param name="now">Microseconds since start.</param>
        public void Release(long now)
        {
            _isAsked = false;
            _pins.WentOffAt = now;
            if (_memory != null)
            {
                _memory.Forget();
            }

            for (int k = 0; k < _bound.Length; k++)
            {
                _rules[_bound[k]].Load.Release(now);
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
            return _rules[output] != null && _rules[output].Load.IsOn;
        }

        /// <summary>Whether an output is off because its load has been on for the longest time; false for outputs without a rule.</summary>
        /// <param name="output">Index of the output.</param>
        /// <returns>True while the load rests.</returns>
        public bool IsResting(int output)
        {
            return _rules[output] != null && _rules[output].Load.IsResting;
        }

        /// <summary>Of the board's limit and the model's the smaller one holds, with the longer rest.</summary>
        private static OutputRule NewRule(OutputBinding binding, int maxOnMs, int restMs, SafeOutputs pins)
        {
            SafePin pin = pins.Find(binding.Pin);
            if (pin.MaxOnMs > 0)
            {
                bool boardIsStricter = maxOnMs == 0 || pin.MaxOnMs < maxOnMs;
                restMs = pin.RestMs == 0 || (maxOnMs > 0 && restMs == 0) ? 0 : pin.RestMs > restMs ? pin.RestMs : restMs;
                maxOnMs = boardIsStricter ? pin.MaxOnMs : maxOnMs;
            }

            return new OutputRule(pin.Load, binding, maxOnMs, restMs);
        }

        /// <summary>Whether nothing that an output must not meet is on, or was a moment ago: others of its group, and loads of models before.</summary>
        private bool IsFree(int output, long now)
        {
            int group = _safeguards.GetGroup(output);
            if (group == 0)
            {
                return true;
            }

            long deadTime = _safeguards.DeadTimeMs * 1000L;
            for (int p = 0; p < _pins.Count; p++)
            {
                SafePin pin = _pins.Get(p);
                int other = Find(pin.Pin);
                bool counts = other < 0 || (other != output && _safeguards.GetGroup(other) == group);
                if (counts && (pin.Load.IsOn || now - pin.Load.ChangedAt < deadTime))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether an output of the same group that comes before is on.</summary>
        private bool HasElder(int output)
        {
            int group = _safeguards.GetGroup(output);
            for (int k = 0; group != 0 && _bound[k] != output; k++)
            {
                if (_safeguards.GetGroup(_bound[k]) == group && _rules[_bound[k]].Load.IsOn)
                {
                    return true;
                }
            }

            return false;
        }

        private int Find(int pin)
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
