namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Decides whether one more slice of work fits before the next inference, from what such slices have cost lately. A
    /// flash write blocks every thread of the board and nobody knows its time beforehand, so it is measured.
    /// </summary>
    public sealed class SliceBudget
    {
        private const int ForgetShift = 7;
        private const int PeriodForgetShift = 4;

        private long _estimate;

        /// <summary>Whether a slice fits.</summary>
        /// <param name="remaining">Microseconds until the next inference.</param>
        /// <returns>True when a slice is expected to end in time.</returns>
        public bool Fits(long remaining)
        {
            return remaining > _estimate;
        }

        /// <summary>How many slices fit one behind the other.</summary>
        /// <param name="remaining">Microseconds until the next inference.</param>
        /// <returns>0 or more.</returns>
        public int Count(long remaining)
        {
            long count = remaining / (_estimate + 1);
            return count <= 0 ? 0 : count > int.MaxValue ? int.MaxValue : (int)count;
        }

        /// <summary>
        /// A period goes by: what was learned long ago weighs less, so that one slow flash write does not keep the link
        /// waiting after it is over.
        /// </summary>
        public void Forget()
        {
            _estimate -= _estimate >> PeriodForgetShift;
        }

        /// <summary>Learns from a slice that did something: up at once, down by a part of the difference, over some periods.</summary>
        /// <param name="cost">How long it took in microseconds.</param>
        public void Learn(long cost)
        {
            if (cost >= _estimate)
            {
                _estimate = cost;
            }
            else
            {
                // Rounded down, so that a small difference is forgotten as well.
                _estimate += (cost - _estimate) >> ForgetShift;
            }
        }
    }
}
