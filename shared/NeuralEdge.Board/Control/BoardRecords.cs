using NeuralEdge.Board.Link;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Board.Control
{
    /// <summary>What the board keeps about itself in flash: how it is called, where it is, and what was measured of its ADC.</summary>
    internal sealed class BoardRecords : IBoardRecords, IInfoSource
    {
        private readonly NameRecord _names;
        private readonly AdcCorrections _corrections;
        private readonly ControlLoop _loop;
        private readonly BoardSettings _settings;

        internal BoardRecords(BoardParts parts, BoardSettings settings, ControlLoop loop)
        {
            _corrections = new AdcCorrections(parts.Files, settings);
            _loop = loop;
            _names = new NameRecord(parts.Files);
            _settings = settings;
        }

        /// <inheritdoc/>
        public RequestStatus SetName(byte[] data, int at, int length)
        {
            return _names.Set(data, at, length);
        }

        /// <inheritdoc/>
        public RequestStatus Correct(byte[] data, int at, int length)
        {
            RequestStatus status = _corrections.Set(data, at, length);
            if (status == RequestStatus.Ok)
            {
                _loop.TakeCorrections();
            }

            return status;
        }

        /// <inheritdoc/>
        public bool HasChannel(int channel)
        {
            return _corrections.Has(channel);
        }

        /// <inheritdoc/>
        public int WriteCorrection(int channel, byte[] data, int at)
        {
            return _corrections.Write(channel, data, at);
        }

        /// <inheritdoc/>
        public void Report(BoardInfo info)
        {
            info.Name = _names.Name.Length > 0 ? _names.Name : _settings.Name;
            info.Place = _names.Place;
            info.CorrectedChannels = _corrections.Kept;
        }

        /// <summary>Reads what is kept.</summary>
        internal void Start()
        {
            _names.Start();
            _corrections.Start();
        }
    }
}
