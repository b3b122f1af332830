using System;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Storage
{
    /// <summary>
    /// The memory of what was confirmed: one small snapshot, kept twice, each replaced only while the other is good.
    /// </summary>
    /// <remarks>
    /// A snapshot says everything, so one write is one decision: it is either the newest whole snapshot or it never
    /// happened.
    /// Layout, little endian, 40 bytes: u32 magic "NEJL", u32 generation, u32 highest sequence ever confirmed,
    /// two slots of {u32 sequence, u32 length, u32 digest} (sequence 0: nothing confirmed there), u32 CRC-32.
    /// </remarks>
    internal sealed class Journal
    {
        private const int Size = 40;
        private const uint Magic = 0x4C4A454E; // "NEJL"
        private const int SlotsOffset = TwinFile.Offset + 4;
        private const int SlotSize = 12;

        private readonly TwinFile _file;
        private readonly SlotRecord _slot0 = new SlotRecord();
        private readonly SlotRecord _slot1 = new SlotRecord();

        internal Journal(IFileStore files)
        {
            _file = new TwinFile(files, "j0.log", "j1.log", Magic, Size, false);
        }

        /// <summary>A file could not even be read: what it says is unknown, so nothing may be written.</summary>
        internal bool Unreadable
        {
            get { return _file.Unreadable; }
        }

        /// <summary>
        /// A decision that was not reported as done may be in flash: which model the next start takes is unknown until another
        /// decision holds.
        /// </summary>
        internal bool InDoubt
        {
            get { return _file.InDoubt; }
        }

        /// <summary>The highest sequence ever confirmed.</summary>
        internal uint LastSequence
        {
            get { return LittleEndian.ReadUInt32(_file.Record, TwinFile.Offset); }
        }

        /// <summary>What is confirmed in a slot (sequence 0: nothing).</summary>
        internal SlotRecord GetSlot(int slot)
        {
            return slot == 1 ? _slot1 : _slot0;
        }

        /// <summary>Takes the newest whole snapshot.</summary>
        internal void Load()
        {
            _file.Load();
            Take();
        }

        /// <summary>Makes a new decision durable.</summary>
        /// <param name="slot0">What is confirmed in slot 0 from now on; null = nothing.</param>
        /// <param name="slot1">What is confirmed in slot 1 from now on; null = nothing.</param>
        /// <returns>
        /// Ok: it holds. StorageFailed: it surely does not, the next start takes what the one before would have. StorageUnknown:
        /// that cannot be told, see <see cref="InDoubt"/>.
        /// </returns>
        internal RequestStatus Decide(SlotRecord slot0, SlotRecord slot1)
        {
            LittleEndian.WriteUInt32(_file.Record, TwinFile.Offset, Later(Later(LastSequence, slot0), slot1));
            Put(slot0, SlotsOffset);
            Put(slot1, SlotsOffset + SlotSize);
            RequestStatus status = _file.Save();
            Take();
            return status;
        }

        private static uint Later(uint sequence, SlotRecord record)
        {
            return record != null && record.Sequence > sequence ? record.Sequence : sequence;
        }

        private void Put(SlotRecord record, int at)
        {
            if (record != null)
            {
                record.Write(_file.Record, at);
            }
            else
            {
                Array.Clear(_file.Record, at, SlotSize);
            }
        }

        private void Take()
        {
            _slot0.Read(_file.Record, SlotsOffset);
            _slot1.Read(_file.Record, SlotsOffset + SlotSize);
        }
    }
}
