namespace NeuralEdge.Firmware
{
    /// <summary>
    /// How many rows of an evenly spaced series a take is to move on. The points at which rows are due lie on a grid that follows those who
    /// take, so that one who comes late by less than a spacing still takes row after row, and two who take the same rows take each once.
    /// </summary>
    internal sealed class RowGrid
    {
        // So much of a spacing a take may come before its point: it is its own then, and not the second of two who share a row.
        private const int EarlyPart = 4;

        // The grid moves by what the most punctual of so many takes was late, or early: a board is late now and then, which says nothing of
        // its points.
        private const int Window = 32;

        private readonly long _spacing;
        private long _due;
        private long _leastLate;
        private int _taken;
        private bool _hasBegun;

        /// <summary>Describes a series.</summary>
        /// <param name="spacing">Microseconds from a row to the next, at least 1.</param>
        internal RowGrid(int spacing)
        {
            _spacing = spacing;
        }

        /// <summary>Takes.</summary>
        /// <param name="now">Microseconds since the start; never less than before.</param>
        /// <returns>Rows to move on, 0 when the last one still stands; int.MaxValue at most.</returns>
        internal int Take(long now)
        {
            long late = _hasBegun ? now - _due : 0;
            if (late < -(_spacing / EarlyPart))
            {
                return 0;
            }

            if (!_hasBegun)
            {
                _hasBegun = true;
                _due = now;
                _leastLate = _spacing;
            }

            long skipped = late > 0 ? late / _spacing : 0;
            long over = late - (skipped * _spacing);
            _due += (skipped + 1) * _spacing;
            _leastLate = over < _leastLate ? over : _leastLate;
            _taken++;
            if (_taken == Window)
            {
                _due += _leastLate;
                _taken = 0;
                _leastLate = _spacing;
            }

            return skipped < int.MaxValue ? (int)skipped + 1 : int.MaxValue;
        }
    }
}
