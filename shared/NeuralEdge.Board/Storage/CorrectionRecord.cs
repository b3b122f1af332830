using NeuralEdge.Models;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// Two-point corrections of ADC channels, measured on this board and kept in flash twice: they are the board's, whatever model and
    /// firmware it gets.
    /// </summary>
    /// <remarks>
    /// Layout between the magic and the CRC-32 of <see cref="TwinFile"/>: 16 entries of u8 channel + 1 (0: free), u8 0, and what CORRECT has
    /// behind the channel.
    /// </remarks>
    internal sealed class CorrectionRecord
    {
        /// <summary>Most channels that are kept.</summary>
        internal const int MaxChannels = 16;

        /// <summary>Bytes of the two points: u16 measured, u16 true, of each.</summary>
        internal const int PointsLength = 8;

        private const int EntryLength = 2 + PointsLength;
        private const int Length = TwinFile.Offset + (MaxChannels * EntryLength) + 4;
        private const uint Magic = 0x4342454E; // "NEBC"

        private readonly TwinFile _file;

        internal CorrectionRecord(IFileStore files)
        {
            _file = new TwinFile(files, "c0.adc", "c1.adc", Magic, Length, false);
        }

        /// <summary>Reads the record.</summary>
        internal void Start()
        {
            _file.Load();
        }

        /// <summary>Whether a channel has a correction.</summary>
        internal bool Has(int channel)
        {
            return Find(channel + 1) >= 0;
        }

        /// <summary>One of the four numbers of a channel's correction, in the order of CORRECT.</summary>
        internal int Get(int channel, int number)
        {
            return LittleEndian.ReadUInt16(_file.Record, Find(channel + 1) + 2 + (2 * number));
        }

        /// <summary>Keeps a channel's correction.</summary>
        /// <returns>Ok, BadRequest when as many channels as can be have one, StorageFailed or StorageUnknown.</returns>
        internal RequestStatus Set(int channel, byte[] points, int at)
        {
            int entry = Find(channel + 1);
            entry = entry >= 0 ? entry : Find(0);
            if (entry < 0)
            {
                return RequestStatus.BadRequest;
            }

            _file.Record[entry] = (byte)(channel + 1);
            for (int i = 0; i < PointsLength; i++)
            {
                _file.Record[entry + 2 + i] = points[at + i];
            }

            return _file.Save();
        }

        /// <summary>Forgets a channel's correction.</summary>
        /// <returns>Ok, StorageFailed or StorageUnknown.</returns>
        internal RequestStatus Clear(int channel)
        {
            int entry = Find(channel + 1);
            if (entry < 0)
            {
                return RequestStatus.Ok;
            }

            for (int i = 0; i < EntryLength; i++)
            {
                _file.Record[entry + i] = 0;
            }

            return _file.Save();
        }

        private int Find(int key)
        {
            for (int i = 0; i < MaxChannels; i++)
            {
                int entry = TwinFile.Offset + (i * EntryLength);
                if (_file.Record[entry] == key)
                {
                    return entry;
                }
            }

            return -1;
        }
    }
}
