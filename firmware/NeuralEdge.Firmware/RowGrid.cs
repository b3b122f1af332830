namespace NeuralEdge.Firmware
{
    /// <summary>
    /// How many rows of an evenly spaced series a take is to move on. The points at which rows are due lie on a grid that follows those who
    /// take, so that one who comes late by less than a spacing still takes row after row, and two who take the same rows take each once.
    /// </summary>
    internal sealed class RowGrid
    {
        // So much of a spacing a take may come before its point: it is its own then, and not the second of two who share a row.
        private const int EarlyPart = 8;

        // The grid moves back to those who are late by and by, and at once to one who is early: a board is late now and then, never early.
        private const int LatePart = 16;

        private readonly long _spacing;
        private long _due;
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

            if (late < 0 || !_hasBegun)
            {
                _hasBegun = true;
                _due = now + _spacing;
                return 1;
            }

            long skipped = late / _spacing;
            _due += ((skipped + 1) * _spacing) + ((late % _spacing) / LatePart);
            return skipped < int.MaxValue ? (int)skipped + 1 : int.MaxValue;
        }
    }
}
