namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// How long the loop waits after a failure: twice as long with each in a row, up to a limit, until nothing but a restart of
    /// the board is left to try.
    /// </summary>
    internal sealed class FaultPause
    {
        private readonly BoardSettings _settings;
        private int _inARow;
        private long _until;
        private int _looksInARow; // of these, looks between two inferences

        internal FaultPause(BoardSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Whether the pause is still on.</summary>
        /// <param name="now">Time in microseconds.</param>
        internal bool IsOn(long now)
        {
            return now < _until;
        }

        /// <summary>What failed with the old model may work with the next one.</summary>
        internal void Clear()
        {
            EndWithInference();
            _until = 0;
        }

        /// <summary>Counts a failure.</summary>
        /// <returns>False when it was one too many: the board is to restart.</returns>
        internal bool Count()
        {
            _inARow++;
            return _inARow < _settings.FaultsBeforeReset;
        }

        /// <summary>Begins the pause after the failure that was counted last.</summary>
        /// <param name="now">Time in microseconds.</param>
        internal void Begin(long now)
        {
            long pause = _settings.BackOffMs;
            for (int fault = 1; fault < _inARow && pause < _settings.BackOffLimitMs; fault++)
            {
                pause *= 2;
            }

            pause = pause > _settings.BackOffLimitMs ? _settings.BackOffLimitMs : pause;
            _until = now + (pause * 1000);
        }

        /// <summary>The failure counted last was one of a look between two inferences.</summary>
        internal void SetWatchFailed()
        {
            _looksInARow++;
        }

        /// <summary>An inference has reached the pins: the next failure is the first one.</summary>
        internal void EndWithInference()
        {
            _inARow = 0;
            _looksInARow = 0;
        }

        /// <summary>A good look at the sensors ends the row of looks that failed, but not one of inferences.</summary>
        internal void EndWithWatch()
        {
            _inARow -= _looksInARow;
            _looksInARow = 0;
        }
    }
}
