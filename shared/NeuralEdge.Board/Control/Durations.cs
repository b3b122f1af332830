namespace NeuralEdge.Board.Control
{
    /// <summary>The last and the longest time a part of the loop took, in microseconds.</summary>
    public sealed class Durations
    {
        private int _last;
        private int _longest;

        /// <summary>The last one.</summary>
        public int Last
        {
            get { return _last; }
        }

        /// <summary>The longest since the start or the last <see cref="Clear"/>.</summary>
        public int Longest
        {
            get { return _longest; }
        }

        /// <summary>Adds a measurement.</summary>
        /// <param name="microseconds">How long it took.</param>
        public void Add(long microseconds)
        {
            int last = microseconds > int.MaxValue ? int.MaxValue : (int)microseconds;
            _last = last;
            if (last > _longest)
            {
                _longest = last;
            }
        }

        /// <summary>Forgets everything: another model, other times.</summary>
        public void Clear()
        {
            _last = 0;
            _longest = 0;
        }
    }
}
