using System;
using System.IO.Ports;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;

namespace NeuralEdge.Firmware
{
    /// <summary>
    /// The serial port as a byte link. Nobody asks for more bytes than have arrived, so no read ever waits; and nobody writes more
    /// than the transmitter's FIFO has room for, so no write does.
    /// </summary>
    /// <remarks>
    /// What does not fit into the FIFO is sent by another task, straight out of the managed array, which a garbage collection may move
    /// meanwhile (nf-interpreter, Write in sys_io_ser_native_System_IO_Ports_SerialPort.cpp). How full the FIFO is, nobody
    /// tells; the time since the last write does.
    /// </remarks>
    internal sealed class SerialLink : IByteLink
    {
        // 128 on every ESP32; the rest is for clocks that differ.
        private const int UsableFifoBytes = 120;
        private const long BitsPerByte = 10;

        private readonly SerialPort _port;
        private readonly IBoardClock _clock;
        private readonly long _nanosecondsPerByte;
        private readonly BoardErrors _errors;
        private readonly string _name;
        private long _emptyAt; // microseconds since start, when the FIFO will have sent all that was written

        private SerialLink(string name, SerialPort port, IBoardClock clock, int baudRate, BoardErrors errors)
        {
            _errors = errors;
            _name = name;
            _port = port;
            _clock = clock;
            _nanosecondsPerByte = BitsPerByte * 1000000000 / baudRate;
        }

        public int Available
        {
            get
            {
                try
                {
                    return _port.BytesToRead;
                }
                catch (Exception e)
                {
                    Note("looking for bytes on ", e);
                    throw;
                }
            }
        }

        /// <summary>Opens a port whose pins are already configured.</summary>
        /// <param name="name">"COM2".</param>
        /// <param name="baudRate">Bits per second.</param>
        /// <param name="bufferBytes">Bytes of the receive buffer.</param>
        /// <param name="clock">Time.</param>
        /// <param name="errors">Where failures of the open port are named; null for nowhere.</param>
        internal static SerialLink Open(string name, int baudRate, int bufferBytes, IBoardClock clock, BoardErrors errors = null)
        {
            SerialPort port = new SerialPort(name, baudRate);

            // Before Open, and never touch WriteBufferSize: on nanoFramework both are one field.
            port.ReadBufferSize = bufferBytes;
            port.Open();
            return new SerialLink(name, port, clock, baudRate, errors);
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return _port.Read(buffer, offset, count);
            }
            catch (Exception e)
            {
                Note("reading ", e);
                throw;
            }
        }

        public int Write(byte[] buffer, int offset, int count)
        {
            int room = UsableFifoBytes - Waiting(_clock.Microseconds);
            if (count > room)
            {
                count = room;
            }

            if (count <= 0)
            {
                return 0;
            }

            try
            {
                _port.Write(buffer, offset, count);
            }
            catch (Exception e)
            {
                Note("writing to ", e);
                throw;
            }

            long now = _clock.Microseconds;
            _emptyAt = (_emptyAt > now ? _emptyAt : now) + ((count * _nanosecondsPerByte / 1000) + 1);
            return count;
        }

        public void Reopen()
        {
            try
            {
                _port.Close();

                // The platform keeps the driver until the next opening, and makes it anew there, buffers included.
                _port.Open();
            }
            catch (Exception e)
            {
                Note("opening anew ", e);
                throw;
            }
        }

        private void Note(string step, Exception error)
        {
            if (_errors != null)
            {
                _errors.Note(step + _name, error);
            }
        }

        private int Waiting(long now)
        {
            return _emptyAt <= now ? 0 : (int)((_emptyAt - now) * 1000 / _nanosecondsPerByte) + 1;
        }
    }
}
