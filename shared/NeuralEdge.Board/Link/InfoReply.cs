using NeuralEdge.Models;

namespace NeuralEdge.Board.Link
{
    /// <summary>Layout of the INFO reply. Newer versions append; what is there never moves.</summary>
    public static class InfoReply
    {
        /// <summary>Length of the reply's data.</summary>
        public const int Length = 452;

        /// <summary>Length in the first version of the protocol, without what was appended since.</summary>
        public const int FirstLength = 160;

        /// <summary>Length with memory and turbo, without the count of saturated inferences.</summary>
        public const int SecondLength = 176;

        /// <summary>Length with the count of saturated inferences, without what protects loads.</summary>
        public const int ThirdLength = 180;

        /// <summary>Length with what protects loads and the board, without the upload that is under way and the count of faults.</summary>
        public const int FourthLength = 228;

        /// <summary>Length with the upload that is under way and the count of faults, without what is known of unfamiliar inputs.</summary>
        public const int FifthLength = 244;

        /// <summary>Length with what is known of unfamiliar inputs, without the chip.</summary>
        public const int SixthLength = 260;

        /// <summary>Length with the chip, without the runtime, the starts, the last error and what the board keeps of itself.</summary>
        public const int SeventhLength = 280;

        /// <summary>Length with all of these, without how late the latest period began.</summary>
        public const int EighthLength = 448;

        /// <summary>An input's index for none.</summary>
        public const int NoInput = 0xFFFF;

        /// <summary>Why an input is bad: an implausible count.</summary>
        public const byte Implausible = 1;

        /// <summary>Why an input is bad: its count does not change.</summary>
        public const byte Frozen = 2;

        /// <summary>Longest name of a board, and of its place.</summary>
        public const int MaxName = 32;

        /// <summary>Longest name of a chip.</summary>
        public const int MaxChip = 16;

        /// <summary>Longest name of the runtime's image.</summary>
        public const int MaxTarget = 24;

        /// <summary>Longest error.</summary>
        public const int MaxError = 80;

        private const int NameOffset = 128;
        private const int ChipOffset = 260;
        private const int TargetOffset = 280;
        private const int ErrorOffset = 328;
        private const int PlaceOffset = 408;

        /// <summary>What boards say that do not count how often they opened the port anew.</summary>
        public const uint NotCounted = 0xFFFFFFFF;

        /// <summary>Writes the reply behind its status byte.</summary>
        /// <param name="info">The board's state.</param>
        /// <param name="counters">The link's counters.</param>
        /// <param name="data">Where to.</param>
        /// <param name="at">Index of the status byte.</param>
        public static void Write(BoardInfo info, LinkCounters counters, byte[] data, int at)
        {
            data[at + 1] = info.VersionMajor;
            data[at + 2] = info.VersionMinor;
            data[at + 3] = info.VersionPatch;
            data[at + 4] = (byte)info.State;
            data[at + 5] = info.Slot;
            data[at + 6] = info.LastFault;
            data[at + 7] = 0;
            LittleEndian.WriteUInt32(data, at + 8, info.Sequence);
            LittleEndian.WriteUInt32(data, at + 12, info.Digest);
            LittleEndian.WriteInt32(data, at + 16, info.ModelLength);
            LittleEndian.WriteUInt16(data, at + 20, info.InputCount);
            LittleEndian.WriteUInt16(data, at + 22, info.OutputCount);
            LittleEndian.WriteInt32(data, at + 24, info.MaxModelBytes);
            LittleEndian.WriteUInt16(data, at + 28, info.MaxLayers);
            LittleEndian.WriteUInt16(data, at + 30, info.MaxWidth);
            WriteMask(data, at + 32, info.OutputPins);
            LittleEndian.WriteInt32(data, at + 40, info.AdcChannels);
            LittleEndian.WriteInt32(data, at + 44, info.PeriodMs);
            LittleEndian.WriteInt32(data, at + 48, info.SampleMicros);
            LittleEndian.WriteInt32(data, at + 52, info.ForwardMicros);
            LittleEndian.WriteInt32(data, at + 56, info.RulesMicros);
            LittleEndian.WriteInt32(data, at + 60, info.LinkMicros);
            LittleEndian.WriteUInt32(data, at + 64, info.UptimeMs);
            LittleEndian.WriteUInt32(data, at + 68, info.InferenceCount);
            LittleEndian.WriteUInt32(data, at + 72, info.LatePeriods);
            LittleEndian.WriteUInt32(data, at + 76, counters.Reopened);
            LittleEndian.WriteUInt32(data, at + 80, info.FaultFlags);
            LittleEndian.WriteUInt32(data, at + 84, counters.Frames);
            LittleEndian.WriteUInt32(data, at + 88, counters.CrcErrors);
            LittleEndian.WriteUInt32(data, at + 92, counters.CobsErrors);
            LittleEndian.WriteUInt32(data, at + 96, counters.LengthErrors);
            LittleEndian.WriteUInt32(data, at + 100, counters.SilenceErrors);
            LittleEndian.WriteUInt32(data, at + 104, counters.NoRequests);
            LittleEndian.WriteUInt32(data, at + 108, counters.SessionErrors);
            LittleEndian.WriteUInt32(data, at + 112, counters.SequenceErrors);
            LittleEndian.WriteUInt32(data, at + 116, counters.Repeats);
            LittleEndian.WriteUInt32(data, at + 120, counters.PortErrors);
            LittleEndian.WriteUInt32(data, at + 124, counters.LiveDropped);

            LittleEndian.WriteInt32(data, at + 160, info.MaxHeapBytes);
            LittleEndian.WriteInt32(data, at + 164, info.HeapLeft);
            LittleEndian.WriteInt32(data, at + 168, info.CompiledBytes);
            LittleEndian.WriteInt32(data, at + 172, info.TurboRefusal);
            LittleEndian.WriteUInt32(data, at + 176, info.SaturatedCount);
            WriteMask(data, at + 180, info.ActiveLowPins);
            WriteMask(data, at + 188, info.LimitedPins);
            WriteMask(data, at + 196, info.RestingPins);
            LittleEndian.WriteUInt32(data, at + 204, info.RestCount);
            LittleEndian.WriteUInt16(data, at + 208, info.BadInput < 0 ? NoInput : info.BadInput);
            data[at + 210] = info.BadInput < 0 ? (byte)0 : info.IsInputFrozen ? Frozen : Implausible;
            data[at + 211] = info.SecurityMode;
            LittleEndian.WriteInt32(data, at + 212, info.PlausiblePeriods);
            LittleEndian.WriteUInt32(data, at + 216, info.TestLeftMs);
            LittleEndian.WriteUInt32(data, at + 220, info.EndedTests);
            LittleEndian.WriteUInt32(data, at + 224, info.SecurityNumber);
            LittleEndian.WriteInt32(data, at + 228, info.UploadLength);
            LittleEndian.WriteInt32(data, at + 232, info.UploadReceived);
            LittleEndian.WriteUInt32(data, at + 236, info.UploadDigest);
            LittleEndian.WriteUInt32(data, at + 240, info.FaultCount);
            LittleEndian.WriteUInt32(data, at + 244, info.Looks);
            data[at + 248] = info.WindowUnfamiliar;
            data[at + 249] = info.WindowLooks;
            data[at + 250] = info.Familiarity;
            data[at + 251] = 0;
            LittleEndian.WriteUInt32(data, at + 252, info.HourLooks);
            LittleEndian.WriteUInt32(data, at + 256, info.HourUnfamiliar);

            WriteText(data, at + NameOffset, info.Name, MaxName);
            WriteText(data, at + ChipOffset, info.Chip, MaxChip);
            data[at + 276] = info.Misfit;
            data[at + 277] = info.MisfitAt;
            data[at + 278] = info.SensorCount;
            data[at + 279] = 0;
            WriteText(data, at + TargetOffset, info.Target, MaxTarget);
            LittleEndian.WriteUInt16(data, at + 304, info.RuntimeMajor);
            LittleEndian.WriteUInt16(data, at + 306, info.RuntimeMinor);
            LittleEndian.WriteUInt16(data, at + 308, info.RuntimeBuild);
            LittleEndian.WriteUInt16(data, at + 310, info.RuntimeRevision);
            LittleEndian.WriteUInt32(data, at + 312, info.Starts);
            LittleEndian.WriteUInt32(data, at + 316, info.AskedStarts);
            LittleEndian.WriteUInt32(data, at + 320, info.OwnStarts);
            LittleEndian.WriteUInt32(data, at + 324, info.ErrorStart);
            WriteText(data, at + ErrorOffset, info.Error, MaxError);
            WriteText(data, at + PlaceOffset, info.Place, MaxName);
            LittleEndian.WriteInt32(data, at + 440, info.CorrectedChannels);
            LittleEndian.WriteInt32(data, at + 444, info.FreeBytes);
            LittleEndian.WriteInt32(data, at + 448, info.LatestMicros);
        }

        private static void WriteText(byte[] data, int at, string text, int room)
        {
            for (int i = 0; i < room; i++)
            {
                char letter = i < text.Length ? text[i] : '\0';
                data[at + i] = letter < 128 ? (byte)letter : (byte)'?';
            }
        }

        private static void WriteMask(byte[] data, int at, long mask)
        {
            LittleEndian.WriteInt32(data, at, (int)mask);
            LittleEndian.WriteInt32(data, at + 4, (int)(mask >> 32));
        }
    }
}
