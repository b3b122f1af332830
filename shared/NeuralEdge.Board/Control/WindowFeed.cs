using NeuralEdge.Features;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Hands samples to a model's windows, one of each channel in a period. Periods that went by without one are counted: time goes on
    /// all the same, so the next sample stands for them, and a window in which too many are missing is not decided by.
    /// </summary>
    internal sealed class WindowFeed
    {
        /// <summary>A window with more than this part of its samples missing is void: 1/16.</summary>
        internal const int MissingPart = 16;

        // With periods this long, all features are computed in the period that ends a window; else one channel's in each, so that none is late.
        private const int PatientMs = 50;

        private readonly WindowStage _stage;
        private readonly bool _isPatient;
        private readonly int _longestSilence;
        private int _missing;
        private int _silence;
        private bool _isPlausible;

        /// <summary>Prepares to feed windows.</summary>
        /// <param name="stage">The windows.</param>
        /// <param name="periodMs">Milliseconds from one sample to the next.</param>
        internal WindowFeed(WindowStage stage, int periodMs)
        {
            _stage = stage;
            _isPatient = periodMs >= PatientMs;
            _longestSilence = (2 * stage.Shape.Samples) + stage.Shape.Hop + stage.Shape.Channels.Length;
            Forget();
        }

        /// <summary>Features of the last window.</summary>
        internal int[] Row
        {
            get { return _stage.Row; }
        }

        /// <summary>Whether every sample since the row before was read and plausible.</summary>
        internal bool WasPlausible { get; private set; }

        /// <summary>Whether windows have been void for so long that what was decided last is no longer to be trusted: two windows.</summary>
        internal bool IsSilent
        {
            get { return _silence > _longestSilence; }
        }

        /// <summary>Forgets all samples: the next row is there when a whole window has been taken.</summary>
        internal void Forget()
        {
            _stage.Clear();
            _missing = 0;
            _silence = 0;
            _isPlausible = true;
        }

        /// <summary>Takes the samples of a period.</summary>
        /// <param name="samples">One for each channel.</param>
        /// <param name="skipped">Periods before this one that had no samples.</param>
        /// <param name="isPlausible">Whether all were read and plausible.</param>
        /// <returns>True when there is another row of features.</returns>
        internal bool Add(int[] samples, uint skipped, bool isPlausible)
        {
            int window = _stage.Shape.Samples;
            int gap = skipped > (uint)window ? window : (int)skipped;
            _isPlausible &= isPlausible;
            _silence = IsSilent ? _silence : _silence + 1 + gap;

            // What is missing leaks away at the part that is allowed, so that a burst counts for a window.
            _missing += gap * MissingPart;
            if (_missing > window)
            {
                _stage.Clear();
                _missing = 0;
                return false;
            }

            _missing = _missing > 0 ? _missing - 1 : 0;
            bool isRow = _stage.IsPending && Compute();
            for (int i = 0; i <= gap; i++)
            {
                // A gap that is allowed is shorter than a window, but more than one hop can end in it: the newest counts.
                if (_stage.Add(samples) && _isPatient)
                {
                    isRow |= Compute();
                }
            }

            if (isRow)
            {
                WasPlausible = _isPlausible;
                _isPlausible = true;
                _silence = 0;
            }

            return isRow;
        }

        private bool Compute()
        {
            bool isRow = _stage.Compute();
            while (_isPatient && !isRow)
            {
                isRow = _stage.Compute();
            }

            return isRow;
        }
    }
}
