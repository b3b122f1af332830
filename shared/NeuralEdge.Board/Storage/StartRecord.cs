using System.Threading;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// How often the board has started, how many of these starts were asked for, and the first error of the last start that had one. The
    /// platform does not tell why it started, so a restart that the board makes itself is announced to the next start.
    /// </summary>
    /// <remarks>
    /// Layout of the record between the magic and the CRC-32 of <see cref="TwinFile"/>: u32 starts, u32 asked for, u32 by itself, u8 reason of
    /// the next start, u8 length of the error, u16 0, u32 number of the error's start, the error in ASCII. It is written in one file at a
    /// time, once for each start, once more for a start that fails and for a restart that is announced; power that goes meanwhile costs that
    /// one count.
    /// </remarks>
    public sealed class StartRecord
    {
        /// <summary>Most characters of an error.</summary>
        public const int MaxError = 80;

        private const int StartsOffset = TwinFile.Offset;
        private const int AskedOffset = StartsOffset + 4;
        private const int OwnOffset = AskedOffset + 4;
        private const int ReasonOffset = OwnOffset + 4;
        private const int ErrorLengthOffset = ReasonOffset + 1;
        private const int ErrorStartOffset = ReasonOffset + 4;
        private const int ErrorOffset = ErrorStartOffset + 4;
        private const int Length = ErrorOffset + MaxError + 4;
        private const uint Magic = 0x5354454E; // "NETS"

        private const byte Unknown = 0;
        private const byte Asked = 1;
        private const byte Own = 2;

        private readonly TwinFile _file;
        private int _busy; // a thread that hangs in here must not keep the others from restarting the board
        private bool _begun;
        private bool _hasError;

        /// <summary>A record; nothing is read yet.</summary>
        /// <param name="files">The board's flash.</param>
        public StartRecord(IFileStore files)
        {
            _file = new TwinFile(files, "s0.log", "s1.log", Magic, Length, false, false);
            Error = "";
        }

        /// <summary>Starts since the flash was erased, this one included; 0: not counted.</summary>
        public uint Starts { get; private set; }

        /// <summary>How many of these somebody asked for over the link.</summary>
        public uint AskedStarts { get; private set; }

        /// <summary>How many of these the board made itself, after failures.</summary>
        public uint OwnStarts { get; private set; }

        /// <summary>The first error of this start, or of the last one that had one; empty for none.</summary>
        public string Error { get; private set; }

        /// <summary>Number of the start that had it.</summary>
        public uint ErrorStart { get; private set; }

        /// <summary>Reads the record and counts the start; only the first call does anything.</summary>
        public void Begin()
        {
            if (_begun || !Take())
            {
                return;
            }

            _begun = true;
            _file.Load();
            byte[] record = _file.Record;
            int reason = record[ReasonOffset];
            record[ReasonOffset] = Unknown;
            Count(record, StartsOffset, true);
            Count(record, AskedOffset, reason == Asked);
            Count(record, OwnOffset, reason == Own);

            // A count that could not be kept is not shown either: the next one would be the same.
            bool isKept = _file.Save() == RequestStatus.Ok;
            Starts = isKept ? LittleEndian.ReadUInt32(record, StartsOffset) : 0;
            AskedStarts = LittleEndian.ReadUInt32(record, AskedOffset);
            OwnStarts = LittleEndian.ReadUInt32(record, OwnOffset);
            ErrorStart = LittleEndian.ReadUInt32(record, ErrorStartOffset);
            int length = record[ErrorLengthOffset] <= MaxError ? record[ErrorLengthOffset] : MaxError;
            char[] letters = new char[length];
            for (int i = 0; i < length; i++)
            {
                letters[i] = (char)record[ErrorOffset + i];
            }

            Error = new string(letters);
            Give();
        }

        /// <summary>Keeps an error for after the next start; of each start only the first one, because flash wears.</summary>
        /// <param name="sentence">What failed, ASCII; what is longer than <see cref="MaxError"/> is cut.</param>
        public void KeepError(string sentence)
        {
            Begin();
            if (_hasError || !Take())
            {
                return;
            }

            _hasError = true;
            Error = sentence.Length > MaxError ? sentence.Substring(0, MaxError) : sentence;
            ErrorStart = Starts;
            byte[] record = _file.Record;
            record[ErrorLengthOffset] = (byte)Error.Length;
            LittleEndian.WriteUInt32(record, ErrorStartOffset, ErrorStart);
            for (int i = 0; i < MaxError; i++)
            {
                char letter = i < Error.Length ? Error[i] : '\0';
                record[ErrorOffset + i] = letter < 128 ? (byte)letter : (byte)'?';
            }

            _file.Save();
            Give();
        }

        /// <summary>The board is about to restart, and the next start shall know why; the first reason holds.</summary>
        /// <param name="isAsked">True when somebody asked for it, false after failures.</param>
        public void Announce(bool isAsked)
        {
            Begin();
            if (!Take())
            {
                return;
            }

            if (_file.Record[ReasonOffset] == Unknown)
            {
                _file.Record[ReasonOffset] = isAsked ? Asked : Own;
                _file.Save();
            }

            Give();
        }

        private static void Count(byte[] record, int at, bool isOne)
        {
            LittleEndian.WriteUInt32(record, at, LittleEndian.ReadUInt32(record, at) + (isOne ? 1u : 0u));
        }

        private bool Take()
        {
            return Interlocked.CompareExchange(ref _busy, 1, 0) == 0;
        }

        private void Give()
        {
            Interlocked.Exchange(ref _busy, 0);
        }
    }
}
