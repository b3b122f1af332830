using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Board.Control
{
    /// <summary>The last few decisions of a model, where it decides by more than one. Nothing is allocated after construction.</summary>
    internal sealed class DecisionMemory
    {
        private const int NoClass = -1;

        private readonly Network _network;
        private readonly RecentDecisions _decisions;
        private readonly int _outputs;
        private readonly long[] _averages;
        private readonly int[] _values;
        private readonly int[] _winners;
        private readonly int[] _medians;
        private int _averaged; // decisions in the averages, no further than their length
        private int _count;

        /// <summary>Prepares to remember.</summary>
        /// <param name="model">The model.</param>
        internal DecisionMemory(Model model)
        {
            _network = model.Network;
            _decisions = model.Bindings.Decisions;
            _outputs = model.Network.OutputCount;
            _averages = new long[_outputs];
            _values = new int[_outputs * _decisions.Votes];
            _winners = new int[_decisions.Votes];
            _medians = new int[_outputs];
        }

        /// <summary>Milliseconds after an output went off in which no output goes on.</summary>
        internal int QuietMs
        {
            get { return _decisions.QuietMs; }
        }

        /// <summary>Whether as many decisions have been made as vote: before, no pin moves.</summary>
        internal bool IsComplete
        {
            get { return _count >= _decisions.Votes; }
        }

        /// <summary>For each output the median of the last decisions: it passes a threshold exactly when more than half of an odd number do.</summary>
        internal int[] Medians
        {
            get { return _medians; }
        }

        /// <summary>Forgets all decisions, as after a fault.</summary>
        internal void Forget()
        {
            _averaged = 0;
            _count = 0;
            for (int i = 0; i < _outputs; i++)
            {
                _averages[i] = 0;
            }
        }

        /// <summary>
        /// After a forward pass: puts averages in the place of the outputs, once as many decisions have been made as an average is long.
        /// What is averaged over fewer, such as a first one alone, swings further than whoever chose the thresholds has seen.
        /// </summary>
        /// <returns>False before: the outputs are as they were, and decide nothing.</returns>
        internal bool Average()
        {
            int shift = _decisions.AverageShift;
            if (shift == 0)
            {
                return true;
            }

            int[] outputs = _network.Outputs;
            bool isFilling = _averaged < 1 << shift;
            _averaged += isFilling ? 1 : 0;
            bool isFull = _averaged == 1 << shift;
            for (int i = 0; i < _outputs; i++)
            {
                // The sum of the first 2^shift is their mean in the average's own scale.
                _averages[i] += isFilling ? outputs[i] : (((long)outputs[i] << shift) - _averages[i]) >> shift;
                outputs[i] = isFull ? (int)(_averages[i] >> shift) : outputs[i];
            }

            return isFull;
        }

        /// <summary>Takes a decision.</summary>
        /// <param name="winner">The class, -1 where nobody asks for one.</param>
        /// <param name="values">What thresholds are compared with: outputs, or probabilities in Q0.15.</param>
        /// <param name="probabilities">Probabilities in Q0.15; null where nobody needs them.</param>
        internal void Take(int winner, int[] values, int[] probabilities)
        {
            int votes = _decisions.Votes;
            int slot = IsComplete ? 0 : _count;
            if (IsComplete)
            {
                for (int v = 1; v < votes; v++)
                {
                    _winners[v - 1] = _winners[v];
                }

                for (int i = 0; i < _values.Length - _outputs; i++)
                {
                    _values[i] = _values[i + _outputs];
                }

                slot = votes - 1;
            }

            _count = IsComplete ? _count : _count + 1;
            bool isCertain = winner >= 0 && (probabilities == null || probabilities[winner] >= _decisions.Confidence);
            _winners[slot] = isCertain ? winner : NoClass;
            for (int i = 0; i < _outputs; i++)
            {
                _values[(slot * _outputs) + i] = values[i];
            }

            for (int i = 0; IsComplete && i < _outputs; i++)
            {
                _medians[i] = Median(i);
            }
        }

        /// <summary>The class that more than half of the decisions are for; -1 for none.</summary>
        internal int Winner()
        {
            int votes = _decisions.Votes;
            for (int v = 0; v < votes; v++)
            {
                int agree = 0;
                for (int w = 0; w < votes; w++)
                {
                    agree += _winners[w] == _winners[v] ? 1 : 0;
                }

                if (2 * agree > votes)
                {
                    return _winners[v];
                }
            }

            return NoClass;
        }

        // Of an even number the lower one of the two in the middle: more than half are at least as large as it.
        private int Median(int output)
        {
            int votes = _decisions.Votes;
            for (int v = 0; v < votes; v++)
            {
                int value = _values[(v * _outputs) + output];
                int below = 0;
                int equal = 0;
                for (int w = 0; w < votes; w++)
                {
                    int other = _values[(w * _outputs) + output];
                    below += other < value ? 1 : 0;
                    equal += other == value ? 1 : 0;
                }

                if (2 * below < votes && 2 * (below + equal) >= votes)
                {
                    return value;
                }
            }

            return _values[((votes - 1) * _outputs) + output];
        }
    }
}
