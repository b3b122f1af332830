using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Control
{
    /// <summary>What the board keeps about itself in flash: how it is called, and where it is.</summary>
    internal sealed class BoardRecords : IBoardRecords, IInfoSource
    {
        private readonly NameRecord _names;
        private readonly BoardSettings _settings;

        internal BoardRecords(BoardParts parts, BoardSettings settings)
        {
            _names = new NameRecord(parts.Files);
            _settings = settings;
        }

        /// <inheritdoc/>
        public RequestStatus SetName(byte[] data, int at, int length)
        {
            return _names.Set(data, at, length);
        }

        /// <inheritdoc/>
        public void Report(BoardInfo info)
        {
            info.Name = _names.Name.Length > 0 ? _names.Name : _settings.Name;
            info.Place = _names.Place;
        }

        /// <summary>Reads what is kept.</summary>
        internal void Start()
        {
            _names.Start();
        }
    }
}
