using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Control
{
    /// <summary>A reset that the board makes itself and tells the next start of. Not for the supervisor, whose reset must wait for nothing.</summary>
    public sealed class AnnouncedReset : IBoardReset
    {
        private readonly IBoardReset _reset;
        private readonly StartRecord _record;

        /// <summary>Makes it.</summary>
        /// <param name="reset">What restarts the board.</param>
        /// <param name="record">What the next start reads.</param>
        public AnnouncedReset(IBoardReset reset, StartRecord record)
        {
            _reset = reset;
            _record = record;
        }

        /// <inheritdoc/>
        public void Reset()
        {
            try
            {
                _record.Announce(false);
            }
            finally
            {
                _reset.Reset();
            }
        }
    }
}
