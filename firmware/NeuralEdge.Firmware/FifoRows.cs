namespace NeuralEdge.Firmware
{
    /// <summary>The FIFO of an MPU-6050 that holds rows of its accelerometer, and the rows of the last burst out of it. Allocates nothing after construction.</summary>
    internal sealed class FifoRows
    {
        /// <summary>Rows that are fetched in one transfer. Never more than the chip has: of a row that comes meanwhile only a part would be read.</summary>
        internal const int Burst = 8;

        /// <summary>Bytes of a row: x, y and z, of each the high byte first.</summary>
        internal const int RowBytes = 6;

        private const byte UserControl = 0x6A;
        private const byte Off = 0x00;
        private const byte Clear = 0x04;
        private const byte On = 0x40;

        private readonly int _address;
        private readonly byte[] _askCount = new byte[] { 0x72 };
        private readonly byte[] _count = new byte[2];
        private readonly byte[] _askRows = new byte[] { 0x74 };
        private readonly byte[] _control = new byte[] { UserControl, Off };
        private int _next = Burst;
        private bool _isUneven;

        internal FifoRows(int address)
        {
            _address = address;
            Bytes = new byte[Burst * RowBytes];
        }

        /// <summary>The rows of the last burst.</summary>
        internal byte[] Bytes { get; }

        /// <summary>Where the row begins that was skipped last.</summary>
        internal int Last
        {
            get { return (_next - 1) * RowBytes; }
        }

        /// <summary>Whether what the chip keeps is of no use until <see cref="Reset"/>.</summary>
        internal bool IsTorn { get; private set; }

        /// <summary>Moves on by rows that are here already.</summary>
        /// <param name="rows">How many are wanted.</param>
        /// <returns>How many there were.</returns>
        internal int Skip(int rows)
        {
            int here = Burst - _next;
            int moved = rows < here ? rows : here;
            _next += moved;
            return moved;
        }

        /// <summary>Fetches a burst when the chip has as many rows; all that are here must have been skipped.</summary>
        /// <param name="bus">The bus.</param>
        /// <param name="mostWaiting">
        /// When more than so many wait, the oldest are left out; when more than a burst of them is too old, all are. So it is with a FIFO that has
        /// overflowed, 1,024 bytes of which the first are no begin of a row.
        /// </param>
        /// <returns>What came of it.</returns>
        internal FifoState Fetch(II2cBus bus, int mostWaiting)
        {
            if (!bus.Transfer(_address, _askCount, _count))
            {
                return FifoState.Failed;
            }

            int bytes = (_count[0] << 8) | _count[1];
            int rows = bytes / RowBytes;
            bool wasUneven = _isUneven;
            _isUneven = rows * RowBytes != bytes;
            if (rows > mostWaiting + Burst || (_isUneven && wasUneven))
            {
                IsTorn = true;
                return FifoState.Failed;
            }

            if (_isUneven || rows < Burst)
            {
                // Uneven once: the chip may be about to store a row.
                return FifoState.Short;
            }

            if (!bus.Transfer(_address, _askRows, Bytes))
            {
                // Nobody knows how much of it the chip has let go.
                IsTorn = true;
                return FifoState.Failed;
            }

            int tooMany = rows - mostWaiting;
            _next = tooMany <= 0 ? 0 : tooMany < Burst ? tooMany : Burst - 1;
            return FifoState.Fetched;
        }

        /// <summary>Has the chip forget what it keeps, and keep rows from now on. <see cref="IsTorn"/> says whether it was heard.</summary>
        /// <param name="bus">The bus.</param>
        internal void Reset(II2cBus bus)
        {
            _next = Burst;
            _isUneven = false;

            // It is cleared only while it is off.
            IsTorn = !(Control(bus, Off) && Control(bus, Clear) && Control(bus, On));
        }

        private bool Control(II2cBus bus, byte value)
        {
            _control[1] = value;
            return bus.Transfer(_address, _control, null);
        }
    }
}
