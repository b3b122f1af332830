using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Board.Link
{
    /// <summary>Builds frames: the data is written into <see cref="Frame"/>, then <see cref="Finish"/> makes wire bytes.</summary>
    public sealed class FrameWriter
    {
        private readonly byte[] _frame = new byte[LinkProtocol.MaxFrame];

        /// <summary>The frame being built; its data begins at <see cref="LinkProtocol.HeaderLength"/>.</summary>
        public byte[] Frame
        {
            get { return _frame; }
        }

        /// <summary>Puts header, checksum, COBS and delimiters around the data.</summary>
        /// <param name="type">Type of the frame.</param>
        /// <param name="sequence">Sequence, 0..65535.</param>
        /// <param name="session">Session, 0..65535.</param>
        /// <param name="dataLength">Bytes of data, 0..<see cref="LinkProtocol.MaxData"/>.</param>
        /// <param name="wire">Where the wire bytes go, <see cref="LinkProtocol.MaxWire"/> at most.</param>
        /// <returns>How many wire bytes.</returns>
        public int Finish(int type, int sequence, int session, int dataLength, byte[] wire)
        {
            _frame[0] = LinkProtocol.FrameVersion;
            _frame[1] = (byte)type;
            LittleEndian.WriteUInt16(_frame, 2, sequence);
            LittleEndian.WriteUInt16(_frame, 4, session);
            LittleEndian.WriteUInt16(_frame, 6, dataLength);
            int end = LinkProtocol.HeaderLength + dataLength;
            LittleEndian.WriteUInt32(_frame, end, Checksum.Crc32(_frame, 0, end));
            wire[0] = 0;
            int length = Cobs.Encode(_frame, 0, end + LinkProtocol.TrailerLength, wire, 1);
            wire[length + 1] = 0;
            return length + 2;
        }
    }
}
