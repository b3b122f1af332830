using NeuralEdge.Features;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Hands samples to a model's windows, one of each channel in a period. Periods that went by without one are counted: time goes on
    /// all the same, so the next sample stands for them, and when too many are missing all are forgotten and windows begin anew.
    /// </summary>
    internal sealed class WindowFeed
    {
        /// <summary>
        /// Each missing sample counts this much and each sample takes 1 off; above the samples of a window, they are void. So a sixteenth
        /// of a window may be missing at once, and of no window that is decided by an eighth or more.
        /// </summary>
        internal const int MissingPart = 16;

        // With periods this long, all features are computed in the period that ends a window; else one channel's in each, so that none is late.
        private const int PatientMs = 50;

        private readonly WindowStage _stage;
        private readonly bool _isPatient;
        private readonly int _longestSilence;
        private int _missing;
        private int _silence;

        // Samples until no window has the last doubtful one in it; and whether the last window that ended has.
        private int _doubt;
        private bool _isDoubtful;
        private bool _isEmpty;

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

        /// <summary>Whether every sample of the last row's window was read and plausible.</summary>
        internal bool WasPlausible { get; private set; }

        /// <summary>Whether windows have been void for so long that what was decided last is no longer to be trusted: two windows.</summary>
        internal bool IsSilent
        {
            get { return _silence > _longestSilence; }
        }

        /// <summary>Forgets all samples: the next row is there when a whole window has been taken.</summary>
        internal void Forget()
        {
            Empty();
            _silence = 0;
        }

        /// <summary>Takes the samples of a period.</summary>
        /// <param name="samples">One for each channel.</param>
        /// <param name="skipped">Periods before this one that had no samples.</param>
        /// <param name="isPlausible">Whether all were read and plausible.</param>
        /// <returns>True when there is another row of features.</returns>
        internal bool Add(int[] samples, uint skipped, bool isPlausible)
        {
            int window = _stage.Shape.Samples;

            // Before the first sample nothing can be missing.
            int missed = _isEmpty ? 0 : skipped > (uint)_longestSilence ? _longestSilence : (int)skipped;
            int gap = missed < window ? missed : window;
            _silence = IsSilent ? _silence : _silence + 1 + missed;
            _missing += gap * MissingPart;
            if (_missing > window)
            {
                Empty();
                gap = 0;
            }

            _isEmpty = false;
            _missing = _missing > 0 ? _missing - 1 : 0;

            // Its features may be complete some periods after a window has ended, when the next one ends.
            bool isRow = _stage.IsPending && Compute();
            bool wasDoubtful = _isDoubtful;
            for (int i = 0; i <= gap; i++)
            {
                _doubt = !isPlausible ? window : _doubt > 0 ? _doubt - 1 : 0;
                if (_stage.Add(samples))
                {
                    _isDoubtful = _doubt > 0;
                    if (_isPatient)
                    {
                        // A gap that is allowed is shorter than a window, but more than one hop can end in it: the newest counts.
                        isRow |= Compute();
                        wasDoubtful = _isDoubtful;
                    }
                }
            }

            if (isRow)
            {
                WasPlausible = !wasDoubtful;
                _silence = 0;
            }

            return isRow;
        }

        private void Empty()
        {
            _stage.Clear();
            _missing = 0;
            _doubt = 0;
            _isEmpty = true;
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
