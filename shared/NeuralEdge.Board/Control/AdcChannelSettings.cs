namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// What one board knows about one of its ADC channels: a two-point correction of the counts, and which counts are
    /// plausible. It stays on the board, outside the model, because it differs from board to board.
    /// </summary>
    public sealed class AdcChannelSettings
    {
        /// <summary>Number of fraction bits of <see cref="Gain"/>: 1.0 is 16384.</summary>
        public const int GainFractionBits = 14;

        /// <summary>Counts that the points of a correction measured over the link are apart at least, on both scales.</summary>
        public const int LeastDistance = 400;

        private const int FullScale = 4095;

        private int _ownGain;
        private int _ownMeasured;
        private int _ownTrue;
        private bool _isReplaced;

        /// <summary>A channel without correction. Its ends are not plausible: there an open or a shorted wire reads.</summary>
        /// <param name="channel">ADC channel number.</param>
        public AdcChannelSettings(int channel)
        {
            Channel = channel;
            Gain = 1 << GainFractionBits;
            LowestPlausible = 1;
            HighestPlausible = FullScale - 1;
        }

        /// <summary>ADC channel number.</summary>
        public int Channel { get; }

        /// <summary>Slope of the correction, Q1.14.</summary>
        public int Gain { get; private set; }

        /// <summary>Count the ADC gives at the first point of the correction.</summary>
        public int MeasuredCount { get; private set; }

        /// <summary>Count an ideal ADC would give at the first point.</summary>
        public int TrueCount { get; private set; }

        /// <summary>Smallest uncorrected count a working sensor gives.</summary>
        public int LowestPlausible { get; private set; }

        /// <summary>Largest uncorrected count a working sensor gives.</summary>
        public int HighestPlausible { get; private set; }

        /// <summary>True when there is a correction.</summary>
        public bool IsCorrected
        {
            get { return Gain != 1 << GainFractionBits || MeasuredCount != TrueCount; }
        }

        /// <summary>True when the board says which counts are plausible; else a model may.</summary>
        public bool HasPlausible { get; private set; }

        /// <summary>
        /// Whether two measurements make a correction that a person can have meant: counts of 12 bits, the points at least
        /// <see cref="LeastDistance"/> apart on both scales, and a slope of 0.5 to 2.
        /// </summary>
        /// <param name="measured1">Count read at the lower voltage.</param>
        /// <param name="true1">Count that voltage should give.</param>
        /// <param name="measured2">Count read at the higher voltage.</param>
        /// <param name="true2">Count that voltage should give.</param>
        public static bool IsSane(int measured1, int true1, int measured2, int true2)
        {
            int run = measured2 - measured1;
            int rise = true2 - true1;
            return measured1 >= 0 && true1 >= 0 && measured2 <= FullScale && true2 <= FullScale
                && run >= LeastDistance && rise >= LeastDistance && rise <= 2 * run && run <= 2 * rise;
        }

        /// <summary>
        /// Sets the correction from two measurements: corrected = true1 + (count - measured1) * (true2 - true1) /
        /// (measured2 - measured1), the slope rounded half up to Q1.14.
        /// </summary>
        /// <param name="measured1">Count read at the first voltage.</param>
        /// <param name="true1">Count that voltage should give.</param>
        /// <param name="measured2">Count read at the second voltage, greater than <paramref name="measured1"/>.</param>
        /// <param name="true2">Count that voltage should give, greater than <paramref name="true1"/>.</param>
        /// <returns>This object, to chain calls; a correction that makes no sense (not rising, slope over 2) is left out.</returns>
        public AdcChannelSettings Correct(int measured1, int true1, int measured2, int true2)
        {
            int run = measured2 - measured1;
            int rise = true2 - true1;
            if (run > 0 && rise > 0 && rise <= 2 * run)
            {
                // Half up: floor(2 * n + d, 2 * d) on positive numbers.
                Gain = ((rise << (GainFractionBits + 1)) + run) / (2 * run);
                MeasuredCount = measured1;
                TrueCount = true1;
            }

            return this;
        }

        /// <summary>Has what was measured over the link hold instead of what the firmware says.</summary>
        internal void Replace(int measured1, int true1, int measured2, int true2)
        {
            if (!_isReplaced)
            {
                _isReplaced = true;
                _ownGain = Gain;
                _ownMeasured = MeasuredCount;
                _ownTrue = TrueCount;
            }

            Correct(measured1, true1, measured2, true2);
        }

        /// <summary>Has what the firmware says hold again.</summary>
        internal void Restore()
        {
            if (_isReplaced)
            {
                _isReplaced = false;
                Gain = _ownGain;
                MeasuredCount = _ownMeasured;
                TrueCount = _ownTrue;
            }
        }

        /// <summary>Sets which counts a working sensor gives, whatever a model says; others mean a broken wire or a short.</summary>
        /// <param name="lowest">Smallest plausible count, 0..4095.</param>
        /// <param name="highest">Largest plausible count, 0..4095.</param>
        /// <returns>This object, to chain calls.</returns>
        public AdcChannelSettings Plausible(int lowest, int highest)
        {
            LowestPlausible = lowest;
            HighestPlausible = highest;
            HasPlausible = true;
            return this;
        }
    }
}
