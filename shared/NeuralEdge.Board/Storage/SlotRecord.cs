using NeuralEdge.Models;

namespace NeuralEdge.Board.Storage
{
    /// <summary>Which model is, or should be, in a slot: the identity the journal and the slot must agree on.</summary>
    internal sealed class SlotRecord
    {
        /// <summary>Upload number, above every number used before; 0 = no model.</summary>
        internal uint Sequence;

        /// <summary>Bytes of the model file.</summary>
        internal int Length;

        /// <summary>The model file's own CRC-32, its last four bytes.</summary>
        internal uint Digest;

        internal void Clear()
        {
            Sequence = 0;
            Length = 0;
            Digest = 0;
        }

        internal void CopyFrom(SlotRecord other)
        {
            Sequence = other.Sequence;
            Length = other.Length;
            Digest = other.Digest;
        }

        internal bool Equal(SlotRecord other)
        {
            return Sequence == other.Sequence && Length == other.Length && Digest == other.Digest;
        }

        internal void Write(byte[] buffer, int offset)
        {
            LittleEndian.WriteUInt32(buffer, offset, Sequence);
            LittleEndian.WriteInt32(buffer, offset + 4, Length);
            LittleEndian.WriteUInt32(buffer, offset + 8, Digest);
        }

        internal void Read(byte[] buffer, int offset)
        {
            Sequence = LittleEndian.ReadUInt32(buffer, offset);
            Length = LittleEndian.ReadInt32(buffer, offset + 4);
            Digest = LittleEndian.ReadUInt32(buffer, offset + 8);
        }
    }
}
