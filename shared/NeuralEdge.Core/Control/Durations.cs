namespace NeuralEdge.Control
{
    /// <summary>The last and the longest time a part of the loop took, in microseconds.</summary>
    public sealed class Durations
    {
        /// <summary>The last one.</summary>
        public int Last { get; private set; }

        /// <summary>The longest since the start or the last <see cref="Clear"/>.</summary>
        public int Longest { get; private set; }

        /// <summary>Adds a measurement.</summary>
        /// <param name="microseconds">How long it took.</param>
        public void Add(long microseconds)
        {
            Last = microseconds > int.MaxValue ? int.MaxValue : (int)microseconds;
            if (Last > Longest)
            {
                Longest = Last;
            }
        }

        /// <summary>Forgets everything: another model, other times.</summary>
        public void Clear()
        {
            Last = 0;
            Longest = 0;
        }
    }
}
